/** Options of a command as typed data: declared once, checked by kind, and read without a cast. */
import type { Command } from "commander";
import type { CommandContext, CommandModule, FirstArgument, WithChoices } from "./command";
import { CONFIG_FILE, type Configured, type ConfiguredCommand, readConfig, withMembers } from "./config-file";
import { invalidOption, optionGivenTwice } from "./errors";
import type { ExitCode } from "./exit-codes";
import { printableLine } from "./report/shared";

export interface Option<Value> {
  /** `<file>`; absent for an option without a value. */
  readonly placeholder?: string;
  readonly help: string;
  readonly initial?: string;
  /** The fixed words that it accepts, in addition to a file if the placeholder names one. */
  readonly choices?: readonly string[];
  readonly repeatable?: boolean;
  /** Whether `--no-…` is an option, too. */
  readonly hasOpposite?: boolean;
  /** Whether the configuration file cannot hold it. */
  readonly onlyAsOption?: boolean;
  /** Reads the value from commander's options. */
  read(raw: unknown): Value;
}

/** By camel-case name: `vendorRoleArn` is `--vendor-role-arn`. */
export type Options = Readonly<Record<string, Option<unknown>>>;

export type Values<Declared extends Options> = {
  readonly [Name in keyof Declared]: Declared[Name] extends Option<infer Value> ? Value : never;
};

const asText = (raw: unknown): string | undefined => (typeof raw === "string" ? raw : undefined);
const asTexts = (raw: unknown): string[] => (Array.isArray(raw) ? raw.filter((item) => typeof item === "string") : []);

/** An option with a value. */
export function text(placeholder: string, help: string): Option<string | undefined> {
  return { placeholder, help, read: asText };
}

/** An option with a default value. */
export function textOr(initial: string, placeholder: string, help: string): Option<string> {
  return { placeholder, help, initial, read: (raw) => asText(raw) ?? initial };
}

/** An option with a value that may be given many times. */
export function texts(placeholder: string, help: string): Option<readonly string[]> {
  return { placeholder, help, repeatable: true, read: asTexts };
}

/** An option without a value. */
export function flag(help: string): Option<boolean> {
  return { help, read: (raw) => raw === true };
}

/** An option with a fixed set of values; `oneOf` checks them where they are read. */
export const withChoices = <Value>(choices: readonly string[], option: Option<Value>): Option<Value> => ({ ...option, choices });

/** The reports of one run. */
export function reportFormats(formats: readonly string[]): Option<readonly string[]> {
  const help =
    "format of the report (default: text); may be given several times, for all reports but one with the file that it is written to";
  return withChoices(formats, texts("<format[=file]>", help));
}

/** An option that decides the purpose of a run, so that no file may set it for every run. */
export function onlyAsOption<Value>(option: Option<Value>): Option<Value> {
  return { ...option, onlyAsOption: true };
}

/** An option without a value, with an opposite: `--color` and `--no-color`. Undefined where neither is given. */
export function toggle(help: string): Option<boolean | undefined> {
  return { help, hasOpposite: true, read: (raw) => (typeof raw === "boolean" ? raw : undefined) };
}

/** Colours of the report for people, in every command that prints one. */
export const COLOR = toggle("colours, whether or not standard output is a terminal");

