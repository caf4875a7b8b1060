/**
 * Asks IAM Access Analyzer about the live policies: ValidatePolicy for every document, CheckNoPublicAccess for those with principals.
 * It judges documents, not requests, so it decides no expectation.
 *
 * @see https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html
 * @see https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html
 */
import type { DeliveryContract } from "../../lib/contract";
import type { AccountModel, PlannedPolicy } from "../../lib/plan";
import { type Aws, type Failure, failureOf, type Operations } from "../aws";
import type { LiveResult } from "../report/validate";

export interface Analysis {
  readonly results: readonly LiveResult[];
  /** Why the analyzer gave no answer. */
  readonly failure?: Failure;
}

type ResourceType = Operations["accessanalyzer:CheckNoPublicAccess"][0]["resourceType"];

interface Subject {
  readonly policy: PlannedPolicy;
  /** The type of the resource that the policy is attached to; absent for identity policies. */
  readonly resourceType?: ResourceType;
}

/** Findings that count: errors and security warnings. AWS's other warnings and suggestions are about style. */
const SERIOUS = ["ERROR", "SECURITY_WARNING"];

export interface AnalyzeOptions {
  readonly aws: Aws;
  readonly account: AccountModel;
  readonly signal: AbortSignal;
}

export async function analyze(contract: DeliveryContract, { aws, account, signal }: AnalyzeOptions): Promise<Analysis> {
  const results: LiveResult[] = [];
  try {
    // One after the other: if the first request is denied, the others would be too.
    for (const subject of subjectsIn(contract, account)) results.push(...(await ask(aws, subject, signal)));
    return { results };
  } catch (error) {
    signal.throwIfAborted();
    return { results, failure: failureOf(error, "accessanalyzer:ValidatePolicy") };
  }
}

/** The policies that could be read. */
function subjectsIn({ bucket, role }: DeliveryContract, account: AccountModel): Subject[] {
  const live = account.roles.find(({ name }) => name === role?.name);
  const policies = account.buckets.find(({ name }) => name === bucket.name)?.policies ?? [];
  const subjects: Subject[] = [
    ...policies.map((policy) => ({ policy, resourceType: "AWS::S3::Bucket" as const })),
    ...(live ? [{ policy: live.trustPolicy, resourceType: "AWS::IAM::AssumeRolePolicyDocument" as const }] : []),
    ...(live?.inlinePolicies ?? []).map((policy) => ({ policy })),
  ];
  return subjects.filter(({ policy }) => policy.text !== undefined);
}

async function ask(aws: Aws, { policy, resourceType }: Subject, signal: AbortSignal): Promise<LiveResult[]> {
  const policyDocument = policy.text!;
  const { findings = [] } = await aws.call(
    "accessanalyzer:ValidatePolicy",
    {
      policyDocument,
      policyType: resourceType ? "RESOURCE_POLICY" : "IDENTITY_POLICY",
      ...(resourceType ? { validatePolicyResourceType: resourceType } : {}),
    },
    { signal },
  );
  const serious = findings.filter(({ findingType }) => SERIOUS.includes(findingType ?? ""));
  const what = policy.location.address ?? "policy";
  const results = [
    result(policy, {
      id: "analyzer-validates",
      title: `AWS finds no error in the ${what}`,
      by: "ValidatePolicy",
      cause: serious.map(({ issueCode, findingDetails }) => `${issueCode}: ${findingDetails}`).join("; "),
      remedy: "correct the policy as AWS's finding says",
    }),
  ];
  if (!resourceType) return results;
  const { result: verdict, message } = await aws.call("accessanalyzer:CheckNoPublicAccess", { policyDocument, resourceType }, { signal });
  const isPublic = verdict === "FAIL";
  results.push(
    result(policy, {
      id: "analyzer-not-public",
      title: `AWS finds no public access in the ${what}`,
      by: "CheckNoPublicAccess",
      cause: isPublic ? (message ?? "the policy grants public access") : "",
      remedy: "name fixed principals in every Allow statement",
    }),
  );
  return results;
}

interface Answer {
  readonly id: string;
  readonly title: string;
  readonly by: string;
  /** Why it fails; empty if it passes. */
  readonly cause: string;
  readonly remedy: string;
}

function result({ location }: PlannedPolicy, { id, title, by, cause, remedy }: Answer): LiveResult {
  const base = { id, title, kind: "extra", expected: "no finding", evidence: "simulated", by, deciding: [] } as const;
  return cause === "" ? { ...base, outcome: "pass" } : { ...base, outcome: "fail", cause, remedy, location };
}
