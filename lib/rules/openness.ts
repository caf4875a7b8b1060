import { type DeliveryContract, OWN_ACCOUNT, substituteOwnAccount } from "../contract";
import { type CompiledStatement, type Condition, isPublic } from "../evaluate";
import { callersBeside, isPositive, namedPrincipals, namesEverybody, tiedCallers } from "../judge";
import { hasUnknown, isUnknown } from "../unknown";
import type { JudgedPolicy, Rule } from "./rule";
import { isExpected, isOwnAccount, listed } from "./statements";

const PUBLIC_PAGE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html";
const PRINCIPAL_PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html";
const DEPUTY_PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html";
const NOT_PRINCIPAL_PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html";

export const publicBucketPolicy: Rule = {
  id: "public-bucket-policy",
  title: "a statement of the bucket policy opens the bucket to the public",
  severity: "high",
  everywhere: true,
  reason:
    "By AWS's definition one such statement makes the whole policy public: anybody can use what it allows, and with " +
    "RestrictPublicBuckets it shuts out every other account instead, the vendor's too",
  remedy: "name the principals, or tie the statement to fixed values of aws:PrincipalArn, aws:PrincipalOrgID or aws:SourceArn",
  source: PUBLIC_PAGE,
  kinds: ["resource"],
  effect: "Allow",
  statement: (statement, { prepared }) => {
    if (statement.principal?.not) return undefined;
    const status = isPublic(prepared);
    if (status.isPublic !== "yes") return undefined;
    return status.statements.find(({ statement: { index }, isPublic: verdict }) => verdict === "yes" && index === statement.reference.index)
      ?.reason;
  },
};

export const publicBucketAcl: Rule = {
  id: "public-bucket-acl",
  title: "the ACL opens the bucket",
  severity: "high",
  everywhere: true,
  reason: "The canned ACL gives rights to everybody, or to everybody with any AWS account",
  remedy: "remove the ACL, and set Object Ownership to BucketOwnerEnforced",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
  bucket: ({ bucket }) =>
    bucket.acl !== undefined && ["public-read", "public-read-write", "authenticated-read"].includes(bucket.acl)
      ? { detail: `the bucket's ACL is ${bucket.acl}`, location: bucket.locations.acl ?? bucket.location }
      : undefined,
};

export const blockPublicAccess: Rule = {
  id: "block-public-access-off",
  title: "Block Public Access is not fully on",
  severity: "medium",
  reason: "A later mistake in a policy or an ACL would open the bucket. Only buckets that are made after April 2023 have it by default",
  remedy: "add aws_s3_bucket_public_access_block with all four settings true",
  source: PUBLIC_PAGE,
  bucket: ({ bucket, contracts }) => {
    // What a contract has among its own expectations is judged there.
    const isJudged = (name: string) => contracts.some(({ posture }) => posture.some(({ property }) => property === name));
    const off = Object.entries(bucket.blockPublicAccess).filter(
      ([name, value]) => (value === undefined || value === "false") && !isJudged(name),
    );
    return off.length === 0 ? undefined : `not on: ${off.map(([name]) => name).join(", ")}`;
  },
};

export const allowNotPrincipal: Rule = {
  id: "allow-not-principal",
  title: "an Allow names those who may not, and so allows everybody else",
  severity: "high",
  everywhere: true,
  reason: "NotPrincipal with Allow grants to every principal that is not listed, unsigned requests included; AWS does not support it",
  remedy: "name those who may in Principal",
  source: NOT_PRINCIPAL_PAGE,
  evenUnknown: true,
  effect: "Allow",
  statement: (statement) => (statement.principal?.not ? `everybody may save ${listed(statement.principal.texts)}` : undefined),
};

export const denyNotPrincipal: Rule = {
  id: "deny-not-principal",
  title: "a Deny spares principals by NotPrincipal",
  severity: "low",
  reason:
    "It always hits a principal that has a permissions boundary, listed or not, and for a role its account and each session have to be " +
    "listed too; AWS advises against it",
  remedy: "use Principal * with a condition ArnNotEquals on aws:PrincipalArn",
  source: NOT_PRINCIPAL_PAGE,
  effect: "Deny",
  statement: (statement) => (statement.principal?.not ? `it spares ${listed(statement.principal.texts)}` : undefined),
};

