/** Reads Terraform's native syntax (HCL) into the JSON that `.tf.json` files hold. Pure: text in, JSON and positions out. */
export { HclSyntaxError } from "./hcl-syntax-error";
export { hclPositions, parseHcl, parseHclValues } from "./parse-hcl";
export type { HclPosition } from "./position";
