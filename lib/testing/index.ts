/**
 * For the tests of those who use the constructs, with vitest, jest or node:test.
 *
 * TypeScript and JavaScript only: this room is not part of the jsii assembly.
 */
export { DestinationAssertions, expectDestination, type HealthOptions } from "./expect-destination";
export { policySerializer, policySnapshot } from "./policy-snapshot";
export type { RequestOptions } from "./request";
export { synthesize } from "./synthesize";
