/** Whom the roles of a CloudFormation template trust. */
import { duplicateMembers, isObject, listOf, ownValue, parseJson, valueAt } from "../../json";
import { hasUnknown } from "../../unknown";

/** Stands for the account of the stack. */
const STACK_ACCOUNT = "${AWS::AccountId}";

/**
 * Whether the template defines nothing in IAM but roles that trust only services or the account as a whole. False if that is unknown: for a
 * template in YAML, a parameter, a condition or a transform.
 *
 * @param account of the stack: 12 digits, or a placeholder
 */
export function definesRolesForOwnAccount(template: string, account: string): boolean {
  const resources = resourcesOf(template);
  if (resources === undefined) return false;
  return resources.every((resource) => {
    const type = ownValue(resource, "Type");
    if (type === "AWS::IAM::Role") return trustsOnly(valueAt(resource, "Properties", "AssumeRolePolicyDocument"), account);
    return typeof type === "string" && HARMLESS_TYPES.test(type);
  });
}

/** Types that let no principal in by themselves. The bucket that one of them names is found by its name. */
const HARMLESS_TYPES = /^AWS::(S3::Bucket(Policy)?|Lambda::Function|Logs::LogGroup|SQS::Queue|SNS::Topic|DynamoDB::Table)$/;

function resourcesOf(template: string): readonly unknown[] | undefined {
  let parsed: unknown;
  try {
    parsed = parseJson(template);
  } catch {
    return undefined;
  }
  // Readers differ in which of two members counts.
  if (duplicateMembers(template).next().done !== true) return undefined;
  const resources = ownValue(parsed, "Resources");
  return isObject(resources) && ownValue(parsed, "Transform") === undefined && !template.includes("Fn::Transform")
    ? Object.values(resources)
    : undefined;
}

function trustsOnly(trust: unknown, account: string): boolean {
  const statements = listOf(ownValue(trust, "Statement"));
  return statements.length > 0 && statements.every((statement) => isForOwnAccount(statement, account));
}

function isForOwnAccount(statement: unknown, account: string): boolean {
  if (ownValue(statement, "Effect") === "Deny") return true;
  const principal = ownValue(statement, "Principal");
  if (!isObject(principal)) return false;
  return Object.entries(principal).every(([kind, value]) => {
    if (kind === "Service") return true;
    return kind === "AWS" && [value].flat().every((each) => isOwnPrincipal(textOf(each), account));
  });
}

/** A named role may be the one that the vendor assumes, so only the account as a whole counts, whose identity policies decide. */
function isOwnPrincipal(text: string | undefined, account: string): boolean {
  const id = /^(?:arn:(?:aws[\w-]*|\$\{AWS::Partition\}):iam::)?(\d{12}|\$\{AWS::AccountId\})(?::root)?$/.exec(text ?? "")?.[1];
  return id !== undefined && (id === STACK_ACCOUNT || (id === account && !hasUnknown(account)));
}

/** A text, and the functions that are written as text. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (ownValue(value, "Ref") === "AWS::AccountId") return STACK_ACCOUNT;
  const template = ownValue(value, "Fn::Sub");
  return typeof template === "string" ? template : undefined;
}
