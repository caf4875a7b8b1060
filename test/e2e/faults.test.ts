/** The program on AWS's bad days: after each fault the account holds what it held, and the verdict is right. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithEmulator } from "../emulator/describe";
import { type Credentials, type Emulator, startEmulator } from "../emulator/server";
import { CASES, type FaultCase } from "../faults/cases";
import {
  bucketContents,
  copyOfProgram,
  DESTINATION_KINDS,
  deployDestination,
  type FaultDestination,
  rolesWithPolicies,
  VENDOR_ROLE,
} from "../faults/destinations";
import { startFaultProxy } from "../faults/proxy";
import { type ProgramRun, runProgram } from "../faults/run";

interface Outcome {
  readonly run: ProgramRun;
  /** Requests that the fault changed. */
  readonly mishaps: number;
  /** What the account holds, if it is not what it held before. */
  readonly difference: readonly string[];
  /** A later `--clean-up`, where there was one. */
  readonly cleanUp?: ProgramRun;
  readonly journalLeft: boolean;
}

describeWithEmulator("faults", () => {
  const journals = mkdtempSync(join(tmpdir(), "vendor-destination-journals-"));
  const outcomes = new Map<FaultCase, Promise<Outcome>>();
  let emulator: Emulator;
  const destinations: FaultDestination[] = [];
  let deployer: Credentials;
  let vendor: Credentials;
  let program: string;

  beforeAll(async () => {
    program = copyOfProgram();
    emulator = await startEmulator();
    vendor = (await (await emulator.vendor.role(VENDOR_ROLE)).session()).credentials;
    deployer = (await emulator.customer.user("deployer")).credentials;
    // Only one destination has stand-in roles. For it, every role of the account is compared.
    for (const name of DESTINATION_KINDS)
      for (const number of name === "role" ? [0] : [0, 1]) destinations.push(await deployDestination(emulator, name, number));
    // The destinations run concurrently, and the cases of each one after the other.
    for (const name of DESTINATION_KINDS) {
      const own = CASES.filter((one) => one.destination === name);
      const open = destinations.filter((destination) => destination.name === name);
      for (const [number, destination] of open.entries()) {
        let before: Promise<unknown> = Promise.resolve();
        for (const one of own.filter((_, index) => index % open.length === number)) {
          const outcome = before.then(() => tryOut(one, destination));
          before = outcome.catch(() => {});
          outcomes.set(one, outcome);
        }
      }
    }
  });

  afterAll(async () => {
    const all = await Promise.allSettled(outcomes.values());
    const left = all.flatMap((one) => (one.status === "fulfilled" ? one.value.difference : ["a fault that could not be tried"]));
    console.log(`faults tried: ${all.length}, objects left: ${left.length}`);
    for (const destination of destinations) await destination.destroy();
    await emulator?.stop();
    for (const folder of [journals, program && dirname(program)]) if (folder) rmSync(folder, { recursive: true, force: true });
  });

  async function tryOut({ fault, signal, as, anywhere, args = [], env = {} }: FaultCase, destination: FaultDestination): Promise<Outcome> {
    const before = await contentsOf(destination);
    const journal = join(journals, `${destination.bucket}.jsonl`);
    const made = fault();
    let kill = () => {};
    const proxy = await startFaultProxy(emulator, (asked) => {
      const mishap = made(asked);
      if (mishap && signal) setImmediate(kill);
      return mishap;
    });
    const common = { program, env: { ...environment(proxy.endpoint), ...env } };
    try {
      const run = await runProgram({
        ...common,
        args: [
          "validate",
          "--contract",
          anywhere ? destination.contractAnywhereFile : destination.contractFile,
          "--as",
          as,
          "--format",
          "json",
          "--journal",
          journal,
          ...args,
        ],
        started: (child) => {
          kill = () => child.kill(signal);
        },
      });
      await proxy.idle();
      const journalled = existsSync(journal);
      const cleanUp = journalled ? await cleanUpLater(journal) : undefined;
      const after = await contentsOf(destination);
      return {
        run,
        mishaps: proxy.mishaps,
        difference: [...after.filter((item) => !before.includes(item)), ...before.filter((item) => !after.includes(item))],
        journalLeft: existsSync(journal),
        ...(cleanUp ? { cleanUp } : {}),
      };
    } finally {
      await proxy.stop();
    }
  }

  function environment(endpoint: string): Record<string, string> {
    return {
      ...emulator.environment(deployer),
      AWS_ENDPOINT_URL: endpoint,
      VENDOR_DESTINATION_TIMEOUT_SECONDS: "30",
      VENDOR_AWS_ACCESS_KEY_ID: vendor.accessKeyId,
      VENDOR_AWS_SECRET_ACCESS_KEY: vendor.secretAccessKey,
      VENDOR_AWS_SESSION_TOKEN: vendor.sessionToken!,
    };
  }

  /** Without the fault, as on the next day. */
  function cleanUpLater(journal: string): Promise<ProgramRun> {
    return runProgram({ program, args: ["validate", "--clean-up", "--journal", journal], env: environment(emulator.httpsEndpoint) });
  }

  /** Everything in the bucket, and for the destination with stand-in roles, every role of the account. */
  async function contentsOf(destination: FaultDestination): Promise<string[]> {
    return [
      ...(await bucketContents(emulator, destination.bucket)),
      ...(destination.name === "role" ? await rolesWithPolicies(emulator) : []),
    ];
  }

  test.each(CASES.map((one) => ({ ...one, one })))("$as, $destination: $name", async ({ one }) => {
    const { run, mishaps, difference, cleanUp, journalLeft } = await outcomes.get(one)!;
    const said = { stderr: run.stderr, notPassed: notPassed(run), ...(cleanUp && { cleanUp: cleanUp.stdout + cleanUp.stderr }) };

    expect(difference, JSON.stringify(said)).toEqual([]);
    expect(mishaps, "the fault was met").toBeGreaterThan(0);
    expect(one.exitCodes, JSON.stringify(said, null, 2)).toContain(run.exitCode);
    if (one.says) expect(one.says(run, mishaps), JSON.stringify(said, null, 2)).toBe(true);
    // Only who was killed, or cut off for good, may need a second run.
    if (one.signal !== "SIGKILL" && !one.cleanedUpLater) expect(cleanUp, JSON.stringify(said)).toBeUndefined();
    expect(cleanUp?.exitCode ?? 0, JSON.stringify(said)).toBe(0);
    expect(journalLeft).toBe(false);
  });
});

function notPassed({ report }: ProgramRun) {
  return report?.destinations.map(({ results, stopped, left }) => ({
    ...(stopped === undefined ? {} : { stopped }),
    left,
    results: results.filter(({ outcome }) => outcome !== "pass").map(({ id, outcome, cause }) => `${outcome} ${id}: ${cause}`),
  }));
}
