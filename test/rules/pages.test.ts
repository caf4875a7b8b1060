/** The examples on the pages of the rules are their tests: each rule finds what its page calls found, and not what it calls fine. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { RULE_INFOS, RULES } from "../../lib/rules";
import { findingsOf } from "./scene";

const FOLDER = "docs/rules";

function page(id: string): string {
  return readFileSync(`${FOLDER}/${id}.md`, "utf8");
}

/** The examples under a heading: kind and JSON. */
function examples(text: string, heading: string): { kind: string; value: unknown }[] {
  const section = text.split(`\n## ${heading}\n`)[1]?.split(/\n## /)[0] ?? "";
  return [...section.matchAll(/```json (\S+)\n(.*?)\n```/gs)].map(([, kind, json]) => ({ kind: kind!, value: JSON.parse(json!) }));
}

describe.each(RULES.filter(({ id }) => !/^policy-(too-large|nearly-full)$/.test(id)).map(({ id }) => id))("%s", (id) => {
  const found = examples(page(id), "Found");
  const fine = examples(page(id), "Fine");

  test("has an example that is found, and one that is fine", () => {
    expect(found.length).toBeGreaterThan(0);
    expect(fine.length).toBeGreaterThan(0);
  });

  test.each(found)("fails on example $#", ({ kind, value }) => {
    expect(findingsOf(kind, value).map(({ ruleId }) => ruleId)).toContain(id);
  });

  test.each(fine)("accepts fine example $#", ({ kind, value }) => {
    expect(findingsOf(kind, value).map(({ ruleId }) => ruleId)).not.toContain(id);
  });
});

test("every rule has a page that says what the rule says, and every page a rule", () => {
  for (const { id, severity, reason, source } of RULE_INFOS.values()) {
    const text = page(id);

    expect(text).toContain(`# ${id}\n`);
    expect(text).toContain(`Severity: **${severity}**`);
    expect(text).toContain(reason);
    expect(text).toContain(source);
  }
  const pages = readdirSync(FOLDER).filter((name) => name !== "README.md");
  expect(pages.sort()).toEqual([...RULE_INFOS.keys()].map((id) => `${id}.md`).sort());
});

test("the overview lists every rule with its severity", () => {
  const overview = readFileSync(`${FOLDER}/README.md`, "utf8");

  for (const { id, severity } of RULE_INFOS.values()) expect(overview).toContain(`[${id}](${id}.md) | ${severity} |`);
});
