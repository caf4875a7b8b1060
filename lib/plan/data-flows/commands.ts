/** Commands of machines, containers and jobs that run a program from a bucket. */
import { decodeText } from "../../json";
import { asPossible, codeAt, masking } from "./code-flow";
import { type Flow, type FlowReader, textsWithin } from "./flow";

const ADDRESS = /\b(?:s3[an]?|https?):\/\/[^\s"'`|;&<>()\\,[\]{}]+/g;

/** Keys of programs, packages and libraries. */
const PROGRAM = /\.(?:sh|bash|py|rb|pl|js|ps1|bat|exe|bin|jar|war|whl|egg|deb|rpm|msi|so|r|scala|sql|hql)$/i;

/** A command that hands what it reads to an interpreter. */
const TO_INTERPRETER =
  /^[^\n;&]*\|\s*(?:sudo\s+)?(?:\/\S*\/)?(?:ba|z|da|k)?sh\b|^[^\n;&]*\|\s*(?:sudo\s+)?(?:python\d?|perl|ruby|node|source|eval)\b/;

/** Words before the name of a program. */
const RUNNING =
  "\\b(?:(?:ba|z|da|k)?sh|source|python\\d?|perl|ruby|node|exec|sudo|chmod\\s+\\S+|java\\s+-jar|rpm\\s+\\S+|dpkg\\s+\\S+|pip\\d?\\s+install)";

/** Opens a substitution whose output is run. */
const SUBSTITUTED = /(?:\beval\b|\bsource\b|(?:^|\s)\.|\b(?:ba|z|da|k)?sh\b(?:\s+-c)?)\s*["']?(?:<\(|\$\(|`)[^)`]*$/;

/** Whether a command runs what it reads from the address at that place. */
function isProgram(text: string, start: number, address: string): boolean {
  if (PROGRAM.test(address)) return true;
  const after = text.slice(start + address.length);
  const before = text.slice(Math.max(0, start - 200), start);
  if (TO_INTERPRETER.test(after.slice(0, 400)) || SUBSTITUTED.test(before)) return true;
  const [, copy, rest = ""] = /^["']?\s+["']?([^\s"'|;&-][^\s"'|;&]{2,})(.*)$/s.exec(after) ?? [];
  return copy !== undefined && isRun(copy, rest);
}

/** Whether a later command runs the local copy. */
function isRun(copy: string, text: string): boolean {
  const name = copy.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?:${RUNNING}\\s+|(?:^|[\\n;&])\\s*(?:\\.\\s+)?)["']?${name}(?:[/\\s"';&]|$)`).test(text);
}

function programsIn(text: string): Flow[] {
  const masked = masking(text);
  return [...masked.matchAll(ADDRESS)].flatMap(({ 0: address, index }) =>
    isProgram(masked, index, address) ? codeAt("a command that runs a program", text.slice(index, index + address.length)) : [],
  );
}

/** What a text in Base64 says. */
function decoded(text: string): string[] {
  const isEncoded = text.length >= 16 && /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
  return isEncoded ? [decodeText(Buffer.from(text, "base64"))] : [];
}

const commands: FlowReader = (resource) =>
  resource.attributeNames
    .flatMap((name) => textsWithin(resource.get(name)))
    .flatMap((text) => [text, ...decoded(text)])
    .flatMap(programsIn)
    .map(asPossible);

export const COMMANDS: Readonly<Record<string, FlowReader>> = Object.fromEntries(
  [
    ...["aws_instance", "aws_spot_instance_request", "aws_launch_template", "aws_launch_configuration", "aws_lightsail_instance"],
    ...["aws_batch_job_definition", "aws_ecs_task_definition", "aws_codebuild_project", "aws_emr_cluster", "aws_emr_instance_group"],
    ...["aws_ssm_document", "aws_ssm_association", "aws_sfn_state_machine", "aws_scheduler_schedule", "aws_cloudwatch_event_target"],
    ...["aws_datapipeline_pipeline_definition", "aws_imagebuilder_component", "aws_glue_trigger", "aws_ssm_maintenance_window_task"],
    ...["aws_sagemaker_notebook_instance_lifecycle_configuration", "aws_sagemaker_studio_lifecycle_config"],
  ].map((type) => [type, commands]),
);
