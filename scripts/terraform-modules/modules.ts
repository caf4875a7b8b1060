/** The files of the Terraform modules: what the constructs define, as HCL. */
import type { ModuleDefinition } from "./definitions";
import { type Body, block, Expression } from "./hcl";
import { hookOf, rerunMarkers } from "./hook";
import { KANDJI } from "./kandji";
import { modulePage } from "./page";
import { withPolicies } from "./policies";
import { SIX_SENSE } from "./six-sense";
import { type Synthesized, synthesized } from "./synthesize";
import type { Variable } from "./variables";

export const MODULES: readonly ModuleDefinition[] = [KANDJI, SIX_SENSE];

/** Where the modules are, from the root. */
export const MODULES_FOLDER = "modules";

const HEADER = "# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.\n\n";
/** The AWS provider that knows every argument. */
const PROVIDER = ">= 6.22.0";

/** The text of every file of every module, by its path below the folder of the modules. */
export function moduleFiles(): ReadonlyMap<string, string> {
  return new Map(
    MODULES.flatMap((definition) =>
      Object.entries(filesOf(definition)).map(([name, text]): [string, string] => [`${definition.name}/${name}`, text]),
    ),
  );
}

function filesOf(definition: ModuleDefinition): Record<string, string> {
  const { resource, output } = synthesized(definition);
  const contract = definition.contract(resource.terraform_data!.input as Readonly<Record<string, any>>);
  const outputs = { ...output, ...attributeOutputs(resource), ...definition.outputs };
  return {
    "main.tf": file([
      block("locals", [], definition.locals),
      `# What ${definition.vendorName} must be able to do, and nobody else may: vendor-destination judges by it.\n${block("locals", [], { contract })}`,
      ...Object.entries(definition.data).map(([type, body]) => block("data", [type, "this"], body)),
      ...resourceBlocks(definition, resource),
    ]),
    "variables.tf": file(Object.entries(definition.variables).map(([name, variable]) => block("variable", [name], variableBody(variable)))),
    "outputs.tf": file(
      Object.entries(outputs).map(([name, { description, value, sensitive }]) =>
        block("output", [name], { description, value, sensitive }),
      ),
    ),
    "versions.tf": file([VERSIONS]),
    "README.md": modulePage({ definition, outputs, provider: PROVIDER }),
    "examples/basic/main.tf": file([
      block("provider", ["aws"], { region: definition.exampleRegion }),
      block("module", [definition.label], {
        source: "../..",
        ...definition.example,
      }),
    ]),
  };
}

const file = (blocks: readonly string[]) => `${HEADER}${blocks.join("\n\n")}\n`;

const VERSIONS = `terraform {
  required_version = ">= 1.4.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "${PROVIDER}"
    }
  }
}`;

function variableBody({ type, description, fallback, rules = [] }: Variable): Body {
  const validation = rules.map(({ condition, message }) => ({ condition: new Expression(condition), error_message: message }));
  // Without it, a null in the call would pass as the value.
  const nullable = fallback === undefined || fallback === null ? undefined : false;
  return { description, type: new Expression(type), default: fallback, nullable, ...(validation.length > 0 && { validation }) };
}

function resourceBlocks(definition: ModuleDefinition, { terraform_data: validation, ...others }: Synthesized["resource"]): string[] {
  const blocks = Object.entries(others).map(([type, body]) => {
    const group = definition.counted.find(({ types }) => types.includes(type));
    const complete = type === "aws_s3_bucket" ? withPreconditions(definition, body) : body;
    const count = group && new Expression(`${group.condition} ? 1 : 0`);
    return block("resource", [type, "this"], { count, ...withPolicies(type, complete, definition) });
  });
  return [
    ...blocks,
    ...rerunMarkers(definition, validation!),
    block("resource", ["terraform_data", "validation"], hookOf(definition, validation!)),
  ];
}

/** The bucket with what the construct checks at synthesis. */
function withPreconditions({ preconditions, data }: ModuleDefinition, { lifecycle = {}, ...bucket }: Readonly<Record<string, any>>): Body {
  const own = (lifecycle.precondition ?? []).map((rule: Body) => ({
    ...rule,
    condition: "aws_region" in data ? String(rule.condition).replaceAll("var.region", "local.region") : rule.condition,
  }));
  const all = [...preconditions, ...own];
  return { ...bucket, ...(all.length > 0 && { lifecycle: { precondition: all } }) };
}

function attributeOutputs(resource: Readonly<Record<string, Body>>): Record<string, Body> {
  const hasRole = "aws_iam_role" in resource;
  return {
    bucket_name: { description: "Name of the bucket", value: "${aws_s3_bucket.this.bucket}" },
    bucket_arn: { description: "ARN of the bucket", value: "${aws_s3_bucket.this.arn}" },
    ...(hasRole && {
      role_name: { description: "Name of the role that the vendor assumes", value: "${aws_iam_role.this.name}" },
      role_arn: { description: "ARN of the role that the vendor assumes", value: "${aws_iam_role.this.arn}" },
    }),
  };
}
