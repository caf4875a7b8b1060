/**
 * Deploys the synthesized examples into an emulator of AWS with three accounts, lets the vendor's account deliver, runs the hook under
 * Terraform, and tears everything down. Where a part cannot be had it says so and does the rest.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectAclCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { AccessFixture, answerTo } from "../../test/emulator/access-fixture";
import type { Applied } from "../../test/emulator/apply";
import { ensureEmulator } from "../../test/emulator/install.mjs";
import { type Credentials, type Emulator, startEmulator } from "../../test/emulator/server";
import { runHook, terraformUnavailable, tryTerraform } from "../../test/emulator/terraform";

const ROOT = join(__dirname, "..", "..");
const PROGRAM = join(ROOT, "program", "index.js");

interface Vendor {
  readonly stack: string;
  readonly name: string;
  readonly role: string;
  readonly bucket: string;
  readonly form: string;
  /** What the vendor does, as itself. */
  deliver(emulator: Emulator, vendor: Credentials, applied: Applied): Promise<void>;
}

const VENDORS: readonly Vendor[] = [
  {
    stack: "kandji",
    name: "Kandji",
    role: "kandji-activity",
    bucket: "acme-kandji-activity",
    form: "kandji_connection_form",
    async deliver(emulator, vendor, applied) {
      const fixture = new AccessFixture(emulator);
      const delivery = await fixture.assume(vendor, applied.outputs.kandji_iam_role_arn as string);
      const { s3 } = emulator.clients(delivery);
      const file = { Bucket: this.bucket, Key: "activity/events.json" };
      await show("assumes the role and puts activity/events.json", s3.send(new PutObjectCommand({ ...file, Body: "{}" })));
      await show("lists the bucket", s3.send(new ListObjectsV2Command({ Bucket: this.bucket })));
      await show("deletes activity/events.json", s3.send(new DeleteObjectCommand(file)));
      const http = emulator.clients(delivery, { endpoint: emulator.endpoint }).s3;
      await show("puts over plain HTTP", http.send(new PutObjectCommand({ ...file, Body: "{}" })));
    },
  },
  {
    stack: "sixsense",
    name: "6sense",
    role: "6sense-common",
    bucket: "acme.6sense.staging",
    form: "six_sense_connection_form",
    async deliver(emulator, vendor) {
      const { s3 } = emulator.clients(vendor);
      const file = { Bucket: this.bucket, Key: "audit/logs.json" };
      await show("puts audit/logs.json", s3.send(new PutObjectCommand({ ...file, Body: "{}", ACL: "bucket-owner-full-control" })));
      await show("sets its ACL", s3.send(new PutObjectAclCommand({ ...file, ACL: "bucket-owner-full-control" })));
      await show("lists the bucket", s3.send(new ListObjectsV2Command({ Bucket: this.bucket })));
      await show("gets audit/logs.json", s3.send(new GetObjectCommand(file)));
      await show("deletes audit/logs.json", s3.send(new DeleteObjectCommand(file)));
      const http = emulator.clients(vendor, { endpoint: emulator.endpoint }).s3;
      await show("puts over plain HTTP", http.send(new PutObjectCommand({ ...file, Body: "{}" })));
    },
  },
];

function title(text: string): void {
  console.log(`\n${text}\n${"-".repeat(text.length)}`);
}

async function show(what: string, request: Promise<unknown>): Promise<void> {
  const answer = await answerTo(request.then(() => "allowed"));
  console.log(`  ${answer.padEnd(13)} ${what}`);
}

function check(): boolean {
  title("Check, offline: does the plan do what the vendors need, and nothing more?");
  const { status } = spawnSync(process.execPath, [PROGRAM, "check", join(ROOT, "cdktf.out")], { stdio: "inherit" });
  return status === 0;
}

async function demonstrate(vendor: Vendor, emulator: Emulator, deployer: Credentials): Promise<boolean> {
  title(`${vendor.name}: deploy into the customer's account ${emulator.customer.id}`);
  const session = (await (await emulator.vendor.role(vendor.role)).session()).credentials;
  const stranger = (await (await emulator.stranger.role(`stranger-of-${vendor.stack}`)).session()).credentials;
  const applied = await tryTerraform(join(ROOT, "cdktf.out", "stacks", vendor.stack), emulator);
  try {
    console.log(`applied by ${applied.by === "terraform" ? "terraform" : "the AWS SDK, resource by resource"}`);

    title(`${vendor.name}: the vendor's account ${emulator.vendor.id} delivers`);
    await vendor.deliver(emulator, session, applied);
    const { s3 } = emulator.clients(stranger);
    console.log(`a stranger in account ${emulator.stranger.id}`);
    await show("puts an object", s3.send(new PutObjectCommand({ Bucket: vendor.bucket, Key: "stranger", Body: "x" })));

    title(`${vendor.name}: the hook, under terraform apply`);
    const environment = {
      ...emulator.environment(deployer),
      VENDOR_AWS_ACCESS_KEY_ID: session.accessKeyId,
      VENDOR_AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
      VENDOR_AWS_SESSION_TOKEN: session.sessionToken!,
      STRANGER_AWS_ACCESS_KEY_ID: stranger.accessKeyId,
      STRANGER_AWS_SECRET_ACCESS_KEY: stranger.secretAccessKey,
      STRANGER_AWS_SESSION_TOKEN: stranger.sessionToken!,
    };
    const unavailable = await terraformUnavailable();
    let proven: boolean;
    if (unavailable === undefined) {
      const run = await runHook(applied, { environment });
      const said = run.stdout.split("\n").filter((line) => line.includes("(local-exec): ") || line.startsWith("Apply complete"));
      console.log(said.map((line) => line.replace(/^.*\(local-exec\): /, "")).join("\n"));
      process.stderr.write(run.stderr);
      proven = run.exitCode === 0;
    } else {
      console.log(`${unavailable}: the hook's program is run by itself instead`);
      const contract = JSON.stringify(applied.hooks[0]!.input);
      const env = { ...process.env, ...environment, VENDOR_DESTINATION_CONTRACT: contract };
      proven = spawnSync(process.execPath, [PROGRAM, "validate"], { stdio: "inherit", env }).status === 0;
    }

    title(`${vendor.name}: what to enter into the vendor's form`);
    console.log(applied.outputs[vendor.form]);
    return proven;
  } finally {
    await applied.destroy();
    console.log(`\n${vendor.name}: torn down`);
  }
}

async function main(): Promise<boolean> {
  const checked = check();
  const { unavailable } = await ensureEmulator();
  if (unavailable !== undefined) {
    title("Not shown: deployment, delivery and validation");
    console.log(`the emulator of AWS cannot be had: ${unavailable}`);
    return checked;
  }
  const emulator = await startEmulator();
  try {
    const deployer = (await emulator.customer.user("deployer")).credentials;
    const proven: boolean[] = [];
    for (const vendor of VENDORS) proven.push(await demonstrate(vendor, emulator, deployer));
    title("In short");
    console.log(`offline check: ${checked ? "passed" : "failed"}`);
    for (const [index, { name }] of VENDORS.entries()) console.log(`${name}: ${proven[index] ? "proven" : "NOT proven"}`);
    return checked && proven.every(Boolean);
  } finally {
    await emulator.stop();
  }
}

main().then(
  (fine) => process.exit(fine ? 0 : 1),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
