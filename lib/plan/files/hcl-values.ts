import { Budget } from "../expression/budget";
import type { Scope } from "../expression/scope";
import { evaluateJson } from "../expression/templates";
import { EvaluationFailure } from "../expression/value";
import { parseHclValues } from "../hcl";

/** Values of variables cannot refer to anything. */
const CONSTANTS: Omit<Scope, "budget" | "shared"> = {
  lookup(root) {
    throw new EvaluationFailure(`${root} cannot be used in a file of values`);
  },
  nameOf: (source) => `${source} in a file of values`,
  isOwnName: () => false,
  report() {},
};

/** The values of variables in a `.tfvars` file. Throws `HclSyntaxError`. */
export function parseValues(text: string): unknown {
  return evaluateJson(parseHclValues(text), { ...CONSTANTS, shared: new Map(), budget: new Budget() });
}
