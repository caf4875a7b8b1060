/** The data of a live validation: who acts, what came out, how it is reported. */

import type { DeliveryContract, Evidence, Result } from "../../../lib/contract";
import type { AccountModel } from "../../../lib/plan";
import type { Aws } from "../../aws";
import type { ExitCode } from "../../exit-codes";

/** Version of the JSON report; `schemas/validate-report.schema.json` describes it. */
export const REPORT_SCHEMA_VERSION = 1;

/** Whose credentials a validation uses, strongest evidence first. */
export const MODES = ["vendor", "role", "stand-in", "deployer"] as const;
export type Mode = (typeof MODES)[number];

/** Somebody who can call AWS. */
export interface Party {
  /** For reports: `the vendor`, `the destination role`. */
  readonly title: string;
  /** From GetCallerIdentity; absent for unsigned requests. */
  readonly arn?: string;
  readonly account?: string;
  /** What its acts count for, where that is less than `performed`. */
  readonly evidence?: Evidence;
  readonly aws: Aws;
}

/** Time and chance are arguments, so that tests are instant. */
export interface Clock {
  now(): number;
  /** Rejects with the signal's reason when it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** From 0 up to 1. */
  random(): number;
  uuid(): string;
}

/** Pure judge of a contract over what was read. */
export type Judge = (contract: DeliveryContract, account: AccountModel) => readonly Result[];

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
  readonly left: number;
}

export interface ValidateReport {
  readonly schemaVersion: typeof REPORT_SCHEMA_VERSION;
  readonly program: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly destinations: readonly DestinationReport[];
  readonly totals: Totals;
  readonly exitCode: ExitCode;
}
