/** From the estate and contracts to the report. No files, no output. */

import { type DeliveryContract, type Expectation, type Result, substituteOwnAccount } from "../../lib/contract";
import { bucketOf, type Hash, judge, type Pin } from "../../lib/judge";
import type { Estate, PlannedContract } from "../../lib/plan";
import { type Neighbours, nameOfKey, neighboursOf, prove } from "../../lib/proof";
import { type AccessChange, accessChanges, accessHashes } from "../../lib/reach";
import { applyRules, type Finding, type Severity, scannerIds } from "../../lib/rules";
import { showUnknown } from "../../lib/unknown";
import { EXIT } from "../exit-codes";
import { explainLine, needsRoleAlone } from "../explain";
import {
  type Accepted,
  CHECK_REPORT_SCHEMA_VERSION,
  type CheckedDestination,
  type CheckedResult,
  type CheckReport,
  type CheckTotals,
  isFailure,
  type ReportedAcceptance,
  type ReportedFinding,
} from "../report/check";
import { cellsFor, countOutcomes, outcomeOf, showFindingPlace, shownContext, shownWitness } from "../report/shared";
import { applyAcceptances, type GivenAcceptance } from "./acceptances";
import { changeFindings, changeNotes } from "./changes";
import { pinFindings, problemFindings } from "./input-findings";
import { type Assignment, belongsToOneOf } from "./models";
import { withFindings } from "./outcomes";
import { asUnknown, reported } from "./reported";

