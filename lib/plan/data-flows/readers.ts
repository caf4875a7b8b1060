/** Resources through which somebody reads or writes the objects of a bucket. */
import { ownValue } from "../../json";
import { hasUnknown } from "../../unknown";
import type { Instance, Inventory } from "../resources/inventory";
import {
  blocksIn,
  EVERY_BUCKET,
  type Flow,
  type FlowReader,
  listIn,
  policyIn,
  resourcesInAllStacks,
  resourcesNamed,
  textAt,
  textIn,
  textsWithin,
} from "./flow";

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html */
const distribution: FlowReader = (resource) => {
  if (resource.get("enabled") === false) return [];
  const behaviours = [
    ...blocksIn(resource.get("default_cache_behavior"), `${resource.address}.default_cache_behavior`),
    ...blocksIn(resource.get("ordered_cache_behavior"), `${resource.address}.ordered_cache_behavior`),
  ];
  return blocksIn(resource.get("origin"), `${resource.address}.origin`).flatMap((origin): Flow[] => {
    const domain = textAt(origin, "domain_name");
    if (domain === undefined || !mayBeBucket(domain)) return [];
    // A domain name of the Region has the name of the bucket in its path.
    const source = /^s3[.-]/.test(domain) ? `${domain}${textAt(origin, "origin_path") ?? ""}` : domain;
    const id = textAt(origin, "origin_id");
    const using = behaviours.filter((behaviour) => textAt(behaviour, "target_origin_id") === id);
    const isPrivate =
      using.length > 0 && using.every((each) => isSet(ownValue(each, "trusted_key_groups")) || isSet(ownValue(each, "trusted_signers")));
    const recipients = isPrivate ? ["viewers with a signed URL or cookie"] : ["*"];
    return [{ kind: "distribution", means: "an Amazon CloudFront distribution", source, recipients }];
  });
};

export function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : typeof value === "string" && value !== "";
}

