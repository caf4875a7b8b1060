/** Results that have one cause, as one item: four settings of Block Public Access that are off need one remedy, not four. */
import type { Result } from "../../../lib/contract";
import { worstFirst } from "./outcome";

export interface ResultGroup<Item extends Result> {
  /** At least one; all have the outcome, expected value, remedy and place of the first. */
  readonly results: readonly Item[];
  readonly first: Item;
  /** The causes of all results, each once. */
  readonly cause?: string;
}

/** What may be said of a result besides. */
interface Remarks {
  readonly note?: string;
  readonly accepted?: string;
}

/** The groups, failures first. What passes stands alone. */
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
    return { results: group, first: group[0], ...(causes.length > 0 && { cause: causes.join("; ") }) };
  });
}

function keyOf({ id, outcome, expected, cause, remedy, location, deciding, note, accepted }: Result & Remarks): string {
  if (outcome === "pass") return JSON.stringify([outcome, id]);
  // Without a remedy only an equal cause makes two results one item.
  const shared = remedy === undefined ? { cause } : { remedy };
  return JSON.stringify([outcome, expected, shared, location, deciding, note, accepted]);
}