export interface CheckInput {
  readonly program: string;
  readonly estate: Estate;
  readonly assignments: readonly Assignment[];
  /** Contracts that could not be read. A resource without a contract may belong to one of them. */
  readonly unknownContracts?: readonly PlannedContract[];
  readonly pin?: Pin;
  readonly hash: Hash;
  /** The estate before the change. */
  readonly base?: Estate;
  /** The input as the user named it, with the options that belong to it, for commands in the report. */
  readonly paths?: readonly string[];
  /** Acceptances from files. */
  readonly acceptances?: readonly GivenAcceptance[];
  /** `2027-01-31`, in UTC. */
  readonly today: string;
  /** Files that belong to the plan and were not read. */
  readonly unread?: readonly string[];
  /** The customer's account. */
  readonly account?: string;
  /** Findings of this severity and above make the check fail. */
  readonly failOn: Severity | "none";
  /** Unknown expectations do not make the check fail. Input that was only partly read still does. */
  readonly allowUnknown: boolean;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
const NOT_CHECKED = [
  "the vendor's side: its identity policies, permissions boundary and service control policies",
  "service and resource control policies of your organization that neither the input nor --scp and --rcp hold",
  "Block Public Access of the account, where the input does not hold it",
  "services that read or copy the bucket and are not in the input: CloudFront, replication, S3 Access Grants, Lake Formation",
  "policies of other services (queues, secrets, tables, keys and the like) that are not in the input",
  "VPC endpoint policies, policies of KMS keys that the input does not hold, and Object Lock",
  "whether the vendor's principal exists, and whether the bucket's name is free",
  "what was changed by hand since the last apply",
];

export function runCheck(input: CheckInput): CheckReport {
  const { estate, assignments, failOn, paths = [], unknownContracts = [] } = input;
  const accepted = new Map<string, Finding[]>();
  const found: ReportedFinding[] = [];
  const contracts = assignments.map(({ contract }) => contract);
  const mayBelong = belongsToOneOf(unknownContracts, estate);
  for (const finding of applyRules(estate, contracts, { account: input.account })) {
    if (finding.acceptedAs === undefined) found.push(reported(mayBelong(finding) ? asUnknown(finding) : finding));
    else
      for (const key of finding.contracts.map((contract) => `${contract} ${finding.acceptedAs}`))
        accepted.set(key, [...(accepted.get(key) ?? []), finding]);
  }
  const changes = changesOf(input);
  const resourceOf = new Map(changes.flatMap((change) => changeFindings(change).map((finding) => [finding, change.resource])));
  found.push(...problemFindings(estate), ...pinFindings(input), ...resourceOf.keys());
  const neighbours = neighboursOf(contracts);
  const judged = assignments.map((assignment) => destination(assignment, { estate, accepted, contracts, neighbours, paths }));
  const { findings, acceptances, ...accepting } = applyAcceptances(
    { destinations: judged, findings: found },
    { assignments, given: input.acceptances ?? [], today: input.today },
  );
  const destinations = withFindings(accepting.destinations, { findings, resourceOf, failOn });
  const totals = totalsOf(destinations, findings, acceptances);
  const nothing = assignments.length === 0 && estate.buckets.length + estate.roles.length === 0;
  const failed = totals.fail > 0 || findings.some(({ severity }) => isFailure(severity, failOn));
  const undecided = [...(nothing ? ["there is nothing to judge: no delivery contract, no bucket and no role"] : []), ...partNotes(input)];
  const isOpen = totals.unknown > 0 || findings.some(({ isUnknown }) => isUnknown);
  const unknown = undecided.length > 0 || (isOpen && !input.allowUnknown);
  return {
    schemaVersion: CHECK_REPORT_SCHEMA_VERSION,
    program: input.program,
    models: estate.parts,
    destinations,
    findings,
    acceptances,
    notChecked: NOT_CHECKED,
    notes: [
      ...undecided,
      ...(nothing || assignments.length > 0 || unknownContracts.length > 0 ? [] : [NO_CONTRACT]),
      ...changes.flatMap(changeNotes),
    ],
    undecided,
    totals,
    exitCode: failed ? EXIT.finding : unknown ? EXIT.unknown : EXIT.fine,
  };
}

const NO_CONTRACT =
  "no delivery contract was found, so nothing was expected of any vendor; only the rules were applied. " +
  "Use the constructs, or name the vendor with --vendor";

function changesOf({ base, estate, pin, hash }: CheckInput): AccessChange[] {
  if (base === undefined) return [];
  const pinned = pin?.access;
  return accessChanges({
    before: base,
    after: estate,
    ...(pinned !== undefined && { hashes: { found: accessHashes(estate, hash), pinned } }),
  });
}

/** Why only a part of the input was judged. */
function partNotes({ estate, assignments, unread = [] }: CheckInput): string[] {
  return [
    // A contract that lists its expectations itself may list none.
    ...assignments
      .filter(({ contract }) => contract.expectations.length === 0)
      .map(({ contract }) => `the contract ${showUnknown(contract.id)} expects nothing, so nothing was judged by it`),
    ...estate.problems
      .filter(({ id }) => id === "plan-incomplete")
      .map(({ message, location }) => `${showUnknown(message)}, at ${showFindingPlace({ location })}`),
    ...unread.map((path) => `${path} was not read, although Terraform would load it: name the folder`),
  ];
}

interface Judged {
  readonly estate: Estate;
  readonly accepted: ReadonlyMap<string, readonly Finding[]>;
  readonly contracts: readonly DeliveryContract[];
  readonly neighbours: Neighbours;
  readonly paths: readonly string[];
}

function destination(
  { contract, location, part }: Assignment,
  { estate, accepted, contracts, neighbours, paths }: Judged,
): CheckedDestination {
  const { id, vendor, door, bucket, role, vendorPrincipals, keyPrefix, expectations } = contract;
  const results = [
    ...judge(contract, estate).map((result, index) => checked(result, expectations[index])),
    ...prove(contract, estate, { contracts, neighbours: neighbours.get(contract) }).map((result) => proved(result, estate, paths)),
  ];
  return {
    cellOf: cellsFor({ contract, neighbours: neighbours.get(contract), results }, estate),
    contract: showUnknown(id),
    model: showUnknown(bucketOf(contract, estate)?.part ?? part ?? estate.name),
    vendor: showUnknown(vendor.name),
    product: showUnknown(vendor.product),
    door,
    bucket: showUnknown(bucket.name),
    ...(role && { role: showUnknown(role.name) }),
    vendorPrincipals: vendorPrincipals.map(showUnknown),
    keyPrefix: showUnknown(keyPrefix),
    location,
    outcome: outcomeOf(results),
    results,
    accepted: contract.accepted.map(({ code, reason, source }): Accepted => {
      const seen = (accepted.get(`${id} ${code}`) ?? []).map(({ ruleId, detail, location: place }) => ({
        ruleId,
        detail,
        location: place,
      }));
      return {
        code: showUnknown(code),
        reason: showUnknown(reason),
        source: showUnknown(source),
        reportedAs: scannerIds(code, contract),
        seen,
      };
    }),
  };
}

/** Written member by member, because there are many results, and most pass. */
function checked(result: Result, expectation: Expectation | undefined): CheckedResult {
  if (expectation === undefined) return { ...result, kind: "posture" };
  const { actor, action, resource, context } = expectation;
  const request = { actor, action: showUnknown(action), resource: showUnknown(resource), context: shownContext(context) };
  const { title, expected, outcome, evidence, deciding } = result;
  const id = showUnknown(result.id);
  return outcome === "pass"
    ? { id, title, expected, outcome, evidence, deciding, kind: "expectation", request }
    : { ...result, id, kind: "expectation", request };
}

function proved(result: Result, { buckets, roles, kms }: Estate, paths: readonly string[]): CheckedResult {
  const { witness } = result;
  if (witness === undefined) return { ...result, kind: "proof" };
  const { action, resource } = witness;
  const key = action.startsWith("kms:") ? nameOfKey(resource, kms) : undefined;
  // `explain` cannot decide a request that the input does not describe.
  const isInInput = action.startsWith("sts:")
    ? roles.some(({ arn }) => substituteOwnAccount(arn) === resource)
    : key !== undefined || needsRoleAlone(action) || buckets.some(({ arn }) => resource === arn || resource.startsWith(`${arn}/`));
  const explain = isInInput ? explainLine(key === undefined ? witness : { ...witness, resource: key }, paths) : undefined;
  return { ...result, kind: "proof", witness: shownWitness(witness), ...(explain !== undefined && { explain }) };
}

function totalsOf(
  destinations: readonly CheckedDestination[],
  findings: readonly ReportedFinding[],
  acceptances: readonly ReportedAcceptance[],
): CheckTotals {
  const outcomes = countOutcomes(destinations.flatMap(({ results }) => results));
  const bySeverity: Record<Severity, number> = { high: 0, medium: 0, low: 0, info: 0 };
  for (const { severity } of findings) bySeverity[severity]++;
  const accepted = destinations.reduce((sum, item) => sum + item.accepted.length, 0);
  const acceptedFindings = new Set(acceptances.flatMap((item) => item.findings)).size;
  return { destinations: destinations.length, ...outcomes, findings: bySeverity, accepted, acceptedFindings };
}
