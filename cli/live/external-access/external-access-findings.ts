/** Judges the findings of IAM Access Analyzer by the contracts, and by the live policies that explain them. */
import { type DeliveryContract, isAssuming } from "../../../lib/contract";
import type { CompiledStatement } from "../../../lib/evaluate";
import { isExpected, matchesAction } from "../../../lib/rules";
import type { LiveResult } from "../../report/validate";
import type { ReadBack } from "../read-back";
import type { RuleFinding } from "../rule-findings";
import { allowsAction, allowsIn, areOfOneAccount, callersOf, letsIn } from "./live-grants";
import { type AnalyzerFinding, type ExternalAccess, shownTime } from "./read-external-access";

interface Judged {
  /** All known contracts of the bucket. */
  readonly contracts: readonly DeliveryContract[];
  readonly live: ReadBack;
  /** The findings of the rules. A principal that a contract accepts there is accepted here. */
  readonly rules: readonly RuleFinding[];
}

export function externalAccessFindings({ findings }: ExternalAccess, judged: Judged): LiveResult[] {
  return findings.flatMap((finding) => {
    const principals = principalsOf(finding);
    if (principals.every((principal) => isOfContract(principal, finding, judged))) return beyondContract(finding, principals, judged);
    const isExplained = principals.every((principal) => isNamed(principal, finding, judged.live));
    return [isExplained ? explained(finding, principals, judged) : unexplained(finding, principals)];
  });
}

function principalsOf({ principal, isPublic }: AnalyzerFinding): string[] {
  const named = Object.values(principal ?? {});
  return named.length > 0 ? named : [isPublic ? "*" : "a principal that it does not name"];
}

function kindOf({ resource = "" }: AnalyzerFinding): "trust" | "resource" {
  return resource.split(":")[2] === "iam" ? "trust" : "resource";
}

/** Whether a contract expects the principal, or those of its callers to whom the finding's conditions tie it. */
function isOfContract(principal: string, finding: AnalyzerFinding, { contracts, live }: Judged): boolean {
  const kind = kindOf(finding);
  if (isExpected(principal, contracts, kind)) return true;
  const arns = conditionValues(finding, "aws:PrincipalArn");
  const isOwnCaller = (arn: string) => isExpected(arn, contracts, kind) && (principal === "*" || areOfOneAccount(arn, principal));
  const ids = kind === "trust" ? conditionValues(finding, "sts:ExternalId") : [];
  const isOwnId = (id: string) =>
    contracts.some(
      ({ externalIds, vendorPrincipals }) =>
        externalIds.includes(id) && vendorPrincipals.some((vendor) => areOfOneAccount(vendor, principal)),
    );
  const isTied = (arns.length > 0 && arns.every(isOwnCaller)) || (ids.length > 0 && ids.every(isOwnId));
  // The finding shows no operators, and a condition may exclude what it names. The live policies show what it does.
  const allows = isTied ? livePolicies(finding, live) : undefined;
  const isOtherCaller = (caller: string) => caller === "*" || (areOfOneAccount(caller, principal) && !isExpected(caller, contracts, kind));
  const callers = allows?.filter((allow) => letsIn(allow, principal)).flatMap(callersOf);
  return callers?.some((caller) => isExpected(caller, contracts, kind)) === true && !callers.some(isOtherCaller);
}

