import { actionFacts, actionsMatching, isAction, keyType } from "../../access/data";
import type { CompiledStatement } from "../../evaluate";
import { hasUnknown } from "../../unknown";
import { levelsOf } from "../no-effect/action-resource-mismatch";
import type { JudgedPolicy, Rule } from "../rule";
import { actionsOf, listed } from "../statements";

export const malformedPolicy: Rule = {
  id: "malformed-policy",
  title: "AWS rejects the policy",
  severity: "high",
  everywhere: true,
  reason: "The policy violates the grammar of the policy language, or names what AWS does not have: apply fails",
  details:
    "The values of `Effect` are [case-sensitive](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html): a policy with " +
    "`allow` does not follow the grammar. Beside the grammar, Amazon S3 refuses a bucket policy with a condition key of S3 that does not exist, or that no action of the statement has on its resources; Amazon S3 and IAM refuse principals of services " +
    "and partitions that do not exist; IAM refuses a trust policy with actions of other services than AWS STS. In the policies of a role, IAM takes any condition key.",
  remedy: "correct the element that the message names",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  malformed: (message) => message,
  evenUnknown: true,
  statement: refusedElement,
};

/** An element that fits the grammar and that AWS refuses when the policy is written, by the kind of the policy. */
function refusedElement(statement: CompiledStatement, { kind }: Pick<JudgedPolicy, "kind">): string | undefined {
  switch (kind) {
    case "resource":
      return refusedPrincipal(statement) ?? refusedResource(statement) ?? refusedKey(statement);
    case "trust":
      return refusedPrincipal(statement) ?? refusedTrustAction(statement);
    default:
      return refusedResource(statement);
  }
}

/** Domains of service principals, in all partitions. */
const SERVICE_DOMAIN =
  /\.(?:amazonaws\.com(?:\.cn)?|amazon\.com|amazonaws\.eu|aws\.internal|c2s\.ic\.gov|sc2s\.sgov\.gov|csp\.hci\.ic\.gov|cloud\.adc-e\.uk)$/i;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const PARTITIONS: ReadonlySet<string> = new Set([
  "aws",
  "aws-cn",
  "aws-us-gov",
  "aws-iso",
  "aws-iso-b",
  "aws-iso-e",
  "aws-iso-f",
  "aws-eusc",
]);

function refusedPrincipal({ principal }: CompiledStatement): string | undefined {
  for (const entry of principal?.entries ?? []) {
    if (!("text" in entry) || hasUnknown(entry.text)) continue;
    if (entry.kind === "service" && !SERVICE_DOMAIN.test(entry.text)) return `${entry.text} is no service principal`;
    if ("partition" in entry && entry.partition !== undefined && !PARTITIONS.has(entry.partition))
      return `${entry.text} names a partition that AWS does not have`;
  }
  return undefined;
}

function refusedResource({ resource }: CompiledStatement): string | undefined {
  const refused = (resource?.texts ?? []).find((text) => {
    const [, partition = ""] = /^arn:([^:]*):/.exec(text) ?? [];
    return /^[a-z-]+$/.test(partition) && !PARTITIONS.has(partition);
  });
  return refused && `${refused} names a partition that AWS does not have`;
}

/** IAM: "AssumeRole policy may only specify STS AssumeRole actions". */
function refusedTrustAction({ action }: CompiledStatement): string | undefined {
  const refused = (action?.texts ?? []).find((text) => !hasUnknown(text) && text !== "*" && !/^sts:/i.test(text));
  return refused && `${refused} is no action of AWS STS, and a trust policy may specify no other`;
}

/** Keys that come with the parameters and headers of single requests. Lists of the actions that have the others are not complete. */
const OF_REQUESTS =
  /^s3:(?:prefix|delimiter|max-keys|versionid|locationconstraint|x-amz-(?!content-sha256).*|object-lock-.*|requestobjecttag(?:keys|\/.*)|inventoryaccessibleoptionalfields|objectcreationoperation|if-(?:none-)?match)$/;

/** Amazon S3: "Policy has an invalid condition key", "Conditions do not apply to combination of actions and resources in statement". */
function refusedKey(statement: CompiledStatement): string | undefined {
  const keys = statement.conditions.filter(({ key }) => key.startsWith("s3:") && !hasUnknown(key));
  const unknown = keys.find(({ key }) => keyType(key) === undefined);
  if (unknown !== undefined) return `Amazon S3 knows no condition key ${unknown.keyText}`;
  const requests = keys.filter(({ key }) => OF_REQUESTS.test(key));
  if (requests.length === 0) return undefined;
  const possible = possibleActions(statement);
  const useless = requests.find(({ key }) => possible?.every((action) => !hasKey(action, key)));
  return useless && `${useless.keyText} goes with no action of the statement on its resources (${listed(actionsOf(statement))})`;
}

/** The actions of the statement that go with a resource of it; undefined where they are not known. */
function possibleActions({ action, resource }: CompiledStatement): readonly string[] | undefined {
  if (action === undefined || action.not || resource === undefined || resource.not || action.texts.some(hasUnknown)) return undefined;
  const levels = resource.texts.map(levelsOf);
  const names = action.texts.flatMap(actionsMatching);
  // An action that AWS's list does not have may have any key.
  if (names.length === 0 || action.texts.some((text) => !/[*?]/.test(text) && !isAction(text))) return undefined;
  if (levels.includes("any")) return names;
  return names.filter((name) => levels.some((level) => actionFacts(name)?.resourceTypes.includes(level)));
}

function hasKey(action: string, key: string): boolean {
  const slash = key.indexOf("/");
  const wanted = slash === -1 ? key : key.slice(0, slash + 1);
  return actionFacts(action)?.conditionKeys.some((each) => each.toLowerCase() === wanted) === true;
}
