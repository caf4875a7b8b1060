/** Merges what was performed and what the live policies say into one result for each expectation. The strongest evidence wins. */
import { type DeliveryContract, type Evidence, PROOF_IDS, type Result } from "../../lib/contract";
import type { Performed } from "../probes";
import { shownWitness } from "../report/shared";
import type { LiveResult } from "../report/validate";

export interface Findings {
  readonly performed: ReadonlyMap<string, Performed>;
  /** Why an expectation was not tried. */
  readonly reasons: ReadonlyMap<string, string>;
  readonly computed: ReadonlyMap<string, Result>;
  /** What the IAM policy simulator says. */
  readonly simulated: ReadonlyMap<string, "allowed" | "denied">;
  /** Policies that name the role, which say nothing of a stand-in. */
  readonly namesRole: readonly string[];
  /** Why the destination was not validated to its end, if it was not. */
  readonly stopped?: string | undefined;
}

export function merge(contract: DeliveryContract, findings: Findings): LiveResult[] {
  const expectations = contract.expectations.map((expectation) => {
    const { requestIds } = findings.performed.get(expectation.id) ?? {};
    const merged = mergeOne({ ...expectation, kind: "expectation", expected: expectation.expected }, findings);
    return { ...merged, ...(requestIds ? { requestIds } : {}) };
  });
  const posture = contract.posture.map(({ id, title, oneOf }) =>
    mergeOne({ id, title, kind: "posture", expected: oneOf.join(" or ") }, findings),
  );
  const known = new Set([...contract.expectations, ...contract.posture].map(({ id }) => id));
  const others = [...findings.computed.values()]
    .filter(({ id }) => !known.has(id))
    .map((result) => ({
      ...result,
      ...(result.witness && { witness: shownWitness(result.witness) }),
      kind: isProof(result) ? ("proof" as const) : ("extra" as const),
    }));
  return [...expectations, ...posture, ...others];
}

const PROOFS: readonly string[] = Object.values(PROOF_IDS);

function isProof({ id }: Result): boolean {
  return PROOFS.includes(id);
}

const NOT_TRIED = "it was not tried, and the live policies could not be read";

interface Subject {
  readonly id: string;
  readonly title: string;
  readonly kind: LiveResult["kind"];
  readonly expected: string;
}

function mergeOne({ id, title, kind, expected }: Subject, findings: Findings): LiveResult {
  const { performed, reasons, computed, simulated, namesRole, stopped = NOT_TRIED } = findings;
  const base = { id, title, kind, expected };
  const made = performed.get(id);
  const agrees = made?.outcome === "pass" && computed.get(id)?.outcome !== "unknown";
  const isOfOtherRole = made?.evidence === "simulated" && namesRole.length > 0 && !agrees;
  const done = isOfOtherRole && made ? ofOtherRole(made, namesRole) : made;
  const evidence: Evidence = done?.evidence ?? "performed";
  const computedResult = computed.get(id);
  if (done && done.outcome === "pass") {
    const { outcome, isBrief: _, ...rest } = done;
    if (computedResult?.outcome === "fail") return { ...base, ...contradicted(done, computedResult, expected) };
    if (computedResult?.outcome === "unknown" && DEPENDS_ON_REQUEST.test(computedResult.cause ?? ""))
      return { ...base, ...fromHereOnly(done, computedResult, expected) };
    return {
      ...base,
      ...rest,
      outcome,
      evidence,
      deciding: computedResult?.outcome === "pass" ? computedResult.deciding : [],
    };
  }
  if (done?.isBrief && expected === "allowed" && computedResult?.outcome === "pass")
    return { ...base, ...notYet(done), deciding: computedResult.deciding };
  if (done && done.outcome === "fail") return { ...base, ...failed(done, computedResult, expected), evidence };
  if (done && computedResult?.outcome === "pass" && (expected === "allowed" || done.unstable))
    return { ...base, ...undecided(done), deciding: computedResult.deciding };
  const reason = done ? triedInVain(done) : reasons.get(id);
  if (computedResult && computedResult.outcome !== "unknown") {
    const simulation = simulated.get(id);
    const confirmed = simulation !== undefined && (simulation === expected) === (computedResult.outcome === "pass");
    if (simulation !== undefined && !confirmed) {
      const cause = `the IAM policy simulator says ${simulation}, and the evaluation of the same policies contradicts it`;
      return {
        ...base,
        outcome: "unknown",
        cause,
        remedy: "validate with the vendor's credentials",
        deciding: computedResult.deciding,
        ...note(reason),
      };
    }
    return {
      ...base,
      ...computedResult,
      title,
      expected,
      evidence: confirmed ? "simulated" : (computedResult.evidence ?? "computed"),
      ...note(reason),
    };
  }
  const cause = done?.cause ?? computedResult?.cause ?? reason ?? stopped;
  const remedy = done?.remedy ?? computedResult?.remedy;
  return {
    ...base,
    outcome: "unknown",
    deciding: computedResult?.deciding ?? [],
    cause,
    ...(remedy ? { remedy } : {}),
    ...(reason && reason !== cause ? note(reason) : {}),
  };
}

