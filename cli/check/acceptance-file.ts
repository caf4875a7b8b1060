/** Reads the file of `--accept`. `schemas/acceptances.schema.json` describes it. */
import { isDay } from "../../lib/contract";
import { isObject } from "../../lib/json";
import { invalidAcceptances } from "../errors";
import type { GivenAcceptance } from "./acceptances";

/** Version of this format. */
const ACCEPTANCES_SCHEMA_VERSION = 1;

const MEMBERS = ["id", "reason", "contract", "address", "statement", "owner", "expires"] as const;

/** @param path of the file, for locations and messages */
export function readAcceptances(text: string, path: string): GivenAcceptance[] {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw invalidAcceptances({ rule: `the file must hold JSON: ${(error as Error).message}`, path });
  }
  if (!isObject(file) || file.schemaVersion !== ACCEPTANCES_SCHEMA_VERSION || !Array.isArray(file.acceptances)) {
    throw invalidAcceptances({
      rule: `the file must have 'schemaVersion' ${ACCEPTANCES_SCHEMA_VERSION} and a list of 'acceptances'`,
      got: file,
      path,
    });
  }
  const unknownMember = Object.keys(file).find((name) => !["$schema", "schemaVersion", "acceptances"].includes(name));
  if (unknownMember !== undefined) {
    throw invalidAcceptances({ rule: "the file must have no other members than schemaVersion and acceptances", got: unknownMember, path });
  }
  return file.acceptances.map((item: unknown, index) => readOne(item, { index, path }));
}

function readOne(item: unknown, { index, path }: { readonly index: number; readonly path: string }): GivenAcceptance {
  const fail = (rule: string, got: unknown = item) => invalidAcceptances({ rule: `'acceptances[${index}]' ${rule}`, got, path });
  if (!isObject(item)) throw fail("must be an object");
  const unknownMember = Object.keys(item).find((name) => !(MEMBERS as readonly string[]).includes(name));
  if (unknownMember !== undefined) throw fail(`must have no other members than ${MEMBERS.join(", ")}`, unknownMember);
  for (const name of MEMBERS) {
    const value = item[name];
    const isText = typeof value === "string" && value.trim() !== "";
    if (name === "id" || name === "reason" ? !isText : value !== undefined && !isText) throw fail(`must have '${name}' as a text`, value);
  }
  const given = item as Readonly<Record<"id" | "reason", string> & Record<(typeof MEMBERS)[number], string | undefined>>;
  if (given.expires !== undefined && !isDay(given.expires))
    throw fail("must have a day in 'expires', for example 2027-01-31", given.expires);
  if (given.contract === undefined && given.address === undefined) throw fail("must name the 'contract', the 'address', or both");
  return { ...given, location: { file: path, pointer: `/acceptances/${index}` }, inContract: false };
}
