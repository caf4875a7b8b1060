import { constantScope } from "../expression/constants";
import { evaluateJson } from "../expression/templates";
import { parseHclValues } from "../hcl";

/** The values of variables in a `.tfvars` file. Throws `HclSyntaxError`. */
export function parseValues(text: string): unknown {
  return evaluateJson(parseHclValues(text), constantScope("a file of values"));
}
