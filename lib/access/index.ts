/** Proves for all requests, not only samples, who can do what by the policies of one resource. */
export { ACTION_LISTS, type ActionFacts, actionFacts, actionsMatching, isAction, isOfOtherResources } from "./data";
export { type Extent, type ExtentQuestion, extentOf } from "./describe";
export { type Change, type Difference, type DifferenceQuestion, difference } from "./difference";
export type { KnownPrincipal, Setting, World } from "./policies";
export { proveEvery, proveNobody } from "./prove";
export { QuestionError } from "./requests";
export { NO_RESOURCE, otherResources } from "./resources";
export type { BudgetLimits } from "./sets";
export { proveTrust, type TrustProofs, type TrustQuestion } from "./trust";
export type * from "./types";
export { OWNER_ACCOUNT } from "./unknown";