/** A stand-in is not the role that a policy names, so AWS's answer to the stand-in says nothing about the destination's role. */
function ofOtherRole(
  { isDenied: _, isBrief: __, evidence: ___, requestIds: ____, ...done }: Performed,
  namesRole: readonly string[],
): Performed {
  const answer = done.outcome === "pass" ? "AWS answered a stand-in role as expected" : (done.cause ?? "AWS answered a stand-in role");
  return {
    ...done,
    outcome: "unknown",
    cause: `a stand-in cannot show it, as ${namesRole.join(" and ")} may tell the role from others: ${answer}`,
    remedy: "validate with the vendor's credentials (--as vendor), or let the construct define a validator (--as role)",
  };
}

/**
 * The result of a request that must be allowed, if AWS gave no clear answer: the policies alone do not prove it. For a request that must
 * be denied the policies decide, since many networks block plain HTTP and so never let AWS answer.
 */
function undecided({ cause, remedy, by, tries, waitedMs }: Performed) {
  const policies = "the live policies agree with the contract";
  return {
    outcome: "unknown" as const,
    by,
    tries,
    waitedMs,
    ...(cause ? { cause } : {}),
    ...(remedy ? { remedy } : {}),
    ...note(policies),
  };
}

/** The live policies give another answer than AWS did. One request is one sample, so the policies count. */
function contradicted({ by, tries, waitedMs, note: said }: Performed, computedResult: Result, expected: string) {
  const answered = expected === "allowed" ? "allowed" : "denied";
  const { deciding, cause, remedy, location } = computedResult;
  return {
    outcome: "fail" as const,
    evidence: computedResult.evidence ?? ("computed" as const),
    by,
    tries,
    waitedMs,
    deciding,
    ...(cause ? { cause } : {}),
    ...(remedy ? { remedy } : {}),
    ...(location ? { location } : {}),
    ...note(`AWS ${answered} the request of ${by}, which contradicts the live policies`, said),
  };
}

/** What differs between the vendor's own requests and those of a validation: network, time, name of the session, and headers. */
export const DEPENDS_ON_REQUEST = new RegExp(
  [
    "the caller's (IP address|user agent|signature)|the time of the request|whether the caller signs|the session name that the caller chooses",
    "which principal of \\S+ calls, compared with arn:",
    "(whether the request has|value of) (s3:|sts:|aws:(referer|sourcevpc|vpcsourceip))",
  ].join("|"),
  "i",
);

/** The remedy for it. */
export const COMPARE = "remove the condition, or compare it with what the vendor documents about its requests";

/** The live policies depend on how, whence or when a request is made, so a request from here says nothing about others. */
function fromHereOnly({ by, tries, waitedMs }: Performed, { cause, deciding, location }: Result, expected: string) {
  const answered = expected === "allowed" ? "allowed" : "denied";
  return {
    outcome: "unknown" as const,
    by,
    tries,
    waitedMs,
    deciding,
    ...(cause ? { cause } : {}),
    remedy: COMPARE,
    ...(location ? { location } : {}),
    ...note(`AWS ${answered} the request of ${by} from here`),
  };
}

/** A request that AWS denied for a short time, although the live policies allow it. */
function notYet({ by, tries, waitedMs, cause }: Performed) {
  return {
    outcome: "unknown" as const,
    by,
    tries,
    waitedMs,
    cause: "not yet: AWS denies it and the live policies allow it, and the time for waiting was spent on earlier requests",
    remedy: "run validate again in a few minutes, or raise --timeout-seconds",
    ...note(cause),
  };
}

/** The note for a request that was tried without a clear answer. */
function triedInVain({ by, tries, waitedMs, cause, remedy }: Performed): string {
  const duration = `tried by ${by} for ${Math.round(waitedMs / 1000)} s (${tries} tries), without a clear answer`;
  return [cause ? `${duration}: ${cause}` : duration, remedy && `(${remedy})`].filter(Boolean).join(" ");
}

/** A failed request. If the live policies agree with the failure, they explain it. */
function failed(
  done: Performed,
  computedResult: Result | undefined,
  expected: string,
): Omit<LiveResult, "id" | "title" | "kind" | "expected"> {
  const { isBrief: _, isDenied, ...rest } = done;
  if (computedResult?.outcome === "fail") {
    const cause = [computedResult.cause?.replace(/\.$/, ""), done.cause].filter(Boolean).join("; ");
    const remedy = computedResult.remedy ?? done.remedy;
    return {
      ...rest,
      deciding: computedResult.deciding,
      cause,
      ...(remedy ? { remedy } : {}),
      ...(computedResult.location ? { location: computedResult.location } : {}),
    };
  }
  if (computedResult?.outcome !== "pass") return { ...rest, deciding: [] };
  // A request that no policy denies has its cause already.
  if (expected === "allowed" && !isDenied) return { ...rest, deciding: computedResult.deciding };
  const elsewhere =
    expected === "allowed"
      ? "the live role and bucket policies allow it, so something else denies it: the vendor's own policies, an SCP or RCP, Block Public Access of the account, or a KMS key"
      : computedResult.deciding.some(({ effect }) => effect === "Allow")
        ? "a live statement allows it, and Block Public Access or Object Ownership must refuse it, which the endpoint does not do"
        : "the live role and bucket policies do not allow it, so something else does: an ACL, an access point, or policies of the caller's own account";
  return { ...rest, deciding: computedResult.deciding, cause: [done.cause, elsewhere].filter(Boolean).join("; ") };
}

function note(...parts: (string | undefined)[]): { note?: string } {
  const text = parts.filter((part) => part !== undefined && part !== "").join("; ");
  return text === "" ? {} : { note: text };
}