export const unexpectedPrincipal: Rule = {
  id: "unexpected-principal",
  title: "an Allow names a principal that no contract names",
  severity: "medium",
  reason: "Whoever it is gets in beside the vendor; nothing in the delivery needs it",
  remedy:
    "remove the principal, or define a destination for it; if it is your own, tell the account by --account or write it as " +
    "data.aws_caller_identity",
  source: PRINCIPAL_PAGE,
  kinds: ["resource", "trust"],
  evenUnknown: true,
  effect: "Allow",
  statement: (statement, policy) => {
    const { contracts } = policy;
    const kind = policy.kind === "trust" ? "trust" : "resource";
    if (contracts.length === 0) return undefined;
    const surprising = callersBeside(
      statement,
      (caller) =>
        /^A(ROA|IDA)[A-Z0-9]+$/.test(caller) ||
        (kind === "resource" && isOwnAccount(caller, policy)) ||
        isExpected(caller, contracts, kind),
    ).flatMap((caller) => (caller === "*" ? everybodyAt(statement) : [caller]));
    if (surprising.length === 0) return undefined;
    const untold = surprising.some((caller) => hasUnknown(caller) && !isOwnAccount(caller, policy));
    return `no contract names ${listed(surprising)}${untold ? ", and the plan does not tell who that is" : ""}`;
  },
};

/** Keys that tie `*` to a place, not to callers. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ["aws:sourceip", "with an address in"],
  ["aws:vpcsourceip", "with an address in"],
  ["aws:sourcevpc", "in the VPC"],
  ["aws:sourcevpce", "by the VPC endpoint"],
]);

/** `*` that is tied to a place alone; `*` that nothing ties is for other rules. */
function everybodyAt({ conditions }: CompiledStatement): string[] {
  const tie = conditions.find(
    ({ key, operator, negated, ifExists, set }) => PLACES.has(key) && operator !== "Null" && !negated && !ifExists && !set,
  );
  return tie === undefined ? [] : [`everybody ${PLACES.get(tie.key)} ${listed(tie.values)}`];
}

export const trustEveryone: Rule = {
  id: "trust-everyone",
  title: "the trust policy lets everybody assume the role",
  severity: "high",
  everywhere: true,
  reason: "Every principal of every AWS account can assume the role; an external ID is no secret that would keep them out",
  remedy: "name the vendor's principal, or tie the statement to fixed values of aws:PrincipalArn or aws:PrincipalOrgID",
  source: PRINCIPAL_PAGE,
  kinds: ["trust"],
  evenUnknown: true,
  effect: "Allow",
  statement: (statement) =>
    namesEverybody(statement) && tiedCallers(statement) === undefined
      ? "the principal is *, and no condition ties it to callers that it names"
      : undefined,
};

export const trustAccount: Rule = {
  id: "trust-account-without-external-id",
  title: "the trust policy names a whole foreign account without an external ID",
  severity: "medium",
  acceptedBy: "R-xacct",
  reason:
    "Every principal there may assume the role, and another customer of the same vendor could point the vendor at it (confused deputy)",
  remedy: "name the vendor's role or user, or ask for an external ID in a condition StringEquals sts:ExternalId",
  source: DEPUTY_PAGE,
  kinds: ["trust"],
  effect: "Allow",
  statement: (statement, policy) => {
    if (tiedCallers(statement) !== undefined) return undefined;
    if (statement.conditions.some((condition) => condition.key === "sts:externalid" && isPositive(condition))) return undefined;
    const whole = namedPrincipals(statement).aws.filter((text) => /(^\d{12}|:\d{12}:root)$/.test(text) && !isOwnAccount(text, policy));
    return whole.length === 0 ? undefined : `${listed(whole)} may assume the role`;
  },
};

export const weakExternalId: Rule = {
  id: "weak-external-id",
  title: "the condition on the external ID can be met without knowing it",
  severity: "medium",
  reason:
    "With a wildcard any ID will do, with IfExists none is needed, and an ID that no contract names is another customer's: the condition " +
    "does not protect from the vendor's other customers",
  remedy: "use StringEquals with the ID that the vendor presents for you, and no other",
  source: DEPUTY_PAGE,
  kinds: ["trust"],
  effect: "Allow",
  statement: ({ conditions }, { contracts }) => {
    if (conditions.length === 0) return undefined;
    const about = conditions.filter(({ key }) => key === "sts:externalid");
    // Conditions add up: one that asks for the whole ID suffices.
    if (about.length === 0 || about.some((condition) => isWholeId(condition, contracts))) return undefined;
    const weak = about.find((condition) => condition.operator !== "Null" || condition.values.includes("false"));
    return weak && `${weak.operatorText} sts:ExternalId ${listed(weak.values)}`;
  },
};

/** Whether the condition is met by fixed IDs only, and where contracts name any, by those alone. */
function isWholeId(condition: Condition, contracts: readonly DeliveryContract[]): boolean {
  const { operator, values } = condition;
  if (!isPositive(condition) || (operator === "StringLike" && values.some((value) => /[*?]/.test(value)))) return false;
  const named = contracts.flatMap(({ externalIds }) => externalIds);
  return named.length === 0 || values.every((value) => hasUnknown(value) || named.includes(value));
}

