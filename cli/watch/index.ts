export { readWatchSettings, type WatchOptions } from "./settings";
export { type WatchAllOptions, watchAll } from "./watch-all";
