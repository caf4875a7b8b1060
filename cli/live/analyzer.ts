/**
 * Asks AWS's Access Analyzer about the live policies: ValidatePolicy on every document, CheckNoPublicAccess on those that name who
 * may come. It judges documents, not requests, and knows nothing of the vendor: it confirms or finds, and decides no expectation.
 *
 * @see https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html
 * @see https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html
 */
import type { DeliveryContract } from "../../lib/contract";
import type { AccountModel, PlannedPolicy } from "../../lib/plan";
import { type Aws, type Failure, failureOf, type Operations } from "../aws";
import type { LiveResult } from "../report/validate/types";

export interface Analysis {
  readonly results: readonly LiveResult[];
  /** Why it could not be asked. */
  readonly failure?: Failure;
}

type ResourceType = Operations["accessanalyzer:CheckNoPublicAccess"][0]["resourceType"];

interface Subject {
  readonly policy: PlannedPolicy;
  /** Of policies that are attached to a resource; a role's own permissions have none. */
  readonly resourceType?: ResourceType;
}

/** What AWS would refuse, or calls dangerous; its warnings and suggestions are matters of style. */
const GRAVE = ["ERROR", "SECURITY_WARNING"];

export async function analyze(aws: Aws, contract: DeliveryContract, account: AccountModel, signal: AbortSignal): Promise<Analysis> {
  const results: LiveResult[] = [];
  try {
    // One after the other: whoever may not ask the first question need not ask the others.
    for (const subject of subjectsIn(contract, account)) results.push(...(await ask(aws, subject, signal)));
    return { results };
  } catch (error) {
    signal.throwIfAborted();
    return { results, failure: failureOf(error, "accessanalyzer:ValidatePolicy") };
  }
}

/** The documents that could be read. */
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
  const grave = findings.filter(({ findingType }) => GRAVE.includes(findingType ?? ""));
  const what = policy.location.address ?? "policy";
  const results = [
    result("analyzer-validates", `AWS finds no fault with the ${what}`, "ValidatePolicy", policy, {
      cause: grave.map(({ issueCode, findingDetails }) => `${issueCode}: ${findingDetails}`).join("; "),
      remedy: "correct what AWS names",
    }),
  ];
  if (!resourceType) return results;
  const { result: verdict, message } = await aws.call("accessanalyzer:CheckNoPublicAccess", { policyDocument, resourceType }, { signal });
  const isPublic = verdict === "FAIL";
  results.push(
    result("analyzer-not-public", `AWS finds no public access in the ${what}`, "CheckNoPublicAccess", policy, {
      cause: isPublic ? (message ?? "the policy grants public access") : "",
      remedy: "name fixed principals in every Allow statement",
    }),
  );
  return results;
}

/** A failure if there is a cause. */
function result(
  id: string,
  title: string,
  by: string,
  { location }: PlannedPolicy,
  { cause, remedy }: { readonly cause: string; readonly remedy: string },
): LiveResult {
  const base = { id, title, kind: "extra", expected: "no finding", evidence: "simulated", by, deciding: [] } as const;
  return cause === "" ? { ...base, outcome: "pass" } : { ...base, outcome: "fail", cause, remedy, location };
}
