/**
 * Groups results with one cause into one item. Four settings of Block Public Access that are off need one remedy, not four, and one missing
 * statement removes three actions.
 */
import type { Result } from "../../../lib/contract";
import { worstFirst } from "./outcome";

export interface ResultGroup<Item extends Result> {
  /** At least one; all have the outcome and place of the first. */
  readonly results: readonly Item[];
  readonly first: Item;
  /** Undefined if the results expect different values, which their titles contain. */
  readonly expected?: string;
  /** The causes of all results, each once. */
  readonly cause?: string;
  readonly remedy?: string;
  /** The notes of all results, each once, and not too many. */
  readonly note?: string;
}

/** Additional notes on a result. */
interface Remarks {
  readonly note?: string;
  readonly accepted?: string;
}

/** The groups, failures first. Results that pass are not grouped. */
export function groupResults<Item extends Result & Remarks>(results: readonly Item[]): ResultGroup<Item>[] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const result of worstFirst(results)) {
    const key = keyOf(result);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [result]);
    else group.push(result);
  }
  return [...groups.values()].map((group) => {
    const causes = [...new Set(group.flatMap(({ cause }) => cause ?? []))];
    const remedy = remedyOf(group);
    const [{ expected }] = group;
    const notes = [...new Set(group.flatMap(({ note }) => note ?? []))];
    const more = notes.length > MOST_NOTES ? [`and ${notes.length - MOST_NOTES} more`] : [];
    return {
      results: group,
      first: group[0],
      ...(group.every((result) => result.expected === expected) && { expected }),
      ...(causes.length > 0 && { cause: causes.join("; ") }),
      ...(remedy !== undefined && { remedy }),
      ...(notes.length > 0 && { note: [...notes.slice(0, MOST_NOTES), ...more].join("; ") }),
    };
  });
}

const MOST_NOTES = 2;

/** The remedy of a missing grant names the action. */
const MISSING_GRANT = /^allow ([\w-]+:\w+)$/;

function remedyOf(results: readonly Result[]): string | undefined {
  const actions = [...new Set(results.flatMap(({ remedy = "" }) => MISSING_GRANT.exec(remedy)?.[1] ?? []))];
  return actions.length > 1 ? `allow ${actions.join(", ")}` : results[0]?.remedy;
}

function keyOf({ id, outcome, expected, cause, remedy, location, deciding, accepted }: Result & Remarks): string {
  if (outcome === "pass") return JSON.stringify([outcome, id]);
  // Without a remedy only an equal cause makes two results one item.
  if (outcome === "unknown") return JSON.stringify([outcome, accepted, location, remedy === undefined ? { cause } : { remedy }]);
  if (remedy === undefined) return JSON.stringify([outcome, accepted, expected, cause, location, deciding]);
  // A statement that allows a request which must be allowed is not the cause.
  const toBlame = deciding.filter(({ effect }) => !(expected === "allowed" && effect === "Allow"));
  return JSON.stringify([outcome, accepted, expected, MISSING_GRANT.test(remedy) ? cause : remedy, location, toBlame]);
}