/** Whether a domain name may be a bucket's. */
export function mayBeBucket(domain: string): boolean {
  return /(^|\.)s3[.-]/.test(domain) || hasUnknown(domain);
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants.html */
const accessGrant: FlowReader = (resource, inventory) =>
  blocksIn(resource.get("grantee"), `${resource.address}.grantee`).flatMap((grantee) =>
    scopesOf(resource, inventory).map((source) => ({
      kind: "grant",
      means: "a grant of S3 Access Grants",
      source,
      recipients: [textAt(grantee, "grantee_identifier") ?? "a directory user"],
    })),
  );

function scopesOf(grant: Instance, inventory: Inventory): string[] {
  const id = textIn(grant, "access_grants_location_id") ?? "";
  if (id === "default") return [EVERY_BUCKET];
  const type = "aws_s3control_access_grants_location";
  const named = resourcesNamed(inventory, { type, text: id, isNamed: (each) => each.get("access_grants_location_id") === id });
  return named.length === 0 ? [id] : named.map((location) => wholeScope(textIn(location, "location_scope") ?? id));
}

/** `s3://` is every bucket. */
function wholeScope(scope: string): string {
  return scope === "s3://" ? EVERY_BUCKET : scope;
}

/** The policy only decides who may request access. Grants decide to which objects. */
const accessGrantsInstance: FlowReader = (resource, inventory) => {
  const policy = policyIn(resource, "policy", inventory);
  return resourcesInAllStacks(inventory, "aws_s3control_access_grants_location").map((location) => ({
    kind: "policy",
    means: "the policy of the S3 Access Grants instance",
    source: wholeScope(textIn(location, "location_scope") ?? ""),
    recipients: [],
    policy,
  }));
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html */
const accessPoint: FlowReader = (resource, inventory) => {
  const source = textIn(resource, "bucket") ?? "";
  if (!isSet(resource.get("policy"))) return [];
  return [
    { kind: "policy", means: "the policy of an access point", source, recipients: [], policy: policyIn(resource, "policy", inventory) },
  ];
};

/**
 * The policy of an access point that another resource defines. It concerns the bucket of that access point, or any bucket if the plan does
 * not show it.
 */
const accessPointPolicy: FlowReader = (resource, inventory) => {
  const arn = textIn(resource, "access_point_arn") ?? "";
  const isNamed = (each: Instance) => arn.endsWith(`/${String(each.get("name"))}`);
  const points = resourcesNamed(inventory, { type: "aws_s3_access_point", text: arn, isNamed });
  const sources = points.length === 0 ? [arn] : points.map((point) => textIn(point, "bucket") ?? arn);
  const policy = policyIn(resource, "policy", inventory);
  return sources.map((source) => ({ kind: "policy", means: "the policy of an access point", source, recipients: [], policy }));
};

/** The policy names its access point, which lists the buckets. */
const multiRegionPolicy: FlowReader = (resource, inventory) => {
  const text = textsWithin(resource.get("details")).join(" ");
  const points = resourcesInAllStacks(inventory, "aws_s3control_multi_region_access_point").map((each) => each.get("details"));
  const named = points.filter((details) =>
    textsWithin(blocksIn(details, "details").map((each) => textAt(each, "name"))).some((name) => text.includes(name)),
  );
  return [
    { kind: "tool", means: "the policy of a Multi-Region Access Point", source: [text, ...textsWithin(named)].join(" "), recipients: [] },
  ];
};

/** An Object Lambda Access Point reads through an access point, which belongs to a bucket. */
const objectLambdaPolicy: FlowReader = (resource, inventory) => {
  const name = textIn(resource, "name") ?? "";
  const points = resourcesInAllStacks(inventory, "aws_s3control_object_lambda_access_point").filter((each) => each.get("name") === name);
  const texts = [textIn(resource, "policy") ?? "", ...points.flatMap((each) => textsWithin(each.get("configuration")))];
  const type = "aws_s3_access_point";
  const buckets = texts.flatMap((text) =>
    resourcesNamed(inventory, { type, text, isNamed: (each) => text.endsWith(`/${String(each.get("name"))}`) }).flatMap(
      (point) => textIn(point, "bucket") ?? [],
    ),
  );
  return [{ kind: "tool", means: "the policy of an Object Lambda Access Point", source: [...texts, ...buckets].join(" "), recipients: [] }];
};

const PUBLIC_ACLS: ReadonlySet<unknown> = new Set(["public-read", "public-read-write", "authenticated-read"]);

/** The ACL of one object. S3 rejects it if ACLs are disabled, and ignores a public one if Block Public Access is set so. */
const objectAcl: FlowReader = (resource) => {
  const acl = resource.get("acl");
  const grants = blocksIn(resource.get("grant"), `${resource.address}.grant`).map(
    (grant) => textAt(grant, "uri") ?? textAt(grant, "id") ?? textAt(grant, "email"),
  );
  const recipients = [
    ...(PUBLIC_ACLS.has(acl) ? ["*"] : []),
    ...grants.filter((each) => each !== undefined).map((each) => (/\/global\//.test(each) ? "*" : each)),
  ];
  const source = textIn(resource, "bucket") ?? "";
  return recipients.length === 0 ? [] : [{ kind: "grant", means: "the ACL of an object", source, recipients }];
};

/** @see https://docs.aws.amazon.com/lake-formation/latest/dg/granting-catalog-permissions.html */
const lakeFormation: FlowReader = (resource, inventory) => {
  const principal = textIn(resource, "principal") ?? "";
  const location = blocksIn(resource.get("data_location"), `${resource.address}.data_location`).map((block) => textAt(block, "arn"));
  const registered = resourcesInAllStacks(inventory, "aws_lakeformation_resource").map((each) => textIn(each, "arn"));
  return [...location, ...registered].flatMap((source): Flow[] =>
    source === undefined ? [] : [{ kind: "grant", means: "a permission of AWS Lake Formation", source, recipients: [principal] }],
  );
};

/** Administrators of a data lake give anybody permissions on every registered location. */
const dataLakeSettings: FlowReader = (resource, inventory) => {
  const permissions = ["create_database_default_permissions", "create_table_default_permissions"].flatMap((name) =>
    blocksIn(resource.get(name), `${resource.address}.${name}`).flatMap((block) => textAt(block, "principal") ?? []),
  );
  const lists = ["admins", "read_only_admins", "trusted_resource_owners", "external_data_filtering_allow_list"];
  const recipients = [
    ...lists.flatMap((name) => listIn(resource, name)),
    ...permissions.filter((each) => each !== "IAM_ALLOWED_PRINCIPALS"),
  ];
  return resourcesInAllStacks(inventory, "aws_lakeformation_resource").flatMap((each) =>
    recipients.map((recipient) => ({
      kind: "grant",
      means: "the settings of AWS Lake Formation",
      source: textIn(each, "arn") ?? "",
      recipients: [recipient],
    })),
  );
};

const transferAgreement: FlowReader = (resource) => [
  {
    kind: "grant",
    means: "an agreement of AWS Transfer Family",
    source: textIn(resource, "base_directory") ?? "",
    recipients: ["the partner of the agreement"],
  },
];

const transferUser: FlowReader = (resource) => {
  const source = [textIn(resource, "home_directory"), ...textsWithin(resource.get("home_directory_mappings"))].join(" ");
  return [{ kind: "grant", means: "a user of AWS Transfer Family", source, recipients: ["whoever has the user's key"] }];
};

export const READERS: Readonly<Record<string, FlowReader>> = {
  aws_s3_object: objectAcl,
  aws_s3_bucket_object: objectAcl,
  aws_cloudfront_distribution: distribution,
  aws_s3control_access_grant: accessGrant,
  aws_s3control_access_grants_instance_resource_policy: accessGrantsInstance,
  aws_s3_access_point: accessPoint,
  aws_s3control_access_point_policy: accessPointPolicy,
  aws_s3control_multi_region_access_point_policy: multiRegionPolicy,
  aws_s3control_object_lambda_access_point_policy: objectLambdaPolicy,
  aws_lakeformation_permissions: lakeFormation,
  aws_lakeformation_data_lake_settings: dataLakeSettings,
  aws_transfer_agreement: transferAgreement,
  aws_transfer_user: transferUser,
  aws_transfer_access: transferUser,
};
