/** Proves what a contract says of all requests: nobody else can, and the vendor can, for every key. */
export { entriesOf, listOf, statementsIn } from "./documents";
export { factsOfRole, rolesNaming } from "./other-roles";
export { type Neighbours, neighboursOf, prove } from "./prove";
export { bucketFacts } from "./resource-facts";
export { ownSources } from "./sources";
export type { BucketFacts, RoleFacts } from "./types";
export { bucketWorlds } from "./worlds";
