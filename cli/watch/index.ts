export { readWatchSettings } from "./settings";
export { type WatchAllOptions, watchAll } from "./watch-all";
