/** The rule about other roles of the plan that let somebody in to the destinations. */
import { accountOf } from "../contract/actors";
import { callersBeside } from "../contract/callers";
import { OWN_ACCOUNT, settleAccount } from "../contract/own-account";
import { preparedPolicy, readablePolicies } from "../contract/prepared";
import { decide, PolicyGrammarError, type PreparedPolicy } from "../evaluate";
import type { PreparedStatement } from "../evaluate/prepared";
import { hasUnknown } from "../evaluate/unknown";
import type { PlannedBucket, PlannedRole } from "../plan/types";
import { matches, s3Resource } from "./patterns";
import type { JudgedBucket, JudgedRole, Rule } from "./rule";
import { BROAD_MANAGED_POLICIES, listed } from "./statements";

const PROBES: readonly (readonly [action: string, key: string])[] = [
  ["s3:PutObject", "/object"],
  ["s3:GetObject", "/object"],
  ["s3:DeleteObject", "/object"],
  ["s3:ListBucket", ""],
  ["s3:PutBucketPolicy", ""],
];

export const secondDoor: Rule = {
  id: "second-door",
  title: "another role lets an account other than yours reach the destination",
  severity: "medium",
  everywhere: true,
  reason: "Who may assume such a role gets at the deliveries beside the vendor, whatever the bucket policy says",
  remedy: "take the bucket out of the role's policies, or the account out of its trust policy",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
  role: (judged) => {
    const { role, contracts, destinations } = judged;
    if (contracts.length > 0 || destinations.length === 0) return undefined;
    const strangers = strangersIn(judged);
    if (strangers.length === 0) return undefined;
    const policies = readablePolicies([...role.inlinePolicies, ...role.managedPolicies], "identity");
    const near = destinations.filter(({ bucket }) =>
      policies.some((policy) => policy.allows.some((statement) => mayMean(statement, bucket))),
    );
    for (const destination of hasBroadPolicy(role) ? destinations : near) {
      const action = reached(role, policies, destination);
      if (action !== undefined) return `${listed(strangers)} may assume ${role.name}, which may ${action} in ${destination.bucket.name}`;
    }
    return undefined;
  },
};

/** Principals of other accounts that the trust policy names. Everybody is for another rule, and providers of identities are the account's own. */
function strangersIn({ role, account }: JudgedRole): readonly string[] {
  const trust = preparedPolicy(role.trustPolicy, "trust");
  if (trust instanceof PolicyGrammarError) return [];
  const isOwn = (caller: string) => {
    const id = accountOf(settleAccount(caller));
    return id === undefined || id === account.id || id === OWN_ACCOUNT;
  };
  return [...new Set(trust.allows.flatMap((statement) => callersBeside(statement, isOwn)))].filter(
    (caller) => caller !== "*" && !hasUnknown(caller),
  );
}

/** Whether a resource of the statement, as its text stands, can be the bucket or in it. */
function mayMean({ resource }: PreparedStatement, bucket: PlannedBucket): boolean {
  if (resource === undefined || resource.not) return true;
  return resource.texts.some((text) => {
    const place = s3Resource(text);
    return hasUnknown(text) || text.includes("${") || (place !== undefined && matches(place.bucket, bucket.name));
  });
}

function hasBroadPolicy({ managedPolicies }: PlannedRole): boolean {
  return managedPolicies.some(({ name }) => name !== undefined && name !== "IAMFullAccess" && BROAD_MANAGED_POLICIES.has(name));
}

/** What the role may do in the bucket. */
function reached(
  role: PlannedRole,
  policies: readonly PreparedPolicy[],
  { bucket, policies: ofBucket, account }: JudgedBucket,
): string | undefined {
  if (hasBroadPolicy(role)) return "s3:*";
  const [resourcePolicy] = ofBucket;
  const found = PROBES.find(([action, key]) => {
    const request = {
      principal: settleAccount(role.arn),
      action,
      resource: `${bucket.arn}${key}`,
      resourceAccount: account.id,
      principalAccount: account.id,
      context: { "aws:SecureTransport": "true" },
    };
    return decide(request, { identityPolicies: policies, ...(resourcePolicy && { resourcePolicy }) }).verdict === "Allowed";
  });
  return found?.[0];
}
