/** Texts that the projects of all dialects share. */
import type { InitVendor } from "./values";

/** The vendor's name, and the name of the stack or module. */
export const NAMES: Readonly<Record<InitVendor, { readonly name: string; readonly id: string }>> = {
  kandji: { name: "Kandji", id: "kandji" },
  "6sense": { name: "6sense", id: "sixsense" },
};

/** A workflow that checks each pull request. */
export function workflow({
  version,
  steps,
  paths,
  python,
}: {
  readonly version: string;
  readonly steps: readonly string[];
  readonly paths: string;
  /** The version of Python, where the project needs one. */
  readonly python?: string;
}) {
  const setup = python === undefined ? "" : `      - uses: actions/setup-python@v6\n        with: { python-version: "${python}" }\n`;
  return `name: vendor destination
on:
  push: { branches: [main] }
  pull_request:
permissions:
  contents: read
  security-events: write
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: actions/setup-node@v6
        with: { node-version: 22 }
${setup}${steps.map((step) => `      - run: ${step}\n`).join("")}      - uses: cdktf-vendor-destination/cdktf-vendor-destination@v${version}
        with: { paths: ${paths} }
`;
}

/** The name of the stack's output with the vendor's form. */
export const FORM_OUTPUTS: Readonly<Record<InitVendor, string>> = {
  kandji: "kandji_connection_form",
  "6sense": "six_sense_connection_form",
};

/** How a synthesized stack is deployed. */
export function deployCommands(vendor: InitVendor): string {
  const folder = `cdktf.out/stacks/${NAMES[vendor].id}`;
  return `\`\`\`sh
terraform -chdir=${folder} init
terraform -chdir=${folder} apply
terraform -chdir=${folder} output -raw ${FORM_OUTPUTS[vendor]}
\`\`\``;
}

/** The steps before deployment, in the vendor's screen and in the file with the values. */
export function before(vendor: InitVendor, file: string): string {
  return vendor === "kandji"
    ? `In Kandji: *Integrations*, *Discover integrations*, *Amazon S3 Activity Log Integration*, *Add and configure*. Copy
\`KANDJI_AWS_ACCOUNT_ID\` and \`KANDJI_IAM_ROLE\` into \`${file}\`, and choose the name of your bucket and its region there.`
    : `Ask your Customer Success Manager to enable the integration, and for the ARN of 6sense's common IAM role. Write it into \`${file}\`, and choose
the name of your bucket and one of the 17 regions that 6sense supports there.`;
}

/** The steps after the apply. */
export function after(vendor: InitVendor): string {
  const { name } = NAMES[vendor];
  const form =
    vendor === "kandji"
      ? "Enter what the last command prints into Kandji's form. *Connect to S3* uploads and deletes a test file."
      : "Enter what the last command prints into 6sense's form.";
  return `The apply ends with a validation on your account and fails where ${name} could not deliver or somebody else could. ${form}`;
}