export const trustService: Rule = {
  id: "trust-service",
  title: "a service may assume the vendor's role",
  severity: "medium",
  reason: "The vendor's role is for the vendor; a service that assumes it acts with the vendor's rights for whoever tells it to",
  remedy: "give the service a role of its own",
  source: DEPUTY_PAGE,
  kinds: ["trust"],
  effect: "Allow",
  statement: (statement, { contracts }) => {
    if (contracts.length === 0) return undefined;
    const { services } = namedPrincipals(statement);
    return services.length === 0 ? undefined : `${listed(services)} may assume the role`;
  },
};

export const accessPointDelegation: Rule = {
  id: "access-point-delegation",
  title: "the bucket policy leaves it to access points who gets in",
  severity: "medium",
  reason: "Access points have policies of their own, which are not judged here, so that nobody can tell from the bucket policy who gets in",
  remedy: "grant in the bucket policy, or review the policies of the access points and lower what fails the check by --fail-on",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html",
  kinds: ["resource"],
  effect: "Allow",
  statement: ({ conditions }) => {
    const tie = conditions.find(({ key }) => key.startsWith("s3:dataaccesspoint"));
    return tie && `${tie.operatorText} ${tie.keyText} ${listed(tie.values)}`;
  },
};

/** Keys that tell for whom a service acts, with the part of a value that has to be fixed. */
const SOURCE_KEYS: ReadonlyMap<string, (value: string) => string> = new Map([
  ["aws:sourceaccount", (value: string) => value],
  // The ARN of a bucket names no account, but buckets have one owner each.
  [
    "aws:sourcearn",
    (value: string) => (/^arn:[^:]*:s3:::./.test(value) ? value.slice(value.lastIndexOf(":") + 1) : (value.split(":")[4] ?? "*")),
  ],
  ["aws:sourceorgid", (value: string) => value],
  ["aws:sourceorgpaths", (value: string) => value.split("/")[0]!],
]);

/** Whether the condition ties the service to fixed sources, none of which is known to be somebody else's. */
function isOwnSource(condition: Condition, { account }: JudgedPolicy): boolean {
  if (!isPositive(condition)) return false;
  const fixedPart = SOURCE_KEYS.get(condition.key)!;
  return condition.values.every((value) => {
    // What a resource of the plan will be is its own, and one.
    if (isUnknown(value)) return true;
    const fixed = fixedPart(substituteOwnAccount(value));
    if (hasUnknown(fixed)) return true;
    if (/[*?]/.test(fixed)) return false;
    return !account.isKnown || !/^\d{12}$/.test(fixed) || fixed === account.id || fixed === OWN_ACCOUNT;
  });
}

export const serviceWithoutSource: Rule = {
  id: "service-without-source",
  title: "a service may use the bucket for anybody",
  severity: "medium",
  reason:
    "Without aws:SourceAccount or aws:SourceArn, somebody else's resource in that service can write into the bucket (confused deputy)",
  remedy: "add a condition on aws:SourceAccount, aws:SourceArn or aws:SourceOrgID",
  source: DEPUTY_PAGE,
  kinds: ["resource"],
  effect: "Allow",
  statement: (statement, policy) => {
    const about = statement.conditions.filter(({ key }) => SOURCE_KEYS.has(key));
    // Everybody, where only services send such a key, is any service.
    const any = namesEverybody(statement) && about.some(isPositive) ? ["any service"] : [];
    const services = [...namedPrincipals(statement).services, ...any];
    if (services.length === 0) return undefined;
    if (about.length === 0) return `${listed(services)} is allowed without a source`;
    if (about.some((condition) => isOwnSource(condition, policy))) return undefined;
    return `${listed(services)} is allowed for ${about.map(({ operatorText, keyText, values }) => `${operatorText} ${keyText} ${listed(values)}`).join(", ")}, which is not one source of your own`;
  },
};

export const uniqueIdPrincipal: Rule = {
  id: "unique-id-principal",
  title: "a principal is a unique ID, not an ARN",
  severity: "high",
  everywhere: true,
  reason:
    "AWS shows AROA… or AIDA… in the place of a role or user that was deleted. One that is made again under the same name has another " +
    "ID, so it does not get in, and a policy with such an ID can no longer be saved",
  remedy: "write the ARN again; if the vendor has made its role anew, apply again",
  source: PRINCIPAL_PAGE,
  statement: ({ principal }) => {
    const ids = (principal?.entries ?? []).flatMap((entry) => (entry.kind === "uniqueId" ? [entry.text] : []));
    return ids.length === 0 ? undefined : listed(ids);
  },
};
