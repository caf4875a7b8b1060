import { type DeliveryContract, isWholeAccount, substituteOwnAccount } from "../contract";
import type { CompiledStatement } from "../evaluate";
import { callersBeside, isPositive, namedPrincipals, tiedCallers } from "../judge";
import { hasUnknown } from "../unknown";
import { covers, coversAction, matchesAction, s3Resource } from "./patterns";
import type { JudgedPolicy, Rule } from "./rule";
import { actionsMatching } from "./s3-actions";
import {
  actionsOf,
  BROAD_MANAGED_POLICIES,
  includesAction,
  isAdmin,
  isAllOfS3,
  isExpected,
  isOwnAccount,
  listed,
  resourcesOf,
} from "./statements";

const LEAST_PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege";
const BLOCKED_ACTIONS_PAGE = "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6";

export const wildcardActions: Rule = {
  id: "wildcard-actions",
  title: "the vendor may do everything with objects",
  severity: "medium",
  acceptedBy: "R-wild",
  reason: "s3:* on objects lets the vendor read, delete and change what it delivered before",
  remedy: "allow the actions that the delivery needs, for example s3:PutObject",
  source: LEAST_PAGE,
  kinds: ["identity", "resource"],
  effect: "Allow",
  statement: (statement, policy) => {
    if (policy.contracts.length === 0 || !isVendorGrant(statement, policy)) return undefined;
    if (policy.kind === "identity" && (isAdmin(statement) || isAllOfS3(statement))) return undefined;
    const wild = actionsOf(statement).filter((action) => coversAction(action, "s3:*"));
    return wild.length === 0 ? undefined : `it allows ${listed(wild)} on ${listed(resourcesOf(statement))}`;
  },
};

export const aclRights: Rule = {
  id: "acl-rights-for-others",
  title: "another account may set the ACLs of objects",
  severity: "medium",
  acceptedBy: "R-acl",
  reason: "Whoever may set ACLs can give objects to others",
  remedy: "leave s3:PutObjectAcl out, and set Object Ownership to BucketOwnerEnforced, unless the vendor asks for it",
  source: BLOCKED_ACTIONS_PAGE,
  kinds: ["resource"],
  effect: "Allow",
  statement: (statement, policy) => grantedToOthers(statement, policy, ["s3:PutObjectAcl", "s3:PutObjectVersionAcl"]),
};

export const controlRights: Rule = {
  id: "control-rights-for-others",
  title: "another account may change how the bucket is protected",
  severity: "high",
  reason: "Whoever may change the bucket's policy, ACL, encryption or Block Public Access can open it",
  remedy: "leave these actions out",
  source: BLOCKED_ACTIONS_PAGE,
  kinds: ["resource"],
  effect: "Allow",
  statement: (statement, policy) =>
    resourcesOf(statement).some((resource) => s3Resource(resource)?.key === undefined || resource === "*")
      ? grantedToOthers(statement, policy, [
          "s3:DeleteBucketPolicy",
          "s3:PutBucketAcl",
          "s3:PutBucketPolicy",
          "s3:PutEncryptionConfiguration",
          "s3:PutBucketPublicAccessBlock",
          "s3:PutBucketOwnershipControls",
        ])
      : undefined,
};

export const beyondContract: Rule = {
  id: "beyond-contract",
  title: "the vendor is allowed more than its contract names",
  severity: "medium",
  reason: "The vendor documents what it needs; whatever goes beyond is a risk without use",
  remedy: "remove what the contract does not name, or derive the contract from the permissions that you mean to give",
  source: LEAST_PAGE,
  kinds: ["identity", "resource", "trust"],
  effect: "Allow",
  statement: (statement, policy) => {
    const { contracts, kind } = policy;
    if (contracts.length === 0) return undefined;
    if (kind === "trust") return excessTrust(statement, contracts);
    if (!isVendorGrant(statement, policy)) return undefined;
    if (statement.action?.not || statement.resource?.not) return undefined;
    if (kind === "identity" && (isAdmin(statement) || isAllOfS3(statement))) return undefined;
    const granted = contracts.map(grantOf);
    const encrypts = policy.contracts.some(({ posture }) =>
      posture.some(({ property, oneOf }) => property === "encryption" && oneOf.some((value) => value.startsWith("aws:kms"))),
    );
    const beyond = actionsOf(statement).flatMap((action) =>
      resourcesOf(statement).flatMap((resource) => (encrypts && /^kms:/i.test(action) ? [] : excess(action, resource, granted))),
    );
    return beyond.length === 0 ? undefined : `it allows also ${listed([...new Set(beyond)])}`;
  },
  role: ({ role, contracts }) => {
    if (contracts.length === 0) return undefined;
    const foreign = role.managedPolicies.find(
      ({ document, name }) => typeof document === "string" && name !== undefined && !BROAD_MANAGED_POLICIES.has(name),
    );
    return (
      foreign && {
        detail: `the managed policy ${foreign.name} is attached, and the plan does not define it`,
        location: foreign.location,
      }
    );
  },
};

