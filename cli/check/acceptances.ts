/** Separates what the user accepts, in a contract or in a file, from what is left to correct. */
import type { Acceptance, DeliveryContract } from "../../lib/contract";
import type { PolicyLocation } from "../../lib/evaluate";
import { CONTRACT_RULES, coversFinding, coversResult, holdsOn, type RuleInfo, whyNotAcceptable } from "../../lib/rules";
import { showUnknown } from "../../lib/unknown";
import {
  type CheckedDestination,
  type CheckedResult,
  expectationFinding,
  type ReportedAcceptance,
  type ReportedFinding,
} from "../report/check";
import { helpPage, outcomeOf } from "../report/shared";
import type { Assignment } from "./models";

/** An acceptance, and where it was written. */
export interface GivenAcceptance extends Acceptance {
  /** Id of the only contract that it is about, as reports show it. */
  readonly contract?: string;
  readonly location: PolicyLocation;
  /** Whether it travels with the contract. */
  readonly inContract: boolean;
}

/** What the report says before anything is accepted. */
export interface Unaccepted {
  readonly destinations: readonly CheckedDestination[];
  readonly findings: readonly ReportedFinding[];
}

export interface Sorted extends Unaccepted {
  readonly acceptances: readonly ReportedAcceptance[];
}

export interface AcceptanceOptions {
  readonly assignments: readonly Assignment[];
  /** From files. */
  readonly given: readonly GivenAcceptance[];
  /** `2027-01-31`, in UTC. */
  readonly today: string;
}

/** Takes what is accepted out of the findings, marks accepted results, and reports acceptances that cover nothing. */
export function applyAcceptances({ destinations, findings }: Unaccepted, { assignments, given, today }: AcceptanceOptions): Sorted {
  const acceptances = [...assignments.flatMap(acceptancesIn), ...given].map((acceptance) => judged(acceptance, assignments, today));
  if (acceptances.length === 0) return { destinations, findings, acceptances: [] };
  const holding = acceptances.filter(({ state }) => state === "holds");
  const left: ReportedFinding[] = [];
  for (const finding of findings) {
    const covering = coveringAll(finding, holding);
    if (covering.length === 0) left.push(finding);
    for (const { covered } of covering) covered.push(finding);
  }
  const marked = destinations.map((destination) => withAccepted(destination, holding));
  return {
    destinations: marked,
    findings: [...left, ...acceptances.flatMap(faultOf)],
    acceptances: acceptances.map(reported),
  };
}

interface JudgedAcceptance {
  readonly acceptance: GivenAcceptance;
  readonly state: "holds" | "expired" | "refused";
  /** Why nobody can accept it. */
  readonly refusal?: string;
  /** What it covers. */
  readonly covered: ReportedFinding[];
}

function acceptancesIn({ contract, location }: Assignment): GivenAcceptance[] {
  return (contract.acceptances ?? []).map((acceptance) => ({
    ...acceptance,
    reason: showUnknown(acceptance.reason),
    contract: showUnknown(contract.id),
    location,
    inContract: true,
  }));
}

function judged(acceptance: GivenAcceptance, assignments: readonly Assignment[], today: string): JudgedAcceptance {
  const contracts = assignments.map(({ contract }) => contract).filter((contract) => isAbout(acceptance, contract));
  const refusal = whyNotAcceptable(acceptance.id, contracts);
  if (refusal !== undefined) return { acceptance, state: "refused", refusal, covered: [] };
  return { acceptance, state: holdsOn(acceptance, today) ? "holds" : "expired", covered: [] };
}

function isAbout({ contract }: GivenAcceptance, { id }: DeliveryContract): boolean {
  return contract === undefined || contract === showUnknown(id);
}

/** The acceptances that cover a finding of a rule; none where a contract that the finding concerns does not accept it. */
function coveringAll(finding: ReportedFinding, holding: readonly JudgedAcceptance[]): JudgedAcceptance[] {
  const covering = holding.filter(({ acceptance }) => coversFinding(acceptance, finding));
  const ofContract = (id: string | undefined) => covering.filter(({ acceptance }) => acceptance.contract === id);
  const forAll = ofContract(undefined);
  if (forAll.length > 0) return forAll;
  const { contracts } = finding;
  const isAcceptedByAll = contracts.length > 0 && contracts.every((id) => ofContract(id).length > 0);
  return isAcceptedByAll ? contracts.flatMap(ofContract) : [];
}

function withAccepted(destination: CheckedDestination, holding: readonly JudgedAcceptance[]): CheckedDestination {
  const about = holding.filter(({ acceptance: { contract } }) => contract === undefined || contract === destination.contract);
  if (about.length === 0) return destination;
  const results = destination.results.map((result): CheckedResult => {
    const covering = about.filter(({ acceptance }) => coversResult(acceptance, result));
    if (covering.length === 0) return result;
    const finding = expectationFinding(result, destination);
    for (const { covered } of covering) covered.push(finding);
    return { ...result, accepted: covering[0]!.acceptance.reason };
  });
  return { ...destination, results, outcome: outcomeOf(results) };
}

function faultOf({ acceptance, state, refusal, covered }: JudgedAcceptance): ReportedFinding[] {
  const { id, reason, expires } = acceptance;
  const said = `'${id}' was accepted (${reason})`;
  if (state === "expired") return [fault(CONTRACT_RULES.acceptanceExpired, acceptance, `${said} up to ${expires}`)];
  if (state === "refused") return [fault(CONTRACT_RULES.acceptanceUnused, acceptance, `${said}, which has no effect: ${refusal}`)];
  if (covered.length > 0) return [];
  return [fault(CONTRACT_RULES.acceptanceUnused, acceptance, `${said}, and ${scopeOf(acceptance)} has no such finding`)];
}

function scopeOf({ contract, address, statement }: GivenAcceptance): string {
  const parts = [
    ...(statement === undefined ? [] : [`the statement "${statement}"`]),
    ...(address === undefined ? [] : [address]),
    ...(contract === undefined ? [] : [contract]),
  ];
  return parts.join(" of ");
}

function fault(
  { id, severity, reason, remedy }: RuleInfo,
  { location, contract, ...acceptance }: GivenAcceptance,
  detail: string,
): ReportedFinding {
  return {
    ruleId: id,
    severity,
    detail,
    reason,
    remedy,
    location,
    contracts: contract === undefined ? [] : [contract],
    help: helpPage(id),
    fingerprint: [id, contract ?? "", acceptance.id, acceptance.address ?? "", acceptance.statement ?? ""].join("|"),
  };
}

function reported({ acceptance, state, covered }: JudgedAcceptance): ReportedAcceptance {
  return { ...acceptance, state: state === "holds" ? (covered.length > 0 ? "used" : "unused") : state, findings: covered };
}
