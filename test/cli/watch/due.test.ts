import { describe, expect, test } from "vitest";
import { graceMinutes, showCadence, timeliness } from "../../../cli/watch/due";

const HOUR = 3_600_000;
const DAY = Date.UTC(2026, 0, 10);
const time = (text: string) => Date.parse(`2026-01-10T${text}:00Z`);
const kandji = { firstDeliveryWithinMinutes: 120, everyMinutes: 60 };
const hourly = { everyMinutes: 60, lateByMinutes: 240 };
const daily = { dailyAtUtc: "05:00", lateByMinutes: 240 };

describe("the first delivery", () => {
  test.each([
    ["is waited for until its time is over", kandji, "08:00", "10:00", "waiting", "10:00"],
    ["fails to be in time a minute later", kandji, "08:00", "10:01", "late", "10:00"],
    ["may be as late as is documented", hourly, "08:00", "13:00", "waiting", "09:00"],
    ["fails to be in time after that", hourly, "08:00", "13:01", "late", "09:00"],
  ] as const)("%s", (_, cadence, start, now, state, due) => {
    expect(timeliness(cadence, { newest: undefined, now: time(now), start: time(start) })).toMatchObject({ state, dueAt: time(due) });
  });

  test("of a daily vendor is that about the first full day", () => {
    const [start, dueAt] = [time("08:00"), time("05:00") + 48 * HOUR];

    expect(timeliness(daily, { newest: undefined, now: dueAt + 4 * HOUR, start: start })).toEqual({ state: "waiting", dueAt });
    expect(timeliness(daily, { newest: undefined, now: dueAt + 4 * HOUR + 1, start: start })).toEqual({
      state: "late",
      dueAt,
      missingSince: start,
    });
  });

  test.each([
    ["nobody knows since when", kandji, undefined],
    ["no cadence is documented", {}, DAY],
  ])("is never late if %s", (_, cadence, start) => {
    expect(timeliness(cadence, { newest: undefined, now: DAY + 1_000 * HOUR, start: start })).toEqual({ state: "waiting" });
  });
});

describe("the next delivery", () => {
  test.each([
    ["hourly, within the hour", kandji, "09:00", "10:00", "onTime"],
    ["hourly, within half of an hour more, where no lateness is documented", kandji, "09:00", "10:30", "onTime"],
    ["hourly, a minute more", kandji, "09:00", "10:31", "late"],
    ["hourly and up to four hours late", hourly, "05:00", "10:00", "onTime"],
    ["hourly and more than four hours late", hourly, "05:00", "10:01", "late"],
    ["daily, the same day", daily, "05:10", "23:00", "onTime"],
    ["daily, a little early", daily, "04:10", "23:00", "onTime"],
    ["daily, four hours late", daily, "09:00", "23:00", "onTime"],
  ] as const)("%s", (_, cadence, newest, now, state) => {
    expect(timeliness(cadence, { newest: time(newest), now: time(now), start: undefined }).state).toBe(state);
  });

  test.each([
    ["before the time", "04:00", "onTime", "05:00"],
    ["until it is overdue", "09:00", "onTime", "05:00"],
    ["when it is overdue", "09:01", "late", "05:00"],
  ] as const)("of a daily vendor that came yesterday: %s", (_, now, state, due) => {
    const yesterday = time("05:10") - 24 * HOUR;

    expect(timeliness(daily, { newest: yesterday, now: time(now), start: undefined })).toMatchObject({ state, dueAt: time(due) });
  });

  test("of a daily vendor that did not come yesterday is late at once", () => {
    expect(timeliness(daily, { newest: time("05:10") - 48 * HOUR, now: time("06:00"), start: undefined })).toMatchObject({
      state: "late",
      dueAt: time("05:00") - 24 * HOUR,
    });
  });

  test("is never late where no cadence is documented", () => {
    expect(timeliness({}, { newest: DAY, now: DAY + 1_000 * HOUR, start: undefined })).toEqual({ state: "onTime" });
  });
});

test("says what is granted and what is documented", () => {
  expect(showCadence(kandji)).toBe(
    "the first within 120 minutes, then every 60 minutes, up to 30 minutes granted where none is documented",
  );
  expect(showCadence(daily)).toBe("daily about 05:00 UTC, up to 240 minutes late");
  expect(showCadence({})).toBe("whenever: no cadence is documented");
  expect(graceMinutes({ dailyAtUtc: "05:00" })).toBe(60);
});
