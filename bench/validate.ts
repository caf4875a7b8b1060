/**
 * What a hundred destinations cost `validate` against what one costs: the whole program with the real AWS SDK, in a process of its
 * own, before a stub of AWS that answers every request after 50 ms.
 *
 * Prints both times for each way of acting and, as the last line, the greater ratio.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../test/faults/run";
import { selfSigned } from "./certificate";
import { KEYS, startStub } from "./validate-stub";

const DELAY_MS = 50;
const MANY = 100;
/** Rounds of which the best counts. */
const ROUNDS = Number(process.argv[2] ?? 3);
const MODES = ["deployer", "vendor"] as const;

const root = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "bench-validate-"));

/** What `terraform output -json` says of so many destinations. */
function outputs(count: number): string {
  const text = readFileSync(join(root, "test/cli/contracts/kandji.json"), "utf8");
  const contract = (index: number) => {
    const bucket = `acme-kandji-activity-${index}`;
    return JSON.parse(text.replaceAll("acme-kandji-activity", bucket).replaceAll("kandji-delivery", `kandji-${bucket}`));
  };
  const values = Array.from({ length: count }, (_, index) => [`contract_${index}`, { sensitive: false, value: contract(index) }]);
  const file = join(folder, `outputs-${count}.json`);
  writeFileSync(file, JSON.stringify(Object.fromEntries(values)));
  return file;
}

async function main(): Promise<void> {
  const certificate = selfSigned();
  const trusted = join(folder, "stub.crt");
  writeFileSync(trusted, certificate.cert);
  const stub = await startStub(certificate, DELAY_MS);
  const env = {
    AWS_ENDPOINT_URL: `https://127.0.0.1:${stub.port}`,
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: KEYS.deployer,
    AWS_SECRET_ACCESS_KEY: "s",
    VENDOR_AWS_ACCESS_KEY_ID: KEYS.vendor,
    VENDOR_AWS_SECRET_ACCESS_KEY: "s",
    NODE_EXTRA_CA_CERTS: trusted,
  };
  const seconds = async (as: string, file: string): Promise<number> => {
    const started = process.hrtime.bigint();
    const args = ["validate", "--as", as, "--journal", join(folder, "journal.jsonl"), file];
    const { exitCode, stdout, stderr } = await runProgram({ program: join(root, "program/index.js"), args, env });
    if (exitCode !== 0) throw new Error(`validate ended with ${exitCode}:\n${stdout.slice(0, 5_000)}${stderr.slice(0, 5_000)}`);
    return Number(process.hrtime.bigint() - started) / 1e9;
  };
  /** The least of some rounds: the machine's other work is nobody's cost. */
  const least = async (as: string, file: string): Promise<number> => {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round++) best = Math.min(best, await seconds(as, file));
    return best;
  };
  const [one, many] = [outputs(1), outputs(MANY)];
  let greatest = 0;
  try {
    for (const as of MODES) {
      const [alone, together] = [await least(as, one), await least(as, many)];
      console.log(`as the ${as}: 1 destination ${alone.toFixed(2)} s, ${MANY} destinations ${together.toFixed(2)} s`);
      greatest = Math.max(greatest, together / alone);
    }
  } finally {
    await stub.stop();
  }
  console.log(`ratio validate ${greatest.toFixed(2)}`);
}

main()
  .finally(() => rmSync(folder, { recursive: true, force: true }))
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
