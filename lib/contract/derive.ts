/** Derives from the terms of a delivery all that is expected. No policy is looked at. */
import { memoize } from "../evaluate";
import { phrase, verb } from "./action-phrases";
import { isWholeAccount } from "./actors";
import type { Actor, ContractTerms, DeliveryContract, Expectation, PostureExpectation } from "./types";
import { VALIDATION_SESSION_NAME } from "./validation-names";

/** Last part of the keys that expectations name. */
const SAMPLE_OBJECT = VALIDATION_SESSION_NAME;

/** The contract of one destination. */
export function deriveContract(terms: ContractTerms): DeliveryContract {
  const { schemaVersion, id, vendor, door, partition, bucket, role, vendorPrincipals, externalIds, validator, accepted, cadence } = terms;
  const { keyPrefixes, granted } = terms;
  const { endsAtPrefix, bucketActions, objectActions } = granted;
  const prefixes = endsAtPrefix && keyPrefixes.length > 0 ? keyPrefixes : [""];
  return {
    schemaVersion,
    id,
    vendor,
    door,
    partition,
    bucket,
    role,
    vendorPrincipals,
    externalIds,
    validator,
    accepted,
    cadence,
    keyPrefix: keyPrefixes[0] ?? "",
    granted: { bucketActions, objectActions, objects: prefixes.map((prefix) => `${terms.bucket.arn}/${prefix}*`) },
    expectations: [...trustExpectations(terms), ...vendorExpectations(terms), ...strangerExpectations(terms)],
    posture: postureExpectations(terms),
  };
}

const NOTHING: Expectation["context"] = {};
const OVER_HTTP: Expectation["context"] = { "aws:SecureTransport": "false" };

/** What the vendor may not do, unless its documentation asks for it. */
const NEVER_ON_OBJECTS = ["s3:GetObject", "s3:DeleteObject", "s3:PutObjectAcl"];
const NEVER_ON_BUCKET = [
  "s3:GetBucketPolicy",
  "s3:PutBucketPolicy",
  "s3:DeleteBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:DeleteBucket",
];

function expectation(
  id: string,
  title: string,
  actor: Actor,
  action: string,
  resource: string,
  expected: "allowed" | "denied",
  why: string,
  context = NOTHING,
): Expectation {
  return { id, title, actor, action, resource, context, expected, why };
}

