/**
 * Derives the attributes that AWS computes from the arguments: `aws_s3_bucket.x.arn` follows from the name of the bucket. All references
 * to one attribute give the same text, placeholders included.
 */

import { textOf } from "../../json";
import { isUnknown, unknownText } from "../../unknown";
import type { Instance } from "./inventory";
import { policyDocumentText } from "./policy-document";
import { dnsSuffixOf } from "./provider";

type Computation = (instance: Instance) => unknown;

const COMPUTED: ReadonlyMap<string, Readonly<Record<string, Computation>>> = new Map<string, Readonly<Record<string, Computation>>>([
  ["aws_s3_bucket", { id: bucketName, bucket: bucketName, arn: bucketArn, region: bucketRegion }],
  ["aws_iam_role", { id: nameOf, name: nameOf, arn: (role) => iamArn(role, "role") }],
  ["aws_iam_policy", { id: (policy) => iamArn(policy, "policy"), name: nameOf, arn: (policy) => iamArn(policy, "policy") }],
  ["aws_iam_user", { id: nameOf, name: nameOf, arn: (user) => iamArn(user, "user") }],
  ...["aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key"].map(
    (type): [string, Readonly<Record<string, Computation>>] => [type, { id: keyId, key_id: keyId, arn: (key) => kmsArn(key, keyId(key)) }],
  ),
  ["aws_kms_alias", { id: aliasName, name: aliasName, arn: (alias) => kmsArn(alias, aliasName(alias)), target_key_arn: targetOfAlias }],
  ["aws_sqs_queue", { name: nameOf, arn: (queue) => regionalArn(queue, "sqs", nameOf(queue)) }],
  ["aws_sns_topic", { name: nameOf, arn: (topic) => regionalArn(topic, "sns", nameOf(topic)) }],
  [
    "aws_lambda_function",
    {
      arn: (lambda) =>
        regionalArn(
          lambda,
          "lambda",
          `function:${textOf(lambda.get("function_name")) ?? unknownText(`${lambda.address}.function_name`, "name")}`,
        ),
    },
  ],
  ["aws_cloudfront_origin_access_identity", { iam_arn: originAccessIdentityArn }],
  ["data.aws_cloudfront_origin_access_identity", { iam_arn: originAccessIdentityArn }],
  ["data.aws_iam_role", { arn: (role) => iamArnElsewhere(role, "role") }],
  ["data.aws_iam_user", { arn: (user) => iamArnElsewhere(user, "user") }],
  ["aws_s3_bucket_policy", { id: (policy) => policy.get("bucket") }],
  ["aws_s3_bucket_public_access_block", { id: (block) => block.get("bucket") }],
  ["aws_s3_bucket_ownership_controls", { id: (controls) => controls.get("bucket") }],
  ["terraform_data", { output: (data) => data.get("input") ?? null }],
  ["data.aws_iam_policy_document", { json: policyDocumentText, minified_json: policyDocumentText }],
  ["data.aws_s3_bucket", { id: (bucket) => bucket.get("bucket"), arn: bucketArn }],
  ["data.aws_caller_identity", { account_id: ({ provider }) => provider.account, id: ({ provider }) => provider.account }],
  [
    "data.aws_partition",
    {
      id: ({ provider }) => provider.partition,
      partition: ({ provider }) => provider.partition,
      dns_suffix: ({ provider }) => dnsSuffixOf(provider.partition),
    },
  ],
  ["data.aws_region", { id: regionOf, name: regionOf, region: regionOf }],
]);

/** An attribute of a resource: the value in the file, else the derived value, else a placeholder. */
export function attributeOf(instance: Instance, name: string): unknown {
  const given = instance.get(name);
  if (given !== undefined && given !== null && given !== "" && !isUnknown(given)) return given;
  const computations = COMPUTED.get(instance.type);
  const compute = computations !== undefined && Object.hasOwn(computations, name) ? computations[name] : undefined;
  return compute?.(instance) ?? given ?? unknownText(`${instance.address}.${name}`);
}

export function arnOf(instance: Instance): string {
  return textOf(attributeOf(instance, "arn")) ?? unknownText(`${instance.address}.arn`);
}

/** The name of the bucket. A name that Terraform generates is a placeholder unique to the bucket. */
export function bucketName(bucket: Instance): string {
  return givenOrGenerated(bucket, "bucket", "bucket_prefix");
}

