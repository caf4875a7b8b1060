/**
 * What `check` costs: 1,000 destinations in one synthesized stack, as a whole process, against checkov on the same file in the same
 * run. Ours judges contracts, policies and settings; checkov its own rules.
 *
 * checkov is installed once into a Python environment of its own, `.cache/checkov`. Prints `ratio check`: checkov's seconds over ours.
 *
 * With `--growth` it prints how our time grows from 100 to 10,000 destinations, in a stack and in a plan: `exponent check`, 1 where twice
 * the destinations take twice the time.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";

const DESTINATIONS = 1000;
/** The sizes that `--growth` compares. */
const GROWTH = [100, 1000, 10_000];
const GROWTH_ROUNDS = 3;
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
function synthesize(outdir: string, destinations = DESTINATIONS): string {
  const side = join(CACHE, "bench", "check-side.cjs");
  buildSync({
    entryPoints: ["bench/check-side.ts"],
    outfile: side,
    bundle: true,
    platform: "node",
    packages: "external",
    logLevel: "warning",
  });
  execFileSync(process.execPath, [side, `${destinations}`, outdir], { stdio: "inherit" });
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

interface Stack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A stack with this many destinations: cdktf takes hours to synthesize the largest, so the pair of the smallest is repeated. */
function repeat(pair: string, destinations: number): Stack {
  const copy = (index: number): Stack =>
    JSON.parse(
      pair
        .replaceAll(/(Kandji|bench-kandji-)0/g, (_, name: string) => `${name}${2 * index}`)
        .replaceAll(/(SixSense|bench\.6sense\.)1/g, (_, name: string) => `${name}${2 * index + 1}`),
    );
  const resource: Record<string, Record<string, unknown>> = {};
  for (let index = 0; index < destinations / 2; index++) {
    for (const [type, resources] of Object.entries(copy(index).resource)) resource[type] = Object.assign(resource[type] ?? {}, resources);
  }
  return { ...copy(0), resource };
}

/** The stack as a plan that creates all of it, with the same values in `planned_values` and `resource_changes`. */
function planOf({ resource }: Stack): object {
  const named = Object.entries(resource).flatMap(([type, resources]) =>
    Object.entries(resources).map(([name, values]) => ({ address: `${type}.${name}`, mode: "managed", type, name, values })),
  );
  const nameOf = new Map(named.map(({ address, values }) => [address, ownText(values, "bucket") ?? ownText(values, "name") ?? ""]));
  const literal = JSON.stringify(named).replaceAll(/\$\{(aws_\w+\.\w+)\.\w+\}/g, (_, address: string) => nameOf.get(address) ?? "");
  const resources: { values: object }[] = JSON.parse(literal);
  return {
    format_version: "1.2",
    planned_values: { root_module: { resources } },
    resource_changes: resources.map(({ values, ...each }) => ({
      ...each,
      change: { actions: ["create"], before: null, after: values, after_unknown: {} },
    })),
    configuration: { root_module: { resources: resources.map(({ values: _, ...each }) => ({ ...each, expressions: {} })) } },
  };
}

function ownText(values: unknown, name: string): string | undefined {
  const value = (values as Record<string, unknown>)[name];
  return typeof value === "string" ? value : undefined;
}

/** The seconds above those of the start of the program, by the number of destinations. */
function growth(outdir: string): void {
  const fastest = (args: readonly string[]) =>
    Math.min(...Array.from({ length: GROWTH_ROUNDS }, () => timed(process.execPath, [PROGRAM, ...args]).seconds));
  const start = fastest(["--version"]);
  const pair = readFileSync(synthesize(join(outdir, "pair"), 2), "utf8");
  for (const [kind, write] of Object.entries({ stack: (stack: Stack): object => stack, plan: planOf })) {
    const points = GROWTH.map((destinations) => {
      const folder = join(outdir, `${kind}-${destinations}`);
      mkdirSync(folder);
      const file = join(folder, kind === "stack" ? "cdk.tf.json" : "plan.json");
      writeFileSync(file, JSON.stringify(write(repeat(pair, destinations))));
      const seconds = fastest(["check", file]) - start;
      console.log(`${kind} of ${destinations} destinations  ${seconds.toFixed(3)} s`);
      return [Math.log(destinations), Math.log(seconds)] as const;
    });
    const [first, last] = [points[0]!, points.at(-1)!];
    console.log(`exponent check ${kind} ${((last[1] - first[1]) / (last[0] - first[0])).toFixed(2)}`);
  }
}

/** Ours against checkov, on the same file. */
function compare(outdir: string): void {
  const file = synthesize(outdir);
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
}

if (!existsSync(PROGRAM)) throw new Error("there is no program to measure; run npm run build");
const outdir = mkdtempSync(join(tmpdir(), "bench-check-"));
try {
  if (process.argv.includes("--growth")) growth(outdir);
  else compare(outdir);
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
