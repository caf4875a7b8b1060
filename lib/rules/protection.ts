/** Rules about what the bucket policy must refuse, and must not refuse. */
import { accountOf } from "../contract";
import {
  type CompiledPolicy,
  type CompiledStatement,
  type Condition,
  compilePolicy,
  decide,
  OUTSIDE_ACCOUNTS,
  type RequestContext,
} from "../evaluate";
import { namesEverybody } from "../judge";
import { unknownText } from "../unknown";
import { covers, matchesAction } from "./patterns";
import type { JudgedBucket, JudgedPolicy, Rule } from "./rule";
import { actionsOf, listed, resourcesOf } from "./statements";

const SSL_PAGE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html#example-bucket-policies-HTTP-HTTPS";

export const lockOut: Rule = {
  id: "lock-out",
  title: "a Deny locks the account out of its own bucket",
  severity: "high",
  everywhere: true,
  reason: "Nobody in the account, Terraform included, can change the bucket policy any more; only the root user can remove it",
  remedy:
    "narrow the Deny by a condition, for example ArnNotLike aws:PrincipalArn with your administrators, or to the actions that you mean",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",
  kinds: ["resource"],
  effect: "Deny",
  statement: (statement, policy) => {
    const { prepared, bucket, account } = policy;
    if (bucket === undefined || sparesHttps(statement) || !touches(statement, "s3:PutBucketPolicy")) return undefined;
    const alone: CompiledPolicy = { ...prepared, statements: [statement], denies: [statement], allows: [] };
    const principal = roleArn(bucket.bucket.arn, account.id, unknownText("an administrator"));
    const request = {
      principal,
      action: "s3:PutBucketPolicy",
      resource: bucket.bucket.arn,
      resourceAccount: account.id,
      context: administratorContext(statement, policy),
    };
    return decide(request, { resourcePolicy: alone }).verdict === "ExplicitlyDenied"
      ? "it refuses s3:PutBucketPolicy to everybody in the account"
      : undefined;
  },
};

/**
 * An administrator over HTTPS. What else a condition may ask, some administrator may have; but none is the vendor, nor in its account.
 * Where your account is not known, it may be any that is not the vendor's.
 */
function administratorContext({ conditions }: CompiledStatement, { account, bucket, contracts }: JudgedPolicy): RequestContext {
  const ofVendor = new Set(contracts.flatMap(({ vendorPrincipals }) => vendorPrincipals.map(accountOf)));
  const isOfDelivery = (arn: string) =>
    contracts.some(
      ({ vendorPrincipals, role }) => vendorPrincipals.includes(arn) || (role && (arn === role.arn || arn.endsWith(`/${role.name}`))),
    );
  const administrator = roleArn(bucket!.bucket.arn, account.id, "administrator");
  const ofAdministrator = ({ key, keyText, values }: Condition) => {
    const somebodys = unknownText(`${keyText} of an administrator`);
    if (key === "aws:principalarn") return values.every(isOfDelivery) ? administrator : somebodys;
    if (!ACCOUNT_KEYS.has(key)) return somebodys;
    if (account.isKnown) return account.id;
    return values.every((value) => ofVendor.has(value)) ? OUTSIDE_ACCOUNTS[0]! : somebodys;
  };
  return {
    ...Object.fromEntries(conditions.map((condition) => [condition.key, ofAdministrator(condition)])),
    "aws:securetransport": "true",
    "s3:tlsversion": "1.3",
    "aws:principalisawsservice": "false",
    "aws:viaawsservice": "false",
  };
}

const ACCOUNT_KEYS: ReadonlySet<string> = new Set(["aws:principalaccount", "aws:resourceaccount", "s3:resourceaccount"]);

export const sslMissing: Rule = {
  id: "ssl-missing",
  title: "the bucket accepts plain HTTP",
  severity: "medium",
  reason: "Without a Deny on aws:SecureTransport false, requests and their contents can travel unencrypted",
  remedy: 'add Deny, Principal *, Action s3:*, Resource bucket and bucket/*, Condition Bool aws:SecureTransport "false"',
  source: SSL_PAGE,
  bucket: (judged) => {
    const { bucket, policies } = judged;
    if (policies.length < bucket.policies.length || hasUnknownParts(policies)) return undefined;
    if (policies.some((policy) => policy.denies.some(asksTransport))) return undefined;
    return { detail: "no statement refuses plain HTTP", location: bucket.policies[0]?.location ?? bucket.location };
  },
};

