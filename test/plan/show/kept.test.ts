/** What AWS has and Terraform lets go of. */
import { expect, test } from "vitest";
import type { PlannedBucket } from "../../../lib/plan";
import { jsonFile, only, shown } from "../read";

const entry = (type: string, values: object, name = "x") => ({ address: `${type}.${name}`, mode: "managed", type, name, values });
const BUCKET = entry("aws_s3_bucket", { bucket: "acme" });

interface Change {
  readonly type: string;
  readonly actions: readonly string[];
  readonly before: object | null;
}

/** A plan of one bucket that exists, with changes to what configures it. */
function bucketAfter(changes: readonly Change[], more: readonly object[] = [], bucketActions = ["no-op"]): PlannedBucket {
  const change = (resource: ReturnType<typeof entry>, actions: readonly string[], before: object | null) => ({
    ...resource,
    change: {
      actions,
      before,
      after: actions.includes("delete") || actions.includes("forget") ? null : resource.values,
      after_unknown: {},
    },
  });
  const plan = {
    format_version: "1.2",
    planned_values: { root_module: { resources: [BUCKET, ...more] } },
    resource_changes: [
      change(BUCKET, bucketActions, bucketActions.includes("create") ? null : BUCKET.values),
      ...changes.map(({ type, actions, before }) => change(entry(type, {}, "gone"), actions, before)),
    ],
    configuration: { root_module: {} },
  };
  return shown(only([jsonFile("plan.json", plan)])).buckets[0]!;
}

const controls = { bucket: "acme", rule: [{ object_ownership: "BucketOwnerPreferred" }] };
const acl = { bucket: "acme", acl: "public-read" };
const versioning = { bucket: "acme", versioning_configuration: [{ status: "Enabled" }] };
const block = {
  bucket: "acme",
  block_public_acls: true,
  ignore_public_acls: true,
  block_public_policy: true,
  restrict_public_buckets: true,
};
const encryption = { bucket: "acme", rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms" }] }] };

test.each<[string, Change, object]>([
  [
    "forgotten ownership controls stay",
    { type: "aws_s3_bucket_ownership_controls", actions: ["forget"], before: controls },
    { objectOwnership: "BucketOwnerPreferred" },
  ],
  [
    "without ownership controls, the writer owns the objects",
    { type: "aws_s3_bucket_ownership_controls", actions: ["delete"], before: controls },
    { objectOwnership: "ObjectWriter" },
  ],
  ["a forgotten ACL stays", { type: "aws_s3_bucket_acl", actions: ["forget"], before: acl }, { acl: "public-read" }],
  ["a deleted ACL stays, as AWS cannot delete it", { type: "aws_s3_bucket_acl", actions: ["delete"], before: acl }, { acl: "public-read" }],
  ["forgotten versioning stays", { type: "aws_s3_bucket_versioning", actions: ["forget"], before: versioning }, { versioning: "Enabled" }],
  [
    "deleted versioning is suspended",
    { type: "aws_s3_bucket_versioning", actions: ["delete"], before: versioning },
    { versioning: "Suspended" },
  ],
  [
    "a forgotten Block Public Access stays",
    { type: "aws_s3_bucket_public_access_block", actions: ["forget"], before: block },
    { blockPublicAccess: { blockPublicAcls: "true" } },
  ],
  [
    "deleted encryption is that of S3",
    { type: "aws_s3_bucket_server_side_encryption_configuration", actions: ["delete"], before: encryption },
    { encryption: "AES256" },
  ],
])("%s", (_, change, expected) => {
  expect(bucketAfter([change])).toMatchObject(expected);
});

test("a deleted Block Public Access blocks nothing", () => {
  const { blockPublicAccess } = bucketAfter([{ type: "aws_s3_bucket_public_access_block", actions: ["delete"], before: block }]);

  expect(Object.values(blockPublicAccess).every((value) => value !== "true")).toBe(true);
});

test("a resource that manages the setting goes before one that is forgotten, and is no rival of it", () => {
  const managed = entry("aws_s3_bucket_ownership_controls", { bucket: "acme", rule: [{ object_ownership: "BucketOwnerEnforced" }] });
  const bucket = bucketAfter([{ type: "aws_s3_bucket_ownership_controls", actions: ["forget"], before: controls }], [managed]);

  expect(bucket).toMatchObject({ objectOwnership: "BucketOwnerEnforced", rivals: [] });
});

test("an existing bucket does not have the ownership of a new one unless the plan shows it", () => {
  expect(bucketAfter([]).objectOwnership).toContain("which exists and does not show it");
  expect(bucketAfter([], [], ["create"]).objectOwnership).toBeUndefined();
});

test.each<[string, object[], string | undefined]>([
  ["of the owner alone", [{ id: "a", type: "CanonicalUser", permissions: ["FULL_CONTROL"] }], "private"],
  [
    "of a second account",
    [
      { id: "a", type: "CanonicalUser", permissions: ["FULL_CONTROL"] },
      { id: "b", type: "CanonicalUser", permissions: ["READ"] },
    ],
    "foreign",
  ],
  [
    "of everybody",
    [
      { id: "a", type: "CanonicalUser", permissions: ["FULL_CONTROL"] },
      { uri: "http://acs.amazonaws.com/groups/global/AllUsers", type: "Group", permissions: ["READ"] },
    ],
    "public-read",
  ],
])("the grants that a state shows count: %s", (_, grant, expected) => {
  const state = { format_version: "1.0", values: { root_module: { resources: [entry("aws_s3_bucket", { bucket: "acme", grant })] } } };

  expect(only([jsonFile("state.json", state)]).buckets[0]!.acl).toBe(expected);
});

test("a forgotten inline policy and attachment stay, unless another resource replaces them", () => {
  const role = entry("aws_iam_role", { name: "deliver", assume_role_policy: "{}" });
  const kept = (type: string, before: object) => ({ ...entry(type, {}, "gone"), change: { actions: ["forget"], before, after: null } });
  const plan = {
    format_version: "1.2",
    planned_values: { root_module: { resources: [role, entry("aws_iam_role_policy", { role: "deliver", name: "a", policy: "{}" })] } },
    resource_changes: [
      kept("aws_iam_role_policy", { role: "deliver", name: "a", policy: "{}" }),
      kept("aws_iam_role_policy_attachment", { role: "deliver", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }),
    ],
  };

  const [{ inlinePolicies, managedPolicies }] = only([jsonFile("plan.json", plan)]).roles as [ReturnType<typeof only>["roles"][number]];

  expect(inlinePolicies.map(({ name }) => name)).toEqual(["a"]);
  expect(managedPolicies.map(({ name }) => name)).toEqual(["ReadOnlyAccess"]);
});
