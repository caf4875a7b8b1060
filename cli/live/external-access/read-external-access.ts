/**
 * What IAM Access Analyzer reports: who outside the account or the organization has access to the bucket or the role.
 *
 * AWS analyzes a changed policy within 30 minutes. So a finding that the live policies no longer explain may be outdated, or it may be
 * about something that this program does not read.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-findings.html
 */
import { accountOf, type DeliveryContract } from "../../../lib/contract";
import { type Aws, type Operations, rightFor } from "../../aws";
import { AccountReader, allPages, type Listed, type Unseen, unseen } from "../read-back";

export type AnalyzerFinding = NonNullable<Operations["accessanalyzer:ListFindings"][1]["findings"]>[number];

export interface ExternalAccess {
  readonly findings: readonly AnalyzerFinding[];
  readonly unseen: readonly Unseen[];
  /** When each analyzer last analyzed a resource. AWS does not say when it analyzed one that it has no finding about. */
  readonly lastAnalyzed: readonly Date[];
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
      ...active.flatMap(notYetAnalyzed),
    ],
    lastAnalyzed: active.flatMap(({ lastResourceAnalyzedAt }) => lastResourceAnalyzedAt ?? []),
  };
}

/** An analyzer of an account covers that account only. */
function covers({ arn = "", type }: Analyzer, account: string): boolean {
  return type === "ORGANIZATION" || accountOf(arn) === account;
}

function notYetAnalyzed({ arn = "", lastResourceAnalyzedAt }: Analyzer): Unseen[] {
  if (lastResourceAnalyzedAt !== undefined) return [];
  return [{ subject: SUBJECT, right: RIGHT, why: `the analyzer ${arn.split("/")[1] ?? arn} has not analyzed a resource yet` }];
}

/** To the minute: `2026-01-31T23:00Z`. */
export function shownTime(time: Date): string {
  return `${time.toISOString().slice(0, 16)}Z`;
}

function notCovered(account: string): Unseen {
  return { subject: SUBJECT, right: RIGHT, why: `no analyzer that was read covers account ${account}` };
}

async function findingsOf(analyzerArn: string, resources: readonly string[], reader: AccountReader): Promise<Listed<AnalyzerFinding>> {
  const filter = { resource: { eq: resources }, status: { eq: ["ACTIVE"] } };
  const listed = await allPages({
    read: (nextToken) => reader.read("accessanalyzer:ListFindings", { analyzerArn, filter, ...(nextToken && { nextToken }) }),
    itemsOf: ({ findings }) => findings,
    nextOf: ({ nextToken }) => nextToken,
  });
  // An emulator may ignore the filter.
  return { ...listed, items: listed.items.filter(({ resource = "", status }) => resources.includes(resource) && status === "ACTIVE") };
}

function notAnalyzed({ resource, error }: AnalyzerFinding): Unseen[] {
  return error === undefined ? [] : [{ subject: SUBJECT, right: RIGHT, why: `${resource} was not analyzed: ${error}` }];
}
