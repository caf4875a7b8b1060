/** The report of a live validation, as data. */
import type { Result } from "../../../lib/contract";
import type { ExitCode } from "../../exit-codes";

/** Version of the JSON report; `schemas/validate-report.schema.json` describes it. */
export const REPORT_SCHEMA_VERSION = 1;

/** Whose credentials a validation uses, strongest evidence first. */
export const MODES = ["vendor", "role", "stand-in", "deployer"] as const;
export type Mode = (typeof MODES)[number];

/** A result of the contract, or (`extra`) something that was tried or read beside it. */
export interface LiveResult extends Result {
  readonly kind: "expectation" | "posture" | "extra";
  /** Who acted, for results that were performed. */
  readonly by?: string;
  readonly tries?: number;
  /** Time until the answer was settled, in milliseconds. */
  readonly waitedMs?: number;
  /** What else is worth knowing: why nothing was performed, what AWS said. */
  readonly note?: string;
  /** Why the contract accepts that it is no pass. Such a result counts neither in the totals nor in the exit code. */
  readonly accepted?: string;
  /** Statements that only the plan or only the live policies have, as canonical JSON. Not in the JSON report, where the cause holds them. */
  readonly difference?: { readonly planned: readonly string[]; readonly live: readonly string[] };
}

/** Something that was written and could not be removed. */
export interface Leftover {
  /** For people: `s3://bucket/key`, or a role's name. */
  readonly what: string;
  readonly reason: string;
  /** Removes it. */
  readonly command: string;
}

/** What `validate --clean-up` did. */
export interface CleanUpReport {
  readonly removed: readonly string[];
  readonly left: readonly Leftover[];
  /** What could not be searched, each with the reason. */
  readonly notSearched?: readonly string[];
}

/** The outcome for one destination. */
export interface DestinationReport {
  readonly contract: string;
  readonly vendor: string;
  readonly bucket: string;
  readonly region?: string;
  readonly mode: Mode;
  /** ARN of who acted, where known. */
  readonly actedAs?: string;
  readonly results: readonly LiveResult[];
  /** What this validation cannot see. */
  readonly notChecked: readonly string[];
  /** Number of test objects and roles written, all of which are gone unless listed in `left`. */
  readonly written: number;
  readonly left: readonly Leftover[];
  readonly durationMs: number;
  /** Set where the validation was stopped before its end. */
  readonly stopped?: string;
}

export interface Totals {
  readonly destinations: number;
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  /** Results that the contracts accept; absent where there are none. */
  readonly accepted?: number;
  readonly left: number;
}

/** How long things may take. */
export interface Deadlines {
  /** The whole run, clean-up not included. */
  readonly runSeconds: number;
  /** One call: to connect, and to answer. */
  readonly connectSeconds: number;
  readonly answerSeconds: number;
  /** The clean-up of one destination. */
  readonly cleanUpSeconds: number;
}

export interface ValidateReport {
  readonly schemaVersion: typeof REPORT_SCHEMA_VERSION;
  readonly program: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly deadlines?: Deadlines;
  readonly destinations: readonly DestinationReport[];
  readonly totals: Totals;
  readonly exitCode: ExitCode;
}
