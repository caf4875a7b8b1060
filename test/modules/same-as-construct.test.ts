/** Each module describes what its construct describes, for every variable. */
import type { TerraformStack } from "cdktf";
import { describe, expect, test } from "vitest";
import {
  AuditLogFrequency,
  BucketEncryption,
  BucketVersioning,
  KandjiDestination,
  ObjectOwnership,
  SixSenseDestination,
  VendorPermissions,
} from "../../lib";
import { MODULES } from "../../scripts/terraform-modules/modules";
import { cli } from "../cli/run-program";
import { PROPS } from "../constructs/props";
import { called, described, stackOf } from "./described";

const LEAST = VendorPermissions.LEAST_PRIVILEGE;
const KANDJI = { bucketName: "acme-logs", vendorAccountId: "222222222222", vendorRoleName: "x/kandji" };
const KANDJI_ARGS = { bucket_name: "acme-logs", vendor_account_id: "222222222222", vendor_role_name: "x/kandji" };
const ROLE = "arn:aws:iam::222222222222:role/6sense";
const SIX_SENSE = { bucketName: "acme-logs", vendorRoleArn: ROLE, dataPacks: { filePath: "packs" } };
const SIX_SENSE_ARGS = { bucket_name: "acme-logs", vendor_role_arn: ROLE, data_packs_path: "packs" };
const KEY = "arn:aws:kms:eu-west-1:111111111111:key/0a1b";
const VALIDATOR = "arn:aws:iam::111111111111:role/validator";
const BOUNDARY = "arn:aws:iam::111111111111:policy/boundary";

/** Arguments of the module, and the props that say the same. */
type Case = readonly [
  title: string,
  args: Readonly<Record<string, unknown>>,
  props: Readonly<Record<string, unknown>>,
  /** What `check` cannot tell offline. */
  unknown?: string,
];

const BUCKET_CASES: readonly Case[] = [
  ["nothing but what is required", {}, {}],
  ["a bucket whose name has a dot", { bucket_name: "acme.logs" }, { bucketName: "acme.logs" }],
  ["a Region", { region: "eu-central-1" }, { region: "eu-central-1" }],
  ["a minimum TLS version", { minimum_tls_version: "1.3" }, { minimumTlsVersion: "1.3" }, "the vendor's TLS version"],
  ["an end of incomplete uploads", { abort_incomplete_multipart_upload_after_days: 7 }, { abortIncompleteMultipartUploadAfterDays: 7 }],
  ["another Object Ownership", { object_ownership: "ObjectWriter" }, { objectOwnership: ObjectOwnership.OBJECT_WRITER }],
  ["the objects of the bucket destroyed, and tags", { force_destroy: true, tags: { a: "b" } }, { forceDestroy: true, tags: { a: "b" } }],
];

const KANDJI_CASES: readonly Case[] = [
  ...BUCKET_CASES,
  ["a path", { destination_path: "a/b/" }, { destinationPath: "a/b/" }],
  ["least privilege under a path", { destination_path: "a", least_privilege: true }, { destinationPath: "a", permissions: LEAST }],
  ["least privilege on the whole bucket", { least_privilege: true }, { permissions: LEAST }],
  ["a role's name", { role_name: "delivery" }, { roleName: "delivery" }],
  ["a role's path", { role_path: "/vendors/" }, { rolePath: "/vendors/" }],
  ["a permissions boundary", { permissions_boundary_arn: BOUNDARY }, { permissionsBoundaryArn: BOUNDARY }, "the boundary"],
  ["a validator", { validator_principal_arn: VALIDATOR }, { validatorPrincipalArn: VALIDATOR }],
  ["the partition of a Region", { region: "us-gov-west-1" }, { region: "us-gov-west-1" }, "the partition of the account"],
  ["a partition", { partition: "aws-cn" }, { partition: "aws-cn" }, "the partition of the account"],
  [
    "all at once",
    {
      destination_path: "a",
      least_privilege: true,
      role_name: "delivery",
      role_path: "/vendors/",
      permissions_boundary_arn: BOUNDARY,
      validator_principal_arn: VALIDATOR,
      region: "eu-central-1",
      minimum_tls_version: "1.2",
    },
    {
      destinationPath: "a",
      permissions: LEAST,
      roleName: "delivery",
      rolePath: "/vendors/",
      permissionsBoundaryArn: BOUNDARY,
      validatorPrincipalArn: VALIDATOR,
      region: "eu-central-1",
      minimumTlsVersion: "1.2",
    },
    "the boundary",
  ],
];

const AUDIT = { filePath: "audit/", frequency: AuditLogFrequency.HOURLY };
const SIX_SENSE_CASES: readonly Case[] = [
  ...BUCKET_CASES,
  ["audit logs only", { data_packs_path: "", audit_logs_path: "audit/" }, { dataPacks: undefined, auditLogs: AUDIT }],
  [
    "both, daily",
    { audit_logs_path: "audit", audit_logs_frequency: "Daily" },
    { auditLogs: { filePath: "audit", frequency: AuditLogFrequency.DAILY } },
  ],
  ["both, and least privilege", { audit_logs_path: "audit/", least_privilege: true }, { auditLogs: AUDIT, permissions: LEAST }],
  ["a KMS key", { encryption: "aws:kms", kms_key_arn: KEY }, { encryption: BucketEncryption.SSE_KMS, kmsKeyArn: KEY }, "the key's policy"],
  ["versioning", { versioning: "Enabled" }, { versioning: BucketVersioning.ENABLED }],
];

interface Same {
  readonly module: string;
  readonly args: object;
  readonly cases: readonly Case[];
  readonly define: (stack: TerraformStack, props: any) => void;
}

const SAME: readonly Same[] = [
  {
    module: "kandji",
    args: KANDJI_ARGS,
    cases: KANDJI_CASES,
    define: (stack, props) => new KandjiDestination(stack, "Logs", { ...KANDJI, ...props }),
  },
  {
    module: "6sense",
    args: SIX_SENSE_ARGS,
    cases: SIX_SENSE_CASES,
    define: (stack, props) => new SixSenseDestination(stack, "Logs", { ...SIX_SENSE, ...props }),
  },
];

describe.each(SAME)("$module", ({ module, args, cases, define }) => {
  test.each(cases)("with %s describes what the construct describes, and passes the check", async (_, some, props, unknown) => {
    const path = called(module, { ...args, ...(some as object) });

    expect(described(path)).toEqual(described(stackOf((stack) => define(stack, props))));
    const { code, out } = await cli("check", path);
    expect(out).toMatch(unknown === undefined ? /: \d\d as expected, 0 not, 0 not known; no findings; / : /: \d\d as expected, 0 not, /);
    expect(code).toBe(unknown === undefined ? 0 : 3);
  });
});

/** The props of a construct, those of structs by their path. */
function propsOf(struct: string): string[] {
  const validation = PROPS.filter(({ of, prop }) => of === "ValidationOptions" && prop.startsWith("validation."));
  const own = PROPS.filter(({ of, prop }) => of === struct && prop !== "validation");
  return [...own, ...validation].map(({ prop }) => prop).sort();
}

test.each(MODULES)(
  "each prop of the construct is a variable of $name, or its page says why not",
  ({ props, variables, withoutVariable }) => {
    const covered = [...Object.values(variables).map(({ prop }) => prop), ...Object.keys(withoutVariable)];

    expect([...new Set(covered)].sort()).toEqual(propsOf(props));
  },
);
