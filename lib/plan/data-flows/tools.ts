/** Resources by which another tool writes policies or settings of buckets and roles. */
import type { Instance } from "../resources/inventory";
import { type Flow, type FlowReader, textIn, textsWithin } from "./flow";

/** What a text must contain to be able to change a bucket, or a role that reaches it. */
const TYPES = /AWS::(S3|IAM|S3ObjectLambda|CloudFront|Serverless)::/;

/** @see https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/what-is-cloudcontrolapi.html */
const cloudControl: FlowReader = (resource) => {
  const type = textIn(resource, "type_name") ?? "";
  if (!TYPES.test(type)) return [];
  return [written(`a resource of AWS Cloud Control API (${type})`, textIn(resource, "desired_state") ?? "")];
};

/** A template in a file is not read. */
const stack: FlowReader = (resource) => {
  const template = textIn(resource, "template_body");
  if (template === undefined) return [written("a CloudFormation stack whose template is not in the plan", parametersOf(resource))];
  return TYPES.test(template) ? [written("a CloudFormation stack", `${template} ${parametersOf(resource)}`)] : [];
};

function parametersOf(resource: Instance): string {
  return textsWithin(resource.get("parameters")).join(" ");
}

const awscc: FlowReader = (resource) => [
  written(
    `a resource of the provider hashicorp/awscc (${resource.type})`,
    ["bucket", "bucket_name", "role_name", "role_arn", "policy_document", "access_control_policy", "public_access_block_configuration"]
      .flatMap((argument) => textsWithin(resource.get(argument)))
      .join(" "),
  ),
];

/** The AWS CLI, and not an ARN. */
const CALL = /\baws(-cli)?\s[^|;&]*\b(s3|s3api|s3control|iam)\b/;

/** A command that Terraform runs can change anything. It is reported where it calls AWS with the name of the bucket. */
const command: FlowReader = (resource) => {
  const text = textsWithin(resource.get("provisioner")).join(" ");
  return CALL.test(text) ? [written("a command that Terraform runs", text)] : [];
};

function written(means: string, source: string): Flow {
  return { kind: "tool", means, source, recipients: [] };
}

export const TOOLS: Readonly<Record<string, FlowReader>> = {
  aws_cloudcontrolapi_resource: cloudControl,
  aws_cloudformation_stack: stack,
  aws_cloudformation_stack_set: stack,
  awscc_s3_bucket_policy: awscc,
  awscc_s3_access_point: awscc,
  awscc_s3_access_grant: awscc,
  awscc_cloudfront_distribution: awscc,
  awscc_cloudformation_stack: awscc,
  null_resource: command,
  terraform_data: command,
};
