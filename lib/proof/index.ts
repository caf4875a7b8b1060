/** Proves what a contract says about all requests: nobody else can, and the vendor can, for every key. */
export { entriesOf, oneOrMore, statementsIn } from "./documents";
export { accountOfKey, arnOfKey, type DescribedKey, describedKeyOf, describedKeys, nameOfKey } from "./estate";
export { factsOf } from "./facts";
export { askedIn } from "./keys";
export { factsOfRole, rolesNaming } from "./other-roles";
export { type Neighbours, neighboursOf, type ProofOptions, prove } from "./prove";
export { bucketFacts } from "./resource-facts";
export { grantedRequests } from "./statements";
export type { BucketFacts, Facts, RoleFacts } from "./types";
export { ASSUMING_ACTIONS, bucketWorlds, documentsOf, principalOf, trustWorld } from "./worlds";
