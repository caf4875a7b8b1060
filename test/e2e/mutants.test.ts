/** The mutants of the examples' plans, deployed: the live verdict finds each that the emulator can show, and names the change. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DestinationReport, LiveResult } from "../../cli/report/validate/types";
import type { Applied, TerraformJson } from "../emulator/apply";
import { describeWithEmulator } from "../emulator/describe";
import { type Credentials, type Emulator, startEmulator } from "../emulator/server";
import { copyOfProgram } from "../faults/destinations";
import { runProgram } from "../faults/run";
import { harmfulMutants } from "../mutants/harmful";
import { harmlessMutants } from "../mutants/harmless";
import type { Mutant } from "../mutants/mutant";
import { EXAMPLES, type Example, planOf } from "../mutants/plans";
import { applyMutant } from "./apply-mutant";
import { expectedMention } from "./expected-mention";
import { NOT_SHOWN, reasonNotToShow } from "./not-shown";

/** What became of a mutant. */
interface Deployed {
  readonly report?: DestinationReport;
  /** Why the emulator cannot show it. */
  readonly reason?: string;
}

/** As many are there at the same time. */
const BATCH = 24;
const NAMES: Record<Example, string> = { kandji: "acme-kandji-activity", sixsense: "acme.6sense.staging" };

/** Every third of each kind: all of them are judged offline in each run, and deployed with CASES=all. */
const EACH = process.env.CASES === "all" ? 1 : 3;

const key = ({ example, kind, name }: Mutant) => `${example}, ${kind}: ${name}`;
const harmful = chosenFrom(harmfulMutants());
const harmless = chosenFrom(harmlessMutants());
const all = [...harmful, ...harmless];
const isShown = ({ mutant }: { readonly mutant: Mutant }) => reasonNotToShow(key(mutant)) === undefined;

describeWithEmulator("mutants in the emulator", () => {
  const folder = mkdtempSync(join(tmpdir(), "vendor-destination-mutants-"));
  const deployed = new Map<Mutant, Promise<Deployed>>();
  let emulator: Emulator;
  let program: string;
  const vendors = {} as Record<Example, Credentials>;
  let deployer: Credentials;
  let stranger: Credentials;

  beforeAll(async () => {
    program = copyOfProgram();
    emulator = await startEmulator();
    vendors.kandji = (await (await emulator.vendor.role("kandji-activity")).session()).credentials;
    vendors.sixsense = (await (await emulator.vendor.role("6sense-common")).session()).credentials;
    // Principals that mutants name: AWS takes no policy that names one who does not exist.
    for (const name of ["kandji-activity2", "6sense-common2", "other"]) await emulator.vendor.role(name);
    for (const name of ["kandji-activity", "6sense-common"]) await emulator.vendor.user(name);
    deployer = (await emulator.customer.user("deployer")).credentials;
    stranger = (await (await emulator.stranger.role("stranger")).session()).credentials;
    let before: Promise<unknown> = Promise.resolve();
    for (const example of EXAMPLES) {
      const own = all.filter((mutant) => mutant.example === example);
      for (let start = 0; start < own.length; start += BATCH) {
        const mutants = own.slice(start, start + BATCH);
        const batch = before.then(() => deployBatch(example, mutants, start));
        before = batch.catch(() => {});
        for (const mutant of mutants)
          deployed.set(
            mutant,
            batch.then((results) => results.get(mutant)!),
          );
      }
    }
  });

  afterAll(async () => {
    const results = await Promise.all(
      all.map(async (mutant) => ({ mutant, ...(await deployed.get(mutant)!.catch(() => ({}) as Deployed)) })),
    );
    const shown = (mutants: readonly Mutant[]) => results.filter(({ mutant, report }) => mutants.includes(mutant) && report).length;
    console.log(`mutants deployed: ${shown(harmful)} of ${harmful.length} harmful, ${shown(harmless)} of ${harmless.length} harmless`);
    await emulator?.stop();
    for (const one of [folder, program && dirname(program)]) if (one) rmSync(one, { recursive: true, force: true });
  });

  /** Applies some mutants under names of their own, validates them in one run. Those with names of their own end with the emulator. */
  async function deployBatch(example: Example, mutants: readonly Mutant[], start: number): Promise<Map<Mutant, Deployed>> {
    const results = new Map<Mutant, Deployed>();
    const applied: { mutant: Mutant; stack: Applied; bucket: string; file: string }[] = [];
    for (const [index, mutant] of mutants.entries()) {
      const name = `${NAMES[example]}-${start + index}`;
      try {
        const stack = await applyMutant(mutated(mutant, name), emulator);
        const file = join(folder, `${name}.json`);
        writeFileSync(file, JSON.stringify(stateOf(stack)));
        applied.push({ mutant, stack, bucket: name, file });
      } catch (error) {
        results.set(mutant, { reason: (error as Error).message.split("\n")[0] });
      }
    }
    const environment = {
      ...emulator.environment(deployer),
      ...prefixed("VENDOR_", vendors[example]),
      ...prefixed("STRANGER_", stranger),
    };
    const args = ["validate", "--as", "vendor", "--format", "json", "--timeout-seconds", "1", ...applied.map(({ file }) => file)];
    const { report, stderr } = await runProgram({ program, args, env: environment });
    for (const { mutant, stack, bucket } of applied) {
      const found = report?.destinations.find((one) => one.bucket === bucket);
      results.set(mutant, found ? notShown(mutant, found) : { reason: `the program says nothing of it: ${stderr}` });
      if (addsResources(mutant)) await stack.destroy();
    }
    return results;
  }

  /** The report on a mutant that the emulator can show. */
  async function reportOn(mutant: Mutant): Promise<DestinationReport> {
    const { report, reason } = await deployed.get(mutant)!;
    expect(reason).toBeUndefined();
    return report!;
  }

  describe.each(EXAMPLES)("%s", (example) => {
    const of = (mutants: readonly Mutant[]) =>
      mutants.filter((mutant) => mutant.example === example).map((mutant) => ({ ...mutant, mutant }));

    test.each(of(harmful).filter(isShown))("fails: $kind: $name", async ({ mutant }) => {
      const report = await reportOn(mutant);
      const bad = report.results.filter(({ outcome }) => outcome === "fail");
      const said = bad.map(told).join("\n");

      expect(
        bad.length,
        `${mutant.name}: ${report.results
          .filter(({ outcome }) => outcome === "unknown")
          .map(told)
          .join("\n")}`,
      ).toBeGreaterThan(0);
      expect(said).toMatch(expectedMention(mutant));
      expect(report.left).toEqual([]);
    });

    test.each(of(harmless).filter(isShown))("accepts: $kind: $name", async ({ mutant }) => {
      const report = await reportOn(mutant);

      expect(report.results.filter(({ outcome }) => outcome !== "pass").map(told)).toEqual([]);
      expect(report.left).toEqual([]);
    });
  });

  test("none is in the way of another", async () => {
    const results = await Promise.all(all.map((mutant) => deployed.get(mutant)!));

    expect(results.map(({ reason }) => reason).filter((reason) => /already (exists|own)/.test(reason ?? ""))).toEqual([]);
  });

  test.each(all.filter((mutant) => !isShown({ mutant })).map((mutant) => ({ name: key(mutant), mutant })))(
    "cannot be shown: $name",
    async ({ name, mutant }) => {
      const { report, reason } = await deployed.get(mutant)!;

      expect(report).toBeUndefined();
      expect(reason).toContain(reasonNotToShow(name));
    },
  );

  test("every mutant that cannot be shown exists", () => {
    const keys = [...harmfulMutants(), ...harmlessMutants()].map(key);

    expect(NOT_SHOWN.flatMap(({ mutants }) => mutants).filter((name) => !keys.includes(name))).toEqual([]);
  });
});

