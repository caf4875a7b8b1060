/** Destinations for the fault tests, one for each run, and their contents. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import {
  GetBucketPolicyCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import {
  BucketVersioning,
  VendorAccess,
  VendorAccessMethod,
  VendorDestination,
  VendorPrincipal,
  VendorProfile,
} from "cdktf-vendor-destination";
import type { DeliveryContract } from "../../lib/contract/types";
import { type Applied, applyStack } from "../emulator/apply";
import type { Emulator } from "../emulator/server";

export const DESTINATION_KINDS = ["role", "versioned role", "bucket policy", "versioned bucket policy"] as const;
export type DestinationKind = (typeof DESTINATION_KINDS)[number];

export interface FaultDestination {
  readonly name: DestinationKind;
  readonly bucket: string;
  readonly contract: DeliveryContract;
  /** The contract as a file, and the same without the bucket's region. */
  readonly contractFile: string;
  readonly contractAnywhereFile: string;
  destroy(): Promise<void>;
}

const EXTERNAL_ID = "customer-42";
export const VENDOR_ROLE = "faults-vendor";

const PROFILE = VendorProfile.of({
  id: "faults",
  vendorName: "Faults",
  product: "Logs",
  documentation: "https://docs.example.com/s3",
  accessMethods: [VendorAccessMethod.ASSUMED_ROLE, VendorAccessMethod.BUCKET_POLICY],
  documentedPermissions: {
    bucketActions: ["s3:ListBucket"],
    objectActions: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
  },
  facts: [{ fact: "what the tests deliver", source: "https://docs.example.com/s3" }],
});

/** Deploys one destination. Its bucket has an object of the customer that no run may touch. */
export async function deployDestination(emulator: Emulator, name: DestinationKind, number: number): Promise<FaultDestination> {
  const outdir = mkdtempSync(join(tmpdir(), "vendor-destination-faults-"));
  const bucket = `faults-${name.replaceAll(" ", "-")}-${number}`;
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "faults");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  const principals = [VendorPrincipal.role(emulator.vendor.id, VENDOR_ROLE)];
  const destination = new VendorDestination(stack, "Destination", {
    vendor: PROFILE,
    access: name.endsWith("role")
      ? VendorAccess.assumedRole({ principals, externalIds: [EXTERNAL_ID] })
      : VendorAccess.bucketPolicy({ principals }),
    bucketName: bucket,
    region: "eu-central-1",
    keyPrefix: "logs",
    versioning: name.startsWith("versioned") ? BucketVersioning.ENABLED : BucketVersioning.DISABLED,
  });
  app.synth();
  const applied: Applied = await applyStack(join(outdir, "stacks", "faults"), emulator);
  const contract = applied.hooks[0]!.input as DeliveryContract;
  const contractFile = join(outdir, "contract.json");
  writeFileSync(contractFile, JSON.stringify(contract));
  const { region: _, ...anywhere } = contract.bucket;
  const contractAnywhereFile = join(outdir, "contract-anywhere.json");
  writeFileSync(contractAnywhereFile, JSON.stringify({ ...contract, bucket: anywhere }));
  await owner(emulator).send(new PutObjectCommand({ Bucket: bucket, Key: "logs/of-the-customer", Body: destination.node.path }));
  return {
    name,
    bucket,
    contract,
    contractFile,
    contractAnywhereFile,
    async destroy() {
      await applied.destroy();
      rmSync(outdir, { recursive: true, force: true });
    },
  };
}

/** A copy of the bundle, so that a concurrent build does not change it during the tests. */
export function copyOfProgram(): string {
  const folder = mkdtempSync(join(tmpdir(), "vendor-destination-program-"));
  mkdirSync(folder, { recursive: true });
  const program = join(folder, "index.js");
  copyFileSync(join(__dirname, "..", "..", "program", "index.js"), program);
  return program;
}

function owner(emulator: Emulator): S3Client {
  return emulator.clients(emulator.customer.root).s3;
}

/** Everything in the bucket: versions, delete markers, unfinished uploads, and its policy. */
export async function bucketContents(emulator: Emulator, Bucket: string): Promise<string[]> {
  const s3 = owner(emulator);
  const [versions, uploads, policy] = await Promise.all([
    s3.send(new ListObjectVersionsCommand({ Bucket })),
    s3.send(new ListMultipartUploadsCommand({ Bucket })),
    s3.send(new GetBucketPolicyCommand({ Bucket })),
  ]);
  return [
    ...(versions.Versions ?? []).map(({ Key, VersionId, ETag }) => `object ${Key} ${VersionId} ${ETag}`),
    ...(versions.DeleteMarkers ?? []).map(({ Key, VersionId }) => `marker ${Key} ${VersionId}`),
    ...(uploads.Uploads ?? []).map(({ Key, UploadId }) => `upload ${Key} ${UploadId}`),
    `policy ${policy.Policy}`,
  ];
}

/** Every role of the customer's account, with all its policies. */
export async function rolesWithPolicies(emulator: Emulator): Promise<string[]> {
  const { iam } = emulator.clients(emulator.customer.root);
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  return Promise.all(
    Roles.map(async ({ RoleName }) => {
      const [{ Role }, inline, attached] = await Promise.all([
        iam.send(new GetRoleCommand({ RoleName })),
        iam.send(new ListRolePoliciesCommand({ RoleName })),
        iam.send(new ListAttachedRolePoliciesCommand({ RoleName })),
      ]);
      const documents = await Promise.all(
        (inline.PolicyNames ?? []).map((PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
      );
      const policies = documents.map(({ PolicyName, PolicyDocument }) => `${PolicyName}=${PolicyDocument}`);
      const managed = (attached.AttachedPolicies ?? []).map(({ PolicyArn }) => PolicyArn);
      return JSON.stringify([RoleName, Role!.AssumeRolePolicyDocument, policies, managed]);
    }),
  );
}
