/** Runs the program as its users do: the bundle, as a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { ValidateReport } from "../../cli/report/validate/types";

export interface ProgramRun {
  /** Null when it was killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Of `--format json`, where it came that far. */
  readonly report: ValidateReport | undefined;
}

export interface RunOptions {
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment, save what every process needs. */
  readonly env: Readonly<Record<string, string>>;
  readonly started?: (child: ChildProcess) => void;
}

export async function runProgram({ program, args, env, started }: RunOptions): Promise<ProgramRun> {
  const child = spawn(process.execPath, [program, ...args], {
    // A busy machine takes as long as it takes; what is about the time for a run sets it anew.
    env: {
      VENDOR_DESTINATION_RUN_TIMEOUT_SECONDS: "3600",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started?.(child);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text) => (stdout += text));
  child.stderr.on("data", (text) => (stderr += text));
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode, stdout, stderr, report: parsed(stdout) };
}

function parsed(text: string): ValidateReport | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
