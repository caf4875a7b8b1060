/**
 * What the constructs cost at synthesis: 1,000 Kandji destinations, against the same resources written by hand on cdktf and the same
 * provider sub-paths. Each run is a process of its own; the two sides take turns. Time is the processor's, so that it does not depend on
 * what else the machine does.
 *
 * Prints `ratio synth-time`, `ratio synth-memory` and `ratio import-time`: ours over theirs, medians; of memory, the smallest peaks.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";

const ROUNDS = 5;
const IMPORT_ROUNDS = 25;
const DESTINATIONS = 1000;

interface Run {
  readonly milliseconds: number;
  readonly megabytes: number;
}

const FOLDER = join(process.cwd(), ".cache", "bench");
const SIDE = join(FOLDER, "synth-side.cjs");

function run(side: string, destinations = DESTINATIONS, look?: (outdir: string) => void): Run {
  const outdir = mkdtempSync(join(tmpdir(), "bench-synth-"));
  try {
    const output = execFileSync(process.execPath, [SIDE, side, `${destinations}`, outdir]);
    look?.(outdir);
    return JSON.parse(output.toString());
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function median(values: number[]): number {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

function compare(ours: string, theirs: string, rounds: number): { time: number; memory: number } {
  const runs: Record<string, Run[]> = { [ours]: [], [theirs]: [] };
  run(ours);
  run(theirs);
  for (let round = 0; round < rounds; round++) for (const side of [ours, theirs]) runs[side]!.push(run(side));
  for (const side of [ours, theirs]) {
    const time = median(runs[side]!.map(({ milliseconds }) => milliseconds));
    const memory = leastMemory(runs[side]!);
    console.log(`${side.padEnd(20)} ${time.toFixed(0).padStart(6)} ms  ${memory.toFixed(0).padStart(5)} MB`);
  }
  const time = median(runs[ours]!.map((one, index) => one.milliseconds / runs[theirs]![index]!.milliseconds));
  return { time, memory: leastMemory(runs[ours]!) / leastMemory(runs[theirs]!) };
}

/** The smallest peak of a side: by how much a run exceeds it depends on when garbage happens to be collected, up to twice as much. */
function leastMemory(runs: readonly Run[]): number {
  return Math.min(...runs.map(({ megabytes }) => megabytes));
}

/** The contract of the first destination, for the side that is written by hand. */
function keepContract(outdir: string): void {
  const { resource } = JSON.parse(readFileSync(join(outdir, "stacks", "bench", "cdk.tf.json"), "utf8"));
  const [validation] = Object.values<{ input: unknown }>(resource.terraform_data);
  writeFileSync(join(FOLDER, "contract.json"), JSON.stringify(validation!.input));
}

buildSync({
  entryPoints: ["bench/synth-side.ts"],
  outfile: SIDE,
  bundle: true,
  platform: "node",
  packages: "external",
  logLevel: "warning",
});
run("constructs", 1, keepContract);
const synth = compare("constructs", "by-hand", ROUNDS);
const imports = compare("import-package", "import-sub-paths", IMPORT_ROUNDS);
console.log(`ratio synth-time ${synth.time.toFixed(2)}`);
console.log(`ratio synth-memory ${synth.memory.toFixed(2)}`);
console.log(`ratio import-time ${imports.time.toFixed(2)}`);