/** `vendorRoleArn` as the user writes it. */
export function optionName(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

export interface CommandDeclaration<Declared extends Options> {
  /** Help of the paths that the command takes. */
  readonly paths: string;
  /** What help calls the paths. */
  readonly pathsName?: string;
  /** An argument before the paths. */
  readonly firstArgument?: FirstArgument;
  readonly usage?: string;
  readonly options: Declared;
  /** The part of the configuration file that is about the command. */
  readonly configuredAs?: ConfiguredCommand;
  /** Ends the help. */
  readonly notes?: string;
  run(paths: readonly string[], options: Values<Declared>, context: CommandContext): ExitCode | Promise<ExitCode>;
}

export function defineCommand<Declared extends Options>(declaration: CommandDeclaration<Declared>): CommandModule {
  const { paths, pathsName = "paths", usage = "[options] [paths...]", firstArgument, options, configuredAs, notes, run } = declaration;
  return {
    define: (command) => {
      if (firstArgument) command.argument(`[${firstArgument.name}]`, firstArgument.help);
      setChoices(command.registeredArguments[0], firstArgument?.choices);
      command.argument(`[${pathsName}...]`, paths).usage(usage);
      for (const [name, option] of Object.entries(options)) addOption(command, optionName(name), option);
      if (configuredAs !== undefined) {
        command.option("--config <file>", `options of every run, as JSON (default: ${CONFIG_FILE}, if it is there)`);
        command.option("--no-config", "ignore the configuration file");
      }
      if (notes !== undefined) command.addHelpText("after", notes);
    },
    run: async (given, raw, context) => {
      const configured = configuredAs && configFor(configuredAs, raw, { options, context });
      const paths = asTexts(given.flat());
      const all = { ...configured?.options, ...raw };
      if (configured && all.quiet !== true) context.stderr.write(printableLine(`options from ${configured.path}`));
      const inFile = paths.length > 0 ? [] : (configured?.paths ?? []);
      try {
        return await run([...paths, ...inFile], readOptions(options, all), context);
      } catch (error) {
        if (configured === undefined) throw error;
        const used = Object.entries(configured.options).filter(([name]) => raw[name] === undefined);
        const members = used.map(([name, value]) => ({ option: optionName(name), name, value }));
        throw withMembers(error, { path: configured.path, command: configuredAs!, members, paths: inFile });
      }
    },
  };
}

/** The hook gets its settings from the construct, and ignores a file where Terraform runs. */
function configFor(
  command: ConfiguredCommand,
  raw: Readonly<Record<string, unknown>>,
  { options, context }: { readonly options: Options; readonly context: CommandContext },
): Configured | undefined {
  const named = raw.config === false ? false : asText(raw.config);
  if (named === undefined && context.env.VENDOR_DESTINATION_CONTRACT) return undefined;
  return readConfig(command, named, options);
}

function addOption(
  command: Command,
  name: string,
  { placeholder, help, initial, repeatable, hasOpposite, choices }: Option<unknown>,
): void {
  const flags = placeholder === undefined ? name : `${name} ${placeholder}`;
  if (repeatable) command.option(flags, help, (value: string, before: string[] | undefined) => [...(before ?? []), value]);
  else if (placeholder === undefined) command.option(flags, help);
  else command.option(flags, help, once(name), initial);
  setChoices(command.options.at(-1)!, choices);
  if (hasOpposite) command.option(flags.replace("--", "--no-"), `no ${help}`);
}

/** Commander keeps the last value, so that the user would not learn that the others had no effect. */
function once(name: string): (value: string) => string {
  let first: string | undefined;
  return (value) => {
    if (first !== undefined && first !== value) throw optionGivenTwice(name, [first, value]);
    first = value;
    return value;
  };
}

/** For help and completion. Commander's own check, which `choices()` would add, has another form of message. */
function setChoices(target: WithChoices | undefined, choices: readonly string[] | undefined): void {
  if (target === undefined || choices === undefined) return;
  if (target.flags?.endsWith("<file>")) target.wordsBesideFile = choices;
  else target.argChoices = [...choices];
}

function readOptions<Declared extends Options>(options: Declared, raw: Readonly<Record<string, unknown>>): Values<Declared> {
  const values: Partial<Record<keyof Declared, unknown>> = {};
  for (const name of Object.keys(options) as (keyof Declared & string)[]) values[name] = options[name]!.read(raw[name]);
  return values as Values<Declared>;
}

/** A text that was given, and the option or environment variable that it was given by. */
export interface Given {
  readonly name: string;
  readonly value: string;
}

/** The value with the option or variable that it comes from, so that an error names the right one. */
export function given(name: string, value: string | undefined): Given | undefined {
  return value === undefined ? undefined : { name, value };
}

export function iamRoleArn({ name, value }: Given): string {
  if (/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(value)) return value;
  throw invalid({ name, value }, "must be the ARN of an IAM role", "arn:aws:iam::123456789012:role/deploy");
}

export function oneOf<Value extends string>({ name, value }: Given, choices: readonly Value[]): Value {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw invalid({ name, value }, `must be one of ${choices.join(", ")}`, choices[0]!);
}

/** A whole number of at most six digits. */
export function wholeNumber({ name, value }: Given, least: number): number {
  if (/^\d{1,6}$/.test(value) && Number(value) >= least) return Number(value);
  throw invalid({ name, value }, `must be a whole number from ${least}`, "60");
}

export function accountId({ name, value }: Given): string {
  if (/^\d{12}$/.test(value)) return value;
  throw invalid({ name, value }, "must be a 12-digit account ID", "123456789012");
}

export function organizationId({ name, value }: Given): string {
  if (/^o-[a-z0-9]{10,32}$/.test(value)) return value;
  throw invalid({ name, value }, "must be the ID of an AWS organization", "o-a1b2c3d4e5");
}

function invalid({ name, value }: Given, rule: string, example: string): Error {
  const sample = name.startsWith("--") ? `${name} ${example}` : `${name}=${example}`;
  return invalidOption({ name, rule, got: value, remedy: `write for example ${sample}` });
}
