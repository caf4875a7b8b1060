/** Helpers of this room's tests. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AccountModel, type PlanFile, readConfiguration, readPlan } from "../../lib/plan";
import { showUnknown } from "../../lib/unknown/placeholder";

export function fixture(name: string): PlanFile {
  return { path: name, bytes: readFileSync(join(__dirname, "fixtures", name)) };
}

export function fixtureJson(name: string): unknown {
  return JSON.parse(readFileSync(join(__dirname, "fixtures", name), "utf8"));
}

export function textFile(path: string, text: string): PlanFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

export function jsonFile(path: string, content: unknown): PlanFile {
  return textFile(path, JSON.stringify(content));
}

/** The model of a configuration with these resources, and whatever else is given. */
export function model(resource: unknown, more: object = {}): AccountModel {
  return readConfiguration({ resource, ...more }, "test");
}

/** A first plan of HCL with a local module. */
export const FIRST_PLAN = fixture("first-apply/plan.json");
/** The files that it was made of. */
export const FIRST_PLAN_SOURCES = ["first-apply/main.tf", "first-apply/archive/main.tf"].map(fixture);

export function only(files: readonly PlanFile[], sources: readonly PlanFile[] = []): AccountModel {
  const models = readPlan(files, sources);
  if (models.length !== 1) throw new Error(`${models.length} models instead of one`);
  return models[0]!;
}

/** Placeholders as `${name}`, in texts at any depth. */
export function shown<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, item) => (typeof item === "string" ? showUnknown(item) : item));
}
