/** The commands that exist. A command is loaded only when it is asked for: `--help` must not cost what `validate` costs. */
import type { CommandModule } from "../command";

export interface CommandEntry {
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  load(): Promise<CommandModule>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "check",
    summary: "judge a plan offline: can the vendor deliver, and can nobody else",
    load: async () => (await import("./check")).command,
  },
  {
    name: "access",
    summary: "list who can do what to each bucket, and what everybody else can do",
    load: async () => (await import("./access")).command,
  },
  {
    name: "explain",
    summary: "explain why one request is allowed or denied, or run a file of cases",
    load: async () => (await import("./explain")).command,
  },
  {
    name: "validate",
    summary: "prove on the live account that the vendor can deliver, and that others cannot",
    load: async () => (await import("./validate")).command,
  },
  {
    name: "watch",
    summary: "wait for the vendor's own delivery, and report whether it came in time",
    load: async () => (await import("./watch")).command,
  },
  {
    name: "init",
    summary: "write a new project for one vendor: stack, test, CI workflow, README",
    load: async () => (await import("./init")).command,
  },
];
