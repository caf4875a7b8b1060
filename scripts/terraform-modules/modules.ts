/** The files of the Terraform modules: what the constructs define, as HCL. */
import { MODULES, type ModuleDefinition, type Variable } from "./definitions";
import { type Body, block, Expression, expression } from "./hcl";
import { modulePage } from "./page";
import { synthesized } from "./synthesize";

/** Where the modules are, from the root. */
export const MODULES_FOLDER = "modules";

const HEADER = "# Written by scripts/terraform-modules from the constructs: change those, then run `npm run docs`.\n\n";
/** The AWS provider that knows every argument. */
const PROVIDER = ">= 6.22.0";
const PROGRAM = "${path.module}/program/index.js";

/** The text of every file of every module, by its path below the folder of the modules. */
export function moduleFiles(): ReadonlyMap<string, string> {
  return new Map(
    MODULES.flatMap((definition) =>
      Object.entries(filesOf(definition)).map(([name, text]): [string, string] => [`${definition.name}/${name}`, text]),
    ),
  );
}

function filesOf(definition: ModuleDefinition): Record<string, string> {
  const { data, resource, output } = synthesized(definition);
  const { contract, resources } = adapted(definition, resource);
  const prefixes = `[for path in [${definition.paths.map((name) => `var.${name}`).join(", ")}] : "\${trimsuffix(path, "/")}/" if path != ""]`;
  const locals = {
    ...definition.locals,
    key_prefixes: new Expression(prefixes),
    granted_prefixes: new Expression('var.least_privilege && length(local.key_prefixes) > 0 ? local.key_prefixes : [""]'),
  };
  const outputs = { ...output, ...attributeOutputs(resource) };
  return {
    "main.tf": file([
      block("locals", [], locals),
      `# What ${definition.vendorName} must be able to do, and nobody else may: vendor-destination judges by it.\n${block("locals", [], { contract })}`,
      ...Object.entries(data).map(([type, body]) => block("data", [type, "this"], body)),
      ...Object.entries<Body>(resources).map(([type, body]) =>
        block("resource", [type, type === "terraform_data" ? "validation" : "this"], body),
      ),
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
      block("module", [definition.name.replace(/^\d/, "six_").replace("six_sense", "sixsense")], {
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

function variableBody({ type, description, fallback, condition, errorMessage }: Variable): Body {
  return {
    description,
    type: new Expression(type),
    default: fallback,
    ...(condition !== undefined && { validation: { condition: new Expression(condition), error_message: errorMessage } }),
  };
}

/** What only a module has: paths that may be left out, a validation that may be off, and the program in its own folder. */
function adapted(definition: ModuleDefinition, resource: Readonly<Record<string, any>>) {
  const { terraform_data: validation, aws_s3_bucket: bucket, ...others } = resource;
  const contract = {
    ...validation.input,
    id: `${definition.name}/\${var.bucket_name}`,
    keyPrefixes: new Expression("local.key_prefixes"),
  };
  const preconditions = [...definition.preconditions, ...(bucket.lifecycle.precondition ?? [])];
  const { lifecycle, provisioner, input: _, triggers_replace, ...rest } = validation;
  const environment = provisioner[0]["local-exec"].environment;
  const hook = {
    ...rest,
    input: new Expression("local.contract"),
    triggers_replace: {
      ...triggers_replace,
      contract: new Expression("sha256(jsonencode(local.contract))"),
      mode: new Expression("var.validation"),
      program: new Expression(`try(filesha256("${PROGRAM}"), "")`),
    },
    lifecycle: {
      ...lifecycle,
      precondition: {
        condition: new Expression(`var.validation == "off" || fileexists("${PROGRAM}")`),
        error_message: "ProgramMissing: the folder of the module must hold program/index.js, as its releases do; or set validation to off",
      },
    },
    provisioner: [
      {
        "local-exec": {
          command: new Expression(`var.validation == "off" ? "exit 0" : "node \\"${PROGRAM}\\" validate"`),
          environment: new Expression(
            `merge(var.validation_environment, ${expression({
              ...environment,
              VENDOR_DESTINATION_WARN_ONLY: new Expression('var.validation == "warn" ? "1" : "0"'),
            })})`,
          ),
        },
      },
    ],
  };
  const { lifecycle: __, ...bucketBody } = bucket;
  return {
    contract,
    resources: {
      aws_s3_bucket: { ...bucketBody, ...(preconditions.length > 0 && { lifecycle: { precondition: preconditions } }) },
      ...others,
      terraform_data: hook,
    },
  };
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
