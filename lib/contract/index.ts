export { type CallerFacts, Callers, isAssuming } from "./callers";
export { deriveContract } from "./derive";
export { hasOwnAccount, OWN_ACCOUNT, showOwnAccount, substituteDefaultAccount, substituteOwnAccount } from "./own-account";
export { accountNamedBy, accountOf, isWholeAccount, wholeAccountOf } from "./principals";
export { PROOF_IDS } from "./proof-ids";
export { ContractError, readContract, UnknownContractError } from "./read";
export { EVERY_REQUEST } from "./request-context";
export {
  type ContractChoices,
  contractTerms,
  EVENTS_QUEUE_PREFIX,
  eventsQueueName,
  isDay,
  VALIDATION_SESSION_NAME,
  type VendorFacts,
} from "./terms";
export type {
  Acceptance,
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
