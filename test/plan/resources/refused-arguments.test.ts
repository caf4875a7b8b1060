/** Which arguments AWS refuses: for each, values out of the rule, and the nearest that AWS accepts. */
import { describe, expect, test } from "vitest";
import { readPlan } from "../../../lib/plan";
import { jsonFile, model, shown } from "../read";

const BUCKET = { logs: { bucket: "acme-logs" } };
const of = (setting: object) => ({ bucket: "acme-logs", ...setting });

/** The refused arguments of the bucket and role of these resources. */
function refused(resource: object, more: object = {}): string[] {
  const { buckets, roles } = model(resource, more);
  return shown([...buckets, ...roles].flatMap((each) => each.refused ?? []).map(({ argument, rule }) => `${argument} ${rule}`));
}

const bucket = (logs: object, more: object = {}) => refused({ aws_s3_bucket: { logs } }, more);
const role = (vendor: object, more: object = {}) => refused({ aws_iam_role: { vendor: { assume_role_policy: "{}", ...vendor } } }, more);
const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
const UNKNOWN = { variable: { x: {} } };

describe("a bucket", () => {
  test.each([
    [
      ["ab", "a".repeat(64)],
      ["abc", "a".repeat(63)],
    ],
    [
      ["Acme", "acme_logs", "acme logs"],
      ["acme-logs", "acme.logs"],
    ],
    [["-acme", "acme-", ".acme"], ["1acme1"]],
    [["acme..logs"], ["acme.-logs"]],
    [["192.168.5.4"], ["192.168.5.4a", "1.2.3.4.5"]],
    [
      ["xn--acme", "sthree-acme", "amzn-s3-demo-acme"],
      ["acme-xn--a", "sthre-acme", "amzn-s3-dem-acme"],
    ],
    [
      ["acme-s3alias", "acme--ol-s3", "acme.mrap", "acme--x-s3", "acme--table-s3"],
      ["acme-s3aliases", "acme-ol-s3", "acme-mrap", "acme-x-s3", "acme-table-s3"],
    ],
    [["acme-an"], ["acme-111111111111-eu-west-1-an"]],
  ])("is refused with one of the names %j, and accepted with each of %j", (wrong, right) => {
    for (const name of wrong) expect(bucket({ bucket: name }), name).toHaveLength(1);
    for (const name of right) expect(bucket({ bucket: name }), name).toEqual([]);
  });

  test.each(["Acme-${var.x}", "${var.x}_logs", "xn--${var.x}", "${var.x}--x-s3", "-${var.x}", `${"a".repeat(63)}b\${var.x}`])(
    "is refused with the name %s, whatever its unknown part is",
    (name) => {
      expect(bucket({ bucket: name }, UNKNOWN)).toHaveLength(1);
    },
  );

  test.each(["${var.x}", "x${var.x}-acme", "${var.x}-an", "${var.x}.1.2.3", "acme.${var.x}", `${"a".repeat(63)}\${var.x}`])(
    "is accepted with the name %s, whose unknown part may be right",
    (name) => {
      expect(bucket({ bucket: name }, UNKNOWN)).toEqual([]);
    },
  );

  test("is refused with a prefix that leaves no room for what Terraform adds", () => {
    expect(bucket({ bucket_prefix: "a".repeat(38) })).toEqual(["bucket_prefix must have at most 37 characters"]);
    expect(bucket({ bucket_prefix: "Acme" })).toHaveLength(1);
    expect(bucket({ bucket_prefix: `${"a".repeat(36)}.` })).toEqual([]);
  });

  test.each([
    [
      "aws_s3_bucket_versioning",
      { versioning_configuration: { status: "enabled" } },
      { versioning_configuration: { status: "Suspended" } },
    ],
    ["aws_s3_bucket_ownership_controls", { rule: { object_ownership: "BucketOwner" } }, { rule: { object_ownership: "ObjectWriter" } }],
    [
      "aws_s3_bucket_server_side_encryption_configuration",
      { rule: { apply_server_side_encryption_by_default: { sse_algorithm: "aes256" } } },
      { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms:dsse" }] }] },
    ],
    ["aws_s3_bucket_acl", { acl: "Private" }, { acl: "log-delivery-write" }],
    ["aws_s3_bucket_request_payment_configuration", { payer: "Owner" }, { payer: "Requester" }],
    ["aws_s3_bucket_object_lock_configuration", { object_lock_enabled: "enabled" }, { object_lock_enabled: "Enabled" }],
    ["aws_s3_bucket_abac", { abac_status: { status: "On" } }, { abac_status: { status: "Enabled" } }],
    ["aws_s3_bucket_acl", { acl: "private", expected_bucket_owner: "1" }, { acl: "private", expected_bucket_owner: "012345678901" }],
  ])("is refused with a word that its %s does not know", (type, wrong, right) => {
    expect(refused({ aws_s3_bucket: BUCKET, [type]: { x: of(wrong) } })).toHaveLength(1);
    expect(refused({ aws_s3_bucket: BUCKET, [type]: { x: of(right) } })).toEqual([]);
  });

  test("that exists keeps its name and tags, and is refused another one", () => {
    const name = (actions: string[], before: object | null, after: object) => {
      const values = { address: "aws_s3_bucket.b", mode: "managed", type: "aws_s3_bucket", name: "b" };
      const plan = {
        format_version: "1.2",
        planned_values: { root_module: { resources: [{ ...values, values: after }] } },
        resource_changes: [{ ...values, change: { actions, before, after, after_unknown: {} } }],
      };
      return readPlan([jsonFile("plan.json", plan)])[0]!.buckets[0]!.refused!.map(({ argument }) => argument);
    };
    const legacy = { bucket: "Acme_Logs", tags: tags(51) };

    expect(name(["no-op"], legacy, legacy)).toEqual([]);
    expect(name(["update"], legacy, { ...legacy, tags: tags(52) })).toEqual(["tags"]);
    expect(name(["create", "delete"], legacy, legacy)).toEqual(["bucket", "tags"]);
    expect(name(["create"], null, legacy)).toEqual(["bucket", "tags"]);
  });
});

describe("a role", () => {
  test.each([
    ["name", ["vendors/acme", "acme role", "a".repeat(65), "ä"], ["a".repeat(64), "_+=,.@-"]],
    ["name_prefix", ["a".repeat(39), "a/b"], ["a".repeat(38)]],
    ["path", ["vendors", "/vendors", "vendors/", `/${"a".repeat(511)}/`], ["/", "/a/b/", `/${"a".repeat(510)}/`]],
    ["description", ["Acme \u2013 logs", "a".repeat(1001)], ["Acme\u00a1 \u00ff\t\n", "a".repeat(1000), ""]],
    ["max_session_duration", [3599, 43201, "900"], [3600, 43200, "7200"]],
    ["permissions_boundary", ["boundary", "arn:aws:iam::111111111111:role/x"], ["arn:aws:iam::111111111111:policy/a/b", ""]],
    ["inline_policy", [{ name: "a b", policy: "{}" }], [[{ name: "a.b", policy: "{}" }], []]],
    [
      "tags",
      [
        tags(51),
        { "aws:x": "" },
        { "AWS:x": "" },
        { "": "x" },
        { k: "a".repeat(257) },
        { k: "a#b" },
        { "k*": "" },
        { Team: "a", team: "b" },
      ],
      [tags(50), { "x:aws:": "" }, { k: "" }, { [`${"k".repeat(128)}`]: "a".repeat(256) }, { "é_.:/=+-@ 1": "ß" }],
    ],
  ])("is refused with one of the values of %s, and accepted with the nearest", (argument, wrong, right) => {
    for (const value of wrong) expect(role({ name: "r", [argument]: value }), JSON.stringify(value)).toHaveLength(1);
    for (const value of right) expect(role({ name: "r", [argument]: value }), JSON.stringify(value)).toEqual([]);
  });

  test.each(["path", "permissions_boundary", "max_session_duration", "tags"])(
    "is not judged by a %s that is partly unknown",
    (argument) => {
      expect(role({ name: "r", [argument]: "${var.x}" }, UNKNOWN)).toEqual([]);
      expect(role({ name: "r", [argument]: argument === "tags" ? { "${var.x}": "${var.x}" } : "/a/${var.x}" }, UNKNOWN)).toEqual([]);
    },
  );

  test("is refused with too many tags where its provider adds some", () => {
    const provider = { aws: { default_tags: { tags: { a: "1", b: "2" } } } };

    expect(role({ name: "r", tags: tags(49) }, { provider })).toEqual(["tags must hold at most 50 tags"]);
    expect(role({ name: "r", tags: { ...tags(48), a: "2" } }, { provider })).toEqual([]);
  });

  test.each([
    ["aws_iam_role_policy", { name: "a b" }, { name: "a-b" }],
    ["aws_iam_role_policy", { name_prefix: "a".repeat(103) }, { name_prefix: "a".repeat(102) }],
    ["aws_iam_role_policy_attachment", { policy_arn: "ReadOnlyAccess" }, { policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }],
  ])("is refused with an argument of its %s", (type, wrong, right) => {
    const resources = (given: object) => ({
      aws_iam_role: { r: { name: "r", assume_role_policy: "{}" } },
      [type]: { p: { role: "${aws_iam_role.r.name}", policy: "{}", ...given } },
    });

    expect(refused(resources(wrong))).toHaveLength(1);
    expect(refused(resources(right))).toEqual([]);
  });

  test("is refused with a managed policy of a wrong name, which another role does not have", () => {
    const policy = { aws_iam_policy: { p: { name: "a/b", policy: "{}" } } };
    const attached = { p: { role: "r", policy_arn: "${aws_iam_policy.p.arn}" } };
    const roles = { aws_iam_role: { r: { name: "r", assume_role_policy: "{}" } } };

    expect(refused({ ...roles, ...policy, aws_iam_role_policy_attachment: attached })).toHaveLength(1);
    expect(refused({ ...roles, ...policy })).toEqual([]);
  });
});
