/** Code that a template of another tool, or a call of a service, names. */
import { unknownText } from "../../unknown";
import type { Instance } from "../resources/inventory";
import { asPossible, codeAt, masking } from "./code-flow";
import { type Flow, type FlowReader, textsWithin } from "./flow";
import { textsOf } from "./tools";

/** Members that name code, in JSON and YAML. The provider hashicorp/awscc writes them in snake case. */
const MEMBER =
  /\b(?:s3_?bucket(?:_?name)?|code_?uri|content_?uri|definition_?uri|model_?data_?url|script_?location|truststore_?uri)(?:\.\$)?\\?["']?\s*:\s*\\?["']?([^\s"'\\,}]+)/gi;

/** The key is not compared: the flow says that the template may name an object that the vendor writes. */
function codeIn(text: string, resource: Instance): Flow[] {
  const key = unknownText(`a key in ${resource.address}`);
  return [...masking(text).matchAll(MEMBER)].flatMap(({ 0: member, 1: value = "", index }): Flow[] => {
    const end = index + member.length;
    // A function of CloudFormation takes its value from the parameters.
    const named = /^[{!$]/.test(value) ? textsWithin(resource.get("parameters")).join(" ") : text.slice(end - value.length, end);
    return named === "" ? [] : codeAt("code that a template names", named).map((flow) => asPossible({ ...flow, key }));
  });
}

const template: FlowReader = (resource) => codeIn(textsOf(resource), resource);

export const TEMPLATES: Readonly<Record<string, FlowReader>> = Object.fromEntries(
  [
    "aws_cloudcontrolapi_resource",
    "aws_cloudformation_stack",
    "aws_cloudformation_stack_set",
    "aws_sfn_state_machine",
    "aws_scheduler_schedule",
  ].map((type) => [type, template]),
);

/** Code that a resource of the provider hashicorp/awscc names. */
export function codeOfAwscc(resource: Instance): Flow[] {
  if (!resource.type.startsWith("awscc_")) return [];
  return resource.attributeNames.flatMap((name) => linesOf(resource.get(name), name)).flatMap((line) => codeIn(line, resource));
}

/** Each text in a value, after the name of its member. */
function linesOf(value: unknown, name: string, depth = 0): string[] {
  if (typeof value === "string") return [`${name}: ${value}`];
  if (typeof value !== "object" || value === null || depth > 20) return [];
  return Object.entries(value).flatMap(([key, item]) => linesOf(item, Array.isArray(value) ? name : key, depth + 1));
}
