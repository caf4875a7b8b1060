/** Where the parts of a report contradict each other: the results, the proofs, the matrix, the findings and the exit code. */
import { EXIT } from "../../cli/exit-codes";
import type { CheckReport } from "../../cli/report/check/types";
import { type AskedResult, type CellSource, matrixOf } from "../../cli/report/shared";
import { PROOF_IDS, type Result } from "../../lib/contract";
import type { BucketAccess } from "../../lib/reach";

type Outcome = Result["outcome"];

interface JudgedDestination {
  /** Missing in the report of `validate`, where the results decide. */
  readonly outcome?: Outcome;
  readonly results: readonly AskedResult[];
  readonly cellOf?: CellSource;
}

const ORDER: readonly Outcome[] = ["pass", "unknown", "fail"];
const worstOf = (outcomes: readonly Outcome[]) => ORDER[Math.max(0, ...outcomes.map((outcome) => ORDER.indexOf(outcome)))]!;
const isPassed = (results: readonly Result[], id: string) => results.some((result) => result.id === id && result.outcome === "pass");

/** The statement about all requests that a broken sample breaks too; each of several where a part of one is enough. */
function brokenWith({ request, expected }: AskedResult): readonly string[] {
  if (request === undefined) return [];
  const { actor, action } = request;
  const assumes = action.startsWith("sts:");
  if (actor !== "vendor") return [assumes ? PROOF_IDS.assumed : PROOF_IDS.nobodyElse];
  if (expected === "allowed") return [assumes ? PROOF_IDS.externalIds : PROOF_IDS.delivers];
  return [PROOF_IDS.nothingElse, PROOF_IDS.otherBuckets, PROOF_IDS.neighbours];
}

/** A sample that fails although a proof says that all such requests are as expected. Requests that were really made prove nothing of policies. */
function samplesAgainstProofs(results: readonly AskedResult[]): string[] {
  return results
    .filter(({ outcome, evidence }) => outcome === "fail" && evidence === "computed")
    .filter((result) => {
      const ids = brokenWith(result);
      return ids.length > 0 && ids.every((id) => isPassed(results, id) || !results.some((one) => one.id === id));
    })
    .filter((result) => brokenWith(result).some((id) => isPassed(results, id)))
    .map(({ id }) => `${id} fails, although it is proved that no such request does`);
}

/** A cell that says that others can, although a proof says that nobody else can. */
function cellsAgainstProofs({ results, cellOf }: JudgedDestination): string[] {
  if (cellOf === undefined) return [];
  const { columns, rows } = matrixOf(results, cellOf);
  const proofFor = (title: string) => (/^assume/.test(title) ? PROOF_IDS.assumed : PROOF_IDS.nobodyElse);
  return rows.flatMap(({ title, cells }) =>
    cells.flatMap((cell, index) => {
      const { actor, title: who } = columns[index]!;
      const says = `${title}, ${who}: ${cell?.answer}`;
      if (cell === undefined) return [`${title}, ${who}: blank`];
      if (actor === "vendor" || !isPassed(results, proofFor(title))) return [];
      return cell.answer === "can" || cell.answer === "some" ? [`${says}, although it is proved that nobody else can`] : [];
    }),
  );
}

export function contradictionsOf(destination: JudgedDestination): string[] {
  const { outcome, results } = destination;
  const worst = worstOf(results.map((result) => result.outcome));
  return [
    ...(outcome !== undefined && ORDER.indexOf(outcome) < ORDER.indexOf(worst)
      ? [`the destination is ${outcome}, and a result is ${worst}`]
      : []),
    ...samplesAgainstProofs(results),
    ...cellsAgainstProofs(destination),
  ];
}

/** Findings that say of others what a proof says that nobody can. */
const AGAINST_PROOF: Readonly<Record<string, string>> = {
  "other-role-reaches-destination": PROOF_IDS.otherRoles,
  "vendor-assumes-another-role": PROOF_IDS.nothingBeside,
  "trust-everyone": PROOF_IDS.assumed,
  "trust-federation-without-subject": PROOF_IDS.assumed,
};

export function contradictionsIn({ destinations, findings, totals, exitCode }: CheckReport): string[] {
  const worst = worstOf(destinations.map(({ outcome }) => outcome));
  const least = { pass: EXIT.fine, unknown: EXIT.unknown, fail: EXIT.finding }[worst];
  const isOpen = totals.unknown > 0 || findings.some(({ isUnknown }) => isUnknown);
  const against = findings.flatMap(({ ruleId, isUnknown, contracts }) => {
    const id = AGAINST_PROOF[ruleId];
    const concerned = destinations.filter(({ contract }) => contracts.includes(contract));
    if (id === undefined || isUnknown || concerned.length === 0) return [];
    return concerned.every(({ results }) => isPassed(results, id)) ? [`${ruleId}, although ${id} is proved`] : [];
  });
  return [
    ...destinations.flatMap(contradictionsOf),
    ...(worst !== "pass" && exitCode !== least && exitCode !== EXIT.finding ? [`exit ${exitCode}, and a destination is ${worst}`] : []),
    ...(totals.fail > 0 && exitCode !== EXIT.finding ? [`exit ${exitCode}, and ${totals.fail} results fail`] : []),
    ...(isOpen && exitCode === EXIT.fine ? ["exit 0, and something is unknown"] : []),
    ...against,
  ];
}

/** Access of others in the report of `access`, although `check` proves of the same bucket that there is none. */
export function accessAgainstProofs(access: readonly BucketAccess[], destinations: CheckReport["destinations"]): string[] {
  return access.flatMap(({ bucket, others }) =>
    destinations
      .filter((destination) => destination.bucket === bucket && isPassed(destination.results, PROOF_IDS.nobodyElse))
      .filter(() => others.extent !== "cannot")
      .map(() => `${bucket}: anybody else ${others.extent}, although it is proved that nobody else can`),
  );
}
