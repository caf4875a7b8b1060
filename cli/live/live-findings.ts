/** Findings in the live account that no plan can show. */

import type { DeliveryContract } from "../../lib/contract";
import { namesEverybody, readablePolicies } from "../../lib/judge";
import type { AccountModel, PlannedPolicy } from "../../lib/plan";
import type { LiveResult } from "../report/validate";
import { docsPage } from "../version";
import type { ReadBack, Unread } from "./read-back";

/** AWS replaces the ARN of a deleted role or user with its unique ID. */
const UNIQUE_ID = /^A(ROA|IDA)[A-Z0-9]{12,}$/;

export function liveFindings(contract: DeliveryContract, live: ReadBack): LiveResult[] {
  return [
    ...missingRole(contract, live),
    ...deletedPrincipals(contract, live),
    ...policyStatus(live),
    ...requesterPays(live),
    ...protection(live),
  ];
}

/** The reads of the bucket that a bucket policy can deny. */
export function deniedReads({ unread }: ReadBack): Unread[] {
  return unread.filter(({ operation, failure }) => operation.startsWith("s3:") && failure.kind === "denied");
}

/** A Deny that matches its own account too: nobody can read the policy, so no statement of it can be named. */
export function lockedOut({ bucket }: DeliveryContract, live: ReadBack, planned: AccountModel | undefined): LiveResult[] {
  const denied = deniedReads(live);
  const policy = denied.find(({ operation }) => operation === "s3:GetBucketPolicy");
  const isExplicit = denied.some(({ failure }) => failure.causeId === "explicit-deny");
  // A caller without any right to S3 gets the same answers, except that AWS names no explicit deny.
  if (policy === undefined || !(isExplicit || denied.length >= EVERY_READ)) return [];
  const cause = isExplicit
    ? "the policy cannot be read because a Deny statement of it matches its own account"
    : "every read of the bucket is denied: a Deny statement of the bucket policy matches its own account, or the deployer has no right to the bucket";
  const asRoot = `as the root user of the account, which a bucket policy cannot lock out: aws s3api delete-bucket-policy --bucket ${bucket.name}; then apply again`;
  return [
    {
      id: "policy-denies-its-owner",
      title: "the bucket policy can be read by its own account",
      kind: "extra",
      expected: "readable",
      outcome: isExplicit ? "fail" : "unknown",
      ...(isExplicit ? { evidence: "performed" as const, by: "the deployer" } : {}),
      cause: `${cause}; most likely ${likelyDeny(bucket.name, planned)}`,
      remedy: isExplicit ? asRoot : `grant the deployer its rights (${docsPage("validate.md#rights")}); if it has them: ${asRoot}`,
      deciding: [],
    },
  ];
}

/** This many denied reads are more than a single missing right. */
export const EVERY_READ = 8;

/** The Deny statements of the plan that apply to everybody. Without a plan, the one that every bucket of the constructs has. */
function likelyDeny(name: string, planned: AccountModel | undefined): string {
  const bucket = planned?.buckets.find((one) => one.name === name);
  const denies = readablePolicies(bucket?.policies ?? [], "resource")
    .flatMap(({ statements }) => statements)
    .filter((statement) => statement.reference.effect === "Deny" && namesEverybody(statement));
  const names = denies.map(({ reference: { sid, index } }) => (sid === undefined ? `statement ${index + 1}` : JSON.stringify(sid)));
  return `${names.length > 0 ? names.join(" or ") : JSON.stringify(SSL_STATEMENT)}, changed by hand`;
}

const SSL_STATEMENT = "AllowSSLRequestsOnly";

function missingRole({ role }: DeliveryContract, { account, otherRole }: ReadBack): LiveResult[] {
  if (role === undefined || account.roles.length > 0) return [];
  return [
    {
      id: "role-exists",
      title: "the role exists",
      kind: "extra",
      expected: role.arn,
      outcome: "fail",
      evidence: "performed",
      by: "the deployer",
      cause:
        otherRole === undefined
          ? `there is no role ${role.name} in this account`
          : `there is no role ${role.arn}: the role of this name is ${otherRole}, which the vendor does not assume`,
      remedy: "apply the stack, or check that the deployer's credentials are those of the role's account",
      deciding: [],
    },
  ];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function deletedPrincipals({ bucket, role }: DeliveryContract, { account }: ReadBack): LiveResult[] {
  const policies = [
    ...(account.buckets.find(({ name }) => name === bucket.name)?.policies ?? []),
    ...account.roles.filter(({ name }) => name === role?.name).map(({ trustPolicy }) => trustPolicy),
  ];
  return policies.flatMap((policy) =>
    principalsOf(policy)
      .filter((principal) => UNIQUE_ID.test(principal))
      .map((principal) => ({
        id: "principal-deleted",
        title: "every principal of the live policies exists",
        kind: "extra" as const,
        expected: "an ARN",
        outcome: "fail" as const,
        evidence: "computed" as const,
        cause: `the ${policy.location.address} names ${principal}: that principal was deleted, and a new one of the same name is not the same`,
        remedy: "apply the policy again (terraform apply -replace=<the policy's resource>), so that AWS resolves the ARN again",
        deciding: [],
        location: policy.location,
      })),
  );
}

function principalsOf({ document }: PlannedPolicy): string[] {
  const statements = (document as { Statement?: unknown } | null)?.Statement;
  const list = Array.isArray(statements) ? statements : [statements];
  return list.flatMap((statement) => {
    const principal = (statement as { Principal?: unknown } | undefined)?.Principal;
    const aws = typeof principal === "object" && principal !== null ? (principal as { AWS?: unknown }).AWS : principal;
    return (Array.isArray(aws) ? aws : [aws]).filter((value) => typeof value === "string");
  });
}

function policyStatus({ policyIsPublic }: ReadBack): LiveResult[] {
  if (policyIsPublic === undefined) return [];
  return [
    {
      id: "policy-not-public",
      title: "AWS does not consider the bucket policy public",
      kind: "extra",
      expected: "not public",
      outcome: policyIsPublic ? "fail" : "pass",
      evidence: "simulated",
      by: "GetBucketPolicyStatus",
      ...(policyIsPublic
        ? {
            cause: "a statement of the bucket policy makes the bucket public; RestrictPublicBuckets then denies every other account",
            remedy: "name fixed principals in every Allow statement of the bucket policy",
          }
        : {}),
      deciding: [],
    },
  ];
}

function requesterPays({ requestPayer }: ReadBack): LiveResult[] {
  if (requestPayer !== "Requester") return [];
  return [
    {
      id: "requester-pays",
      title: "the bucket owner pays for requests",
      kind: "extra",
      expected: "BucketOwner",
      outcome: "fail",
      evidence: "computed",
      cause: "the bucket makes the requester pay: requests without `x-amz-request-payer` are refused, and vendors do not send it",
      remedy: "set the bucket's request payment to BucketOwner",
      deciding: [],
    },
  ];
}

function protection({ account, mfaDelete }: ReadBack): LiveResult[] {
  const locked = account.buckets.some(({ objectLock }) => objectLock === "true");
  const found = [...(locked ? ["Object Lock is on"] : []), ...(mfaDelete ? ["MFA delete is on"] : [])];
  return found.map((cause) => ({
    id: "objects-can-be-removed",
    title: "test objects can be deleted",
    kind: "extra",
    expected: "no Object Lock, no MFA delete",
    outcome: "unknown",
    cause: `${cause}: versions of test objects may be impossible to delete`,
    remedy: "use a bucket without it, or delete the versions when their retention ends",
    deciding: [],
  }));
}
