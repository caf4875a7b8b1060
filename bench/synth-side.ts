/** One side of the synth bench in a process of its own: `SIDE DESTINATIONS OUTDIR`; prints milliseconds of processor time and peak megabytes as JSON. */
import { join } from "node:path";
import type { TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";

const [side, count, outdir] = process.argv.slice(2) as [string, string, string];
const start = process.cpuUsage();

/** The provider classes that a Kandji destination uses. */
function subPaths() {
  return {
    ...(require("cdktf") as typeof import("cdktf")),
    ...(require("@cdktf/provider-aws/lib/provider") as typeof import("@cdktf/provider-aws/lib/provider")),
    ...(require("@cdktf/provider-aws/lib/iam-role") as typeof import("@cdktf/provider-aws/lib/iam-role")),
    ...(require("@cdktf/provider-aws/lib/iam-role-policy") as typeof import("@cdktf/provider-aws/lib/iam-role-policy")),
    ...(require("@cdktf/provider-aws/lib/s3-bucket") as typeof import("@cdktf/provider-aws/lib/s3-bucket")),
    ...(require("@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration") as typeof import("@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration")),
    ...(require("@cdktf/provider-aws/lib/s3-bucket-ownership-controls") as typeof import("@cdktf/provider-aws/lib/s3-bucket-ownership-controls")),
    ...(require("@cdktf/provider-aws/lib/s3-bucket-policy") as typeof import("@cdktf/provider-aws/lib/s3-bucket-policy")),
    ...(require("@cdktf/provider-aws/lib/s3-bucket-public-access-block") as typeof import("@cdktf/provider-aws/lib/s3-bucket-public-access-block")),
    ...(require("@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration") as typeof import("@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration")),
    ...(require("@cdktf/provider-aws/lib/s3-bucket-versioning") as typeof import("@cdktf/provider-aws/lib/s3-bucket-versioning")),
  };
}

function constructs(): void {
  const { App, TerraformStack } = require("cdktf") as typeof import("cdktf");
  const { KandjiDestination } = require("cdktf-vendor-destination") as typeof import("../lib");
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "bench");
  const { AwsProvider } = require("@cdktf/provider-aws/lib/provider") as typeof import("@cdktf/provider-aws/lib/provider");
  new AwsProvider(stack, "aws");
  for (let index = 0; index < Number(count); index++) {
    new KandjiDestination(stack, `Kandji${index}`, {
      bucketName: `bench-kandji-${index}`,
      vendorAccountId: "222222222222",
      vendorRoleName: "kandji-activity",
      destinationPath: "activity",
      region: "eu-central-1",
    });
  }
  app.synth();
}

