/** A project in HCL: a module call, the module with the program, a test, a workflow, and a README with the steps. */
import { MODULE_FILES } from "./example-files";
import { requestsScript, roleName } from "./requests";
import { after, before, NAMES, workflow } from "./shared-files";
import type { InitValues, InitVendor } from "./values";

export interface HclProject {
  readonly vendor: InitVendor;
  readonly values: InitValues;
  readonly version: string;
  /** The text of this program, which the validation runs. */
  readonly program: string;
}

export function hclFiles({ vendor, values, version, program }: HclProject): Readonly<Record<string, string>> {
  const module = Object.entries(MODULE_FILES[vendor]).map(([name, lines]) => [`modules/${vendor}/${name}`, lines.join("\n")]);
  return {
    "main.tf": main(vendor, values),
    "test.sh": requestsScript({ vendor, values, version, paths: "." }),
    ".gitignore": ".terraform/\nterraform.tfstate*\n",
    ".github/workflows/vendor-destination.yml": workflow({ version, steps: ["sh test.sh"], paths: "." }),
    "README.md": page(vendor, version),
    ...Object.fromEntries(module),
    [`modules/${vendor}/program/index.js`]: program,
  };
}

function main(vendor: InitVendor, { bucket, region, vendorAccountId, vendorRoleName }: InitValues): string {
  const { id } = NAMES[vendor];
  const values =
    vendor === "kandji"
      ? `  bucket_name       = "${bucket}"
  vendor_account_id = "${vendorAccountId}" # KANDJI_AWS_ACCOUNT_ID, from Kandji's screen
  vendor_role_name  = "${vendorRoleName}" # KANDJI_IAM_ROLE
${roleName(bucket) === `kandji-${bucket}` ? "" : `  role_name         = "${roleName(bucket)}"\n`}  destination_path  = "activity"`
      : `  bucket_name          = "${bucket}"
  vendor_role_arn      = "arn:aws:iam::${vendorAccountId}:role/${vendorRoleName}" # 6sense's common IAM role, from your CSM
  data_packs_path      = "data-packs"
  audit_logs_path      = "audit"
  audit_logs_frequency = "Hourly"`;
  return `terraform {
  backend "local" {} # your team's backend
}

provider "aws" {
  region = "${region}"
}

module "${id}" {
  source = "./modules/${vendor}"

${values}
}

output "connection_form" {
  value = module.${id}.connection_form
}
`;
}

function page(vendor: InitVendor, version: string): string {
  const { name } = NAMES[vendor];
  return `# A bucket for ${name}

\`main.tf\` defines a bucket that ${name}, and nobody else, can deliver into. \`test.sh\` holds what may be done with it. The module in \`modules/${vendor}\` is written by
\`vendor-destination init\`, and brings the program for the validation along.

## Before

${before(vendor, "main.tf")}
\`test.sh\` names the same values. \`main.tf\` keeps Terraform's state in a file: put your team's backend there.

## Check and test

\`\`\`sh
npx --yes vendor-destination@${version} check .
sh test.sh
\`\`\`

Neither of them needs an AWS account or Terraform. The workflow in \`.github/workflows\` does the same for each pull request.

## Deploy

\`\`\`sh
terraform init
terraform apply
terraform output -raw connection_form
\`\`\`

${after(vendor)}
`;
}
