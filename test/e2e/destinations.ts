/** Destinations as users define them, synthesized into a folder of their own and deployed into the emulator. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeleteObjectCommand,
  GetBucketPolicyCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { App, type TerraformStack } from "cdktf";
import { answerTo } from "../emulator/access-fixture";
import type { Credentials, Emulator } from "../emulator/server";
import { tryTerraform } from "../emulator/terraform";

/** The stack that `define` adds to an app, applied; `leave` also removes the synthesized folder. */
export async function deploy(emulator: Emulator, name: string, define: (app: App) => TerraformStack) {
  const outdir = mkdtempSync(join(tmpdir(), "vendor-destination-e2e-"));
  const app = new App({ outdir });
  define(app);
  app.synth();
  const applied = await tryTerraform(join(outdir, "stacks", name), emulator);
  const leave = () => {
    applied.leave();
    rmSync(outdir, { recursive: true, force: true });
  };
  return { ...applied, leave };
}

/** Every key in the bucket, with every version and delete marker. */
export async function everythingIn(emulator: Emulator, bucket: string): Promise<string[]> {
  const { s3 } = emulator.clients(emulator.customer.root);
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
  return [...Versions, ...DeleteMarkers].map(({ Key }) => Key!);
}

/** The answers to requests that only the customer may make, and to one over plain HTTP. */
export async function forbiddenAnswers(emulator: Emulator, credentials: Credentials, bucket: string, key: string) {
  const { s3 } = emulator.clients(credentials);
  const http: S3Client = emulator.clients(credentials, { endpoint: emulator.endpoint }).s3;
  return {
    readPolicy: await answerTo(s3.send(new GetBucketPolicyCommand({ Bucket: bucket }))),
    putOverHttp: await answerTo(http.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: "x" }))),
    deleteOverHttp: await answerTo(http.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))),
  };
}

/** What a hook needs to act for the customer, and as the vendor where its credentials are given. */
export function hookEnvironment(emulator: Emulator, deployer: Credentials, vendor?: Credentials): Record<string, string> {
  return {
    ...emulator.environment(deployer),
    VENDOR_DESTINATION_TIMEOUT_SECONDS: "10",
    ...(vendor && {
      VENDOR_AWS_ACCESS_KEY_ID: vendor.accessKeyId,
      VENDOR_AWS_SECRET_ACCESS_KEY: vendor.secretAccessKey,
      VENDOR_AWS_SESSION_TOKEN: vendor.sessionToken ?? "",
    }),
  };
}
