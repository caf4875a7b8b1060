/** What the constructs define with variables as props, in the form of a module: short names, policies as objects, one body for all choices. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { ModuleDefinition } from "./definitions";
import { type Body, Expression, parts } from "./hcl";
import { merged } from "./merge";

export interface Synthesized {
  readonly resource: Readonly<Record<string, Body>>;
  readonly output: Readonly<Record<string, Body>>;
}

/** The member that holds a policy as an object. */
export const POLICY = "the policy";

const NAMES: Readonly<Record<string, string>> = { terraform_data: "validation" };
const POLICIES = ["policy", "assume_role_policy"];

/** Every type has one instance in a module, so the body is by type. */
export function synthesized(definition: ModuleDefinition): Synthesized {
  const merge = (index: number, made: ReadonlySet<string>): Synthesized => {
    const next = definition.choices[index];
    if (next === undefined) return oneChoice(definition, made);
    const otherwise = merge(index + 1, made);
    const then = merge(index + 1, new Set([...made, next.choice]));
    // A variable that is not used leaves its output out; the output of the module is null then.
    const outputs = Object.fromEntries(
      Object.entries(otherwise.output).map(([name, body]) => [name, then.output[name] ?? { ...body, value: null }]),
    );
    return merged(otherwise, { ...then, output: outputs }, next.condition) as Synthesized;
  };
  return merge(0, new Set());
}

function oneChoice(definition: ModuleDefinition, choices: ReadonlySet<string>): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), "vendor-destination-module-"));
  try {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, definition.name);
    new AwsProvider(stack, "aws");
    definition.define(stack, choices);
    app.synth();
    return shortened(JSON.parse(readFileSync(join(outdir, "stacks", definition.name, "cdk.tf.json"), "utf8")), definition);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The stack with one short name for each type. */
function shortened(json: any, { outputPrefix, counted }: ModuleDefinition): Synthesized {
  let text = JSON.stringify({ resource: json.resource, output: json.output });
  for (const [type, bodies] of Object.entries<object>(json.resource)) {
    const [name, ...more] = Object.keys(bodies);
    if (more.length > 0) throw new Error(`a module has one ${type}, not ${more.length + 1}`);
    text = text.replaceAll(`${type}.${name}`, `${type}.${NAMES[type] ?? "this"}`);
  }
  const { resource, output } = JSON.parse(text);
  // Where the variable is null, the provider chooses the Region.
  const inRegion = JSON.parse(JSON.stringify(output).replaceAll("var.region", "aws_s3_bucket.this.region"));
  const types = counted.flatMap((group) => group.types);
  const body = (value: any) => bodyOf(withCounted(value, types) as Body);
  return {
    resource: Object.fromEntries(Object.entries<object>(resource).map(([type, bodies]) => [type, body(Object.values(bodies)[0])])),
    output: Object.fromEntries(
      Object.entries(inRegion).map(([name, value]) => [name.replace(outputPrefix, ""), withCounted(value, types) as Body]),
    ),
  };
}

/** References to attributes of a resource that may not be there: the attribute, or null. */
function withCounted(value: unknown, types: readonly string[]): unknown {
  if (types.length === 0) return value;
  const reference = new RegExp(`\\b((?:${types.join("|")})\\.this)((?:\\.\\w+|\\[\\d+\\])+)`, "g");
  const inText = (text: string) =>
    parts(text)
      .map((part) => (part.isExpression ? part.text.replace(reference, "one($1[*]$2)") : part.text))
      .join("");
  return JSON.parse(JSON.stringify(value), (_, item) => (typeof item === "string" ? inText(item) : item));
}

/** The body without what cdktf notes for itself, with its policies as objects, and without the rule of paths, which their variables have. */
function bodyOf({ "//": _, ...body }: Body): Body {
  const entries = Object.entries(body).map(([name, value]): [string, unknown] => {
    if (POLICIES.includes(name) && typeof value === "string") return [name, policyOf(value)];
    return [name, name === "lifecycle" ? withoutPathRules(value) : value];
  });
  return Object.fromEntries(entries);
}

function withoutPathRules(lifecycle: any): Body {
  const { precondition, ...rest } = lifecycle;
  const others = (precondition ?? []).filter((rule: { error_message: string }) => !rule.error_message.startsWith("MalformedKeyPrefix"));
  return { ...rest, ...(others.length > 0 && { precondition: others }) };
}

/** The policy as an object, with the expressions inside its text as expressions. */
function policyOf(text: string): Body {
  const expressions: Expression[] = [];
  const json = parts(text).map(({ text: part, isExpression }) => {
    if (!isExpression) return part;
    const [, inner] = /^\$\{jsonencode\(([\s\S]*)\)\}$/.exec(part) ?? [];
    if (inner === undefined) throw new Error(`an expression that is no value of JSON: ${part}`);
    return JSON.stringify(`expression ${expressions.push(new Expression(inner)) - 1}`);
  });
  const policy = JSON.parse(json.join(""), (_, value) => {
    const [, index] = (typeof value === "string" && /^expression (\d+)$/.exec(value)) || [];
    return index === undefined ? value : expressions[Number(index)];
  });
  for (const statement of policy.Statement) if (statement.Sid === "AllowVendorOnObjects") statement.Resource = new Expression(OBJECTS);
  return { [POLICY]: policy };
}

/** Which objects the vendor's grant covers, follows from the variables. */
const OBJECTS = '[for prefix in local.granted_prefixes : "${aws_s3_bucket.this.arn}/${prefix}*"]';
