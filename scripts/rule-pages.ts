/** Renders the pages of the rules: `docs/rules/<id>.md` and their index, from the rules and the examples that the tests run. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CONTRACT_RULES, RULE_INFOS, RULES, type Rule, type RuleInfo } from "../lib/rules";

const ROOT = join(__dirname, "..");
const EXAMPLES = join(ROOT, "test", "rules");

/** Where the pages are, from the root. */
export const PAGES = "docs/rules";

/** A policy, settings or configuration, and whether the rule finds something in it. `test/rules/example-account.ts` explains the kinds. */
export interface Example {
  readonly text: string;
  readonly kind: keyof typeof PLACES;
  readonly value: unknown;
}

export interface Examples {
  readonly found: readonly Example[];
  readonly fine: readonly Example[];
}

/** What an example of each kind is. */
const PLACES = {
  terraform: "In Terraform's JSON configuration.",
  beside: "In Terraform's JSON configuration, beside a destination with the bucket `acme-logs` and the role `vendor-delivery`.",
  settings: "In the settings of the bucket of a destination.",
  "bucket-policy": "In the bucket policy of `acme-logs`.",
  "key-policy": "In the policy of the KMS key by which `acme-logs` encrypts.",
  "trust-policy": "In the trust policy of the vendor's role.",
  "role-policy": "In a policy of the vendor's role.",
  "other-role": "In a role that no contract names: its trust policy and its permissions.",
  "other-bucket": "In the policy of the bucket `payroll`, which no contract names.",
} as const;

/** The examples of a rule, which are in `test/rules/<group>/<id>.json`; undefined for findings that have none. */
export function examplesOf(id: string): Examples | undefined {
  const groups = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const path = groups.map(({ name }) => join(EXAMPLES, name, `${id}.json`)).find((candidate) => existsSync(candidate));
  return path === undefined ? undefined : (JSON.parse(readFileSync(path, "utf8")) as Examples);
}

/** The text of each page, by file name. */
export function rulePages(): ReadonlyMap<string, string> {
  return new Map([
    ["README.md", indexPage()],
    ...[...RULE_INFOS.values()].map((rule): [string, string] => [`${rule.id}.md`, rulePage(rule, examplesOf(rule.id))]),
  ]);
}

function rulePage(rule: RuleInfo & Pick<Rule, "everywhere" | "acceptedBy">, examples: Examples | undefined): string {
  const { id, title, severity, reason, details, everywhere, acceptedBy, remedy, source } = rule;
  const paragraphs = [
    `# ${id}`,
    `Severity: **${severity}**`,
    sentence(title),
    details,
    "## Why",
    sentence(reason),
    everywhere && "The rule checks every bucket and role of the plan, including those that no contract names.",
    acceptedBy && `A contract that accepts \`${acceptedBy}\` accepts the finding, because the vendor's documentation requires it.`,
    ...(examples === undefined ? [] : ["## Found", ...examples.found.map(shown), "## Fine", ...examples.fine.map(shown)]),
    "## Remedy",
    sentence(remedy),
    "## Source",
    `<${source}>`,
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== undefined).join("\n\n")}\n`;
}

function shown({ text, kind, value }: Example): string {
  return `${PLACES[kind]} ${text}\n\n\`\`\`json\n${json(value)}\n\`\`\``;
}

function indexPage(): string {
  const rows = [...Object.values<RuleInfo>(CONTRACT_RULES), ...RULES].map(
    ({ id, title, severity }) => `| [${id}](${id}.md) | ${severity} | ${title} |`,
  );
  return `# Rules of \`vendor-destination check\`

Ids and severities are stable. The page of a rule shows an example that it finds and the nearest one that it accepts.

| Rule | Severity | What it finds |
| --- | --- | --- |
${rows.join("\n")}
`;
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

/** Indented JSON with short lists of texts on one line. */
function json(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(/\[\n(?:\s+"[^\n]*",?\n)+\s+\]/g, (list) => {
    const line = list
      .replace(/\s*\n\s*/g, " ")
      .replace("[ ", "[")
      .replace(" ]", "]");
    return line.length <= 100 ? line : list;
  });
}
