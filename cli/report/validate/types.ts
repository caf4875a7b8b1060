/** The report of a live validation, as data. */
import type { Result } from "../../../lib/contract";
import type { ExitCode } from "../../exit-codes";
import type { Matrix } from "../shared";

/** Version of the JSON report; `schemas/validate-report.schema.json` describes it. */
export const REPORT_SCHEMA_VERSION = 1;

/** Whose credentials a validation uses, strongest evidence first. */
export const MODES = ["vendor", "role", "stand-in", "deployer"] as const;
export type Mode = (typeof MODES)[number];

/** A result of the contract, of what it says about all requests (`proof`), or (`extra`) of something else that was tried or read. */
export interface LiveResult extends Result {
  readonly kind: "expectation" | "posture" | "proof" | "extra";
  /** Who acted, for results that were performed. */
  readonly by?: string;
  readonly tries?: number;
  /** AWS's IDs of the requests that gave the answer. */
  readonly requestIds?: readonly string[];
  /** Time until the answer was settled, in milliseconds. */
  readonly waitedMs?: number;
  /** Notes, for example why nothing was performed, or what AWS answered. */
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

/** Somebody whose credentials were used. */
export interface Caller {
  /** `the vendor`, `the deployer`. */
  readonly title: string;
  readonly arn: string;
  readonly account?: string;
}

/** A policy that was read. */
export interface LivePolicy {
  readonly policy: string;
  /** Of its JSON without white space, with the keys of each object in order. */
  readonly sha256: string;
}

/** The program, and the endpoints that its requests went to. */
export interface Provenance {
  /** Of the program's file. */
  readonly programSha256: string;
  /** Where requests went. */
  readonly endpoints: readonly string[];
  /** Endpoints that are not AWS's own, such as an emulator or a gateway. */
  readonly endpointsNotOfAws: readonly string[];
}

/** The outcome for one destination. */
export interface DestinationReport {
  readonly contract: string;
  readonly vendor: string;
  readonly bucket: string;
  readonly region?: string;
  readonly mode: Mode;
  /** ARN of the caller that acted, if known. */
  readonly actedAs?: string;
  readonly callers: readonly Caller[];
  /** Of the contract as JSON without white space, with the keys of each object in order. */
  readonly contractSha256: string;
  readonly livePolicies: readonly LivePolicy[];
  readonly results: readonly LiveResult[];
  /** Who can do what. Not in the JSON, whose results contain it. */
  readonly matrix: Matrix;
  /** What this validation cannot see. */
  readonly notChecked: readonly string[];
  /** Rights to read the bucket, the role or the key that failed; absent where everything was read. What they show is not checked. */
  readonly notRead?: readonly string[];
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
  /** Reads that failed, so that what they show is not checked; absent where there are none. */
  readonly notRead?: number;
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
  readonly provenance: Provenance;
  readonly destinations: readonly DestinationReport[];
  readonly totals: Totals;
  readonly exitCode: ExitCode;
}
