/** Judges a destination by what arrived. Pure: everything that was read is an argument. */
import { accountOf, type Cadence, type DeliveryContract, type Result } from "../../lib/contract";
import { plural } from "../report/shared";
import type { Assumption, Attributed, ReportedDelivery, Status, WatchedDestination } from "../report/watch";
import { docsPage } from "../version";
import { showAgo, showCadence, showMinutes, type Timeliness, timeliness } from "./due";

/** Events come within minutes. If an object has none after this time, none will come. */
const EVENT_DELAY_MS = 15 * 60_000;

export interface Findings {
  readonly contract: DeliveryContract;
  readonly cadence: Cadence;
  readonly now: number;
  /** Since when deliveries are expected, if that is known. */
  readonly start: number | undefined;
  /** In order, the newest last. */
  readonly arrivals: readonly Attributed[];
  /** The newest first. Absent if CloudTrail could not be asked. */
  readonly assumptions?: readonly Assumption[];
  /** For each source that shows every arrival, since when it does. */
  readonly seesSince: readonly number[];
  /** A source of arrivals could be read. */
  readonly anySource: boolean;
  /** A later poll may read what this one could not. */
  readonly mayRecover: boolean;
  /** A queue could be read, so events may still come. */
  readonly queueRead: boolean;
  /** Count deliveries by unknown writers. */
  readonly anyWriter: boolean;
}

export type Assessment = Pick<WatchedDestination, "status" | "summary" | "results" | "delivery" | "dueAt" | "lateMinutes" | "notes"> & {
  /** Another poll would not change it. */
  readonly final: boolean;
};

export function assess(findings: Findings): Assessment {
  const { arrivals, cadence, now, start } = findings;
  const newestOfVendor = arrivals.findLast(({ by }) => by === "vendor");
  const newest = arrivals.findLast(({ by }) => by !== "other");
  const byVendor = timeliness(cadence, { newest: newestOfVendor?.at, now, start });
  if (newestOfVendor && byVendor.state === "onTime") return delivered(findings, newestOfVendor, byVendor);
  if (findings.anyWriter) {
    const confirmed = arrivals.findLast(({ by, unconfirmed }) => by !== "other" && !unconfirmed);
    const byConfirmed = timeliness(cadence, { newest: confirmed?.at, now, start });
    if (confirmed && byConfirmed.state === "onTime") return delivered(findings, confirmed, byConfirmed);
  }
  const byAnyone = timeliness(cadence, { newest: newest?.at, now, start });
  if (newest && byAnyone.state === "onTime") return newest.unconfirmed ? notConfirmed(findings, newest) : unattributed(findings, newest);
  if (!findings.anySource)
    return answer(findings, {
      status: "couldNotTell",
      summary: "no source could be read",
      final: !findings.mayRecover,
      result: { cause: "none of the sources could be read", remedy: RIGHTS },
    });
  if (byAnyone.state === "waiting") return nothingYet(findings, byAnyone);
  return missing(findings, byAnyone, newest);
}

const RIGHTS = `use credentials with the permissions that ${docsPage("watch.md#rights")} lists`;

function delivered(findings: Findings, delivery: Attributed, { dueAt }: Timeliness): Assessment {
  const ago = showAgo(findings.now - delivery.at);
  const observed = delivery.by === "vendor";
  const summary = observed ? `on time: the vendor delivered ${ago}` : `on time: an object arrived ${ago}; its writer is unknown`;
  return answer(findings, {
    status: "onTime",
    summary,
    final: true,
    result: { outcome: "pass", ...(observed && { evidence: "observed" }) },
    delivery,
    dueAt,
  });
}

function unattributed(findings: Findings, delivery: Attributed): Assessment {
  const isOld = findings.now - delivery.at > EVENT_DELAY_MS;
  const eventMayCome = (delivery.writer === undefined && findings.queueRead && !isOld) || delivery.writerMayCome === true;
  const cause = `an object arrived ${showAgo(findings.now - delivery.at)}, in time; its writer is unknown: ${delivery.why}`;
  const remedy =
    delivery.writer === undefined && !findings.queueRead
      ? "define DeliveryEvents for this destination, or name a queue with its events (--queue-url), or count any writer (--any-writer)"
      : `see which events name the writer (${docsPage("watch.md#who-wrote-an-object")}), or count any writer (--any-writer)`;
  return answer(findings, {
    status: "couldNotTell",
    summary: "an object arrived in time, but its writer is unknown",
    final: !eventMayCome,
    result: { cause, remedy },
    delivery,
  });
}

function notConfirmed(findings: Findings, delivery: Attributed): Assessment {
  return answer(findings, {
    status: "couldNotTell",
    summary: "a message reports a delivery in time, and nothing confirms it",
    final: false,
    result: {
      cause: `${delivery.key}, ${showAgo(findings.now - delivery.at)}: ${delivery.why}`,
      remedy: "list the bucket, and check who may send to the queue; if a process of yours moves deliveries away, run watch before it",
    },
    delivery,
  });
}

