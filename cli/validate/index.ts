export { validateAll, wholeReport } from "./all";
export { deadlinesOf } from "./deadlines";
export { validateDestination } from "./destination";
export { type NothingToAsk, preflight } from "./preflight";
export { readSettings, type Settings } from "./settings";
export type { DestinationOptions } from "./state";
