export { readWatchSettings, WATCH_FORMATS } from "./settings";
export { type WatchAllOptions, watchAll } from "./watch-all";
