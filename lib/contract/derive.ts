/** Derives a delivery contract from what the vendor documents and what the user chose. No policy is looked at. */
import type { VendorPermissionSet, VendorProfileProps } from "../vendor-profile";
import { isWholeAccount } from "./actors";
import {
  type AcceptedFinding,
  type Actor,
  type Cadence,
  CONTRACT_SCHEMA_VERSION,
  type DeliveryContract,
  type Door,
  type Expectation,
  type PostureExpectation,
} from "./types";
import { phrase, verb } from "./words";

/** Last part of the keys that expectations name. */
const SAMPLE_OBJECT = "vendor-destination-validation";

/** What the user chose, and where it lies. Texts may be Terraform expressions. */
export interface ContractChoices {
  /** Path of the construct, or a name. */
  readonly id: string;
  readonly door: Door;
  readonly partition: string;
  readonly bucket: { readonly name: string; readonly arn: string; readonly region?: string };
  readonly role?: { readonly name: string; readonly arn: string };
  /** ARNs. An account's ends in `:root`. */
  readonly vendorPrincipals: readonly string[];
  readonly externalIds: readonly string[];
  /** Where the vendor delivers: empty for the whole bucket, else prefixes with a slash at the end. */
  readonly keyPrefixes: readonly string[];
  /** Whether the grant ends at these prefixes. */
  readonly limitedToPrefixes: boolean;
  /** What the grant allows. */
  readonly granted: VendorPermissionSet;
  /** What the vendor will do. */
  readonly exercised: VendorPermissionSet;
  readonly posture: {
    readonly encryption: string;
    readonly versioning: string;
    readonly objectOwnership: string;
  };
  readonly accepted: readonly AcceptedFinding[];
  /** When deliveries are due, where that follows from what was chosen. */
  readonly cadence?: Cadence;
  readonly validator?: { readonly principalArn: string; readonly sessionName: string };
}

/** The contract of one destination. */
export function deriveContract(vendor: VendorProfileProps, choices: ContractChoices): DeliveryContract {
  const { id, door, partition, bucket, role, vendorPrincipals, externalIds, keyPrefixes, validator } = choices;
  return {
    schemaVersion: CONTRACT_SCHEMA_VERSION,
    id,
    vendor: { id: vendor.id, name: vendor.vendorName, product: vendor.product, documentation: vendor.documentation },
    door,
    partition,
    bucket,
    ...(role && { role }),
    vendorPrincipals,
    externalIds,
    keyPrefix: keyPrefixes[0] ?? "",
    granted: {
      bucketActions: choices.granted.bucketActions,
      objectActions: choices.granted.objectActions,
      objects: (choices.limitedToPrefixes && keyPrefixes.length > 0 ? keyPrefixes : [""]).map((prefix) => `${bucket.arn}/${prefix}*`),
    },
    ...(validator && { validator }),
    expectations: [...trustExpectations(choices), ...vendorExpectations(choices), ...strangerExpectations(choices)],
    posture: postureExpectations(vendor, choices),
    accepted: choices.accepted,
    cadence: choices.cadence ?? vendor.cadence ?? {},
  };
}

function expectation(
  id: string,
  title: string,
  actor: Actor,
  action: string,
  resource: string,
  expected: "allowed" | "denied",
  why: string,
  context: Expectation["context"] = {},
): Expectation {
  return { id, title, actor, action, resource, context, expected, why };
}

