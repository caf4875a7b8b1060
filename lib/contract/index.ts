export { accountNamedBy, accountOf, Callers, EVERY_REQUEST, isAssuming, isWholeAccount } from "./actors";
export { deriveContract } from "./derive";
export { EVENTS_QUEUE_PREFIX, eventsQueueName } from "./events-queue";
export { hasOwnAccount, OWN_ACCOUNT, substituteOwnAccount } from "./own-account";
export { ContractError, readContract } from "./read";
export { type ContractChoices, contractTerms } from "./terms";
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
export { VALIDATION_SESSION_NAME } from "./validation-names";
