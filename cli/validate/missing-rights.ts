/** Results that depend on unread policies or settings name the missing rights, not the setting, which may be right. */

import type { Result } from "../../lib/contract";
import { rightFor } from "../aws";
import type { ReadBack } from "../live";
import { docsPage } from "../version";

/** The phrases with which the judge and the prover say that a result depends on a placeholder. */
const NOT_KNOWN = /is not known|^could not exclude/;

/** All results that depend on denied reads have one remedy, because they have one cause. */
export function withMissingRights(results: readonly Result[], { unread }: Pick<ReadBack, "unread">): Result[] {
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
    const remedy = isDenied ? `grant the deployer ${denied.join(", ")} (${docsPage("validate.md#rights")})` : failure.remedy;
    const because = { ...(remedy ? { remedy } : {}) };
    if (!NOT_KNOWN.test(cause)) {
      const { remedy: _, ...rest } = result;
      return { ...rest, ...because };
    }
    // A request that a policy may allow says nothing where nobody could read the policy.
    const { remedy: _, witness: __, location: ___, ...rest } = result;
    const shows = `${needed.map(([right]) => right).join(" and ")} ${needed.length > 1 ? "show" : "shows"}`;
    return { ...rest, deciding: [], cause: `what ${shows} could not be read (${failure.code})`, ...because };
  });
}