/** The `name` of an IAM resource. */
export function nameOf(instance: Instance): string {
  return givenOrGenerated(instance, "name", "name_prefix");
}

function givenOrGenerated(instance: Instance, attribute: string, prefixAttribute: string): string {
  // A plan marks names that Terraform generates as unknown, like names that the configuration computes.
  const [given, prefix] = [attribute, prefixAttribute].map((each) => {
    const value = textOf(instance.get(each)) ?? "";
    return isUnknown(value) && !instance.isConfigured(each) ? "" : value;
  });
  return given || importedName(instance, prefix) || prefix + unknownText(`${instance.address}.${attribute}`, "name");
}

/** What Terraform generates after a prefix. */
const GENERATED = /^[\da-f]{26}$/i;

/**
 * The name of an imported bucket or role, which is its ID, unless an argument asks for another one: Terraform then replaces the resource.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket#import
 */
function importedName({ importedId, type }: Instance, prefix: string | undefined): string | undefined {
  if (importedId === undefined || !NAMED_BY_ID.has(type)) return undefined;
  // From version 6 of the provider on, the ID of a bucket may end with its region.
  const name = type === "aws_s3_bucket" ? importedId.replace(/@.*$/, "") : importedId;
  return !prefix || (name.startsWith(prefix) && GENERATED.test(name.slice(prefix.length))) ? name : undefined;
}

/** Resource types whose ID is the name. */
const NAMED_BY_ID: ReadonlySet<string> = new Set(["aws_s3_bucket", "aws_iam_role", "aws_iam_user"]);

/** `/` where none is set. */
export function pathOf(instance: Instance): string {
  return textOf(instance.get("path")) ?? "/";
}

function bucketArn(bucket: Instance): string {
  return arnOfBucket(bucketName(bucket), bucket.provider.partition);
}

/** The region of the bucket: its own where the configuration sets one, known or not, else the provider's. */
export function bucketRegion(bucket: Instance): unknown {
  const given = bucket.get("region") ?? undefined;
  if (given === undefined) return bucket.provider.region;
  return isUnknown(given) && !bucket.isConfigured("region") ? (bucket.provider.region ?? given) : given;
}

export function arnOfBucket(name: string, partition: string): string {
  return `arn:${partition}:s3:::${name}`;
}

function iamArn(instance: Instance, kind: "role" | "policy" | "user"): string {
  const { account, partition } = instance.provider;
  return `arn:${partition}:iam::${account}:${kind}${pathOf(instance)}${nameOf(instance)}`;
}

/** The ARN of a role or user that an aliased provider reads; undefined for the default provider, whose account is the own one. */
function iamArnElsewhere(data: Instance, kind: "role" | "user"): string | undefined {
  const { key, account, partition } = data.provider;
  if (!key.includes(".")) return undefined;
  return `arn:${partition}:iam::${account}:${kind}/${unknownText(`the path of ${data.address}`, "path")}${nameOf(data)}`;
}

function regionalArn(resource: Instance, service: string, rest: string): string {
  const { account, partition } = resource.provider;
  return `arn:${partition}:${service}:${textOf(bucketRegion(resource)) ?? regionOf(resource)}:${account}:${rest}`;
}

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html */
function originAccessIdentityArn(identity: Instance): string {
  const id = textOf(identity.get("id")) ?? unknownText(`${identity.address}.id`, "name");
  return `arn:${identity.provider.partition}:iam::cloudfront:user/CloudFront Origin Access Identity ${id}`;
}

function keyId(key: Instance): string {
  return unknownText(`${key.address}.key_id`, "name");
}

function aliasName(alias: Instance): string {
  return givenOrGenerated(alias, "name", "name_prefix");
}

/** @param name an ID, or `alias/…` */
function kmsArn(resource: Instance, name: string): string {
  return regionalArn(resource, "kms", name.startsWith("alias/") ? name : `key/${name}`);
}

function targetOfAlias(alias: Instance): string | undefined {
  const target = textOf(alias.get("target_key_id"));
  return target === undefined || target.startsWith("arn:") ? target : kmsArn(alias, target);
}

function regionOf({ provider }: Instance): string {
  return provider.region ?? unknownText(provider.key === "aws" ? "region" : `region of ${provider.key}`);
}
