/** Joins what was performed and what the live policies say into one result for each expectation: the strongest evidence wins. */
import type { DeliveryContract, Evidence, Result } from "../../lib/contract";
import type { Performed } from "../probes";
import type { LiveResult } from "../report/validate/types";

export interface Findings {
  readonly performed: ReadonlyMap<string, Performed>;
  /** Why something was not tried. */
  readonly reasons: ReadonlyMap<string, string>;
  readonly computed: ReadonlyMap<string, Result>;
  /** What AWS's policy simulator says. */
  readonly simulated: ReadonlyMap<string, "allowed" | "denied">;
}

export function merge(contract: DeliveryContract, findings: Findings): LiveResult[] {
  const expectations = contract.expectations.map((expectation) =>
    mergeOne({ ...expectation, kind: "expectation", expected: expectation.expected }, findings),
  );
  const posture = contract.posture.map(({ id, title, oneOf }) =>
    mergeOne({ id, title, kind: "posture", expected: oneOf.join(" or ") }, findings),
  );
  const known = new Set([...contract.expectations, ...contract.posture].map(({ id }) => id));
  const beyond = [...findings.computed.values()]
    .filter(({ id }) => !known.has(id))
    .map((result) => ({ ...result, kind: "extra" as const }));
  return [...expectations, ...posture, ...beyond];
}

interface Asked {
  readonly id: string;
  readonly title: string;
  readonly kind: LiveResult["kind"];
  readonly expected: string;
}

function mergeOne({ id, title, kind, expected }: Asked, { performed, reasons, computed, simulated }: Findings): LiveResult {
  const base = { id, title, kind, expected };
  const done = performed.get(id);
  const evidence: Evidence = done?.evidence ?? "performed";
  const said = computed.get(id);
  if (done && done.outcome === "pass") {
    const { outcome, ...rest } = done;
    const differs = said?.outcome === "fail" ? "the live policies, as they were read, say otherwise" : undefined;
    return { ...base, ...rest, outcome, evidence, deciding: said?.outcome === "pass" ? said.deciding : [], ...note(rest.note, differs) };
  }
  if (done && done.outcome === "fail") return { ...base, ...failed(done, said, expected), evidence };
  if (done && said?.outcome === "pass" && (expected === "allowed" || done.wavering))
    return { ...base, ...untold(done), deciding: said.deciding };
  const reason = done ? [done.cause, done.remedy && `(${done.remedy})`].filter(Boolean).join(" ") : reasons.get(id);
  if (said && said.outcome !== "unknown") {
    const simulation = simulated.get(id);
    const confirmed = simulation !== undefined && (simulation === expected) === (said.outcome === "pass");
    if (simulation !== undefined && !confirmed) {
      const cause = `AWS's policy simulator says ${simulation}, the evaluation of the same policies does not`;
      return {
        ...base,
        outcome: "unknown",
        cause,
        remedy: "validate with the vendor's credentials",
        deciding: said.deciding,
        ...note(reason),
      };
    }
    return { ...base, ...said, title, expected, evidence: confirmed ? "simulated" : (said.evidence ?? "computed"), ...note(reason) };
  }
  const cause = done?.cause ?? said?.cause ?? reason ?? "it was neither tried nor could the live policies be read";
  const remedy = done?.remedy ?? said?.remedy;
  return {
    ...base,
    outcome: "unknown",
    deciding: said?.deciding ?? [],
    cause,
    ...(remedy ? { remedy } : {}),
    ...(reason && reason !== cause ? note(reason) : {}),
  };
}

/**
 * What must be allowed was tried, and AWS's answer was not to be had: the policies alone are not enough then. What must be refused is
 * left to the policies, since nothing could be told from an open answer anyway: a network may not let plain HTTP through at all.
 */
function untold({ cause, remedy, by, tries, waitedMs }: Performed) {
  const policies = "the live policies, as they were read, agree with the contract";
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

/** A failed try, explained by the live policies where they agree with it. */
function failed(done: Performed, said: Result | undefined, expected: string): Omit<LiveResult, "id" | "title" | "kind" | "expected"> {
  if (said?.outcome === "fail") {
    const cause = [said.cause?.replace(/\.$/, ""), done.cause].filter(Boolean).join("; ");
    const remedy = said.remedy ?? done.remedy;
    return {
      ...done,
      deciding: said.deciding,
      cause,
      ...(remedy ? { remedy } : {}),
      ...(said.location ? { location: said.location } : {}),
    };
  }
  if (said?.outcome !== "pass") return { ...done, deciding: [] };
  const outside =
    expected === "allowed"
      ? "the live role and bucket policies allow it, so the refusal comes from outside them: the vendor's own policies, an SCP or RCP, Block Public Access of the account, a KMS key"
      : "the live role and bucket policies do not allow it, so the right comes from outside them: an ACL, an access point, or rights of the caller's own account";
  return { ...done, deciding: said.deciding, cause: [done.cause, outside].filter(Boolean).join("; ") };
}

function note(...parts: (string | undefined)[]): { note?: string } {
  const text = parts.filter((part) => part !== undefined && part !== "").join("; ");
  return text === "" ? {} : { note: text };
}
