/**
 * Calls of AWS APIs that a resource defines and a service makes later: schedules, state machines, automation.
 *
 * A call that reads or writes objects is ordinary work of the account. A call that changes policies, settings or roles counts as another
 * tool, and a call that copies an object has a recipient.
 */
import { isObject, ownValue, parseJson } from "../../json";
import { isWhollyUnknown, unknownText } from "../../unknown";
import { type Flow, type FlowReader, resourcesNamed, textAt, textIn, textsWithin } from "./flow";
import { namedOwners, textsOf } from "./tools";

/** A call by the AWS SDK integration: `arn:aws:states:::aws-sdk:s3:putBucketPolicy`, `arn:aws:scheduler:::aws-sdk:iam:putRolePolicy`. */
const SDK_CALL = /:aws-sdk:([a-z0-9]+):(\w+)/gi;

/** Services whose calls can change who has access. */
const SERVICES =
  /^(?:s3|s3control|iam|kms|organizations|cloudformation|cloudcontrol|cloudtrail|lakeformation|ssm|ssoadmin|identitystore)$/i;

/** Calls that read, and those that read and write objects or use a key. */
const ORDINARY =
  /^(?:get|list|head|describe|select|lookup|validate|simulate|putobject$|putobjecttagging$|deleteobjects?$|copyobject$|createmultipartupload$|uploadpart|completemultipartupload$|abortmultipartupload$|restoreobject$|encrypt$|decrypt$|generatedatakey)/i;

function changesAccess(text: string): boolean {
  return [...text.matchAll(SDK_CALL)].some(([, service, call]) => SERVICES.test(service!) && !ORDINARY.test(call!));
}

const CHANGES = "that a service makes later";

/** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html */
const schedule: FlowReader = (resource) => {
  const text = textsOf(resource);
  return [
    ...notKnown(textAt(resource.get("target"), "input") ?? ""),
    ...(changesAccess(text) || AUTOMATION.test(text) ? [tool(`a call ${CHANGES}`, text)] : []),
    ...(/:aws-sdk:s3:copyObject/i.test(text) ? textsWithin(resource.get("target")).flatMap((input) => copiesIn(jsonOf(input))) : []),
  ];
};

/** A runbook of AWS Systems Manager that a rule or a schedule starts. */
const AUTOMATION = /:ssm:[^:]*:[^:]*:automation-definition\//;

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
const stateMachine: FlowReader = (resource) => {
  const definition = textIn(resource, "definition") ?? "";
  const parsed = jsonOf(definition);
  const copies = /:aws-sdk:s3:copyObject/i.test(definition) ? (parsed === undefined ? [copy(definition, [])] : copiesIn(parsed)) : [];
  // A state may send what another state has read to an HTTP endpoint.
  const sends = /:states:::http:invoke/.test(definition) && /:aws-sdk:s3:getObject/i.test(definition);
  return [
    ...notKnown(definition),
    ...(changesAccess(definition) ? [tool(`a call ${CHANGES}`, definition)] : []),
    ...copies,
    ...(sends ? [copy(definition, [], "a state machine that calls an HTTP endpoint")] : []),
  ];
};

/** A definition that is not known concerns the buckets and roles that its expression refers to. */
function notKnown(definition: string): Flow[] {
  return isWhollyUnknown(definition) ? [tool(`a definition of calls ${CHANGES}, which is not known`, namedOwners(definition))] : [];
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** The copies in the definition of a state machine or the input of a schedule. */
function copiesIn(value: unknown, depth = 0): Flow[] {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return [];
  const source = memberOf(value, "CopySource");
  if (source !== undefined)
    return [
      copy(
        source,
        [memberOf(value, "Bucket") ?? ""].filter((bucket) => bucket !== ""),
      ),
    ];
  return Object.values(value).flatMap((item) => copiesIn(item, depth + 1));
}

const DEEPEST = 40;

/** The text of a member; one ending in `.$` is an expression that the service evaluates, and its result is not known. */
function memberOf(value: object, name: string): string | undefined {
  if (!isObject(value)) return undefined;
  const text = ownValue(value, name) ?? ownValue(value, `${name}.$`);
  return typeof text === "string" ? text : undefined;
}

function copy(source: string, recipients: readonly string[], means = "a copy that a service makes later"): Flow {
  return { kind: "copy", means, source, recipients };
}

function tool(means: string, source: string): Flow {
  return { kind: "tool", means, source, recipients: [] };
}

/** A step of a runbook calls an API or runs a script. */
const STEP = /aws:(?:executeAwsApi|executeScript|createStack|invokeLambdaFunction)/;

/** A runbook of the user. Other documents run commands on machines, which act with their own roles. */
const runbook: FlowReader = (resource) => {
  const content = textIn(resource, "content") ?? "";
  if (isWhollyUnknown(content)) return notKnown(content);
  return STEP.test(content) ? [tool("a runbook of AWS Systems Manager", content)] : [];
};

const handedOver =
  (means: string): FlowReader =>
  (resource) => [tool(means, namedOwners(textsOf(resource)))];

/** A rule starts a runbook, or sends the events of Amazon S3 to a recipient. */
const eventTarget: FlowReader = (resource, inventory) => {
  const arn = textIn(resource, "arn") ?? "";
  if (AUTOMATION.test(arn)) return [tool("a runbook of AWS Systems Manager that a rule starts", textsOf(resource))];
  const name = textIn(resource, "rule") ?? "";
  const type = "aws_cloudwatch_event_rule";
  const rules = resourcesNamed(inventory, { type, text: name, isNamed: (rule) => rule.get("name") === name });
  return rules.flatMap((rule): Flow[] => {
    const pattern = textIn(rule, "event_pattern") ?? "";
    if (!/"aws\.s3"/.test(pattern)) return [];
    const isNamed = /"bucket"\s*:/.test(pattern) && !/"(?:prefix|suffix|wildcard|anything-but|equals-ignore-case)"\s*:/.test(pattern);
    const source = isNamed ? pattern : unknownText(`the buckets that ${rule.address} matches`);
    return [{ kind: "report", means: "an event", source, recipients: [arn] }];
  });
};

/** Past a budget, AWS Budgets attaches a policy to the roles. */
const budgetAction: FlowReader = (resource) => {
  const roles = textsWithin(textAt(resource.get("definition"), "iam_action_definition", "roles") ?? resource.get("definition"));
  return [tool("an action of AWS Budgets", roles.join(" "))];
};

export const API_CALLS: Readonly<Record<string, FlowReader>> = {
  aws_scheduler_schedule: schedule,
  aws_sfn_state_machine: stateMachine,
  aws_ssm_document: runbook,
  aws_ssm_association: handedOver("an association of AWS Systems Manager"),
  aws_ssm_maintenance_window_task: handedOver("a task of AWS Systems Manager"),
  aws_config_remediation_configuration: handedOver("a remediation of AWS Config"),
  aws_config_organization_conformance_pack: handedOver("a conformance pack of AWS Config"),
  aws_config_conformance_pack: handedOver("a conformance pack of AWS Config"),
  aws_cloudwatch_event_target: eventTarget,
  aws_budgets_budget_action: budgetAction,
  aws_lambda_invocation: handedOver("a function that Terraform calls"),
  "data.aws_lambda_invocation": handedOver("a function that Terraform calls"),
};
