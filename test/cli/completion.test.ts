/** The completion scripts, as the shells that are installed read them, and as texts. */
import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../cli/commands";
import { SHELLS, type Shell } from "../../cli/completion";
import { cli } from "./run-program";
import { type Line, missing, offered } from "./shells";

const scripts = Object.fromEntries(await Promise.all(SHELLS.map(async (shell) => [shell, (await cli("completion", shell)).out]))) as Record<
  Shell,
  string
>;

/** Every option that takes a value, as commander knows it. */
const OPTIONS = (
  await Promise.all(
    COMMANDS.map(async ({ name, load }) => {
      const command = new Command(name);
      (await load()).define(command);
      return command.options.filter(({ required }) => required).map((option) => ({ command: name, option }));
    }),
  )
).flat();
const CHOICES = OPTIONS.filter(({ option }) => option.argChoices !== undefined).map(
  ({ command, option }) => [command, option.long!, option.argChoices!] as const,
);
/** Placeholders of values that nobody can list: a new one belongs here, or the option needs its choices. */
const FREE = "account action arn file id key=value method minutes name number path principal region seconds time url".split(" ");

const LINES: readonly (readonly [Line, readonly string[]])[] = [
  [[""], [...COMMANDS.map(({ name }) => name), "completion", "help"]],
  [["va"], ["validate"]],
  [["completion", ""], SHELLS],
  [["help", "ini"], ["init"]],
  [["init", "ka"], ["kandji"]],
  [["init", "kandji", ""], ["plan.json"]],
  [["init", "--dialect", "hcl", "6"], ["6sense"]],
  [["check", "--fai"], ["--fail-on"]],
  [
    ["check", "plan.json", "--no-c"],
    ["--no-color", "--no-config"],
  ],
  [["check", "pl"], ["plan.json"]],
  [["check", "--pin", "pl"], ["plan.json"]],
  [
    ["check", "--against", "p"],
    ["prior-state", "plan.json"],
  ],
  [["check", "--fail-on", "pl"], []],
  [["check", "--account", ""], []],
  [["check", "--vendor=k"], ["kandji"]],
];

describe.each(SHELLS)("%s", (shell) => {
  test("completes commands, options, their values, and files", ({ skip }) => {
    const reason = missing(shell);
    if (reason !== undefined) return skip(reason);

    const answers = offered(
      shell,
      scripts[shell],
      LINES.map(([line]) => line),
    );

    for (const [index, [line, words]] of LINES.entries()) {
      const found = answers[index]!.filter((word) => shell !== "bash" || line.length > 1 || !word.startsWith("--"));
      expect(found.sort(), line.join(" ")).toEqual([...words].sort());
    }
  });

  test("completes the values of every option that has a fixed set of them", ({ skip }) => {
    const reason = missing(shell);
    if (reason !== undefined) return skip(reason);

    const answers = offered(
      shell,
      scripts[shell],
      CHOICES.map(([command, option]) => [command, option, ""]),
    );

    for (const [index, [command, option, words]] of CHOICES.entries()) {
      expect(answers[index], `${command} ${option}`).toEqual(expect.arrayContaining([...words]));
    }
  });

  test("has the values in its script, where no such shell is installed to read it", () => {
    const patterns: Record<Shell, (command: string, option: string) => string> = {
      bash: (command, option) => `"${command} ${option}") kind=`,
      zsh: (_, option) => `'*${option}=[`,
      fish: (command, option) => `'__fish_seen_subcommand_from ${command}' -l ${option.slice(2)} `,
    };
    for (const [command, option, words] of CHOICES) {
      const lines = scripts[shell].split("\n").filter((line) => line.includes(patterns[shell](command, option)));
      expect(
        lines.some((line) => line.includes(words.join(" "))),
        `${command} ${option}`,
      ).toBe(true);
    }
  });

  test("has no help that ends a text too early", () => {
    const quotes = scripts[shell].replaceAll("'\\''", "").replaceAll("\\'", "").match(/'/g) ?? [];

    expect(quotes.length % 2).toBe(0);
  });
});

test("bash and zsh complete a file behind the format", ({ skip }) => {
  for (const shell of ["bash", "zsh"] as const) {
    const reason = missing(shell);
    if (reason !== undefined) return skip(reason);
    expect(offered(shell, scripts[shell], [["check", "--format", "sarif=pl"]])).toEqual([["plan.json"]]);
  }
});

test("every option lists its values, or takes one that nobody can list", () => {
  const named = OPTIONS.filter(({ option }) => option.argChoices === undefined).map(
    ({ option }) => [option.long, /<(.*)>/.exec(option.flags)![1]!] as const,
  );

  expect(named.filter(([, placeholder]) => !FREE.includes(placeholder))).toEqual([]);
  expect(CHOICES.map(([command, option]) => `${command} ${option}`)).toEqual([
    "check --format",
    "check --fail-on",
    "check --vendor",
    "check --access-method",
    "access --format",
    "explain --expect",
    "explain --format",
    "validate --as",
    "validate --format",
    "validate --on-unknown",
    "watch --format",
    "init --dialect",
  ]);
});

test("fails for another shell", async () => {
  const { code, err } = await cli("completion", "tcsh");

  expect(err).toContain("'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.");
  expect(code).toBe(2);
});