function chosenFrom(mutants: readonly Mutant[]): readonly Mutant[] {
  const counts = new Map<string, number>();
  return mutants.filter(({ example, kind }) => {
    const count = counts.get(`${example} ${kind}`) ?? 0;
    counts.set(`${example} ${kind}`, count + 1);
    return count % EACH === 0;
  });
}

/** Where the emulator takes what AWS would not, or AWS makes good what was removed, there is nothing to find. */
function notShown({ kind, name }: Mutant, report: DestinationReport): Deployed {
  if (JSON.stringify(report).includes("exception while calling"))
    return { reason: "AWS refuses the policy, the emulator takes it and breaks" };
  if (kind === "removed" && name === "Block Public Access") return { reason: "it is on in every new bucket, also where nobody sets it" };
  return { report };
}

/** All that a result says. */
function told({ id, title, outcome, cause, deciding, location, expected }: LiveResult): string {
  const statements = deciding.map(({ policy, sid, index }) => `${policy} ${sid ?? index}`);
  return [outcome, id, title, expected, cause, ...statements, location?.address].filter(Boolean).join(" · ");
}

/** Whether the mutant has resources that the example has not, under names that other mutants have, too. */
function addsResources({ example, mutate }: Mutant): boolean {
  const [plan, mutant] = [planOf(example), planOf(example)];
  mutate(mutant);
  const known = addressesIn(plan.resource);
  return addressesIn(mutant.resource).some((address) => !known.includes(address));
}

function addressesIn(resource: object): string[] {
  return Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));
}

function mutated({ example, mutate }: Mutant, name: string): TerraformJson {
  const plan = planOf(example);
  mutate(plan);
  const { terraform: _, output: __, ...rest } = plan;
  // What makes the hook run again is of no account here, and refers to what mutants remove.
  for (const hook of Object.values(rest.resource.terraform_data) as { triggers_replace?: unknown }[]) delete hook.triggers_replace;
  return JSON.parse(
    JSON.stringify(rest)
      .replaceAll(NAMES[example], name)
      .replaceAll("acme-elsewhere", `acme-elsewhere-${name.split("-").at(-1)}`),
  );
}

/** What `terraform show -json` says of the state. */
function stateOf({ json, attributes, hooks }: Applied): object {
  const resources = [...attributes].map(([address, values]) => {
    const [type, name] = address.replace(/^data\./, "").split(".");
    return { address, mode: address.startsWith("data.") ? "data" : "managed", type, name, values };
  });
  for (const { address, input } of hooks) {
    const hook = resources.find((one) => one.address === address);
    if (hook) hook.values = { ...hook.values, input };
  }
  return {
    format_version: "1.0",
    terraform_version: "1.9.0",
    values: { root_module: { resources: resources.filter(({ type }) => json && type) } },
  };
}

function prefixed(prefix: string, { accessKeyId, secretAccessKey, sessionToken }: Credentials): Record<string, string> {
  return {
    [`${prefix}AWS_ACCESS_KEY_ID`]: accessKeyId,
    [`${prefix}AWS_SECRET_ACCESS_KEY`]: secretAccessKey,
    ...(sessionToken === undefined ? {} : { [`${prefix}AWS_SESSION_TOKEN`]: sessionToken }),
  };
}
