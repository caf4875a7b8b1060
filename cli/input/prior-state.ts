import { decodeText } from "../../lib/json";
import type { PlanFile } from "../../lib/plan";
import { invalidOption } from "../errors";

/** The prior states of the plans among the files. Throws `UsageError` if there is none. */
export function priorStatesIn(files: readonly PlanFile[]): PlanFile[] {
  const found = files.flatMap(({ path, bytes }) => {
    const state = priorStateIn(decodeText(bytes));
    return state === undefined ? [] : [{ path: `${path} (prior state)`, bytes: new TextEncoder().encode(JSON.stringify(state)) }];
  });
  if (found.length > 0) return found;
  const remedy = "give the output of terraform show -json for a plan of existing resources";
  throw invalidOption({ name: "--against", rule: "'prior-state' needs a plan that has one", got: "prior-state", remedy });
}

function priorStateIn(text: string): object | undefined {
  if (!text.includes('"prior_state"')) return undefined;
  try {
    const { prior_state: state } = JSON.parse(text) as { readonly prior_state?: object };
    return typeof state === "object" && state !== null && "values" in state ? state : undefined;
  } catch {
    return undefined;
  }
}
