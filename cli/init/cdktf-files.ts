/** A project of the CDK for Terraform: a stack, its test, a workflow, and a page that says what to do. */
import { EXAMPLE_FILES } from "./example-files";
import { type InitValues, type InitVendor, withValues } from "./values";

/** What the project depends on, as this package does; a test compares. */
export const DEPENDENCIES = { "@cdktf/provider-aws": "^21.22.1", cdktf: "^0.21.0", constructs: "^10.4.2" };
export const DEV_DEPENDENCIES = { "@types/node": "^20.19.43", tsx: "^4.23.15", typescript: "~6.0", vitest: "^4.1.12" };

const STACKS: Readonly<Record<InitVendor, { readonly name: string; readonly id: string }>> = {
  kandji: { name: "Kandji", id: "kandji" },
  "6sense": { name: "6sense", id: "sixsense" },
};

interface CdktfProject {
  readonly vendor: InitVendor;
  readonly values: InitValues;
  readonly version: string;
}

export function cdktfFiles({ vendor, values, version }: CdktfProject): Readonly<Record<string, string>> {
  const { id } = STACKS[vendor];
  const example = (file: "main" | "stack" | "test") => withValues(EXAMPLE_FILES[vendor][file].join("\n"), vendor, values);
  return {
    "package.json": json({
      name: `${id}-destination`,
      private: true,
      scripts: {
        synth: "tsx main.ts",
        check: "vendor-destination check cdktf.out",
        test: "tsc && vitest run",
      },
      dependencies: { ...DEPENDENCIES, "cdktf-vendor-destination": `^${version}` },
      devDependencies: DEV_DEPENDENCIES,
    }),
    "tsconfig.json": json({
      compilerOptions: {
        target: "ES2022",
        module: "esnext",
        moduleResolution: "bundler",
        strict: true,
        skipLibCheck: true,
        noEmit: true,
        types: ["node"],
      },
      include: ["*.ts"],
    }),
    "cdktf.json": json({ language: "typescript", app: "npx tsx main.ts", output: "cdktf.out", sendCrashReports: "false" }),
    ".gitignore": "node_modules/\ncdktf.out/\n.terraform/\nterraform.tfstate*\n",
    "main.ts": example("main"),
    "stack.ts": example("stack"),
    "stack.test.ts": example("test"),
    ".github/workflows/vendor-destination.yml": workflow(version),
    "README.md": page(vendor),
  };
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function workflow(version: string): string {
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
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22, cache: npm }
      - run: npm ci
      - run: npm test
      - run: npm run synth
      - uses: cdktf-vendor-destination/cdktf-vendor-destination@v${version}
        with: { paths: cdktf.out }
`;
}

/** What to do before and after, by vendor. */
const SCREENS: Readonly<Record<InitVendor, { readonly before: string; readonly after: string }>> = {
  kandji: {
    before:
      "In Kandji: *Integrations*, *Discover integrations*, *Amazon S3 Activity Log Integration*, *Add and configure*. Copy\n" +
      "`KANDJI_AWS_ACCOUNT_ID` and `KANDJI_IAM_ROLE` into `stack.ts`, and choose the name of your bucket and its region there.",
    after: "Enter what it prints into Kandji's form. *Connect to S3* uploads and deletes a test file.",
  },
  "6sense": {
    before:
      "Ask your Customer Success Manager to enable the integration, and for the ARN of 6sense's common IAM role. Write it into `stack.ts`, and choose\n" +
      "the name of your bucket and one of the 17 regions that 6sense supports there.",
    after: "Enter what it prints into 6sense's form.",
  },
};
const OUTPUTS: Readonly<Record<InitVendor, string>> = { kandji: "kandji_connection_form", "6sense": "six_sense_connection_form" };

function page(vendor: InitVendor): string {
  const { name, id } = STACKS[vendor];
  const { before, after } = SCREENS[vendor];
  const folder = `cdktf.out/stacks/${id}`;
  return `# A bucket for ${name}

\`stack.ts\` defines a bucket that ${name}, and nobody else, can deliver into. \`stack.test.ts\` holds what it may do.

## Before

${before}
\`stack.ts\` keeps Terraform's state in a file: put your team's backend there.

## Install, test and check

\`\`\`sh
npm install
npm test
npm run synth
npm run check
\`\`\`

None of them needs an AWS account. A changed bucket name or role changes the policies in the last test of \`stack.test.ts\`: review them, then accept them.

\`\`\`sh
npx vitest run --update
\`\`\`

The workflow in \`.github/workflows\` does the same for each pull request. It needs \`package-lock.json\`, so commit that file.

## Deploy

\`\`\`sh
terraform -chdir=${folder} init
terraform -chdir=${folder} apply
terraform -chdir=${folder} output -raw ${OUTPUTS[vendor]}
\`\`\`

The apply ends with a validation on your account and fails where ${name} could not deliver or somebody else could. ${after}
`;
}
