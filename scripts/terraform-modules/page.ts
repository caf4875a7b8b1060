/** The README of a module, with the tables of terraform-docs. */
import type { ModuleDefinition } from "./definitions";
import { type Body, block, expression } from "./hcl";

interface Page {
  readonly definition: ModuleDefinition;
  readonly outputs: Readonly<Record<string, Body>>;
  readonly provider: string;
}

const cell = (text: string) => text.replaceAll("|", "\\|");

const table = (rows: Readonly<Record<string, string>>) =>
  Object.entries(rows)
    .map(([name, reason]) => `| ${name} | ${cell(reason)} |`)
    .join("\n");

export function modulePage({ definition, outputs, provider }: Page): string {
  const { name, vendorName, title, introduction, variables, withoutVariable, scannerFindings, example } = definition;
  const source = `./modules/${name}`;
  const inputs = Object.entries(variables).map(([input, { description, type, fallback }]) => {
    const value = fallback === undefined ? "n/a" : `\`${expression(fallback)}\``;
    return `| ${input} | ${cell(description)} | \`${type}\` | ${value} | ${fallback === undefined ? "yes" : "no"} |`;
  });
  const results = Object.entries(outputs).map(([output, { description }]) => `| ${output} | ${cell(String(description))} |`);
  return `# ${title}

${introduction} Apply ends with a validation on your account and
fails where ${vendorName} could not deliver or somebody else could. It is the construct of \`cdktf-vendor-destination\` as a module in HCL, written by a script.

\`\`\`hcl
${block("module", ["destination"], { source, ...example })}
\`\`\`

The archive \`terraform-modules-<version>.tgz\` of a release holds the folder \`modules\`: unpack it beside your configuration. With the modules comes \`program/index.js\`,
which the validation runs with Node.js. The repository does not hold that file: in a clone, run \`npm run build\` first, or set \`validation = "off"\`.

The module has no provider block: it takes the AWS provider of the caller. \`vendor-destination check\` judges the module offline where its source is a local folder.
With any other source, check the output of \`terraform show -json\` for a plan.

\`\`\`sh
npx vendor-destination check .
terraform output -raw connection_form
\`\`\`

## Requirements

| Name | Version |
| --- | --- |
| terraform | >= 1.4.0 |
| aws | ${provider} |

The arguments of each resource and the names of its blocks are compared with the schema of AWS provider 6.25. The tests apply the module with provider 5.100, less the arguments that only version 6 has, \`region\` and
\`blocked_encryption_types\`: apply with version 6 has not been tested.

## Inputs

| Name | Description | Type | Default | Required |
| --- | --- | --- | --- | :---: |
${inputs.join("\n")}

## Outputs

| Name | Description |
| --- | --- |
${results.join("\n")}

## What scanners report

tflint with its default rules reports nothing. checkov reports these ids, of this module with its example, and no others:

| Id | Why |
| --- | --- |
${table(scannerFindings)}

## What only the construct has

| Prop | Why it is no variable |
| --- | --- |
${table(withoutVariable)}
`;
}
