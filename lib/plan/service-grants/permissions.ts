/** Resources that each add one statement to the policy of another resource. */
import { ownValue } from "../../json";
import { hasUnknown } from "../../unknown";
import type { Instance } from "../resources/inventory";
import { firstBlock } from "../resources/nested-blocks";

/** Reads the statement that the resource adds. */
type PermissionReader = (resource: Instance) => object;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
const lambdaPermission: PermissionReader = (resource) =>
  statement(resource.get("principal"), resource.get("action") ?? "lambda:InvokeFunction", [
    ["ArnLike", "aws:SourceArn", resource.get("source_arn")],
    ["StringEquals", "aws:SourceAccount", resource.get("source_account")],
    ["StringEquals", "aws:PrincipalOrgID", resource.get("principal_org_id")],
  ]);

const layerPermission: PermissionReader = (resource) =>
  statement(resource.get("principal"), resource.get("action") ?? "lambda:GetLayerVersion", [
    ["StringEquals", "aws:PrincipalOrgID", resource.get("organization_id")],
  ]);

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html */
const eventPermission: PermissionReader = (resource) => {
  const condition = firstBlock(resource.get("condition"));
  const part = (name: string) => (typeof condition === "string" ? condition : ownValue(condition, name));
  return statement(resource.get("principal"), resource.get("action") ?? "events:PutEvents", [
    [String(part("type") ?? "StringEquals"), String(part("key") ?? "aws:PrincipalOrgID"), part("value")],
  ]);
};

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
const keyGrant: PermissionReader = (resource) => {
  const operations = [resource.get("operations") ?? []].flat() as readonly unknown[];
  const actions = operations.map((operation) => (hasUnknown(String(operation)) ? String(operation) : `kms:${String(operation)}`));
  return statement(resource.get("grantee_principal"), actions.length === 0 ? "kms:*" : actions, []);
};

type Condition = readonly [operator: string, key: string, value: unknown];

function statement(principal: unknown, action: unknown, conditions: readonly Condition[]): object {
  const text = String(principal ?? "");
  const isService = !hasUnknown(text) && !text.startsWith("arn:") && text.includes(".");
  const given = conditions.filter(([, , value]) => value !== undefined && value !== null && value !== "");
  return {
    Effect: "Allow",
    Principal: isService ? { Service: text } : { AWS: text },
    Action: action,
    ...(given.length > 0 && { Condition: conditionOf(given) }),
  };
}

function conditionOf(given: readonly Condition[]): object {
  const operators: Record<string, Record<string, unknown>> = {};
  for (const [operator, key, value] of given) operators[operator] = { ...operators[operator], [key]: value };
  return operators;
}

export const PERMISSIONS: Readonly<Record<string, PermissionReader>> = {
  aws_lambda_permission: lambdaPermission,
  aws_lambda_layer_version_permission: layerPermission,
  aws_cloudwatch_event_permission: eventPermission,
  aws_kms_grant: keyGrant,
};
