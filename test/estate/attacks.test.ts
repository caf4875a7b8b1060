/**
 * Inputs that somebody who knows AWS might hide a hole in, and such as modules really write, by kind: `attacks/<kind>.json`.
 *
 * Each is a sound destination with something beside it, something in place of a part of it (as an override file), or files of its own.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, folder } from "../cli/run-program";
import { type ShownPlan, shownPlan, shownState } from "./shown-plan";
import destination from "./variants/destination.tf.json";

interface Attack {
  readonly name: string;
  readonly why: string;
  /** Several where a definite answer and "could not tell" are both right. */
  readonly exitCodes: readonly number[];
  /** What the report says, where something is wrong or not known. */
  readonly says?: string;
  readonly beside?: object;
  readonly override?: object;
  /** Files by path. `"the destination"` stands for that, with or without its provider. */
  readonly files?: Readonly<Record<string, unknown>>;
  readonly plan?: ShownPlan;
  readonly state?: ShownPlan;
  /** In place of the folder. */
  readonly paths?: readonly string[];
  readonly options?: readonly string[];
}

const KINDS = join(__dirname, "attacks");
const VENDOR = [
  "--vendor",
  "kandji",
  "--vendor-account-id",
  "222222222222",
  "--vendor-role-name",
  "kandji-activity",
  "--role",
  "delivery",
  "--bucket",
  "acme-logs",
];

/** Arguments that hold JSON as text. The files here show what it says. */
const TEXTS: ReadonlySet<string> = new Set([
  "policy",
  "assume_role_policy",
  "policy_document",
  "assume_role_policy_document",
  "desired_state",
  "template_body",
  "content",
]);

function withTexts<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (key, item) =>
    TEXTS.has(key) && typeof item === "object" && !(key === "content" && "effect" in item) ? JSON.stringify(item) : item,
  );
}

const { resource } = destination;
const WHOLE: Readonly<Record<string, object>> = { "the destination": destination, "the resources of the destination": { resource } };

function inputOf({ beside = {}, override = {}, files, plan, state }: Attack): Readonly<Record<string, unknown>> {
  if (plan !== undefined) return { "shown.json": shownPlan(withTexts(plan)) };
  if (state !== undefined) return { "shown.json": shownState(withTexts(state)) };
  const given = files ?? { "destination.tf.json": "the destination", "beside.tf.json": beside, "override.tf.json": override };
  return Object.fromEntries(
    Object.entries(given).map(([path, content]) => [path, typeof content === "string" ? (WHOLE[content] ?? content) : withTexts(content)]),
  );
}

describe.each(readdirSync(KINDS))("%s", (kind) => {
  const attacks: readonly Attack[] = JSON.parse(readFileSync(join(KINDS, kind), "utf8"));

  test.each(attacks.map((attack) => [attack.name, attack] as const))("%s", async (_, attack) => {
    const { exitCodes, says = "as expected", plan, state, paths = [plan || state ? "shown.json" : "."], options = [] } = attack;
    const place = folder(inputOf(attack));
    const account = state === undefined ? [] : ["--account", "111111111111"];

    const { code, out, err } = await cli("check", ...paths.map((path) => join(place, path)), ...VENDOR, ...account, ...options);

    expect(exitCodes, `${out}${err}`).toContain(code);
    expect(`${out}${err}`.replaceAll(/\s+/g, " ")).toContain(says);
  });
});