export const otherBucket: Rule = {
  id: "vendor-in-another-bucket",
  title: "the policy of a bucket that no contract names lets a vendor in",
  severity: "medium",
  everywhere: true,
  reason: "The vendor delivers into the buckets of its contracts; whatever it may do elsewhere is a risk without use",
  remedy: "remove the vendor's principal, or its role, from the policy of that bucket, or define a destination for it",
  source: LEAST_PAGE,
  kinds: ["resource"],
  effect: "Allow",
  evenUnknown: true,
  statement: (statement, { contracts, vendors }) => {
    if (contracts.length > 0) return undefined;
    const named = namedPrincipals(statement).aws.filter((text) => vendors.has(substituteOwnAccount(text)));
    return named.length === 0 ? undefined : `it names ${listed(named)}`;
  },
};

interface Grant {
  readonly bucket: string;
  readonly bucketActions: readonly string[];
  readonly objectActions: readonly string[];
  readonly objects: readonly string[];
}

/** What the contract grants; a contract that does not say so grants on its bucket whatever its expectations do not deny. */
function grantOf({ granted, bucket }: DeliveryContract): Grant {
  return { bucket: bucket.arn, ...(granted ?? { bucketActions: ["s3:*"], objectActions: ["s3:*"], objects: [`${bucket.arn}/*`] }) };
}

/** What the pair allows beyond all grants, for people. */
function excess(action: string, resource: string, granted: readonly Grant[]): string[] {
  if (!matchesAction("s3:*", action.replace(/^\*$/, "s3:*"))) return [`${action} on ${resource}`];
  if (granted.some(({ bucketActions, bucket }) => covers(bucket, resource) && bucketActions.some((wide) => coversAction(wide, action))))
    return [];
  if (
    granted.some(
      ({ objectActions, objects }) =>
        objects.some((wide) => covers(wide, resource)) && objectActions.some((wide) => coversAction(wide, action)),
    )
  )
    return [];
  const place = s3Resource(resource);
  if (place === undefined) return [`${action} on ${resource}`];
  const onObjects = place.key !== undefined;
  const allowed = granted.flatMap(({ bucket, objects, bucketActions, objectActions }) =>
    onObjects ? (objects.some((wide) => covers(wide, resource)) ? objectActions : []) : covers(bucket, resource) ? bucketActions : [],
  );
  const { objects, buckets } = actionsMatching(action);
  const possible = onObjects ? objects : buckets;
  // An action of the other level does nothing here; a new one, which is in no list, might.
  if (possible.length === 0) return objects.length + buckets.length > 0 ? [] : [`${action} on ${resource}`];
  const more = possible.filter((name) => !allowed.some((wide) => matchesAction(wide, name)));
  return more.length === 0 ? [] : [allowed.length === 0 ? `${action} on ${resource}` : `${listed(more, 2)} on ${resource}`];
}

/** What a trust policy allows beyond coming in. */
function excessTrust(statement: CompiledStatement, contracts: readonly DeliveryContract[]): string | undefined {
  const needed = contracts.map(({ door }) => (door === "webIdentity" ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole"));
  const more = actionsOf(statement).filter((action) => !needed.some((name) => coversAction(name, action)));
  return more.length === 0 ? undefined : `it allows also ${listed(more)}`;
}

/** Whether the statement gives something to the vendor: all of its role's policies do, and those of the bucket's that name it. */
function isVendorGrant(statement: CompiledStatement, { kind, contracts }: JudgedPolicy): boolean {
  if (kind === "identity") return true;
  if (kind !== "resource") return false;
  const isVendor = (caller: string) => isExpected(caller, contracts, "resource");
  return namedPrincipals(statement).aws.some(isVendor) || tiedCallers(statement)?.some(isVendor) === true;
}

/** Whether the statement leaves it to access points of one account who comes in. */
function delegatesToAccessPoints({ conditions }: CompiledStatement): boolean {
  return conditions.some(
    (condition) =>
      condition.key === "s3:dataaccesspointaccount" && isPositive(condition) && condition.values.every((value) => !/[*?]/.test(value)),
  );
}

function grantedToOthers(statement: CompiledStatement, policy: JudgedPolicy, names: readonly string[]): string | undefined {
  const others = callersBeside(statement, (caller) => hasUnknown(caller) || isOwnAccount(caller, policy)).flatMap((caller) => {
    if (caller === "*") return delegatesToAccessPoints(statement) ? [] : ["everybody"];
    return isWholeAccount(caller) || caller.startsWith("arn:") ? [caller] : [];
  });
  if (others.length === 0) return undefined;
  const given = names.filter((name) => includesAction(statement, name));
  return given.length === 0 ? undefined : `${listed(others)}: ${given.join(", ")}`;
}
