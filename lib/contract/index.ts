export { accountNamedBy, accountOf, Callers, EVERY_REQUEST, isAssuming, isWholeAccount } from "./actors";
export { deriveContract } from "./derive";
export { hasOwnAccount, OWN_ACCOUNT, substituteOwnAccount } from "./own-account";
export { ContractError, readContract } from "./read";
export { type ContractChoices, contractTerms, EVENTS_QUEUE_PREFIX, eventsQueueName } from "./terms";
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
} from "./types";