function trustExpectations({ door, role, vendorPrincipals, externalIds }: ContractChoices): Expectation[] {
  if (door !== "assumedRole" || role === undefined) return [];
  const assume = (id: string, title: string, actor: Actor, expected: "allowed" | "denied", why: string) =>
    expectation(id, title, actor, "sts:AssumeRole", role.arn, expected, why);
  return [
    assume("vendor-can-assume-role", "the vendor can assume the role", "vendor", "allowed", "deliveries begin with it"),
    ...(externalIds.length === 0
      ? []
      : [
          assume(
            "vendor-cannot-assume-role-without-external-id",
            "the vendor cannot assume the role without the external ID",
            "vendorWithoutExternalId",
            "denied",
            "otherwise another customer of the vendor could point it at this role",
          ),
        ]),
    // A trust in the whole account leaves it to the vendor which of its principals come.
    ...(vendorPrincipals.some(isWholeAccount)
      ? []
      : [
          assume(
            "stranger-in-vendor-account-cannot-assume-role",
            "another principal of the vendor's account cannot assume the role",
            "strangerInVendorAccount",
            "denied",
            "the trust names the vendor's own principal",
          ),
        ]),
    assume(
      "stranger-cannot-assume-role",
      "another account cannot assume the role",
      "strangerAccount",
      "denied",
      "the trust names the vendor alone",
    ),
    assume("anonymous-cannot-assume-role", "nobody unknown can assume the role", "anonymous", "denied", "the trust names the vendor alone"),
  ];
}

function vendorExpectations(choices: ContractChoices): Expectation[] {
  const { bucket, granted, exercised, keyPrefixes, limitedToPrefixes } = choices;
  const prefixes = keyPrefixes.length > 0 ? keyPrefixes : [""];
  const object = (prefix: string) => `${bucket.arn}/${prefix}${SAMPLE_OBJECT}`;
  const allowed = [
    ...exercised.bucketActions.map((action) =>
      expectation(`vendor-can-${verb(action)}`, `the vendor can ${phrase(action)}`, "vendor", action, bucket.arn, "allowed", "documented"),
    ),
    ...exercised.objectActions.flatMap((action) =>
      prefixes.map((prefix, index) =>
        expectation(
          `vendor-can-${verb(action)}${index === 0 ? "" : `-${index + 1}`}`,
          `the vendor can ${phrase(action)}${prefix === "" ? "" : ` under ${prefix}`}`,
          "vendor",
          action,
          object(prefix),
          "allowed",
          "documented",
        ),
      ),
    ),
  ];
  const denied: Expectation[] = [
    expectation(
      "vendor-cannot-put-over-http",
      "the vendor cannot put an object over plain HTTP",
      "vendor",
      "s3:PutObject",
      object(prefixes[0]!),
      "denied",
      "the bucket accepts HTTPS only",
      { "aws:SecureTransport": "false" },
    ),
    expectation(
      "vendor-cannot-list-over-http",
      "the vendor cannot list the bucket over plain HTTP",
      "vendor",
      "s3:ListBucket",
      bucket.arn,
      "denied",
      "the bucket accepts HTTPS only",
      { "aws:SecureTransport": "false" },
    ),
  ];
  const neverOnObjects = ["s3:GetObject", "s3:DeleteObject", "s3:PutObjectAcl"];
  for (const action of neverOnObjects.filter((candidate) => !grants(granted.objectActions, candidate))) {
    denied.push(forbidden(action, object(prefixes[0]!), "the vendor does not need it"));
  }
  const neverOnBucket = [
    "s3:GetBucketPolicy",
    "s3:PutBucketPolicy",
    "s3:DeleteBucketPolicy",
    "s3:PutBucketPublicAccessBlock",
    "s3:DeleteBucket",
  ];
  for (const action of neverOnBucket.filter((candidate) => !grants(granted.bucketActions, candidate))) {
    denied.push(forbidden(action, bucket.arn, "the bucket stays the customer's"));
  }
  // Only the identity policy of a role of the customer's can reach another bucket; a bucket policy speaks of its own.
  if (choices.door === "assumedRole") {
    const other = `${bucket.arn}-other`;
    denied.push(
      expectation(
        "vendor-cannot-put-into-another-bucket",
        "the vendor cannot put an object into another bucket",
        "vendor",
        "s3:PutObject",
        `${other}/${SAMPLE_OBJECT}`,
        "denied",
        "the grant ends at this bucket",
      ),
      expectation(
        "vendor-cannot-list-another-bucket",
        "the vendor cannot list another bucket",
        "vendor",
        "s3:ListBucket",
        other,
        "denied",
        "the grant ends at this bucket",
      ),
    );
  }
  if (limitedToPrefixes && !prefixes.includes("")) {
    denied.push(
      expectation(
        "vendor-cannot-put-outside-prefix",
        "the vendor cannot put an object outside its prefix",
        "vendor",
        "s3:PutObject",
        `${bucket.arn}/outside-${SAMPLE_OBJECT}`,
        "denied",
        "the grant ends at the prefix",
      ),
    );
  }
  return [...allowed, ...denied];
}

