import { expect, test } from "vitest";
import { failureOf } from "../../../cli/aws/failure";
import type { Attempt } from "../../../cli/probes/attempt";
import { pollUntilStable } from "../../../cli/probes/poll-until-stable";
import { awsError, denied, FakeClock } from "../fake-aws";

const allowed: Attempt = { outcome: "allowed" };
const refused: Attempt = { outcome: "refused", failure: failureOf(denied(), "s3:PutObject") };
const broken: Attempt = { outcome: "failed", failure: failureOf(awsError("InternalError", 500), "s3:PutObject") };
const fatal: Attempt = { outcome: "failed", failure: failureOf(awsError("AccessControlListNotSupported", 400), "s3:PutObject") };

async function poll(answers: readonly Attempt[], wanted: "allowed" | "refused" = "allowed", seconds = 120) {
  const clock = new FakeClock();
  let turn = 0;
  const signal = new AbortController().signal;
  const deadline = clock.now() + seconds * 1000;
  const result = await pollUntilStable(async () => answers[Math.min(turn++, answers.length - 1)]!, { wanted, deadline, clock, signal });
  return { result, clock };
}

test("is confirmed by three equal answers in a row, without waiting", async () => {
  const { result, clock } = await poll([allowed]);

  expect(result).toMatchObject({ confirmed: true, tries: 3, waitedMs: 0, unstable: false });
  expect(clock.slept).toEqual([]);
});

test("counts anew after another answer", async () => {
  const { result } = await poll([allowed, allowed, refused, allowed]);

  expect(result).toMatchObject({ confirmed: true, tries: 6, unstable: true });
});

test("waits from one to ten seconds, a little less by chance, until the deadline", async () => {
  const { result, clock } = await poll([refused]);

  expect(result.confirmed).toBe(false);
  expect(clock.slept.slice(0, 6)).toEqual([750, 1500, 3000, 6000, 7500, 7500]);
  expect(result.waitedMs).toBe(120_000);
});

test("waits for a refusal as it waits for an allowance", async () => {
  const { result } = await poll([allowed, refused], "refused");

  expect(result).toMatchObject({ confirmed: true, tries: 4 });
});

test("tries again after an error of AWS", async () => {
  const { result } = await poll([broken, allowed]);

  expect(result).toMatchObject({ confirmed: true, unstable: false });
});

test("fails at once by an error that no waiting changes", async () => {
  const { result } = await poll([fatal]);

  expect(result).toMatchObject({ confirmed: false, tries: 1 });
});

test("without a budget asks once", async () => {
  const { result } = await poll([refused], "allowed", 0);

  expect(result).toMatchObject({ confirmed: false, tries: 1, waitedMs: 0 });
});

test("fails with the reason of the interruption", async () => {
  const stop = new AbortController();
  stop.abort(new Error("interrupted by SIGTERM"));

  const polling = pollUntilStable(async () => allowed, { wanted: "allowed", deadline: 0, clock: new FakeClock(), signal: stop.signal });

  await expect(polling).rejects.toThrow("interrupted by SIGTERM");
});
