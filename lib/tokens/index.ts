export { isKnown } from "./is-known";
export { lazyExpression } from "./lazy-expression";
export { lazyText } from "./lazy-text";
export { PolicyBuilder } from "./policy-builder";
export { jsonText } from "./policy-text";
export { addPrecondition } from "./preconditions";
export { attributeExpression, dependableOn, resourceAddress } from "./references";
export { resolveTokens } from "./resolve-tokens";
export { TerraformData } from "./terraform-data";
