/** What a poll result says about an expectation. */
import type { Evidence } from "../../lib/contract";
import { showFailure } from "../aws";
import type { Party } from "../credentials";
import type { LiveResult } from "../report/validate";
import type { PollResult } from "./poll-until-stable";

/** The outcome of requests that were made. */
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
  /** AWS's IDs of the requests of the last try. */
  readonly requestIds?: readonly string[];
  /** AWS both allowed and denied the request. */
  readonly unstable?: boolean;
  /** AWS denied the request; absent for every other failure. */
  readonly isDenied?: boolean;
  /** AWS denied the request, for a shorter time than a change may need to propagate. */
  readonly isBrief?: boolean;
}

/** Errors that say something about the bucket or the role, not about the network or this machine. */
const CONCLUSIVE = new Set([
  "no-such-bucket",
  "not-found",
  "acl-not-supported",
  "kms-key",
  "object-lock",
  "mfa-delete",
  "delete-ignored",
  "put-ignored",
  "abort-ignored",
]);

export function outcomeOf(
  expected: "allowed" | "denied",
  { confirmed, unstable, last, tries, waitedMs }: PollResult,
  { title: by, evidence }: Pick<Party, "title" | "evidence">,
): Performed {
  const { requestIds = [] } = last;
  const seen = { by, ...(evidence ? { evidence } : {}), tries, waitedMs, ...(requestIds.length > 0 ? { requestIds } : {}) };
  const duration = `${Math.round(waitedMs / 1000)} s (${tries} tries)`;
  if (confirmed) return { outcome: "pass", ...seen, ...(tries > 3 && waitedMs >= 500 ? { note: `after ${duration}` } : {}) };
  if (unstable || last.outcome === (expected === "allowed" ? "allowed" : "refused")) return notYet(seen, duration);
  if (last.outcome === "allowed") return { outcome: "fail", ...seen, cause: `AWS allowed it each time, for ${duration}` };
  const { failure } = last;
  const answer = showFailure(failure);
  const remedy = failure.remedy ? { remedy: failure.remedy } : {};
  if (last.outcome === "refused")
    return { outcome: "fail", isDenied: true, ...seen, cause: `${failure.cause}; refused for ${duration}: ${answer}`, ...remedy };
  const conclusive = expected === "allowed" && failure.causeId !== undefined && CONCLUSIVE.has(failure.causeId);
  const cause = failure.causeId === undefined ? failure.cause : `${failure.cause}: ${answer}`;
  return { outcome: conclusive ? "fail" : "unknown", ...seen, cause, ...remedy };
}

function notYet(seen: Omit<Performed, "outcome">, duration: string): Performed {
  return {
    outcome: "unknown",
    unstable: true,
    ...seen,
    cause: `not yet: AWS's answer changed within ${duration}, so the change is still propagating`,
    remedy: "run validate again in a few minutes, or raise --timeout-seconds",
  };
}

/** The result of something that was tried beside the contract. */
export function extraResult(
  { id, title, expected }: { readonly id: string; readonly title: string; readonly expected: "allowed" | "denied" },
  { outcome, unstable: _, isBrief: __, isDenied: ___, ...rest }: Performed,
): LiveResult {
  return {
    id,
    title,
    kind: "extra",
    expected,
    outcome,
    deciding: [],
    ...(outcome === "unknown" ? {} : { evidence: "performed" }),
    ...rest,
  };
}