export const sslIncomplete: Rule = {
  id: "ssl-incomplete",
  title: "the statement that refuses plain HTTP leaves something out",
  severity: "medium",
  reason: "It has to hit everybody, every action, the bucket and its objects, and may depend on nothing but aws:SecureTransport",
  remedy: 'write Deny, Principal *, Action s3:*, Resource bucket and bucket/*, and as the only condition Bool aws:SecureTransport "false"',
  source: SSL_PAGE,
  bucket: (judged) => {
    const { bucket, policies } = judged;
    if (policies.length < bucket.policies.length || hasUnknownParts(policies)) return undefined;
    for (const policy of policies) {
      const refusing = policy.denies.filter(asksTransport);
      if (refusing.length === 0 || policy.denies.some((statement) => isWholeRefusal(statement, bucket.arn))) continue;
      const open = firstOpen(policy, judged) ?? refusing.map(exclusion).find((left) => left !== undefined);
      if (open !== undefined) return { detail: `over plain HTTP it does not refuse ${open}`, location: policy.location ?? bucket.location };
    }
    return undefined;
  },
};

function hasUnknownParts(policies: readonly CompiledPolicy[]): boolean {
  return policies.some(({ statements }) => statements.some(({ unknowns }) => unknowns.length > 0));
}

function asksTransport({ reference, conditions }: CompiledStatement): boolean {
  return reference.effect === "Deny" && conditions.some(({ key }) => key === "aws:securetransport");
}

/** Whether the statement is about plain HTTP, as most that refuse are. */
function sparesHttps({ conditions }: CompiledStatement): boolean {
  return conditions.some(
    ({ key, operator, set, values }) => key === "aws:securetransport" && operator === "Bool" && !set && values.join() === "false",
  );
}

/** The statement as AWS publishes it. */
function isWholeRefusal(statement: CompiledStatement, arn: string): boolean {
  const { conditions } = statement;
  const [only] = conditions;
  if (conditions.length !== 1 || only!.operator !== "Bool" || only!.set !== undefined) return false;
  if (only!.values.length !== 1 || only!.values[0]!.toLowerCase() !== "false") return false;
  const reaches = (resource: string) => resourcesOf(statement).some((pattern) => covers(pattern, resource));
  return (
    namesEverybody(statement) && actionsOf(statement).some((action) => matchesAction(action, "s3:*")) && reaches(arn) && reaches(`${arn}/*`)
  );
}

/** What a statement leaves out by name, which no list of probes may hold. */
function exclusion({ action, resource, principal }: CompiledStatement): string | undefined {
  for (const element of [action, resource, principal]) if (element?.not) return listed(element.texts);
  return undefined;
}

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

/** A request over plain HTTP that the policy does not refuse, for people. */
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
  // What is refused only because nothing allows it is open to the next Allow.
  const allowing: CompiledPolicy = { ...policy, allows: EVERYTHING.allows };
  const callers = [
    ["everybody", "*"],
    ["the account itself", roleArn(bucket.arn, account.id, unknownText("a role"))],
    ["another account", roleArn(bucket.arn, "999999999999", "vendor-destination-stranger")],
  ] as const;
  for (const [who, principal] of callers) {
    for (const [action, key] of PROBES) {
      const request = { principal, action, resource: `${bucket.arn}${key}`, resourceAccount: account.id, context };
      const { verdict, missing } = decide(request, { resourcePolicy: allowing });
      // What the plan does not tell is for the contract; what the request may have or not, leaves something out.
      const depends = verdict !== "unknown" || missing.some((source) => asked.some(([, , keyText]) => keyText === source));
      if (verdict !== "ExplicitlyDenied" && depends) return `${action} on ${key === "" ? "the bucket" : "objects"} to ${who}`;
    }
  }
  return undefined;
}

/** A role in the bucket's partition. */
function roleArn(bucketArn: string, account: string, name: string): string {
  const partition = /^arn:([a-z-]+):/.exec(bucketArn)?.[1] ?? "aws";
  return `arn:${partition}:iam::${account}:role/${name}`;
}

function touches(statement: CompiledStatement, action: string): boolean {
  const { action: element } = statement;
  return element !== undefined && element.texts.some((pattern) => matchesAction(pattern, action)) !== element.not;
}
