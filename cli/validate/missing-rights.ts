/** Results that depend on what could not be read name the missing rights, and not the setting that may be right. */
import type { Result } from "../../lib/contract";
import { rightFor } from "../aws";
import type { ReadBack } from "../live";

/** How a judge says that a result depends on a placeholder. */
const NOT_KNOWN = /is not known/;

/** All results that depend on denied reads have one remedy, because they have one cause. */
export function namingRights(results: readonly Result[], { unread }: Pick<ReadBack, "unread">): Result[] {
  const failures = new Map(unread.map(({ operation, failure }) => [rightFor(operation), failure]));
  const denied = [...failures].filter(([, { kind }]) => kind === "denied").map(([right]) => right);
  return results.map((result) => {
    const { cause } = result;
    if (result.outcome !== "unknown" || cause === undefined) return result;
    const needed = [...failures].filter(([right]) => new RegExp(`${right}(?!\\w)`).test(cause));
    const [first] = needed;
    if (first === undefined) return result;
    const [, failure] = first;
    const isDenied = needed.some(([right]) => denied.includes(right));
    const remedy = isDenied ? `grant the deployer ${denied.join(", ")} (docs/validate.md, Rights)` : failure.remedy;
    const { remedy: _, ...rest } = result;
    const what = NOT_KNOWN.test(cause)
      ? `what ${needed.map(([right]) => right).join(" and ")} shows could not be read (${failure.code})`
      : cause;
    return { ...rest, cause: what, ...(remedy ? { remedy } : {}) };
  });
}