/** AWS writes several values as one text. */
function conditionValues({ condition = {} }: AnalyzerFinding, key: string): string[] {
  const [, text = ""] = Object.entries(condition).find(([name]) => name.toLowerCase() === key.toLowerCase()) ?? [];
  return text.split(/[\s,"[\]]+/).filter((value) => value !== "");
}

const BASE = {
  id: "analyzer-external-access",
  title: "AWS IAM Access Analyzer reports nobody but the vendor",
  kind: "extra",
  expected: "no finding",
  deciding: [],
} as const;

const SIMULATED = { outcome: "fail", evidence: "simulated", by: "IAM Access Analyzer" } as const;

/** What the finding allows to a caller of the contract that the contract does not grant. */
function beyondContract(finding: AnalyzerFinding, principals: readonly string[], { contracts, live }: Judged): LiveResult[] {
  const kind = kindOf(finding);
  const granted = contracts.flatMap(kind === "trust" ? assumingActions : grantedActions);
  const beyond = (finding.action ?? []).filter((name) => !granted.some((pattern) => matchesAction(pattern, name)));
  if (beyond.length === 0) return [];
  const allows = livePolicies(finding, live);
  const isLive = (name: string) =>
    allows === undefined || allows.some((allow) => allowsAction(allow, name) && principals.some((one) => letsIn(allow, one)));
  const excess = { ...finding, action: beyond };
  if (!beyond.some(isLive)) return [unexplained(excess, principals)];
  return [
    {
      ...BASE,
      ...SIMULATED,
      cause: `${said(excess, principals)}, which no contract grants`,
      remedy: "remove what the contract does not grant from the statement",
    },
  ];
}

/** Actions that accompany AssumeRole give a session nothing. */
const WITH_ASSUMING = ["sts:TagSession", "sts:SetSourceIdentity"];

function assumingActions({ expectations }: DeliveryContract): string[] {
  return [...expectations.map(({ action }) => action).filter(isAssuming), ...WITH_ASSUMING];
}

/** A contract without grants allows everything on its bucket. */
function grantedActions({ granted, expectations }: DeliveryContract): readonly string[] {
  const expected = expectations.filter((one) => one.actor === "vendor" && one.expected === "allowed").map(({ action }) => action);
  return granted === undefined ? ["s3:*"] : [...granted.bucketActions, ...granted.objectActions, ...expected];
}

function explained(finding: AnalyzerFinding, principals: readonly string[], { live, rules }: Judged): LiveResult {
  const accepted = rules.filter(({ result }) => result.accepted !== undefined);
  const acceptance = accepted.find(({ finding: rule }) => {
    const statements = statementsOf(rule, finding, live);
    return principals.every((principal) => statements.some((statement) => letsIn(statement, principal)));
  });
  return {
    ...BASE,
    ...SIMULATED,
    cause: said(finding, principals),
    remedy: "remove the access, or define a destination for the principal",
    ...(acceptance?.result.accepted !== undefined && { accepted: acceptance.result.accepted }),
  };
}

/** The Allow statements that a rule's finding is about. */
function statementsOf({ location, statement }: RuleFinding["finding"], finding: AnalyzerFinding, live: ReadBack): CompiledStatement[] {
  return (livePolicies(finding, live) ?? []).filter(
    ({ reference }) =>
      reference.location?.file === location.file &&
      reference.location.address === location.address &&
      (statement === undefined || statement.index === reference.index),
  );
}

function unexplained(finding: AnalyzerFinding, principals: readonly string[]): LiveResult {
  return {
    ...BASE,
    outcome: "unknown",
    cause: `${said(finding, principals)}, which nothing that was read explains`,
    remedy:
      "validate again in 30 minutes, after AWS has analyzed a change; else look for Multi-Region and Object Lambda Access Points, which are not read",
  };
}

function said({ id, resource, action = [], analyzedAt, sources = [] }: AnalyzerFinding, principals: readonly string[]): string {
  const more = action.length > MOST_ACTIONS ? ` and ${action.length - MOST_ACTIONS} more` : "";
  const actions = action.length === 0 ? "access to" : `${action.slice(0, MOST_ACTIONS).join(", ")}${more} on`;
  const who = principals.map((principal) => (principal === "*" ? "everybody" : principal)).join(", ");
  const ways = sources.flatMap(({ type, detail }) => WAYS[type ?? ""]?.(detail?.accessPointArn) ?? []);
  const way = ways.length === 0 ? "" : ` through ${[...new Set(ways)].join(" and ")}`;
  const when = analyzedAt === undefined ? "" : `, analyzed ${shownTime(analyzedAt)}`;
  return `AWS IAM Access Analyzer reports that ${who} has ${actions} ${resource}${way} (finding ${id}${when})`;
}

const MOST_ACTIONS = 3;

const WAYS: Readonly<Record<string, (accessPoint?: string) => string>> = {
  POLICY: () => "its policy",
  BUCKET_ACL: () => "the bucket's ACL",
  S3_ACCESS_POINT: (arn = "of this account") => `the access point ${arn}`,
  S3_ACCESS_POINT_ACCOUNT: () => "access points of another account",
};

/** The Allow statements of the live policies that the finding may be about; undefined if one of them could not be read. */
function livePolicies(finding: AnalyzerFinding, { account }: ReadBack): CompiledStatement[] | undefined {
  const kind = kindOf(finding);
  if (kind === "trust") {
    const role = account.roles.find(({ arn }) => arn === finding.resource);
    return role && allowsIn([role.trustPolicy], kind);
  }
  const ofAccessPoints = (account.dataFlows ?? []).flatMap(({ policy }) => policy ?? []);
  return allowsIn([...account.buckets.flatMap((bucket) => bucket.policies), ...ofAccessPoints], kind);
}

/** Whether the policies that were read grant the principal access. Unread policies may grant it. */
function isNamed(principal: string, finding: AnalyzerFinding, live: ReadBack): boolean {
  const allows = livePolicies(finding, live);
  if (allows === undefined || allows.some((allow) => letsIn(allow, principal))) return true;
  if (kindOf(finding) === "trust") return false;
  const { aclGrants, surroundings } = live;
  const isUnread =
    surroundings === undefined || surroundings.unseen.some(({ right }) => /AccessPoint/.test(right)) || aclGrants === undefined;
  const isByAcl = finding.sources?.some(({ type }) => type === "BUCKET_ACL") ?? false;
  return isUnread || aclGrants.some(({ who, isPublic }) => isByAcl || who.includes(principal) || (principal === "*" && isPublic));
}
