/** Every change by hand is found in every mode. The results are the table of docs/validate.md; WRITE_DOCS=1 writes it. */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readBack } from "../../../cli/live/read-back";
import type { DestinationReport } from "../../../cli/report/validate/types";
import type { DestinationOptions } from "../../../cli/validate";
import type { AccountModel } from "../../../lib/plan/account-model";
import { CHANGES, type Change } from "./changes-by-hand";
import { EnforcedDestination, type Example } from "./enforced";

const PAGE = `${__dirname}/../../../docs/validate.md`;
const [BEGIN, END] = ["<!-- changes by hand: begin -->", "<!-- changes by hand: end -->"];

const deployer = { kind: "environment" } as const;
const vendor = { kind: "profile", name: "vendor" } as const;

interface Mode {
  readonly title: string;
  readonly options: Partial<DestinationOptions>;
  /** With the state that holds the contract. */
  readonly hasState?: true;
  readonly examples?: readonly Example[];
}

const MODES: readonly Mode[] = [
  { title: "Contract only", options: { asked: "deployer" } },
  { title: "With the state", options: { asked: "deployer" }, hasState: true },
  { title: "As the vendor", options: { sources: { deployer, vendor, strangers: [] } } },
  { title: "As the role", options: { asked: "role" }, examples: ["kandji"] },
];

async function stateOf(example: Example): Promise<AccountModel> {
  const place = new EnforcedDestination(example);
  const where = { region: "eu-west-1", owner: undefined };
  return (await readBack(place.contract, { aws: place.aws.as("environment"), place: where, signal: place.stop.signal })).account;
}

const reports = new Map<string, Promise<DestinationReport>>();

/** The report on a change in a mode, made once for its own test and for the table. */
function reportOn({ example, title, make }: Change, mode: Mode): Promise<DestinationReport> {
  const key = `${mode.title}: ${title}`;
  const found = reports.get(key) ?? run(example, mode, make);
  reports.set(key, found);
  return found;
}

async function run(example: Example, mode: Mode, make: Change["make"] = () => {}): Promise<DestinationReport> {
  const place = new EnforcedDestination(example);
  make(place);
  return place.validate(mode.options, mode.hasState && (await stateOf(example)));
}

const worst = ({ results }: DestinationReport) => ({
  fail: results.filter(({ outcome }) => outcome === "fail").map(({ id }) => id),
  unknown: results.filter(({ outcome }) => outcome === "unknown").map(({ id }) => id),
});

function isRun({ examples }: Mode, { example }: Pick<Change, "example">): boolean {
  return examples === undefined || examples.includes(example);
}

/** What the table says: the first results that fail, or else those that are unknown. */
function cell(report: DestinationReport): string {
  const { fail, unknown } = worst(report);
  const shown = (ids: readonly string[]) => {
    const distinct = [...new Set(ids)];
    const more = distinct.length > 2 ? ` and ${distinct.length - 2} more` : "";
    return `${distinct
      .slice(0, 2)
      .map((id) => `\`${id}\``)
      .join(", ")}${more}`;
  };
  return fail.length > 0 ? `✗ ${shown(fail)}` : `? ${shown(unknown)}`;
}

describe.each(MODES)("changes by hand, $title", (mode) => {
  test.each((mode.examples ?? ["kandji", "sixsense"]) as Example[])("nothing fails in %s as deployed", async (example) => {
    expect(worst(await run(example, mode))).toEqual({ fail: [], unknown: [] });
  });

  test.each(CHANGES.filter((change) => isRun(mode, change)))("finds: $title", async (change) => {
    const { fail, unknown } = worst(await reportOn(change, mode));

    expect([...fail, ...unknown]).not.toEqual([]);
  });
});

test.each(MODES)("what no mode sees is listed as not checked, $title", async (mode) => {
  const { notChecked } = await run(mode.examples?.[0] ?? "sixsense", mode);

  const texts = [
    "Block Public Access of the organization",
    "Multi-Region and Object Lambda Access Points",
    "VPC endpoints",
    "CORS, access logging, metrics",
  ];
  for (const text of texts) expect(notChecked.join("\n")).toContain(text);
});

test("the table of the docs shows every change in every mode", async () => {
  const rows = await Promise.all(
    CHANGES.map(async (change) => {
      const cells = await Promise.all(MODES.map(async (mode) => (isRun(mode, change) ? cell(await reportOn(change, mode)) : "–")));
      return `| ${[change.title, ...cells].join(" | ")} |`;
    }),
  );
  const titles = ["Change", ...MODES.map(({ title }) => title)];
  const table = [`| ${titles.join(" | ")} |`, `| ${titles.map(() => "---").join(" | ")} |`, ...rows].join("\n");
  const page = readFileSync(PAGE, "utf8");
  const [before, rest = ""] = page.split(BEGIN);
  const written = `${before}${BEGIN}\n\n${table}\n\n${END}${rest.split(END)[1]}`;
  if (process.env.WRITE_DOCS === "1") writeFileSync(PAGE, written);

  expect(CHANGES.length).toBeGreaterThanOrEqual(60);
  expect(readFileSync(PAGE, "utf8")).toBe(written);
});
