/**
 * What IAM Access Analyzer reports: who outside the account or the organization has access to the bucket or the role.
 *
 * AWS analyzes a changed policy within 30 minutes. So a finding that the live policies no longer explain may be outdated, or it may be
 * about something that this program does not read.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-findings.html
 */
import { accountOf, type DeliveryContract } from "../../lib/contract";
import type { PlannedPolicy } from "../../lib/plan";
import { isExpected } from "../../lib/rules";
import { type Aws, type Operations, rightFor } from "../aws";
import type { LiveResult } from "../report/validate";
import { AccountReader, allPages, type Listed, type ReadBack, type Unseen, unseen } from "./read-back";

type Finding = NonNullable<Operations["accessanalyzer:ListFindings"][1]["findings"]>[number];

export interface ExternalAccess {
  readonly findings: readonly Finding[];
  readonly unseen: readonly Unseen[];
}

const SUBJECT = "findings of IAM Access Analyzer";
const RIGHT = rightFor("accessanalyzer:ListFindings");

/** Analyzers of unused and of internal access have other types. */
const OF_EXTERNAL_ACCESS = ["ACCOUNT", "ORGANIZATION"];

type Analyzer = NonNullable<Operations["accessanalyzer:ListAnalyzers"][1]["analyzers"]>[number];

/** The analyzers of the caller's account: each region is asked about once in a run. */
export class Analyzers {
  private readonly known = new Map<string, Promise<Listed<Analyzer>>>();

  in(region: string, reader: AccountReader): Promise<Listed<Analyzer>> {
    const found =
      this.known.get(region) ??
      allPages({
        read: (nextToken) => reader.read("accessanalyzer:ListAnalyzers", { ...(nextToken && { nextToken }) }),
        itemsOf: ({ analyzers }: Operations["accessanalyzer:ListAnalyzers"][1]) => analyzers,
        nextOf: ({ nextToken }) => nextToken,
      });
    this.known.set(region, found);
    return found;
  }
}

interface ReadOptions {
  readonly aws: Aws;
  /** Region of the bucket. */
  readonly region: string;
  readonly analyzers: Analyzers;
  /** The accounts of the bucket and of the role, as far as they are known. */
  readonly accounts: readonly string[];
  readonly signal: AbortSignal;
}

export async function readExternalAccess({ bucket, role }: DeliveryContract, options: ReadOptions): Promise<ExternalAccess> {
  const { aws, region, analyzers, accounts, signal } = options;
  const reader = new AccountReader(aws, signal);
  const resources = [bucket.arn, ...(role ? [role.arn] : [])];
  const { items, failure } = await analyzers.in(region, reader);
  const active = items.filter(({ type = "", status }) => OF_EXTERNAL_ACCESS.includes(type) && status === "ACTIVE");
  const lists = await Promise.all(active.map(({ arn = "" }) => findingsOf(arn, resources, reader)));
  const findings = lists.flatMap((list) => list.items);
  const uncovered = [...new Set(accounts)].filter((account) => !active.some((analyzer) => covers(analyzer, account)));
  const none = { subject: SUBJECT, right: RIGHT, why: "the region has no active analyzer of external access" };
  return {
    findings: findings.filter(({ error }) => error === undefined),
    unseen: [
      ...(failure ? [unseen(SUBJECT, "accessanalyzer:ListAnalyzers", failure)] : active.length === 0 ? [none] : uncovered.map(notCovered)),
      ...lists.flatMap((list) => (list.failure ? [unseen(SUBJECT, "accessanalyzer:ListFindings", list.failure)] : [])),
      ...findings.flatMap(notAnalyzed),
    ],
  };
}

/** An analyzer of an account covers that account only. */
function covers({ arn = "", type }: Analyzer, account: string): boolean {
  return type === "ORGANIZATION" || accountOf(arn) === account;
}

function notCovered(account: string): Unseen {
  return { subject: SUBJECT, right: RIGHT, why: `no analyzer that was read covers account ${account}` };
}

async function findingsOf(analyzerArn: string, resources: readonly string[], reader: AccountReader): Promise<Listed<Finding>> {
  const filter = { resource: { eq: resources }, status: { eq: ["ACTIVE"] } };
  const listed = await allPages({
    read: (nextToken) => reader.read("accessanalyzer:ListFindings", { analyzerArn, filter, ...(nextToken && { nextToken }) }),
    itemsOf: ({ findings }) => findings,
    nextOf: ({ nextToken }) => nextToken,
  });
  // An emulator may ignore the filter.
  return { ...listed, items: listed.items.filter(({ resource = "", status }) => resources.includes(resource) && status === "ACTIVE") };
}

function notAnalyzed({ resource, error }: Finding): Unseen[] {
  return error === undefined ? [] : [{ subject: SUBJECT, right: RIGHT, why: `${resource} was not analyzed: ${error}` }];
}

interface Judged {
  /** All known contracts of the bucket. */
  readonly contracts: readonly DeliveryContract[];
  readonly live: ReadBack;
  /** The findings of the rules. A principal that a contract accepts there is accepted here. */
  readonly rules: readonly LiveResult[];
}

