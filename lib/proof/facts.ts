/** All that a proof depends on, as plain JSON, so that equal destinations can share one proof. */
import { Callers, type DeliveryContract, hasOwnAccount, substituteOwnAccount } from "../contract";
import { PolicyGrammarError, type PolicyKind } from "../evaluate";
import { bucketOf, compiledPolicy, roleOf } from "../judge";
import type { AccountModel, PlannedBucket, PlannedPolicy, PlannedRole } from "../plan";
import { hasUnknown } from "../unknown";

export type Context = Readonly<Record<string, string | readonly string[]>>;

export interface Granted {
  readonly bucketActions: readonly string[];
  readonly objectActions: readonly string[];
  readonly objects: readonly string[];
}

/** What the vendor must be able to do to objects: the action, and the ARN of the folder. */
export interface Delivery {
  readonly action: string;
  readonly folder: string;
}

/** Another vendor of the same bucket. */
export interface Neighbour {
  readonly callers: readonly string[];
  readonly folders: readonly string[];
}

export interface RoleFacts {
  readonly arn: string;
  readonly account: string;
  readonly trustPolicy: unknown;
  readonly identityPolicies: readonly unknown[];
  readonly permissionsBoundary?: unknown;
}

export interface BucketFacts {
  readonly account: string;
  /** Each bucket policy; the last one written takes effect. */
  readonly policies: readonly unknown[];
  readonly blockPublicAccess: Readonly<Record<string, string>>;
  readonly objectOwnership: string;
}

export interface Facts {
  readonly partition: string;
  readonly isRoleAssumed: boolean;
  readonly bucketArn: string;
  readonly bucket?: BucketFacts;
  readonly role?: RoleFacts;
  /** The vendor's own principals. */
  readonly vendorPrincipals: readonly string[];
  readonly externalIds: readonly string[];
  readonly validator?: DeliveryContract["validator"];
  readonly granted?: Granted;
  readonly bucketActions: readonly string[];
  readonly deliveries: readonly Delivery[];
  readonly neighbours: readonly Neighbour[];
  /** What AWS would know about the vendor's requests, without what follows from the caller. */
  readonly requestContext: Context;
  readonly assumingContext: Context;
}

/** Amazon S3's default of every bucket since April 2023. */
const DEFAULT_OWNERSHIP = "BucketOwnerEnforced";

/** Keys that follow from the caller, or of which nobody can say whose they are. */
const OF_CALLER = /^aws:(principal.*|userid|username|tokenissuetime|multifactorauth.*|viaawsservice)$/i;

/** @throws PolicyGrammarError if a policy cannot be parsed */
export function factsOf(contract: DeliveryContract, model: AccountModel, neighbours: readonly DeliveryContract[]): Facts {
  const bucket = bucketOf(contract, model);
  const role = roleOf(contract, model);
  const callers = new Callers(contract, bucket?.account);
  const [roleArn = ""] = callers.principalsOf("vendor", false);
  const vendorCan = contract.expectations.filter(({ actor, expected, action }) => {
    return actor === "vendor" && expected === "allowed" && action.startsWith("s3:");
  });
  const isRoleAssumed = contract.role !== undefined;
  return {
    partition: contract.partition,
    isRoleAssumed,
    bucketArn: substituteOwnAccount(contract.bucket.arn),
    ...(bucket && { bucket: bucketFacts(bucket, callers.ownerOf(false)) }),
    ...(role && isRoleAssumed && { role: roleFacts(role, roleArn, callers.account) }),
    vendorPrincipals: substituteOwnAccount(contract.vendorPrincipals),
    externalIds: contract.externalIds,
    ...(contract.validator && { validator: substituteOwnAccount(contract.validator) }),
    ...(contract.granted && { granted: contract.granted }),
    bucketActions: vendorCan.filter(({ resource }) => !resource.includes("/")).map(({ action }) => action),
    deliveries: deliveriesOf(contract),
    neighbours: neighbours.map((other) => ({
      callers:
        other.role === undefined
          ? substituteOwnAccount(other.vendorPrincipals)
          : new Callers(other, bucket?.account).principalsOf("vendor", false),
      folders: [...new Set(deliveriesOf(other).map(({ folder }) => folder))],
    })),
    requestContext: contextOf(callers, { assumes: false, principal: roleArn }),
    assumingContext: contextOf(callers, { assumes: true, principal: callers.principalsOf("vendor", true)[0] ?? "" }),
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

function contextOf(callers: Callers, { assumes, principal }: { readonly assumes: boolean; readonly principal: string }): Context {
  const request = { id: "", title: "", actor: "vendor", action: "", resource: "", context: {}, expected: "allowed", why: "" } as const;
  const context = callers.contextOf(request, assumes, principal);
  return Object.fromEntries(Object.entries(context).filter(([key]) => !OF_CALLER.test(key) && key !== "sts:ExternalId"));
}

function bucketFacts({ policies, blockPublicAccess, objectOwnership }: PlannedBucket, account: string): BucketFacts {
  return {
    account,
    policies: policies.map((policy) => documentOf(policy, "resource")),
    blockPublicAccess: Object.fromEntries(
      Object.entries(blockPublicAccess).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    objectOwnership: objectOwnership ?? DEFAULT_OWNERSHIP,
  };
}

function roleFacts(role: PlannedRole, arn: string, account: string): RoleFacts {
  const { trustPolicy, inlinePolicies, managedPolicies, permissionsBoundary } = role;
  return {
    arn,
    account,
    trustPolicy: documentOf(trustPolicy, "trust"),
    identityPolicies: [...inlinePolicies, ...managedPolicies].map((policy) => documentOf(policy, "identity")),
    ...(permissionsBoundary && { permissionsBoundary: documentOf(permissionsBoundary, "permissionsBoundary") }),
  };
}

function documentOf(policy: PlannedPolicy, kind: PolicyKind): unknown {
  const compiled = compiledPolicy(policy, kind);
  if (compiled instanceof PolicyGrammarError) throw compiled;
  const { document, text } = policy;
  return text !== undefined && !hasUnknown(text) && !hasOwnAccount(text) ? document : substituteOwnAccount(document);
}
