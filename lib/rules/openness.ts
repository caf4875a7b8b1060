/** Rules about who gets in. */
import { isPublic } from "../evaluate";
import type { Rule } from "./rule";
import { isExpected, isOwnAccount, isPositive, listed, namedPrincipals, namesEverybody, tiesCaller } from "./statements";

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
    // A contract has these settings among its own expectations.
    if (contracts.length > 0) return undefined;
    const off = Object.entries(bucket.blockPublicAccess).filter(([, value]) => value === undefined || value === "false");
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
  effect: "Allow",
  statement: (statement, policy) => {
    const { contracts } = policy;
    const kind = policy.kind === "trust" ? "trust" : "resource";
    if (contracts.length === 0) return undefined;
    const { aws, federated } = namedPrincipals(statement);
    const own = (principal: string) => kind === "resource" && isOwnAccount(principal, policy);
    const surprising = [...aws, ...federated].filter(
      (principal) => principal !== "*" && !/^A(ROA|IDA)/.test(principal) && !own(principal) && !isExpected(principal, contracts, kind),
    );
    return surprising.length === 0 ? undefined : `no contract names ${listed(surprising)}`;
  },
};

export const trustEveryone: Rule = {
  id: "trust-everyone",
  title: "the trust policy lets everybody assume the role",
  severity: "high",
  everywhere: true,
  reason: "Every principal of every AWS account can assume the role; an external ID is no secret that would keep them out",
  remedy: "name the vendor's principal, or tie the statement to fixed values of aws:PrincipalArn or aws:PrincipalOrgID",
  source: PRINCIPAL_PAGE,
  kinds: ["trust"],
  effect: "Allow",
  statement: (statement) =>
    namesEverybody(statement) && !tiesCaller(statement)
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
    if (tiesCaller(statement)) return undefined;
    if (statement.conditions.some((condition) => condition.key === "sts:externalid" && isPositive(condition))) return undefined;
    const whole = namedPrincipals(statement).aws.filter((text) => /(^\d{12}|:\d{12}:root)$/.test(text) && !isOwnAccount(text, policy));
    return whole.length === 0 ? undefined : `${listed(whole)} may assume the role`;
  },
};

export const weakExternalId: Rule = {
  id: "weak-external-id",
  title: "the condition on the external ID can be met without knowing it",
  severity: "medium",
  reason: "With a wildcard any ID will do, and with IfExists none is needed: the condition protects nothing",
  remedy: "use StringEquals with the whole ID",
  source: DEPUTY_PAGE,
  kinds: ["trust"],
  effect: "Allow",
  statement: (statement) => {
    const weak = statement.conditions.find(
      ({ key, ifExists, operator, values, set }) =>
        key === "sts:externalid" &&
        operator !== "Null" &&
        (ifExists || set === "ForAllValues" || (operator === "StringLike" && values.some((value) => /[*?]/.test(value)))),
    );
    return weak && `${weak.operatorText} sts:ExternalId ${listed(weak.values)}`;
  },
};

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
  statement: (statement) => {
    const { services } = namedPrincipals(statement);
    const tied = statement.conditions.some(({ key }) => /^aws:source(arn|account|orgid|orgpaths)$/.test(key));
    return services.length === 0 || tied ? undefined : `${listed(services)} is allowed without a source`;
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
