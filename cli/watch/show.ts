/** Times for people. */
import { plural } from "../report/shared";

export function showAgo(milliseconds: number): string {
  return milliseconds < 60_000 ? "just now" : `${showMinutes(milliseconds)} ago`;
}

/** `59 minutes`, `26 hours`, `3 days`. */
export function showMinutes(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 120) return plural(minutes, "minute");
  return minutes < 48 * 60 ? plural(Math.floor(minutes / 60), "hour") : plural(Math.floor(minutes / (24 * 60)), "day");
}
