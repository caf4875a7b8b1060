import type { DeliveryContract } from "../../contract";
import { type CompiledStatement, matchPattern } from "../../evaluate";
import { hasUnknown, MAYBE } from "../../unknown";
import { covers, coversAction, matches, matchesAction, s3Resource } from "../patterns";
import type { Rule } from "../rule";
import { actionsMatching } from "../s3-actions";
import { actionsOf, BROAD_MANAGED_POLICIES, isAdmin, isAllOfS3, listed, resourcesOf } from "../statements";
import { isVendorGrant } from "../vendor-grants";

interface Grant {
  readonly bucket: string;
  readonly bucketActions: readonly string[];
  readonly objectActions: readonly string[];
  readonly objects: readonly string[];
}

export const beyondContract: Rule = {
  id: "beyond-contract",
  title: "the vendor is allowed more than its contract grants",
  severity: "medium",
  reason: "The vendor documents what it needs; anything beyond that is a risk without benefit",
  remedy: "remove what the contract does not grant, or derive the contract from the permissions that you intend to grant",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
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
    const [certain, possible] = [new Set<string>(), new Set<string>()];
    for (const resource of resourcesOf(statement)) {
      const isOpen = mayBeGranted(resource, granted);
      for (const action of actionsOf(statement)) {
        if (encrypts && /^kms:/i.test(action)) continue;
        for (const found of excess(action, resource, granted)) (isOpen || hasUnknown(action) ? possible : certain).add(found);
      }
    }
    if (certain.size > 0) return `it also allows ${listed([...new Set([...certain, ...possible])])}`;
    return possible.size === 0 ? undefined : { detail: `it may also allow ${listed([...possible])}`, isUnknown: true };
  },
  role: ({ role, contracts }) => {
    if (contracts.length === 0) return undefined;
    const foreign = role.managedPolicies.find(
      ({ document, name }) => typeof document === "string" && name !== undefined && !BROAD_MANAGED_POLICIES.has(name),
    );
    return (
      foreign && {
        detail: `the managed policy ${foreign.name} is attached, and the plan does not contain it`,
        location: foreign.location,
      }
    );
  },
};

/** What the contract grants. A contract without grants allows everything on its bucket that its expectations do not deny. */
function grantOf({ granted, bucket }: DeliveryContract): Grant {
  return { bucket: bucket.arn, ...(granted ?? { bucketActions: ["s3:*"], objectActions: ["s3:*"], objects: [`${bucket.arn}/*`] }) };
}

/** Whether the plan leaves open that a resource belongs to a grant, because either is partly unknown. */
function mayBeGranted(resource: string, granted: readonly Grant[]): boolean {
  const own = inOwnPartition(resource, granted);
  return granted.some(({ bucket, objects }) =>
    [bucket, ...objects].some((each) => (hasUnknown(own) || hasUnknown(each)) && matchPattern(each, own) === MAYBE),
  );
}

/** Describes what the action allows on the resource beyond all grants. */
function excess(action: string, anyResource: string, granted: readonly Grant[]): string[] {
  const resource = inOwnPartition(anyResource, granted);
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
  // A bucket action has no effect on objects, nor an object action on a bucket. An action that is in no list might have one.
  if (possible.length === 0) return objects.length + buckets.length > 0 ? [] : [`${action} on ${resource}`];
  const more = possible.filter((name) => !allowed.some((wide) => matchesAction(wide, name)));
  return more.length === 0 ? [] : [allowed.length === 0 ? `${action} on ${resource}` : `${listed(more, 2)} on ${resource}`];
}

/** A principal can act only in its own partition, so a pattern for the partition stands for that one. */
function inOwnPartition(resource: string, granted: readonly Grant[]): string {
  const [, pattern = ""] = resource.split(":");
  const partition = granted[0]?.bucket.split(":")[1];
  const isWider = pattern.includes("*") && partition !== undefined && matches(pattern, partition);
  return isWider ? resource.replace(/^arn:[^:]*:/, `arn:${partition}:`) : resource;
}

/**
 * Actions that accompany AssumeRole. What a session gains by them has an effect only through the policies of the role, which are judged.
 */
const WITH_ASSUMING = ["sts:TagSession", "sts:SetSourceIdentity"];

/** What a trust policy allows beyond assuming the role. */
function excessTrust(statement: CompiledStatement, contracts: readonly DeliveryContract[]): string | undefined {
  const needed = contracts.map(({ door }) => (door === "webIdentity" ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole"));
  const more = actionsOf(statement).filter((action) => ![...needed, ...WITH_ASSUMING].some((name) => coversAction(name, action)));
  return more.length === 0 ? undefined : `it also allows ${listed(more)}`;
}
