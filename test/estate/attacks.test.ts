/**
 * Inputs that somebody who knows AWS might hide a hole in, and such as modules really write, by kind: `attacks/<kind>.json`.
 *
 * Each is a sound destination with something beside it, something in place of a part of it (as an override file), or files of its own.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, folder } from "../cli/run-program";
import byBucketPolicy from "./by-bucket-policy.tf.json";
import { type ShownPlan, shownPlan, shownState } from "./shown-plan";
import destination from "./variants/destination.tf.json";

interface Attack {
  readonly name: string;
  readonly why: string;
  /** Several where a definite answer and "could not tell" are both right. */
  readonly exitCodes: readonly number[];
  /** What the report says, where something is wrong or not known. */
  readonly says?: string;
  /** How the vendor gets in: it assumes a role, unless the bucket policy names it. */
  readonly by?: "bucket policy";
  readonly beside?: object;
  readonly override?: object;
  /** Files by path. `"the destination"` stands for that, with or without its provider; `a plan of` and `a state of` for what shows one. */
  readonly files?: Readonly<Record<string, unknown>>;
  readonly plan?: ShownPlan;
  readonly state?: ShownPlan;
  /** In place of the folder. */
  readonly paths?: readonly string[];
  readonly options?: readonly string[];
}

const KINDS = join(__dirname, "attacks");
const BY_ROLE = [
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

const BY_BUCKET_POLICY = [
  "--vendor",
  "6sense",
  "--vendor-role-arn",
  "arn:aws:iam::222222222222:role/6sense-common",
  "--data-packs-path",
  "data-packs",
  "--audit-logs-path",
  "audit",
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
  "access_policies",
  "access_policy",
  "resource_policy",
  "body",
  "definition",
]);

function withTexts<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (key, item) =>
    TEXTS.has(key) && typeof item === "object" && !("references" in (item ?? {})) && !(key === "content" && "effect" in (item ?? {}))
      ? JSON.stringify(item)
      : item,
  );
}

const { resource } = destination;
const WHOLE: Readonly<Record<string, object>> = {
  "the destination": destination,
  "the resources of the destination": { resource },
  "the destination by bucket policy": byBucketPolicy,
};

interface Shows {
  readonly "a plan of"?: ShownPlan;
  readonly "a state of"?: ShownPlan;
}

function contentOf(content: object): object {
  const { "a plan of": plan, "a state of": state } = content as Shows;
  if (plan !== undefined) return shownPlan(withTexts(plan));
  return state === undefined ? withTexts(content) : shownState(withTexts(state));
}

function inputOf({ by, beside = {}, override = {}, files, plan, state }: Attack): Readonly<Record<string, unknown>> {
  if (plan !== undefined) return { "shown.json": shownPlan(withTexts(plan)) };
  if (state !== undefined) return { "shown.json": shownState(withTexts(state)) };
  const whole = by === undefined ? "the destination" : "the destination by bucket policy";
  const given = files ?? { "destination.tf.json": whole, "beside.tf.json": beside, "override.tf.json": override };
  return Object.fromEntries(
    Object.entries(given).map(([path, content]) => [
      path,
      typeof content === "string" ? (WHOLE[content] ?? content) : contentOf(content as object),
    ]),
  );
}

describe.each(readdirSync(KINDS))("%s", (kind) => {
  const attacks: readonly Attack[] = JSON.parse(readFileSync(join(KINDS, kind), "utf8"));

  test.each(attacks.map((attack) => [attack.name, attack] as const))("%s", async (_, attack) => {
    const { exitCodes, says = "as expected", plan, state, paths = [plan || state ? "shown.json" : "."], options = [] } = attack;
    const vendor = attack.by === undefined ? BY_ROLE : BY_BUCKET_POLICY;
    const place = folder(inputOf(attack));
    const account = state === undefined ? [] : ["--account", "111111111111"];

    const { code, out, err } = await cli("check", ...paths.map((path) => join(place, path)), ...vendor, ...account, ...options);

    expect(exitCodes, `${out}${err}`).toContain(code);
    expect(`${out}${err}`.replaceAll(/\s+/g, " ")).toContain(says);
  });
});
