/** The configuration file: options of commands as JSON. `schemas/config.schema.json` describes it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeText } from "../lib/json";
import { nearestName } from "../lib/props";
import { invalidConfig, UsageError, unreadableOptionFile } from "./errors";

/** The file that is read from the working directory where no other one is named. */
export const CONFIG_FILE = "vendor-destination.config.json";

/** Commands that the file can hold options of. */
export const CONFIGURED_COMMANDS = ["check", "validate", "watch"] as const;
export type ConfiguredCommand = (typeof CONFIGURED_COMMANDS)[number];

/** The parts of a command's option that values in the file depend on. */
export interface ConfigurableOption {
  readonly placeholder?: string;
  readonly choices?: readonly string[];
  readonly repeatable?: boolean;
  readonly onlyAsOption?: boolean;
}

type Options = Readonly<Record<string, ConfigurableOption>>;

/** The options and paths that the file holds for one command, in commander's form. */
export interface Configured {
  /** Of the file. */
  readonly path: string;
  readonly paths: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * What the configuration file says about a command; undefined where there is no file.
 *
 * @param named by the user: a path, `false` for none, undefined for the usual file if it is there
 */
export function readConfig(command: ConfiguredCommand, named: string | false | undefined, declared: Options): Configured | undefined {
  if (named === false) return undefined;
  const path = named ?? join(process.cwd(), CONFIG_FILE);
  if (named === undefined && !existsSync(path)) return undefined;
  const file = objectOf(parsed(path, named !== undefined), "file", path);
  const unknown = Object.keys(file).find((name) => name !== "$schema" && !(CONFIGURED_COMMANDS as readonly string[]).includes(name));
  if (unknown !== undefined) {
    const nearest = nearestName(unknown, CONFIGURED_COMMANDS) ?? optionOutsideCommand(unknown, command, declared);
    const remedy = nearest && { remedy: `write '${nearest}'` };
    throw invalidConfig({ member: unknown, rule: `must be one of ${CONFIGURED_COMMANDS.join(", ")}`, path, ...remedy });
  }
  const { paths = [], ...options } = objectOf(file[command] ?? {}, command, path);
  if (!isTexts(paths)) throw invalidConfig({ member: `${command}.paths`, rule: "must be a list of texts", got: paths, path });
  return {
    path,
    paths,
    options: Object.fromEntries(
      Object.entries(options).map(([name, value]) => [
        name,
        checkedValue({
          member: `${command}.${name}`,
          value,
          option: Object.hasOwn(declared, name) ? declared[name] : undefined,
          names: Object.keys(declared),
          path,
        }),
      ]),
    ),
  };
}

/** The place of an option that stands outside the commands of the file. */
function optionOutsideCommand(name: string, command: ConfiguredCommand, declared: Options): string | undefined {
  const nearest = nearestName(name, ["paths", ...Object.keys(declared)]);
  return nearest && `${command}.${nearest}`;
}

/** A value of the file that is used, because the command line does not override it. */
export interface UsedMember {
  /** `--fail-on`. */
  readonly option: string;
  /** `failOn`. */
  readonly name: string;
  readonly value: unknown;
}

/** Rewrites an error about an option whose value comes from the file, so that it names the member and the file. */
export function withMembers(error: unknown, { path, command, members, paths }: WrongConfig): unknown {
  if (!(error instanceof UsageError)) return error;
  if (paths.some((one) => error.message.endsWith(`(at ${one})`)))
    return new UsageError(`${error.message.slice(0, -1)}, of '${command}.paths' in ${path})`);
  const text = members.reduce((message, { option, name, value }) => {
    const example = Array.isArray(value) ? `"${name}": ["$1"]` : `"${name}": "$1"`;
    return message
      .replaceAll(`'${option}'`, `'${command}.${name}'`)
      .replace(new RegExp(`(?<=write (?:for example )?)${option} (\\S+)`, "g"), example);
  }, error.message);
  return text === error.message ? error : new UsageError(`${text.replace(/^InvalidOption:/, "InvalidConfig:")} (at ${path})`);
}

export interface WrongConfig {
  readonly path: string;
  readonly command: ConfiguredCommand;
  readonly members: readonly UsedMember[];
  /** The values of the file that are used. */
  readonly paths: readonly string[];
}

function parsed(path: string, isNamed: boolean): unknown {
  let text: string;
  try {
    text = decodeText(readFileSync(path));
  } catch (error) {
    const remedy = isNamed ? "name a file that exists" : "make it readable, or leave it out with --no-config";
    throw unreadableOptionFile(path, { name: "--config", remedy }, error);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidConfig({ member: "file", rule: `must hold JSON: ${(error as Error).message}`, path });
  }
}

function objectOf(value: unknown, member: string, path: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw invalidConfig({ member, rule: "must be an object", got: value, path });
}

interface ConfiguredValue {
  /** `check.failOn`. */
  readonly member: string;
  readonly value: unknown;
  readonly option: ConfigurableOption | undefined;
  /** Of all options of the command. */
  readonly names: readonly string[];
  readonly path: string;
}

function checkedValue({ member, value, option, names, path }: ConfiguredValue): unknown {
  const fail = (rule: string, remedy?: string) =>
    invalidConfig({ member, rule, got: value, path, ...(remedy !== undefined && { remedy }) });
  if (option === undefined) {
    const [command, name] = member.split(".");
    const nearest = nearestName(name!, names);
    throw fail("must be an option of the command, without dashes and in camel case", nearest && `write '${command}.${nearest}'`);
  }
  if (option.onlyAsOption) throw fail("must be given on the command line, because it is not about every run");
  if (option.repeatable) {
    if (isTexts(value)) return value;
    throw fail("must be a list of texts");
  }
  if (option.placeholder === undefined) {
    if (typeof value === "boolean") return value;
    throw fail("must be true or false");
  }
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw fail("must be a text or a number");
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