function forbidden(action: string, resource: string, why: string): Expectation {
  return expectation(`vendor-cannot-${verb(action)}`, `the vendor cannot ${phrase(action)}`, "vendor", action, resource, "denied", why);
}

function strangerExpectations({ bucket, keyPrefixes, vendorPrincipals }: ContractChoices): Expectation[] {
  const object = `${bucket.arn}/${keyPrefixes[0] ?? ""}${SAMPLE_OBJECT}`;
  const strangers: { actor: Actor; id: string; who: string }[] = [
    ...(vendorPrincipals.some(isWholeAccount)
      ? []
      : [
          { actor: "strangerInVendorAccount" as const, id: "stranger-in-vendor-account", who: "another principal of the vendor's account" },
        ]),
    { actor: "strangerAccount", id: "stranger", who: "another account" },
    { actor: "anonymous", id: "anonymous", who: "nobody unknown" },
  ];
  return strangers.flatMap(({ actor, id, who }) => {
    const cannot = actor === "anonymous" ? "can" : "cannot";
    return [
      ["s3:PutObject", object],
      ["s3:GetObject", object],
      ["s3:ListBucket", bucket.arn],
    ].map(([action, resource]) =>
      expectation(
        `${id}-cannot-${verb(action!)}`,
        `${who} ${cannot} ${phrase(action!)}`,
        actor,
        action!,
        resource!,
        "denied",
        "the bucket is for the vendor and the customer",
      ),
    );
  });
}

function postureExpectations(vendor: VendorProfileProps, { bucket, posture }: ContractChoices): PostureExpectation[] {
  const item = (id: string, property: string, title: string, oneOf: readonly string[], why: string) => ({
    id,
    title,
    property,
    oneOf,
    why,
  });
  const documented = `${vendor.vendorName} documents it`;
  const why = (fact: unknown) => (fact === undefined ? "it was chosen" : documented);
  return [
    item("block-public-acls", "blockPublicAcls", "public ACLs are refused", ["true"], "nobody unknown may reach the bucket"),
    item("ignore-public-acls", "ignorePublicAcls", "public ACLs are ignored", ["true"], "nobody unknown may reach the bucket"),
    item("block-public-policy", "blockPublicPolicy", "a public policy is refused", ["true"], "nobody unknown may reach the bucket"),
    item(
      "restrict-public-buckets",
      "restrictPublicBuckets",
      "a public policy opens nothing",
      ["true"],
      "nobody unknown may reach the bucket",
    ),
    item(
      "encryption",
      "encryption",
      "the default encryption is right",
      vendor.encryptions ?? [posture.encryption],
      why(vendor.encryptions),
    ),
    ...(vendor.bucketKey ? [item("bucket-key", "bucketKeyEnabled", "the bucket key is enabled", ["true"], documented)] : []),
    item("versioning", "versioning", "the versioning state is right", [posture.versioning], why(vendor.versioning)),
    item(
      "object-ownership",
      "objectOwnership",
      "Object Ownership is right",
      [posture.objectOwnership],
      "it decides whether ACLs work, and whose the objects are",
    ),
    ...(vendor.regions
      ? [item("region", "region", `the region is one that ${vendor.vendorName} supports`, vendor.regions, documented)]
      : bucket.region === undefined
        ? []
        : [item("region", "region", "the region is the one that was chosen", [bucket.region], "the vendor is told this region")]),
  ];
}

/** Whether one of the actions of a grant, which may hold wildcards, covers the action. */
function grants(actions: readonly string[], action: string): boolean {
  return actions.some(
    (granted) => granted === action || granted === "*" || (granted.endsWith("*") && action.startsWith(granted.slice(0, -1))),
  );
}
