/** Resources by which another tool writes policies or settings of buckets and roles. */
import { hasUnknown, isWhollyUnknown, replaceUnknown } from "../../unknown";
import type { Instance } from "../resources/inventory";
import { definesRolesForOwnAccount } from "./cloudformation";
import { EVERY_BUCKET, type Flow, type FlowReader, textIn, textsWithin } from "./flow";

/** Text that a template must contain to change a bucket, a key, or a role that reaches it. */
const TYPES =
  /\b(?:AWS::(?:S3|S3ObjectLambda|S3Outposts|IAM|CloudFront|CloudFormation|DataSync|KMS|LakeFormation|Lambda::Permission|SSM|Serverless|ServiceCatalog|Transfer)(?:::|$)|Custom::|Fn::Transform|AWS::Include)/;

/** Resource types of the provider hashicorp/awscc that can do so. */
export const AWSCC_TYPES =
  /^awscc_(s3|s3objectlambda|s3outposts|iam|cloudfront|cloudformation|datasync|kms|lakeformation|ssm|servicecatalog|transfer)_/;

/** A template or resource that defines a role, user or policy. */
const IAM = /AWS::(IAM|Serverless)::|^awscc_iam_/;

/** A principal of a trust policy that is not a service. It may be outside the account. */
const CALLERS = /["'\s{]?\b(AWS|Federated|CanonicalUser)\b["']?\s*[:=]|["']?Principal["']?\s*[:=]\s*["']?\*/;

/**
 * What a template changes: the buckets and roles that it names, and every bucket where it defines a role that somebody other than a service
 * or the stack's own account can assume.
 */
function written(means: string, text: string, kind = text): Flow {
  const definesRole = IAM.test(kind) && CALLERS.test(text.replaceAll('\\"', '"'));
  return { kind: "tool", means, source: definesRole ? EVERY_BUCKET : text, recipients: [] };
}

/** @see https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/what-is-cloudcontrolapi.html */
const cloudControl: FlowReader = (resource) => {
  const type = textIn(resource, "type_name") ?? "";
  if (!hasUnknown(type) && !TYPES.test(type)) return [];
  return [written(`a resource of AWS Cloud Control API (${type})`, textsOf(resource), type)];
};

/** A template in a file is not read. */
const stack: FlowReader = (resource) => {
  const template = textIn(resource, "template_body");
  if (template === undefined) return [written("a CloudFormation stack whose template is not in the plan", textsOf(resource), "")];
  const isOpen: boolean = isWhollyUnknown(template);
  if (isOpen) return [written("a CloudFormation stack whose template is not known", textsOf(resource), "")];
  if (!TYPES.test(template)) return [];
  const flow = written("a CloudFormation stack", textsOf(resource));
  // A stack set works in other accounts.
  const isForOwn = resource.type === "aws_cloudformation_stack" && definesRolesForOwnAccount(template, resource.provider.account);
  return [isForOwn ? { ...flow, source: textsOf(resource) } : flow];
};

const product: FlowReader = (resource) => [written("a product or application whose template is not in the plan", textsOf(resource), "")];

function awscc(resource: Instance): Flow {
  return written(`a resource of the provider hashicorp/awscc (${resource.type})`, textsOf(resource), resource.type);
}

/** All texts in the arguments of a resource. */
export function textsOf(resource: Instance): string {
  return resource.attributeNames.flatMap((name) => textsWithin(resource.get(name))).join(" ");
}

/** The AWS CLI, and not an ARN. */
const CALL = /\baws(-cli)?\s[^|;&]*\b(s3|s3api|s3control|iam)\b/;

/** Commands that change nothing. */
const HARMLESS = /^\s*(?:echo|printf|sleep|true|test|exit)\b[^>]*$/;

/** The validation that the constructs of this library run. */
const VALIDATION = /^node\s+["']?[^;&|]*\/index\.js["']?\s+validate\s*$/;

/** A command that Terraform runs can change anything. It is reported where it names the bucket or the role. */
function commandsOf(resource: Instance): Flow[] {
  const given = resource.get("provisioner");
  if (given === undefined) return [];
  const means = "a command that Terraform runs";
  return (Array.isArray(given) ? given : [given]).flatMap((provisioner): Flow[] => {
    const texts = textsWithin(provisioner);
    const text = texts.some((each) => VALIDATION.test(each)) ? "" : texts.join("\n");
    if (isAwsCommand(text)) return [{ kind: "tool", means, source: text, recipients: [] }];
    // For any other program, only text that certainly names the bucket or role counts.
    const commands = text.split(/[\n;]|&&|\|\|/).filter((command) => !HARMLESS.test(command));
    const source = namedOwners(commands.join("\n"));
    return source.trim() === "" ? [] : [{ kind: "tool", means, source, recipients: [] }];
  });
}

/** Whether the text is or holds a command of the AWS CLI about buckets or roles. */
export function isAwsCommand(text: string): boolean {
  return CALL.test(text);
}

/** The text without the unknown values that are not of a bucket or role. */
export function namedOwners(text: string): string {
  return replaceUnknown(text, (from, placeholder) => (OWNER.test(from) ? placeholder : ""));
}

const OWNER = /\baws_(s3_bucket|iam_role)\./;

/** The policies and settings that another provider, and provisioners of any resource, may write. */
export function otherTools(resource: Instance): readonly Flow[] {
  return [...(AWSCC_TYPES.test(resource.type) ? [awscc(resource)] : []), ...commandsOf(resource)];
}

export const TOOLS: Readonly<Record<string, FlowReader>> = {
  aws_cloudcontrolapi_resource: cloudControl,
  aws_cloudformation_stack: stack,
  aws_cloudformation_stack_set: stack,
  aws_cloudformation_stack_instances: product,
  aws_cloudformation_stack_set_instance: product,
  aws_serverlessapplicationrepository_cloudformation_stack: product,
  aws_servicecatalog_provisioned_product: product,
};