function trustExpectations({ door, role, vendorPrincipals, externalIds }: ContractTerms): Expectation[] {
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

function vendorExpectations(terms: ContractTerms): Expectation[] {
  const { bucket, granted, exercised, keyPrefixes } = terms;
  const prefixes = keyPrefixes.length > 0 ? keyPrefixes : [""];
  const objects = prefixes.map((prefix) => `${bucket.arn}/${prefix}${SAMPLE_OBJECT}`);
  const [object] = objects as [string];
  const allowed = [
    ...exercised.bucketActions.map((action) =>
      expectation(`vendor-can-${verb(action)}`, vendorCan(phrase(action)), "vendor", action, bucket.arn, "allowed", "documented"),
    ),
    ...exercised.objectActions.flatMap((action) =>
      prefixes.map((prefix, index) =>
        expectation(
          `vendor-can-${verb(action)}${index === 0 ? "" : `-${index + 1}`}`,
          vendorCan(`${phrase(action)}${prefix === "" ? "" : ` under ${prefix}`}`),
          "vendor",
          action,
          objects[index]!,
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
      object,
      "denied",
      "the bucket accepts HTTPS only",
      OVER_HTTP,
    ),
    expectation(
      "vendor-cannot-list-over-http",
      "the vendor cannot list the bucket over plain HTTP",
      "vendor",
      "s3:ListBucket",
      bucket.arn,
      "denied",
      "the bucket accepts HTTPS only",
      OVER_HTTP,
    ),
  ];
  for (const action of NEVER_ON_OBJECTS) {
    if (!grants(granted.objectActions, action)) denied.push(forbidden(action, object, "the vendor does not need it"));
  }
  for (const action of NEVER_ON_BUCKET) {
    if (!grants(granted.bucketActions, action)) denied.push(forbidden(action, bucket.arn, "the bucket stays the customer's"));
  }
  // Only the identity policy of a role of the customer's can reach another bucket; a bucket policy speaks of its own.
  if (terms.door === "assumedRole") {
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
  if (granted.endsAtPrefix && !prefixes.includes("")) {
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
  return expectation(vendorCannotId(action), vendorCannot(action), "vendor", action, resource, "denied", why);
}

/** Texts that many contracts share are made once. */
const vendorCan = memoize((what) => `the vendor can ${what}`);
const vendorCannot = memoize((action) => `the vendor cannot ${phrase(action)}`);
const vendorCannotId = memoize((action) => `vendor-cannot-${verb(action)}`);

const STRANGERS: readonly { readonly actor: Actor; readonly id: string; readonly who: string }[] = [
  { actor: "strangerInVendorAccount", id: "stranger-in-vendor-account", who: "another principal of the vendor's account cannot" },
  { actor: "strangerAccount", id: "stranger", who: "another account cannot" },
  { actor: "anonymous", id: "anonymous", who: "nobody unknown can" },
];

/** What strangers may not do, with the words for it: the same in every contract. */
const NEVER_BY_STRANGERS = STRANGERS.flatMap(({ actor, id, who }) =>
  ["s3:PutObject", "s3:GetObject", "s3:ListBucket"].map((action) => ({
    id: `${id}-cannot-${verb(action)}`,
    title: `${who} ${phrase(action)}`,
    actor,
    action,
    context: NOTHING,
    expected: "denied" as const,
    why: "the bucket is for the vendor and the customer",
  })),
);

function strangerExpectations({ bucket, keyPrefixes, vendorPrincipals }: ContractTerms): Expectation[] {
  const object = `${bucket.arn}/${keyPrefixes[0] ?? ""}${SAMPLE_OBJECT}`;
  const whole = vendorPrincipals.some(isWholeAccount);
  return NEVER_BY_STRANGERS.filter(({ actor }) => !whole || actor !== "strangerInVendorAccount").map(
    ({ id, title, actor, action, context, expected, why }) => {
      const resource = action === "s3:ListBucket" ? bucket.arn : object;
      return { id, title, actor, action, resource, context, expected, why };
    },
  );
}

/** How settings are called in results. */
const SETTINGS: readonly { readonly property: string; readonly id: string; readonly title: string; readonly chosenBecause: string }[] = [
  { property: "encryption", id: "encryption", title: "the default encryption is right", chosenBecause: "it was chosen" },
  { property: "bucketKeyEnabled", id: "bucket-key", title: "the bucket key is enabled", chosenBecause: "it was chosen" },
  { property: "versioning", id: "versioning", title: "the versioning state is right", chosenBecause: "it was chosen" },
  {
    property: "objectOwnership",
    id: "object-ownership",
    title: "Object Ownership is right",
    chosenBecause: "it decides whether ACLs work, and whose the objects are",
  },
  {
    property: "region",
    id: "region",
    title: "the region is the one that was chosen",
    chosenBecause: "the vendor is told this region",
  },
];

/** The settings that terms may name. */
export const SETTING_NAMES: readonly string[] = SETTINGS.map(({ property }) => property);

const SHUT: readonly PostureExpectation[] = [
  { property: "blockPublicAcls", id: "block-public-acls", title: "public ACLs are refused" },
  { property: "ignorePublicAcls", id: "ignore-public-acls", title: "public ACLs are ignored" },
  { property: "blockPublicPolicy", id: "block-public-policy", title: "a public policy is refused" },
  { property: "restrictPublicBuckets", id: "restrict-public-buckets", title: "a public policy opens nothing" },
].map((setting) => ({ ...setting, oneOf: ["true"], why: "nobody unknown may reach the bucket" }));

function postureExpectations({ vendor, bucket, settings: { documented, chosen } }: ContractTerms): PostureExpectation[] {
  const posture = [...SHUT];
  for (const { property, id, title, chosenBecause } of SETTINGS) {
    if (documented[property] !== undefined) {
      const words = property === "region" ? `the region is one that ${vendor.name} supports` : title;
      posture.push({ id, title: words, property, oneOf: documented[property], why: `${vendor.name} documents it` });
      // The one that the vendor was told, of those that it supports.
      if (property === "region" && bucket.region !== undefined && documented[property].includes(bucket.region))
        posture.push({ id: "told-region", title, property, oneOf: [bucket.region], why: chosenBecause });
    } else if (chosen[property] !== undefined) {
      posture.push({ id, title, property, oneOf: chosen[property], why: chosenBecause });
    }
  }
  return posture;
}

/** Whether one of the actions of a grant, which may hold wildcards, covers the action. */
function grants(actions: readonly string[], action: string): boolean {
  return actions.some(
    (granted) => granted === action || granted === "*" || (granted.endsWith("*") && action.startsWith(granted.slice(0, -1))),
  );
}
