import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { failureOf } from "../../cli/aws/failure";
import { withinDeadline } from "../../cli/call-deadlines";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) =>
    signal.addEventListener("abort", () => reject(Object.assign(new Error("aborted"), { name: "AbortError" }))),
  );
const handshake = () => Object.assign(new Error("write EPROTO"), { code: "EPROTO" });

async function settle(work: Promise<unknown>): Promise<unknown> {
  const settled = work.catch((error) => error);
  await vi.advanceTimersByTimeAsync(121_000);
  return settled;
}

test("a call that gets no answer ends, and counts as one that AWS may have processed", async () => {
  const error = await settle(withinDeadline(never, { isUpload: false, signal: undefined }));

  expect(error).toMatchObject({ name: "TimeoutError", message: "no answer within 30 s" });
  expect(failureOf(error, "s3:PutObject")).toMatchObject({ causeId: "network", kind: "transient" });
});

test("a part of an upload gets more time", async () => {
  expect(await settle(withinDeadline(never, { isUpload: true, signal: undefined }))).toMatchObject({ message: "no answer within 120 s" });
});

test("a call ends with its caller's signal, as an interruption", async () => {
  const stop = new AbortController();
  const work = withinDeadline(never, { isUpload: false, signal: stop.signal });
  stop.abort();

  expect(await settle(work)).toMatchObject({ name: "AbortError" });
});

test("three broken TLS handshakes are tried again, a fourth is not", async () => {
  for (const broken of [3, 4]) {
    let calls = 0;
    const call = async () => {
      if (++calls <= broken) throw handshake();
      return "answer";
    };

    const answer = await settle(withinDeadline(call, { isUpload: false, signal: undefined }));

    if (broken === 3) expect(answer).toBe("answer");
    else expect(failureOf(answer, "s3:HeadBucket")).toMatchObject({ causeId: "tls", kind: "transient" });
    expect(calls).toBe(4);
  }
});

test("a certificate that is not trusted is not tried again", async () => {
  let calls = 0;
  const call = async () => {
    calls++;
    throw Object.assign(new Error("self-signed certificate"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
  };

  expect(failureOf(await settle(withinDeadline(call, { isUpload: false, signal: undefined })), "s3:HeadBucket").causeId).toBe(
    "self-signed",
  );
  expect(calls).toBe(1);
});
