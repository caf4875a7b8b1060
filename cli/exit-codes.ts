/** The exit codes of the program. The help of each command lists them. */
export const EXIT = {
  /** Everything is as expected. */
  fine: 0,
  /** A finding, or a probe that failed. */
  finding: 1,
  /** Wrong usage, or input that cannot be read. */
  usage: 2,
  /** Could not tell: no credentials, no network, a time-out, an interruption. */
  unknown: 3,
  /** Something that the program wrote could not be removed; it says what, and the command that removes it. */
  leftBehind: 4,
  /** Nothing was delivered yet, and nothing is overdue. */
  nothingYet: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Codes that only some commands have. */
const COMMANDS_WITH: Readonly<Partial<Record<ExitCode, readonly string[]>>> = {
  [EXIT.leftBehind]: ["validate"],
  [EXIT.nothingYet]: ["watch"],
};

const HELP: readonly (readonly [ExitCode, string])[] = [
  [EXIT.fine, "fine"],
  [EXIT.finding, "a finding, or a probe that failed"],
  [EXIT.usage, "wrong usage, or input that cannot be read"],
  [EXIT.unknown, "could not tell (no credentials, no network, time-out, interrupted)"],
  [EXIT.leftBehind, "(validate) something that was written could not be removed; the command that removes it is printed"],
  [EXIT.nothingYet, "(watch) nothing was delivered yet, and nothing is overdue"],
];

/** The lines about exit codes for the end of a help text: of one command, or of the whole program. */
export function exitHelp(command?: string): string {
  const codes = HELP.filter(([code]) => command === undefined || (COMMANDS_WITH[code]?.includes(command) ?? true));
  return ["", "Exit codes:", ...codes.map(([code, text]) => `  ${code}  ${text}`)].join("\n");
}