export function externalAccessFindings({ findings }: ExternalAccess, judged: Judged): LiveResult[] {
  return findings.flatMap((finding) => {
    const principals = principalsOf(finding);
    const kind = isOfRole(finding) ? "trust" : "resource";
    if (principals.every((principal) => isExpected(principal, judged.contracts, kind))) return [];
    const isExplained = principals.every((principal) => isNamed(principal, finding, judged.live));
    return [isExplained ? explained(finding, principals, judged.rules) : unexplained(finding, principals)];
  });
}

function principalsOf({ principal, isPublic }: Finding): string[] {
  const named = Object.values(principal ?? {});
  return named.length > 0 ? named : [isPublic ? "*" : "a principal that it does not name"];
}

function isOfRole({ resource = "" }: Finding): boolean {
  return resource.split(":")[2] === "iam";
}

const BASE = {
  id: "analyzer-external-access",
  title: "AWS IAM Access Analyzer reports nobody but the vendor",
  kind: "extra",
  expected: "no finding",
  deciding: [],
} as const;

function explained(finding: Finding, principals: readonly string[], rules: readonly LiveResult[]): LiveResult {
  const acceptance = rules.find(
    ({ accepted, cause = "" }) => accepted !== undefined && principals.every((one) => cause.includes(accountOf(one) ?? one)),
  );
  return {
    ...BASE,
    outcome: "fail",
    evidence: "simulated",
    by: "IAM Access Analyzer",
    cause: said(finding, principals),
    remedy: "remove the access, or define a destination for the principal",
    ...(acceptance?.accepted !== undefined && { accepted: acceptance.accepted }),
  };
}

function unexplained(finding: Finding, principals: readonly string[]): LiveResult {
  return {
    ...BASE,
    outcome: "unknown",
    cause: `${said(finding, principals)}, which nothing that was read explains`,
    remedy:
      "validate again in 30 minutes, after AWS has analyzed a change; else look for Multi-Region and Object Lambda Access Points, which are not read",
  };
}

function said({ id, resource, action = [], analyzedAt, sources = [] }: Finding, principals: readonly string[]): string {
  const more = action.length > MOST_ACTIONS ? ` and ${action.length - MOST_ACTIONS} more` : "";
  const actions = action.length === 0 ? "access to" : `${action.slice(0, MOST_ACTIONS).join(", ")}${more} on`;
  const who = principals.map((principal) => (principal === "*" ? "everybody" : principal)).join(", ");
  const ways = sources.flatMap(({ type, detail }) => WAYS[type ?? ""]?.(detail?.accessPointArn) ?? []);
  const way = ways.length === 0 ? "" : ` through ${[...new Set(ways)].join(" and ")}`;
  const when = analyzedAt === undefined ? "" : `, analyzed ${analyzedAt.toISOString().slice(0, 16)}Z`;
  return `AWS IAM Access Analyzer reports that ${who} has ${actions} ${resource}${way} (finding ${id}${when})`;
}

const MOST_ACTIONS = 3;

const WAYS: Readonly<Record<string, (accessPoint?: string) => string>> = {
  POLICY: () => "its policy",
  BUCKET_ACL: () => "the bucket's ACL",
  S3_ACCESS_POINT: (arn = "of this account") => `the access point ${arn}`,
  S3_ACCESS_POINT_ACCOUNT: () => "access points of another account",
};

/** Whether the policies that were read grant the principal access. Unread policies may grant it. */
function isNamed(principal: string, finding: Finding, { account, aclGrants, surroundings }: ReadBack): boolean {
  if (isOfRole(finding)) {
    const role = account.roles.find(({ arn }) => arn === finding.resource);
    return role === undefined || gives(role.trustPolicy, principal);
  }
  const ofAccessPoints = (account.dataFlows ?? []).flatMap(({ policy }) => policy ?? []);
  const policies = [...account.buckets.flatMap((bucket) => bucket.policies), ...ofAccessPoints];
  if (policies.some((policy) => gives(policy, principal))) return true;
  const isUnread =
    surroundings === undefined || surroundings.unseen.some(({ right }) => /AccessPoint/.test(right)) || aclGrants === undefined;
  const isByAcl = finding.sources?.some(({ type }) => type === "BUCKET_ACL") ?? false;
  return isUnread || aclGrants.some(({ who, isPublic }) => isByAcl || who.includes(principal) || (principal === "*" && isPublic));
}

function gives({ document }: PlannedPolicy, principal: string): boolean {
  if (typeof document !== "object" || document === null) return true;
  const { Statement } = document as { Statement?: unknown };
  const allows = [Statement].flat().filter((one) => (one as { Effect?: unknown } | undefined)?.Effect === "Allow");
  const text = accountOf(principal) ?? principal;
  return allows.some((allow) =>
    principal === "*"
      ? JSON.stringify((allow as { Principal?: unknown }).Principal ?? "*").includes('"*"')
      : JSON.stringify(allow).includes(text),
  );
}
