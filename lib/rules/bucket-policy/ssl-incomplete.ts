import { type CompiledPolicy, type CompiledStatement, compilePolicy, decide } from "../../evaluate";
import { namesEverybody } from "../../judge";
import { unknownText } from "../../unknown";
import { covers, matchesAction } from "../patterns";
import { roleArn } from "../role-arns";
import type { JudgedBucket, Rule } from "../rule";
import { hasUnknownParts, isDenyOnTransport } from "../ssl-statements";
import { actionsOf, listed, resourcesOf } from "../statements";

const PROBES: readonly (readonly [action: string, key: string])[] = [
  ["s3:ListBucket", ""],
  ["s3:GetBucketPolicy", ""],
  ["s3:PutBucketPolicy", ""],
  ["s3:GetBucketLocation", ""],
  ["s3:ListBucketVersions", ""],
  ["s3:GetObject", "/object"],
  ["s3:PutObject", "/object"],
  ["s3:PutObject", "/folder/object.json"],
  ["s3:GetObject", "/folder/object.json"],
  ["s3:DeleteObject", "/object"],
  ["s3:PutObjectAcl", "/object"],
  ["s3:GetObjectVersion", "/object"],
  ["s3:RestoreObject", "/object"],
];

const EVERYTHING = compilePolicy(
  { Version: "2012-10-17", Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" } },
  "resource",
);

export const sslIncomplete: Rule = {
  id: "ssl-incomplete",
  title: "the statement that denies plain HTTP is incomplete",
  severity: "medium",
  reason: "It must cover all principals, all actions, the bucket and its objects, and depend on nothing but aws:SecureTransport",
  remedy: 'write Deny, Principal *, Action s3:*, Resource bucket and bucket/*, and as the only condition Bool aws:SecureTransport "false"',
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html#example-bucket-policies-HTTP-HTTPS",
  bucket: (judged) => {
    const { bucket, policies } = judged;
    if (policies.length < bucket.policies.length || hasUnknownParts(policies)) return undefined;
    for (const policy of policies) {
      const denies = policy.denies.filter(isDenyOnTransport);
      if (denies.length === 0 || policy.denies.some((statement) => isCompleteDeny(statement, bucket.arn))) continue;
      const open = firstOpen(policy, judged) ?? denies.map(exclusion).find((left) => left !== undefined);
      if (open !== undefined) return { detail: `over plain HTTP it does not deny ${open}`, location: policy.location ?? bucket.location };
    }
    return undefined;
  },
};

/** Whether this is the statement that AWS publishes. */
function isCompleteDeny(statement: CompiledStatement, arn: string): boolean {
  const { conditions } = statement;
  const [only] = conditions;
  if (conditions.length !== 1 || only!.operator !== "Bool" || only!.set !== undefined) return false;
  if (only!.values.length !== 1 || only!.values[0]!.toLowerCase() !== "false") return false;
  const reaches = (resource: string) => resourcesOf(statement).some((pattern) => covers(pattern, resource));
  return (
    namesEverybody(statement) && actionsOf(statement).some((action) => matchesAction(action, "s3:*")) && reaches(arn) && reaches(`${arn}/*`)
  );
}

/** What the statement excludes by name, which the probes need not contain. */
function exclusion({ action, resource, principal }: CompiledStatement): string | undefined {
  for (const element of [action, resource, principal]) if (element?.not) return listed(element.texts);
  return undefined;
}

/** Describes a request over plain HTTP that the policy does not deny. */
function firstOpen(policy: CompiledPolicy, { bucket, account }: JudgedBucket): string | undefined {
  const asked = policy.denies.flatMap(({ conditions }) =>
    conditions.map(({ key, keyText }) => [key, unknownText(keyText), keyText] as const),
  );
  const context: Record<string, string> = {
    ...Object.fromEntries(asked.map(([key, value]) => [key, value])),
    "aws:securetransport": "false",
    "aws:principalisawsservice": "false",
    "aws:viaawsservice": "false",
  };
  delete context["s3:tlsversion"];
  // A request that is denied only because nothing allows it would be open to the next Allow.
  const allowing: CompiledPolicy = { ...policy, allows: EVERYTHING.allows };
  const callers = [
    ["anonymous callers", "*"],
    ["your own account", roleArn(bucket.arn, account.id, unknownText("a role"))],
    ["another account", roleArn(bucket.arn, "999999999999", "vendor-destination-stranger")],
  ] as const;
  for (const [who, principal] of callers) {
    for (const [action, key] of PROBES) {
      const request = { principal, action, resource: `${bucket.arn}${key}`, resourceAccount: account.id, context };
      const { verdict, missing } = decide(request, { resourcePolicy: allowing });
      // The contract reports what the plan does not show. If the verdict depends on a key of the request, the statement is incomplete.
      const depends = verdict !== "unknown" || missing.some((source) => asked.some(([, , keyText]) => keyText === source));
      if (verdict !== "ExplicitlyDenied" && depends) return `${action} on ${key === "" ? "the bucket" : "objects"} to ${who}`;
    }
  }
  return undefined;
}
