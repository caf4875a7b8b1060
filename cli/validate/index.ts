export { validateAll, wholeReport } from "./all";
export { deadlinesOf } from "./deadlines";
export { validateDestination } from "./destination";
export { type NothingToAsk, preflight } from "./preflight";
export { provenanceOf } from "./provenance";
export { ON_UNKNOWN, readSettings, type Settings } from "./settings";
export { signatureOf } from "./sign";
export { type DestinationOptions, SharedReadings } from "./state";
