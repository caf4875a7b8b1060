/** Reads what a proof depends on from a contract and a model. */
import { Callers, type DeliveryContract, substituteOwnAccount } from "../contract";
import { bucketOf, callersOf, encryptionKeyOf, mayUseKey, roleOf } from "../judge";
import type { AccountModel, KnownOrganizations } from "../plan";
import { hasUnknown } from "../unknown";
import { decidableKeys, withDecidedConditions } from "./decided-conditions";
import { doubtsOf } from "./doubts";
import { controlDocuments, keysOf } from "./keys";
import { otherRolesOf } from "./other-roles";
import { bucketFacts, roleFacts } from "./resource-facts";
import type { Context, Controls, Delivery, Facts } from "./types";

const setsAcl = (action: string) => /^(s3:(\*|put\*|putobject(version)?(acl|\*))|\*)$/i.test(action);

/** Keys that follow from the caller, or that cannot be attributed to a resource or identity. */
const OF_CALLER = /^aws:(principal.*|userid|username|tokenissuetime|multifactorauth.*|viaawsservice)$/i;

/** @throws PolicyGrammarError if a policy cannot be parsed */
export function factsOf(contract: DeliveryContract, model: AccountModel, neighbours: readonly DeliveryContract[]): Facts {
  const bucket = bucketOf(contract, model);
  const role = roleOf(contract, model);
  const callers = callersOf(contract, { bucket, role, organizations: model.organizations });
  const [roleArn = ""] = callers.principalsOf("vendor", false);
  const vendorCan = contract.expectations.filter(({ actor, expected, action }) => {
    return actor === "vendor" && expected === "allowed" && action.startsWith("s3:");
  });
  const isRoleAssumed = contract.role !== undefined;
  const vendorOwnsObjects = !isRoleAssumed && choosesObjectWriter(contract);
  const documents = {
    ...(bucket && { bucket: bucketFacts(bucket, { account: callers.ownerOf(false), model }) }),
    ...(role && isRoleAssumed && { role: roleFacts(role, roleArn, { account: callers.account, model }) }),
  };
  return {
    partition: contract.partition,
    isRoleAssumed,
    bucketArn: substituteOwnAccount(contract.bucket.arn),
    ...documents,
    forVendor: forVendor(documents, callers, roleArn),
    vendorPrincipals: substituteOwnAccount(contract.vendorPrincipals),
    callers: { assuming: callers.principalsOf("vendor", true), requesting: callers.principalsOf("vendor", false) },
    externalIds: contract.externalIds,
    ...organizationFacts(model.organizations, isRoleAssumed),
    ...(contract.validator && { validator: substituteOwnAccount(contract.validator) }),
    ...(contract.granted && { granted: contract.granted }),
    bucketActions: vendorCan.filter(({ resource }) => !resource.includes("/")).map(({ action }) => action),
    deliveries: deliveriesOf(contract),
    neighbours: neighbours.map((other) => ({
      callers:
        other.role === undefined
          ? substituteOwnAccount(other.vendorPrincipals)
          : new Callers(other, { bucketAccount: bucket?.account }).principalsOf("vendor", false),
      folders: [...new Set(deliveriesOf(other).map(({ folder }) => folder))],
    })),
    otherRoles: otherRolesOf(contract, model, neighbours),
    bucketKeys: bucket === undefined || !mayUseKey(bucket) ? [] : keysOfBucket({ bucket, role, callers, kms: model.kms }),
    doubts: doubtsOf({
      bucket,
      role,
      mayDiffer: hasUnknown(callers.ownerOf(false, "vendor")),
      mustNotOwnObjects: !isRoleAssumed && !vendorOwnsObjects,
      setsAcls: contract.granted?.objectActions.some(setsAcl) ?? true,
    }),
    ...(vendorOwnsObjects && { vendorOwnsObjects }),
    keys: keysOf(callers, vendorCan, documents),
    requestContext: contextOf(callers, { assumes: false, principal: roleArn }),
    assumingContext: contextOf(callers, { assumes: true, principal: callers.principalsOf("vendor", true)[0] ?? "" }),
  };
}

