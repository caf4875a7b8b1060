/**
 * What `check` costs: 1,000 destinations in one synthesized stack, as a whole process, against checkov on the same file in the same
 * run. Ours judges contracts, policies and settings; checkov its own rules.
 *
 * checkov is installed once into a Python environment of its own, `.cache/checkov`. Prints `ratio check`: checkov's seconds over ours.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";

const DESTINATIONS = 1000;
const OUR_ROUNDS = 11;
/** The one in the middle, as it takes most of a minute, after which a machine may not be as fast as before. */
const THEIR_ROUND = 5;
const CHECKOV = "checkov==3.3.30";
const CACHE = join(process.cwd(), ".cache");
const PROGRAM = join(process.cwd(), "program", "index.js");

interface Run {
  readonly seconds: number;
  readonly status: number | null;
}

function timed(command: string, args: readonly string[]): Run {
  const start = process.hrtime.bigint();
  const { status, error, stderr } = spawnSync(command, args, { stdio: ["ignore", "ignore", "pipe"], maxBuffer: 1 << 28 });
  if (error) throw error;
  if (status !== 0 && status !== 1) throw new Error(`${command} ended with ${status}: ${stderr.toString().slice(-500)}`);
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, status };
}

/** The stack's file in a folder of its own. */
function synthesise(outdir: string): string {
  const side = join(CACHE, "bench", "check-side.cjs");
  buildSync({
    entryPoints: ["bench/check-side.ts"],
    outfile: side,
    bundle: true,
    platform: "node",
    packages: "external",
    logLevel: "warning",
  });
  execFileSync(process.execPath, [side, `${DESTINATIONS}`, outdir], { stdio: "inherit" });
  return join(outdir, "stacks", "bench", "cdk.tf.json");
}

/** checkov's program, installed where it is not there yet. */
function ensureCheckov(): string {
  const folder = join(CACHE, "checkov");
  const program = join(folder, "bin", "checkov");
  if (existsSync(program)) return program;
  mkdirSync(CACHE, { recursive: true });
  console.log(`installing ${CHECKOV}`);
  execFileSync(findPython(), ["-m", "venv", folder], { stdio: "inherit" });
  execFileSync(join(folder, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", CHECKOV], { stdio: "inherit" });
  return program;
}

/** A Python that checkov runs on: on the PATH, or among the versions of pyenv. */
function findPython(): string {
  const versions = join(homedir(), ".pyenv", "versions");
  const hidden = existsSync(versions) ? readdirSync(versions).map((version) => join(versions, version, "bin", "python3")) : [];
  const isRight = (python: string) =>
    spawnSync(python, ["-c", "import sys, venv; sys.exit(not ((3, 9) <= sys.version_info < (3, 14)))"]).status === 0;
  const found = ["python3.13", "python3.12", "python3.11", "python3", ...hidden.reverse()].find(isRight);
  if (found === undefined) throw new Error("checkov needs Python 3.9 to 3.13 with venv; install one");
  return found;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

if (!existsSync(PROGRAM)) throw new Error("there is no program to measure; run npm run build");
const outdir = mkdtempSync(join(tmpdir(), "bench-check-"));
try {
  const file = synthesise(outdir);
  const checkov = ensureCheckov();
  const resources = Object.values<object>(JSON.parse(readFileSync(file, "utf8")).resource).reduce(
    (sum, of) => sum + Object.keys(of).length,
    0,
  );
  console.log(`${DESTINATIONS} destinations, ${resources} resources, ${(statSync(file).size / 1e6).toFixed(1)} MB`);
  const ours: Run[] = [];
  const theirs: Run[] = [];
  timed(process.execPath, [PROGRAM, "check", file]);
  for (let round = 0; round < OUR_ROUNDS; round++) {
    ours.push(timed(process.execPath, [PROGRAM, "check", file]));
    if (round === THEIR_ROUND) {
      theirs.push(
        timed(checkov, ["--file", file, "--framework", "terraform_json", "--compact", "--quiet", "--output", "json", "--skip-download"]),
      );
    }
  }
  const [mine, their] = [ours, theirs].map((runs) => median(runs.map(({ seconds }) => seconds))) as [number, number];
  console.log(`vendor-destination check  ${mine.toFixed(3)} s  exit code ${ours[0]!.status}`);
  console.log(`checkov                   ${their.toFixed(3)} s  exit code ${theirs[0]!.status}`);
  console.log(`ratio check ${(their / mine).toFixed(1)}`);
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
