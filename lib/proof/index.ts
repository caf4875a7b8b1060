/** Proves what a contract says of all requests: nobody else can, and the vendor can, for every key. */
export { entriesOf, oneOrMore, statementsIn } from "./documents";
export { factsOf } from "./facts";
export { factsOfRole, rolesNaming } from "./other-roles";
export { type Neighbours, neighboursOf, prove } from "./prove";
export { bucketFacts } from "./resource-facts";
export type { BucketFacts, Facts, RoleFacts } from "./types";
export { ASSUMING_ACTIONS, bucketWorlds, principalOf, trustWorld } from "./worlds";
