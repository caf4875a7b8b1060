/** What the constructs need of a contract before the first synthesis. It loads no judge. */
export { isDay } from "./day";
export { EVENTS_QUEUE_PREFIX, eventsQueueName } from "./events-queue";
export { type ContractChoices, contractTerms, type VendorFacts } from "./terms";
export { VALIDATION_SESSION_NAME } from "./validation-names";