function nothingYet(findings: Findings, { dueAt }: Timeliness): Assessment {
  const due = dueAt === undefined ? "" : `; the first delivery is due by ${new Date(dueAt).toISOString()}`;
  const cause = `nothing has been delivered yet${due}${refusals(findings)}`;
  return answer(findings, { status: "nothingYet", summary: `nothing yet${due}`, final: false, result: { cause }, dueAt });
}

function missing(findings: Findings, { dueAt, missingSince }: Timeliness, newest: Attributed | undefined): Assessment {
  const { now } = findings;
  const last = newest ? `the last delivery came ${showAgo(now - newest.at)}` : "nothing has been delivered yet";
  if (!findings.seesSince.some((since) => since <= missingSince!)) {
    const cause = `as far as the sources show, ${last}; but none shows everything since ${new Date(missingSince!).toISOString()}`;
    return answer(findings, {
      status: "couldNotTell",
      summary: "it is unknown whether a delivery is missing",
      final: !findings.queueRead,
      result: { cause, remedy: RIGHTS },
      delivery: newest,
      dueAt,
    });
  }
  const lateMs = now - dueAt!;
  const cause = `${last}; due ${new Date(dueAt!).toISOString()}${refusals(findings)}`;
  const remedy = "check the integration's page at the vendor, then run validate, which shows what the vendor may do";
  return answer(findings, {
    status: "late",
    summary: `late by ${showMinutes(lateMs)}: ${last}`,
    final: true,
    result: { outcome: "fail", cause, remedy },
    delivery: newest,
    dueAt,
    lateMs,
  });
}

function refusals({ assumptions = [], contract }: Findings): string {
  const [refused] = ofVendor(assumptions, contract);
  return refused?.refused
    ? `; the vendor tried to assume the role at ${new Date(refused.at).toISOString()} and was refused (${refused.refused})`
    : "";
}

interface Answer {
  readonly status: Status;
  readonly summary: string;
  readonly final: boolean;
  readonly result: Partial<Result>;
  readonly delivery?: Attributed | undefined;
  readonly dueAt?: number | undefined;
  readonly lateMs?: number;
}

function answer(findings: Findings, { status, summary, final, result, delivery, dueAt, lateMs }: Answer): Assessment {
  const delivers: Result = {
    id: "vendor-delivers",
    title: "the vendor delivers",
    expected: showCadence(findings.cadence),
    outcome: "unknown",
    deciding: [],
    ...result,
  };
  return {
    status,
    summary,
    final,
    results: [delivers, ...assumed(findings)],
    notes: strangers(findings),
    ...(delivery && { delivery: reported(delivery) }),
    ...(dueAt !== undefined && { dueAt: new Date(dueAt).toISOString() }),
    ...(lateMs !== undefined && { lateMinutes: Math.floor(lateMs / 60_000) }),
  };
}

/** Whether the vendor's account got a session of the role. */
function assumed({ assumptions, contract, now }: Findings): Result[] {
  if (assumptions === undefined) return [];
  const base = { id: "vendor-assumes-role", title: "the vendor assumes the role", expected: "allowed", deciding: [] };
  const [last] = ofVendor(assumptions, contract);
  if (!last) {
    const cause = "CloudTrail shows no session of the role for the vendor's account; its events come about 15 minutes late";
    return [{ ...base, outcome: "unknown", cause }];
  }
  const session = last.sessionName === undefined ? "" : ` as "${last.sessionName}"`;
  const cause = `account ${last.account}${session}, ${showAgo(now - last.at)}`;
  if (last.refused === undefined) return [{ ...base, outcome: "pass", evidence: "observed", cause }];
  return [
    {
      ...base,
      outcome: "fail",
      evidence: "observed",
      cause: `refused (${last.refused}): ${cause}`,
      remedy: "run validate: it names the cause",
    },
  ];
}

/** Sessions of the vendor's account. If that is also the role's account, an event does not identify the vendor. */
function ofVendor(assumptions: readonly Assumption[], { vendorPrincipals, role }: DeliveryContract): Assumption[] {
  const own = role && accountOf(role.arn);
  const accounts = vendorPrincipals.map(accountOf).filter((account) => account !== own);
  return assumptions.filter(({ account }) => accounts.includes(account));
}

function strangers({ arrivals }: Findings): string[] {
  const others = arrivals.filter(({ by }) => by === "other");
  const last = others.at(-1);
  if (!last) return [];
  return [`not counted: ${plural(others.length, "object")} by other writers; the last: ${last.key}, ${last.why}`];
}

function reported({ key, at, size, by, why, sourceIp }: Attributed): ReportedDelivery {
  return { key, at: new Date(at).toISOString(), by, why, ...(size !== undefined && { size }), ...(sourceIp !== undefined && { sourceIp }) };
}