function choosesObjectWriter({ posture }: DeliveryContract): boolean {
  return posture.some(({ property, oneOf }) => property === "objectOwnership" && oneOf.length === 1 && oneOf[0] === "ObjectWriter");
}

function keysOfBucket(owner: Parameters<typeof encryptionKeyOf>[0]): string[] {
  return [...new Set([encryptionKeyOf(owner).arn, ...(owner.bucket.kmsKeyId === undefined ? [] : [owner.bucket.kmsKeyId])])];
}

function organizationFacts(organizations: KnownOrganizations | undefined, isRoleAssumed: boolean): Partial<Facts> {
  const { own, vendor } = organizations ?? {};
  const ofCaller = isRoleAssumed ? own : vendor;
  return {
    ...(own !== undefined && { ownOrganization: own }),
    ...(vendor !== undefined && { vendorOrganization: vendor }),
    ...(ofCaller !== undefined && { callerOrganization: ofCaller }),
  };
}

/** A contract lists one expectation for each action and prefix, with a sample key. */
function deliveriesOf({ expectations }: DeliveryContract): Delivery[] {
  return expectations
    .filter(({ actor, expected, action, resource }) => {
      return actor === "vendor" && expected === "allowed" && action.startsWith("s3:") && resource.includes("/");
    })
    .map(({ action, resource }) => ({ action, folder: resource.slice(0, resource.lastIndexOf("/") + 1) }));
}

function forVendor({ bucket, role }: Pick<Facts, "bucket" | "role">, callers: Callers, roleArn: string): Facts["forVendor"] {
  const all = [...(bucket?.policies ?? []), role?.trustPolicy, ...(role?.identityPolicies ?? []), role?.permissionsBoundary];
  const controls = [bucket, role].flatMap((owner) => (owner === undefined ? [] : controlDocuments(owner)));
  if (decidableKeys([...all, ...controls]).length === 0) return {};
  const requesting = allOf(callers, false, roleArn);
  const assuming = allOf(callers, true, callers.principalsOf("vendor", true)[0] ?? "");
  const { permissionsBoundary } = role ?? {};
  return {
    ...(bucket && {
      bucket: {
        ...bucket,
        policies: bucket.policies.map((policy) => withDecidedConditions(policy, requesting)),
        ...decidedControls(bucket, requesting, requesting),
      },
    }),
    ...(role && {
      role: {
        ...role,
        trustPolicy: withDecidedConditions(role.trustPolicy, assuming),
        identityPolicies: role.identityPolicies.map((policy) => withDecidedConditions(policy, requesting)),
        // The role's own organization limits its requests to the bucket. The organization of its caller limits the request that assumes the
        // role.
        ...decidedControls(role, requesting, assuming),
        ...(permissionsBoundary !== undefined && { permissionsBoundary: withDecidedConditions(permissionsBoundary, requesting) }),
      },
    }),
  };
}

function decidedControls({ serviceControlPolicies, resourceControlPolicies }: Controls, ofCaller: Context, ofResource: Context): Controls {
  return {
    ...(serviceControlPolicies && {
      serviceControlPolicies: serviceControlPolicies.map((level) => level.map((policy) => withDecidedConditions(policy, ofCaller))),
    }),
    ...(resourceControlPolicies && {
      resourceControlPolicies: resourceControlPolicies.map((policy) => withDecidedConditions(policy, ofResource)),
    }),
  };
}

/** What is known of every request of the vendor. */
function allOf(callers: Callers, assumes: boolean, principal: string): Context {
  const request = { id: "", title: "", actor: "vendor", action: "", resource: "", context: {}, expected: "allowed", why: "" } as const;
  return callers.contextsOf(request, assumes, principal)[0] ?? {};
}

function contextOf(callers: Callers, { assumes, principal }: { readonly assumes: boolean; readonly principal: string }): Context {
  const context = allOf(callers, assumes, principal);
  const kept: Record<string, Context[string]> = {};
  for (const key in context) if (!OF_CALLER.test(key) && key !== "sts:ExternalId") kept[key] = context[key]!;
  return kept;
}
