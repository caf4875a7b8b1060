/** Tries what a contract expects: first everything that must be allowed, then what must be denied. */
import { assumeRole } from "./assume-role";
import { initialState, type ProbeContext, type ProbeResults } from "./state";
import { tryAllowed } from "./try-allowed";
import { tryRefused } from "./try-refused";

export async function runProbes(context: ProbeContext, results: ProbeResults): Promise<void> {
  const state = initialState(context, results);
  await assumeRole(state);
  await tryAllowed(state);
  // Before a change has propagated, AWS denies everything. A denial means something only after another request was allowed.
  await tryRefused(state);
}
