/** The data of a watch: arrivals, their writers, and the result. `schemas/watch-report.schema.json` describes the report. */

import type { AccessMethod, Result } from "../../../lib/contract";
import type { ExitCode } from "../../exit-codes";

/** Version of the JSON report. */
export const WATCH_REPORT_SCHEMA_VERSION = 1;

/** Sources of knowledge, strongest first. */
export type SourceName = "queue" | "cloudtrail" | "listing";

/** The writer of an object, as the event names it. */
export interface Writer {
  /** `principalId` of an S3 notification, `requester` of an event of EventBridge. */
  readonly field: "principalId" | "requester";
  readonly value: string;
  /** Account of the bucket's owner, where the event tells. */
  readonly owner?: string;
}

/** One object that arrived in a bucket. */
export interface Arrival {
  readonly bucket: string;
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly size?: number;
  readonly eTag?: string;
  readonly versionId?: string;
  /** Orders the events of one key. */
  readonly sequencer?: string;
  /** Absent in a listing, which does not tell. */
  readonly writer?: Writer;
  readonly sourceIp?: string;
}

/** An arrival and its writer. `vendor` only if the event's field about the writer is conclusive. */
export interface Attributed extends Arrival {
  readonly by: "vendor" | "other" | "unknown";
  /** How the writer is known, or why it is not. */
  readonly why: string;
  /** Only a message reports the object: it is gone, differs, or could not be looked up. */
  readonly unconfirmed?: true;
  /** CloudTrail may still show the writer. */
  readonly writerMayCome?: true;
}

/** A session of the role that somebody requested. */
export interface Assumption {
  readonly at: number;
  /** The account that requested it. */
  readonly account: string;
  readonly sessionName?: string;
  readonly sourceIp?: string;
  /** AWS's error code, if the session was refused. */
  readonly refused?: string;
}

/** What one source showed. */
export interface SourceReport {
  readonly name: SourceName;
  /** `absent`: there is none to ask. `skipped`: it was not needed. */
  readonly state: "read" | "absent" | "failed" | "skipped";
  readonly detail: string;
  /** Time from which on it shows every arrival; absent for a source that shows none, or not all. */
  readonly seesSince?: string;
}

/** The newest delivery. */
export interface ReportedDelivery {
  readonly key: string;
  readonly at: string;
  readonly size?: number;
  readonly by: Attributed["by"];
  readonly why: string;
  readonly sourceIp?: string;
}

export const STATUSES = ["onTime", "late", "nothingYet", "couldNotTell"] as const;
export type Status = (typeof STATUSES)[number];

/** The outcome for one destination. */
export interface WatchedDestination {
  readonly contract: string;
  readonly vendor: string;
  readonly bucket: string;
  readonly region?: string;
  readonly door: AccessMethod;
  readonly keyPrefixes: readonly string[];
  readonly status: Status;
  /** One sentence. */
  readonly summary: string;
  readonly results: readonly Result[];
  readonly delivery?: ReportedDelivery;
  /** When the next delivery is due, or when the missing one was. */
  readonly dueAt?: string;
  readonly lateMinutes?: number;
  readonly sources: readonly SourceReport[];
  readonly notes: readonly string[];
}

export interface WatchTotals {
  readonly destinations: number;
  readonly onTime: number;
  readonly late: number;
  readonly nothingYet: number;
  readonly couldNotTell: number;
}

export interface WatchReport {
  readonly schemaVersion: typeof WATCH_REPORT_SCHEMA_VERSION;
  readonly program: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly destinations: readonly WatchedDestination[];
  readonly totals: WatchTotals;
  readonly exitCode: ExitCode;
}
