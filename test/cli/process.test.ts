/** Whatever is meant to end the process, it cleans up first. The bundle runs as a process of its own, before a stub of AWS. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { selfSigned } from "../../bench/certificate";
import { KEYS, startStub } from "../../bench/validate-stub";
import { only, type Plan } from "../mutants/plans";
import { examplesFolder } from "./example-plans";

const root = join(__dirname, "..", "..");
const DESTINATIONS = 24;

const versioned = (plan: Plan) => Object.assign(only(plan, "aws_s3_bucket_versioning").versioning_configuration, { status: "Enabled" });

let folder: string;
let stub: Awaited<ReturnType<typeof startStub>>;

beforeAll(async () => {
  expect(spawnSync(process.execPath, ["scripts/bundle.mjs"], { cwd: root, encoding: "utf8" }).stderr).toBe("");
  folder = mkdtempSync(join(tmpdir(), "process-"));
  copyFileSync(join(root, "program", "index.js"), join(folder, "index.js"));
  const certificate = selfSigned();
  writeFileSync(join(folder, "stub.crt"), certificate.cert);
  stub = await startStub(certificate, 20);
  const text = readFileSync(join(__dirname, "contracts", "kandji.json"), "utf8");
  const contract = (index: number) => {
    const bucket = `acme-kandji-activity-${index}`;
    return JSON.parse(text.replaceAll("acme-kandji-activity", bucket).replaceAll("kandji-delivery", `kandji-${bucket}`));
  };
  const values = Array.from({ length: DESTINATIONS }, (_, index) => [`contract_${index}`, { sensitive: false, value: contract(index) }]);
  writeFileSync(join(folder, "outputs.json"), JSON.stringify(Object.fromEntries(values)));
});
afterAll(async () => {
  await stub.stop();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly exitCode: number | null;
  readonly stderr: string;
  readonly journalLeft: boolean;
}

/** Runs `validate`; `interrupt` is called when something was written. */
async function validate(name: string, interrupt?: (child: ChildProcess) => void, concurrency = 50): Promise<Ended> {
  const journal = join(folder, `${name}.jsonl`);
  const args = ["validate", "--as", "vendor", "--concurrency", String(concurrency), "--journal", journal, join(folder, "outputs.json")];
  const child = spawn(process.execPath, [join(folder, "index.js"), ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_ENDPOINT_URL: `https://127.0.0.1:${stub.port}`,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: KEYS.deployer,
      AWS_SECRET_ACCESS_KEY: "s",
      VENDOR_AWS_ACCESS_KEY_ID: KEYS.vendor,
      VENDOR_AWS_SECRET_ACCESS_KEY: "s",
      NODE_EXTRA_CA_CERTS: join(folder, "stub.crt"),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (text) => (stderr += text));
  child.stdout.on("data", () => {});
  const closed = once(child, "close");
  if (interrupt) {
    while (!(statSync(journal, { throwIfNoEntry: false })?.size ?? 0) && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 5));
    interrupt(child);
  }
  const [exitCode] = (await closed) as [number | null];
  return { exitCode, stderr, journalLeft: existsSync(journal) };
}

test("many destinations print no warning of Node.js, and nothing else on stderr", async () => {
  expect(await validate("whole")).toEqual({ exitCode: 0, stderr: "", journalLeft: false });
});

test.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const)("%s cleans up, and ends with 3", async (signal) => {
  const ended = await validate(signal, (child) => child.kill(signal));

  expect(ended).toEqual({
    exitCode: 3,
    stderr: expect.stringMatching(`^not proven: [^\n]*interrupted by ${signal}[^\n]*\n$`),
    journalLeft: false,
  });
});

test("a reader that closes its end (`| head -1`) ends the run after it has cleaned up, and says so", async () => {
  // One after the other, so that some are not begun when the first has written its line.
  const ended = await validate("head", (child) => child.stdout!.destroy(), 4);

  expect(ended.exitCode).toBe(3);
  expect(ended.journalLeft).toBe(false);
  expect(ended.stderr).toContain("interrupted: nobody reads the output any more");
});

test.each([
  ["nobody reads the report", "| head -c 1", { kandji: versioned }, 1],
  ["nobody reads the report", "| head -c 1", {}, 0],
  ["the report cannot be written", "> /dev/full", {}, 3],
] as const)("where %s (`%s`), check ends with what it computed, or with 3", (_, then, change, exitCode) => {
  // More than a pipe holds, so that the reader is gone before all is written.
  const check = `"${process.execPath}" "${join(folder, "index.js")}" check --format json --full "${examplesFolder(change)}" ${then}`;

  const { status, stderr } = spawnSync("bash", ["-c", `set -o pipefail; ${check}`], { encoding: "utf8" });

  expect(stderr).toBe(exitCode === 3 ? "could not tell: the output cannot be written: ENOSPC: no space left on device, write\n" : "");
  expect(status).toBe(exitCode);
});

test.each(["SIGINT", "SIGTERM"] as const)("%s ends check at once, while it is busy and could hear no handler", async (signal) => {
  const child = spawn(process.execPath, [join(folder, "index.js"), "check", "-"], { stdio: ["pipe", "ignore", "inherit"] });
  const closed = once(child, "close");
  // More than a pipe holds: once it is written, the program waits for the rest in a synchronous call.
  await new Promise((resolve) => child.stdin.write(" ".repeat(4_000_000), resolve));

  child.kill(signal);

  expect(await closed).toEqual([null, signal]);
});
