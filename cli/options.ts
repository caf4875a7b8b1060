/** Options of a command as typed data: declared once, checked by kind, and read without a cast. */
import type { Command } from "commander";
import type { CommandContext, CommandModule } from "./command";
import { invalidOption } from "./errors";
import type { ExitCode } from "./exit-codes";

export interface Option<Value> {
  /** `<file>`; absent for an option without a value. */
  readonly placeholder?: string;
  readonly help: string;
  readonly initial?: string;
  readonly repeatable?: boolean;
  /** From what commander hands over. */
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

/** An option with a value, which has one also where it is not given. */
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

/** `vendorRoleArn` as the user writes it. */
export function optionName(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

export interface CommandDeclaration<Declared extends Options> {
  /** Help of the paths that the command takes. */
  readonly paths: string;
  readonly options: Declared;
  /** Ends the help. */
  readonly notes?: string;
  run(paths: readonly string[], options: Values<Declared>, context: CommandContext): ExitCode | Promise<ExitCode>;
}

export function defineCommand<Declared extends Options>({ paths, options, notes, run }: CommandDeclaration<Declared>): CommandModule {
  return {
    define: (command) => {
      command.argument("[paths...]", paths);
      for (const [name, option] of Object.entries(options)) addOption(command, optionName(name), option);
      if (notes !== undefined) command.addHelpText("after", notes);
    },
    run: async ([given], raw, context) => run(asTexts(given), readOptions(options, raw), context),
  };
}

function addOption(command: Command, name: string, { placeholder, help, initial, repeatable }: Option<unknown>): void {
  const flags = placeholder === undefined ? name : `${name} ${placeholder}`;
  if (repeatable) command.option(flags, help, (value: string, before: string[] | undefined) => [...(before ?? []), value]);
  else command.option(flags, help, initial);
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
  throw invalidOption({
    name,
    rule: "must be the ARN of an IAM role",
    got: value,
    remedy: `write for example ${sample(name, "arn:aws:iam::123456789012:role/deploy")}`,
  });
}

export function oneOf<Value extends string>({ name, value }: Given, choices: readonly Value[]): Value {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw invalidOption({
    name,
    rule: `must be one of ${choices.join(", ")}`,
    got: value,
    remedy: `write for example ${sample(name, choices[0]!)}`,
  });
}

/** A whole number of at most six digits. */
export function wholeNumber({ name, value }: Given, least: number): number {
  if (/^\d{1,6}$/.test(value) && Number(value) >= least) return Number(value);
  throw invalidOption({
    name,
    rule: `must be a whole number from ${least}`,
    got: value,
    remedy: `write for example ${sample(name, "60")}`,
  });
}

export function accountId({ name, value }: Given): string {
  if (/^\d{12}$/.test(value)) return value;
  throw invalidOption({
    name,
    rule: "must be a 12-digit account id",
    got: value,
    remedy: `write for example ${sample(name, "123456789012")}`,
  });
}

function sample(name: string, value: string): string {
  return name.startsWith("--") ? `${name} ${value}` : `${name}=${value}`;
}
