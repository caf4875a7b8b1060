/** What the program's exit code says. The help of each command shows it. */
export const EXIT = {
  /** Everything that was asked about is fine. */
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

/** The lines about exit codes for the end of a help text. */
export const EXIT_HELP = `
Exit codes:
  0  fine
  1  a finding, or a probe that failed
  2  wrong usage, or input that cannot be read
  3  could not tell (no credentials, no network, time-out, interrupted)
  4  something that was written could not be removed; the command that removes it is printed
  5  (watch) nothing was delivered yet, and nothing is overdue`;
