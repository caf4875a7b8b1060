/** Inputs that were judged wrongly once: those with a hole of access are found by proofs alone. */
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Result } from "../../lib/contract";
import { cli } from "../cli/run-program";
import cases from "../estate/cases.json";

const counts = { proved: 0, broken: 0, notExcluded: 0, byOthers: 0 };

async function proofsOf(name: string, [command, ...args]: readonly string[]): Promise<readonly (Result & { readonly kind: string })[]> {
  const folder = join(__dirname, "..", "estate", "cases", name);
  const paths = args.map((arg) => (/^[.\w-]+\.json$|^\.$|^stacks/.test(arg) ? join(folder, arg) : arg));
  const { out } = await cli(command!, "--format", "json", ...paths);
  const { destinations = [] } = JSON.parse(out || "{}") as { destinations?: { results: (Result & { kind: string })[] }[] };
  return destinations.flatMap(({ results }) => results).filter(({ kind }) => kind === "proof");
}

describe("proofs alone", () => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", async (name, { command, exitCodes }) => {
    const proofs = await proofsOf(name, command);
    const isBroken = proofs.some(({ outcome }) => outcome === "fail");
    const isOpen = proofs.some(({ outcome }) => outcome === "unknown");

    const isRight = isBroken ? exitCodes.includes(1) : !isOpen || exitCodes.some((code) => code !== 0);
    expect(isRight, JSON.stringify(proofs.filter(({ outcome }) => outcome !== "pass"))).toBe(true);
    if (exitCodes.includes(0)) counts.proved++;
    else counts[isBroken ? "broken" : isOpen ? "notExcluded" : "byOthers"]++;
  });
});

afterAll(() => {
  const { proved, broken, notExcluded, byOthers } = counts;
  console.log(
    `cases by proofs alone: ${broken} shown by a witness, ${notExcluded} that could not be excluded, ${byOthers} that only rules or settings tell; ${proved} sound ones proved`,
  );
});
