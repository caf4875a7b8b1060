export { validateAll } from "./all";
export { validateDestination } from "./destination";
export { readSettings, type Settings } from "./settings";
export type { DestinationOptions } from "./state";
