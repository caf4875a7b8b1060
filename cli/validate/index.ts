export { validateAll } from "./all";
export { validateDestination } from "./destination";
export { FORMATS, readSettings, type Settings, type ValidateOptions } from "./settings";
export type { DestinationOptions } from "./state";
