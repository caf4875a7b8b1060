/** When a delivery is due by the vendor's documented cadence, and whether it is late. */
import type { Cadence } from "../../lib/contract";
import { plural } from "../report/shared";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A delivery "about 05:00" may come this much earlier. */
const EARLY_MS = 60 * MINUTE;
/** The lateness granted to a daily delivery if the vendor documents none. */
const DAILY_GRACE_MINUTES = 60;

export interface Timeliness {
  readonly state: "onTime" | "waiting" | "late";
  /** When the next delivery is due, or (`late`) when the missing one was due. */
  readonly dueAt?: number;
  /** The missing delivery should have come after this time. Only for `late`. */
  readonly missingSince?: number;
}

/** Minutes by which a delivery may be late: documented, or half of the interval, or an hour for a daily one. */
export function graceMinutes({ lateByMinutes, everyMinutes, dailyAtUtc }: Cadence): number {
  if (lateByMinutes !== undefined) return lateByMinutes;
  if (everyMinutes !== undefined) return everyMinutes / 2;
  return dailyAtUtc === undefined ? 0 : DAILY_GRACE_MINUTES;
}

export interface Times {
  /** Time of the newest delivery, if there is one. */
  readonly newest: number | undefined;
  readonly now: number;
  /** Since when deliveries are expected, if that is known. */
  readonly start: number | undefined;
}

export function timeliness(cadence: Cadence, { newest, now, start }: Times): Timeliness {
  return newest === undefined ? first(cadence, now, start) : next(cadence, now, newest);
}

function first(cadence: Cadence, now: number, start: number | undefined): Timeliness {
  if (start === undefined) return { state: "waiting" };
  const { firstDeliveryWithinMinutes: within, everyMinutes, dailyAtUtc } = cadence;
  const grace = graceMinutes(cadence) * MINUTE;
  const firstDue = (dueAt: number, graceMs: number): Timeliness =>
    now <= dueAt + graceMs ? { state: "waiting", dueAt } : { state: "late", dueAt, missingSince: start };
  if (within !== undefined) return firstDue(start + within * MINUTE, 0);
  if (everyMinutes !== undefined) return firstDue(start + everyMinutes * MINUTE, grace);
  // A daily delivery covers the day before. The one that covers the first full day after the start comes on the day after it.
  if (dailyAtUtc !== undefined) return firstDue(scheduledBefore(start, dailyAtUtc) + 2 * DAY, grace);
  return { state: "waiting" };
}

function next(cadence: Cadence, now: number, newest: number): Timeliness {
  const { everyMinutes, dailyAtUtc } = cadence;
  const grace = graceMinutes(cadence) * MINUTE;
  if (everyMinutes !== undefined) {
    const dueAt = newest + everyMinutes * MINUTE;
    return now <= dueAt + grace ? { state: "onTime", dueAt } : { state: "late", dueAt, missingSince: newest };
  }
  if (dailyAtUtc !== undefined) {
    const scheduled = scheduledBefore(now, dailyAtUtc);
    if (newest >= scheduled - EARLY_MS) return { state: "onTime", dueAt: scheduled + DAY };
    if (now > scheduled + grace) return { state: "late", dueAt: scheduled, missingSince: newest };
    if (newest >= scheduled - DAY - EARLY_MS) return { state: "onTime", dueAt: scheduled };
    return { state: "late", dueAt: scheduled - DAY, missingSince: newest };
  }
  return { state: "onTime" };
}

/** How old the newest delivery can be and still be on time. Without a documented cadence: as old as SQS keeps a message at most. */
export function longestOnTimeMs(cadence: Cadence): number {
  const grace = graceMinutes(cadence) * MINUTE;
  if (cadence.everyMinutes !== undefined) return cadence.everyMinutes * MINUTE + grace;
  return cadence.dailyAtUtc === undefined ? 14 * DAY : DAY + EARLY_MS + grace;
}

/** The last scheduled time of a daily delivery, at or before `now`. */
function scheduledBefore(now: number, dailyAtUtc: string): number {
  const [hours = 0, minutes = 0] = dailyAtUtc.split(":").map(Number);
  const today = Math.floor(now / DAY) * DAY + (hours * 60 + minutes) * MINUTE;
  return today <= now ? today : today - DAY;
}

/** For people: `within 120 minutes, then every 60 minutes, up to 30 late`. */
export function showCadence(cadence: Cadence): string {
  const { firstDeliveryWithinMinutes: within, everyMinutes, dailyAtUtc, lateByMinutes } = cadence;
  const regular =
    everyMinutes !== undefined ? `every ${everyMinutes} minutes` : dailyAtUtc !== undefined ? `daily about ${dailyAtUtc} UTC` : undefined;
  const granted = lateByMinutes === undefined ? "granted where none is documented" : "late";
  return (
    [
      ...(within === undefined ? [] : [`the first within ${within} minutes`]),
      ...(regular === undefined
        ? []
        : [`${within === undefined ? "" : "then "}${regular}`, `up to ${graceMinutes(cadence)} minutes ${granted}`]),
    ].join(", ") || "whenever: no cadence is documented"
  );
}

export function showAgo(milliseconds: number): string {
  return milliseconds < 60_000 ? "just now" : `${showMinutes(milliseconds)} ago`;
}

/** `59 minutes`, `26 hours`, `3 days`. */
export function showMinutes(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 120) return plural(minutes, "minute");
  return minutes < 48 * 60 ? plural(Math.floor(minutes / 60), "hour") : plural(Math.floor(minutes / (24 * 60)), "day");
}