/** The same resources, outputs and contract, by hand: texts are written out, references are the provider's attributes. */
function byHand(): void {
  const aws = subPaths();
  const app = new aws.App({ outdir });
  const stack = new aws.TerraformStack(app, "bench");
  new aws.AwsProvider(stack, "aws");
  // As lean as ours: cdktf's own DataResource starts Terraform at synthesis, once for each resource.
  class TerraformData extends aws.TerraformResource {
    public constructor(
      scope: Construct,
      id: string,
      meta: TerraformMetaArguments,
      private readonly attributes: Record<string, unknown>,
    ) {
      super(scope, id, { ...meta, terraformResourceType: "terraform_data", terraformGeneratorMetadata: { providerName: "terraform" } });
    }

    protected override synthesizeAttributes() {
      return this.attributes;
    }
  }
  const program = new aws.TerraformAsset(stack, "Program", { path: join(process.cwd(), "program", "index.js") });
  for (let index = 0; index < Number(count); index++) {
    const name = `bench-kandji-${index}`;
    const arn = `arn:aws:s3:::${name}`;
    const region = "eu-central-1";
    const bucket = new aws.S3Bucket(stack, `Bucket${index}`, { bucket: name, region, forceDestroy: false });
    const common = { bucket: bucket.bucket, region };
    const block = new aws.S3BucketPublicAccessBlock(stack, `Block${index}`, {
      ...common,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const ownership = new aws.S3BucketOwnershipControls(stack, `Ownership${index}`, {
      ...common,
      rule: { objectOwnership: "BucketOwnerEnforced" },
      dependsOn: [block],
    });
    const encryption = new aws.S3BucketServerSideEncryptionConfigurationA(stack, `Encryption${index}`, {
      ...common,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
          bucketKeyEnabled: true,
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
      dependsOn: [ownership],
    });
    const versioning = new aws.S3BucketVersioningA(stack, `Versioning${index}`, {
      ...common,
      versioningConfiguration: { status: "Disabled" },
      dependsOn: [encryption],
    });
    const policy = new aws.S3BucketPolicy(stack, `Policy${index}`, {
      ...common,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AllowSSLRequestsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [arn, `${arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
      dependsOn: [versioning],
    });
    const role = new aws.IamRole(stack, `Role${index}`, {
      name: `kandji-${name}`,
      description: "Assumed by Kandji to deliver Activity Log into an S3 bucket",
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AllowVendorToAssumeRole",
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::222222222222:role/kandji-activity" },
            Action: "sts:AssumeRole",
          },
        ],
      }),
    });
    const inline = new aws.IamRolePolicy(stack, `Inline${index}`, {
      name: "vendor-delivery",
      role: role.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Sid: "AllowVendorOnBucket", Effect: "Allow", Action: "s3:ListBucket", Resource: arn },
          { Sid: "AllowVendorOnObjects", Effect: "Allow", Action: "s3:*", Resource: `${arn}/*` },
        ],
      }),
    });
    new TerraformData(
      stack,
      `Validation${index}`,
      {
        dependsOn: [policy, inline],
        provisioners: [
          {
            type: "local-exec",
            command: `node "\${path.module}/${program.path}" validate`,
            environment: { VENDOR_DESTINATION_CONTRACT: "${jsonencode(self.input)}" },
          },
        ],
      },
      {
        input: contract(`bench/Kandji${index}`, name, arn, role.arn),
        triggers_replace: {
          bucket: bucket.arn,
          bucketPolicy: policy.policy,
          publicAccessBlock: aws.Fn.jsonencode(
            ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].map((setting) =>
              block.interpolationForAttribute(setting),
            ),
          ),
          ownership: ownership.rule.objectOwnership,
          encryption: aws.Fn.jsonencode(encryption.interpolationForAttribute("rule")),
          versioning: versioning.versioningConfiguration.status,
          role: role.uniqueId,
          trustPolicy: role.assumeRolePolicy,
          inlinePolicy: inline.policy,
          contract: "0".repeat(64),
          program: program.assetHash,
          mode: "enforce",
        },
      },
    );
    const details: Record<string, string> = {
      "AWS Account ID": aws.Fn.element(aws.Fn.split(":", role.arn), 4),
      "S3 Bucket Name": name,
      "Destination Path": "activity",
      "IAM Role ARN": role.arn,
      "AWS Region": region,
    };
    const output = (label: string, value: unknown) =>
      new aws.TerraformOutput(stack, `${label.replaceAll(" ", "_").toLowerCase()}_${index}`, { value, description: label });
    for (const [label, value] of Object.entries(details)) output(label, value);
    output("Connection details", details);
    output(
      "Connection form",
      Object.entries(details)
        .map(([label, value]) => `  ${label.padEnd(16)}  ${value}`)
        .join("\n"),
    );
  }
  app.synth();
}

/** The contract that a Kandji destination carries, with its literal texts written out. */
function contract(id: string, name: string, arn: string, roleArn: string): Record<string, unknown> {
  const text = JSON.stringify(require(join(process.cwd(), ".cache", "bench", "contract.json")));
  const own = text.replaceAll("bench/Kandji0", id).replaceAll("arn:aws:s3:::bench-kandji-0", arn).replaceAll("bench-kandji-0", name);
  return JSON.parse(own, (_, value) => (typeof value === "string" && value.startsWith("${aws_iam_role.") ? roleArn : value));
}

switch (side) {
  case "constructs":
    constructs();
    break;
  case "by-hand":
    byHand();
    break;
  case "import-package":
    require("cdktf-vendor-destination");
    break;
  case "import-sub-paths":
    subPaths();
    break;
}
const { user, system } = process.cpuUsage(start);
const milliseconds = (user + system) / 1000;
console.log(JSON.stringify({ milliseconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
