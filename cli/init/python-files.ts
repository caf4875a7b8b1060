/** A CDK for Terraform project in Python: a stack, a test of its policies, a workflow, and a README with the steps. */
import { requestsScript, roleName } from "./requests";
import { after, before, deployCommands, NAMES, workflow } from "./shared-files";
import type { InitValues, InitVendor } from "./values";

/** The versions that the package for Python requires. A test compares them. */
export const REQUIREMENTS = ["cdktf~=0.21.0", "cdktf-cdktf-provider-aws>=21.22.1,<22", "constructs>=10.4.2,<11"];

interface PythonProject {
  readonly vendor: InitVendor;
  readonly values: InitValues;
  readonly version: string;
}

export function pythonFiles({ vendor, values, version }: PythonProject): Readonly<Record<string, string>> {
  return {
    "requirements.txt": `${[...REQUIREMENTS, `cdktf-vendor-destination~=${version}`].join("\n")}\n`,
    "cdktf.json": `${JSON.stringify({ language: "python", app: "python main.py", output: "cdktf.out", sendCrashReports: "false" }, undefined, 2)}\n`,
    ".gitignore": "__pycache__/\n.venv/\ncdktf.out/\n.terraform/\nterraform.tfstate*\n",
    "main.py": vendor === "kandji" ? kandjiProgram(values) : sixSenseProgram(values),
    "test.sh": requestsScript({ vendor, values, version, paths: "cdktf.out" }),
    ".github/workflows/vendor-destination.yml": workflow({
      version,
      steps: ["pip install --requirement requirements.txt", "python main.py", "sh test.sh"],
      paths: "cdktf.out",
      python: "3.12",
    }),
    "README.md": page(vendor, version),
  };
}

/** The stack around a destination. */
function program({
  imports,
  vendor,
  region,
  destination,
}: Readonly<Record<"imports" | "region" | "destination", string>> & { vendor: InitVendor }) {
  const { name, id } = NAMES[vendor];
  return `"""A bucket for ${name}."""

from cdktf import App, LocalBackend, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_vendor_destination import ${imports}

app = App()
stack = TerraformStack(app, "${id}")
LocalBackend(stack, path="terraform.tfstate")  # your team's backend
AwsProvider(stack, "aws", region="${region}")

${destination}

app.synth()
`;
}

function kandjiProgram({ bucket, region, vendorAccountId, vendorRoleName }: InitValues): string {
  const ownName = roleName(bucket) === `kandji-${bucket}` ? "" : `    role_name="${roleName(bucket)}",\n`;
  return program({
    vendor: "kandji",
    imports: "KandjiDestination",
    region,
    destination: `KandjiDestination(
    stack,
    "Kandji",
    bucket_name="${bucket}",
    vendor_account_id="${vendorAccountId}",  # KANDJI_AWS_ACCOUNT_ID, from Kandji's screen
    vendor_role_name="${vendorRoleName}",  # KANDJI_IAM_ROLE
${ownName}    destination_path="activity",
    region="${region}",
    tags={"owner": "security"},
)`,
  });
}

function sixSenseProgram({ bucket, region, vendorAccountId, vendorRoleName }: InitValues): string {
  return program({
    vendor: "6sense",
    imports: "(\n    AuditLogFrequency,\n    SixSenseAuditLogs,\n    SixSenseDataPacks,\n    SixSenseDestination,\n)",
    region,
    destination: `SixSenseDestination(
    stack,
    "SixSense",
    bucket_name="${bucket}",
    vendor_role_arn="arn:aws:iam::${vendorAccountId}:role/${vendorRoleName}",  # 6sense's common IAM role, from your CSM
    region="${region}",  # one of the 17 that 6sense supports
    data_packs=SixSenseDataPacks(file_path="data-packs"),
    audit_logs=SixSenseAuditLogs(file_path="audit", frequency=AuditLogFrequency.HOURLY),
)`,
  });
}

function page(vendor: InitVendor, version: string): string {
  const { name } = NAMES[vendor];
  return `# A bucket for ${name}

\`main.py\` defines a bucket that ${name}, and nobody else, can deliver into. \`test.sh\` holds what may be done with it.

## Before

${before(vendor, "main.py")}
\`test.sh\` names the same values. \`main.py\` keeps Terraform's state in a file: put your team's backend there.

## Install, check and test

You need Python 3.10 or newer, best in a virtual environment, and Node.js 22 or newer.

\`\`\`sh
pip install --requirement requirements.txt
python main.py
npx --yes vendor-destination@${version} check cdktf.out
sh test.sh
\`\`\`

None of them needs an AWS account. The workflow in \`.github/workflows\` does the same for each pull request.

## Deploy

${deployCommands(vendor)}

${after(vendor)}
`;
}
