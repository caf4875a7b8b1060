export { Callers, EVERY_REQUEST, isAssuming } from "./callers";
export { deriveContract } from "./derive";
export { hasOwnAccount, OWN_ACCOUNT, substituteDefaultAccount, substituteOwnAccount } from "./own-account";
export { accountNamedBy, accountOf, isWholeAccount, wholeAccountOf } from "./principals";
export { ContractError, readContract } from "./read";
export {
  type ContractChoices,
  contractTerms,
  EVENTS_QUEUE_PREFIX,
  eventsQueueName,
  VALIDATION_SESSION_NAME,
  type VendorFacts,
} from "./terms";
export type {
  AcceptedFinding,
  AccessMethod,
  Actor,
  Cadence,
  ContractTerms,
  DeliveryContract,
  Evidence,
  Expectation,
  PostureExpectation,
  Result,
  WitnessRequest,
} from "./types";
