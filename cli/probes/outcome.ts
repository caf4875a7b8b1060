/** What a held answer says about an expectation. */
import type { Evidence } from "../../lib/contract";
import { showFailure } from "../aws";
import type { Party } from "../report/validate/types";
import type { PollResult } from "./poll-until-stable";

/** The outcome of one thing that was tried. */
export interface Performed {
  readonly outcome: "pass" | "fail" | "unknown";
  readonly by: string;
  /** Absent for `performed`. */
  readonly evidence?: Evidence;
  readonly tries: number;
  readonly waitedMs: number;
  readonly cause?: string;
  readonly remedy?: string;
  readonly note?: string;
  /** AWS allowed and refused it in turn. */
  readonly wavering?: boolean;
}

/** Errors that are a verdict about the bucket or the role, not about the network or this machine. */
const TELLING = new Set(["no-such-bucket", "not-found", "acl-not-supported", "kms-key", "object-lock", "mfa-delete", "wrong-region"]);

export function verdict(
  expected: "allowed" | "denied",
  held: PollResult,
  { title: by, evidence }: Pick<Party, "title" | "evidence">,
): Performed {
  const seen = { by, ...(evidence ? { evidence } : {}), tries: held.tries, waitedMs: held.waitedMs };
  const seconds = `${Math.round(held.waitedMs / 1000)} s (${held.tries} tries)`;
  if (held.settled) return { outcome: "pass", ...seen, ...(held.tries > 3 && held.waitedMs >= 500 ? { note: `after ${seconds}` } : {}) };
  if (held.last.outcome === "allowed") {
    if (expected === "allowed" || held.wavering) return wavering(seen, seconds);
    return { outcome: "fail", ...seen, cause: `AWS allowed it, again and again for ${seconds}` };
  }
  const { failure } = held.last;
  const said = showFailure(failure);
  if (held.wavering) return wavering(seen, seconds);
  if (held.last.outcome === "refused") {
    if (expected === "denied") return wavering(seen, seconds);
    const cause = `${failure.cause}; refused for ${seconds}: ${said}`;
    return { outcome: "fail", ...seen, cause, ...(failure.remedy ? { remedy: failure.remedy } : {}) };
  }
  const telling = expected === "allowed" && failure.causeId !== undefined && TELLING.has(failure.causeId);
  const cause = failure.causeId === undefined ? failure.cause : `${failure.cause}: ${said}`;
  return { outcome: telling ? "fail" : "unknown", ...seen, cause, ...(failure.remedy ? { remedy: failure.remedy } : {}) };
}

function wavering(seen: Omit<Performed, "outcome">, seconds: string): Performed {
  return {
    outcome: "unknown",
    wavering: true,
    ...seen,
    cause: `not yet: AWS's answer changed within ${seconds}, so the change is still spreading`,
    remedy: "run validate again in some minutes, or raise --timeout-seconds",
  };
}
