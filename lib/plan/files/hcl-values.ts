import type { Scope } from "../expression/scope";
import { evaluateJson } from "../expression/templates";
import { EvaluationFailure } from "../expression/value";
import { parseHclValues } from "../hcl";

/** Values of variables cannot refer to anything. */
const CONSTANTS: Scope = {
  lookup(root) {
    throw new EvaluationFailure(`${root} cannot be used in a file of values`);
  },
  nameOf: (source) => `${source} in a file of values`,
  shared: new Map(),
  isOwnName: () => false,
  report() {},
};

/** The values of variables in a `.tfvars` file. Throws `HclSyntaxError`. */
export function parseValues(text: string): unknown {
  return evaluateJson(parseHclValues(text), { ...CONSTANTS, shared: new Map() });
}
