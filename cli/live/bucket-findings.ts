/** Findings about settings of the bucket that neither a policy nor the contract describes: each opens something, or takes deliveries away. */
import { accountOf, type DeliveryContract } from "../../lib/contract";
import type { LiveResult } from "../report/validate";
import { isOfLogDelivery, type ReadBack } from "./read-back";

/** Deliveries that are deleted or archived earlier than this may be gone before anybody has read them. */
const LEAST_DAYS = 7;

/** @param owner the account that owns the bucket */
export function bucketFindings(contract: DeliveryContract, live: ReadBack, owner: string | undefined): LiveResult[] {
  return [
    ...aclFindings(live),
    ...lifecycleFindings(contract, live),
    ...replicationFindings(live),
    ...reportFindings(live),
    ...sourceFindings(live),
    ...websiteFindings(contract, live),
    ...notificationFindings(live, owner),
  ];
}

function aclFindings({ aclGrants }: ReadBack): LiveResult[] {
  return (aclGrants ?? [])
    .filter((grant) => !isOfLogDelivery(grant))
    .map(({ who, permission, isPublic }) =>
      finding({
        id: isPublic ? "public-bucket-acl" : "acl-for-others",
        title: isPublic ? "the ACL makes the bucket public" : "the bucket's ACL grants access to another account",
        cause: `the bucket's ACL gives ${who} ${permission}`,
        remedy: REMOVE_GRANT,
      }),
    );
}

/** The remedy for a grant of the ACL to others. */
export const REMOVE_GRANT = "remove the grant from the bucket's ACL";

function lifecycleFindings({ expectations, keyPrefix }: DeliveryContract, { lifecycleRules, account }: ReadBack): LiveResult[] {
  const arn = account.buckets[0]?.arn ?? "";
  const folders = expectations
    .filter(({ actor, expected, resource }) => actor === "vendor" && expected === "allowed" && resource.startsWith(`${arn}/`))
    .map(({ resource }) => resource.slice(arn.length + 1, resource.lastIndexOf("/") + 1));
  const prefixes = folders.length > 0 ? folders : [keyPrefix];
  return lifecycleRules.flatMap((rule) => {
    const prefix = rule.Filter?.Prefix ?? rule.Filter?.And?.Prefix ?? rule.Prefix ?? "";
    if (!prefixes.some((own) => own.startsWith(prefix) || prefix.startsWith(own))) return [];
    const name = `lifecycle rule ${rule.ID ?? "without ID"}`;
    const { Days, Date: date } = rule.Expiration ?? {};
    const archived = rule.Transitions?.find(
      (one) => ["GLACIER", "DEEP_ARCHIVE"].includes(one.StorageClass ?? "") && (one.Date !== undefined || (one.Days ?? 0) < LEAST_DAYS),
    );
    const deletes = date !== undefined || (Days !== undefined && Days < LEAST_DAYS);
    const when = date === undefined ? `after ${Days} day${Days === 1 ? "" : "s"}` : `on ${date.toISOString().slice(0, 10)}`;
    return [
      ...(deletes ? [`the ${name} deletes objects ${when}`] : []),
      ...(archived ? [`the ${name} moves objects to ${archived.StorageClass} after ${archived.Days ?? 0} days`] : []),
    ].map((cause) =>
      finding({
        id: "deliveries-are-kept",
        title: `deliveries are kept for at least ${LEAST_DAYS} days`,
        cause,
        remedy: "remove the rule, or let it begin later",
      }),
    );
  });
}

function replicationFindings({ replicas }: ReadBack): LiveResult[] {
  return replicas
    .filter(({ isOwn }) => !isOwn)
    .map(({ bucket, account }) =>
      finding({
        id: "replication-stays-in-account",
        title: "objects are replicated only to buckets of your account",
        cause: `a replication rule copies objects to the bucket ${bucket}, ${account ? `owned by account ${account}` : "which is not known to be yours"}`,
        remedy: "remove the replication rule; if the bucket is yours, give the deployer s3:ListBucket on it",
      }),
    );
}

function reportFindings({ reportTargets }: ReadBack): LiveResult[] {
  return reportTargets
    .filter(({ isOwn }) => !isOwn)
    .map(({ what, bucket, account }) =>
      finding({
        id: "reports-stay-in-account",
        title: "lists of the bucket's objects are sent only to buckets of your account",
        cause: `${what} sends the keys of objects to the bucket ${bucket}, ${account ? `owned by account ${account}` : "which is not known to be yours"}`,
        remedy: "remove the configuration; if the bucket is yours, give the deployer s3:ListBucket on it",
      }),
    );
}

function sourceFindings({ sources }: ReadBack): LiveResult[] {
  return sources
    .filter(({ isOwn }) => !isOwn)
    .map(({ bucket, services }) =>
      finding({
        id: "sources-stay-in-account",
        title: "services act only for buckets of your account",
        cause: `the bucket policy lets ${services.length > 0 ? services.join(", ") : "everybody"} act for the bucket ${bucket}, which is not known to be yours`,
        remedy: "add a condition on aws:SourceAccount with your account; if the bucket is not yours, remove the statement",
      }),
    );
}

function websiteFindings({ bucket }: DeliveryContract, { isWebsite }: ReadBack): LiveResult[] {
  if (!isWebsite) return [];
  return [
    finding({
      id: "no-website",
      title: "the bucket is not a website",
      cause: "static website hosting is on; its endpoint speaks plain HTTP only",
      remedy: `turn static website hosting off: aws s3api delete-bucket-website --bucket ${bucket.name}`,
    }),
  ];
}

function notificationFindings({ notifications }: ReadBack, owner: string | undefined): LiveResult[] {
  const { TopicConfigurations = [], QueueConfigurations = [], LambdaFunctionConfigurations = [] } = notifications ?? {};
  const targets = [
    ...TopicConfigurations.map(({ TopicArn }) => TopicArn),
    ...QueueConfigurations.map(({ QueueArn }) => QueueArn),
    ...LambdaFunctionConfigurations.map(({ LambdaFunctionArn }) => LambdaFunctionArn),
  ].filter((arn) => arn !== undefined);
  return targets
    .filter((arn) => owner !== undefined && accountOf(arn) !== owner)
    .map((arn) =>
      finding({
        id: "notifications-stay-in-account",
        title: "events of the bucket are sent only to targets in your account",
        cause: `an event notification sends the keys of objects to ${arn}, in another account`,
        remedy: "remove the event notification",
      }),
    );
}

function finding(parts: Pick<LiveResult, "id" | "title" | "cause" | "remedy">): LiveResult {
  return { ...parts, kind: "extra", expected: "absent", outcome: "fail", evidence: "computed", deciding: [] };
}
