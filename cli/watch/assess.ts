/** What the arrivals say about a destination. Pure: everything that was read is handed in. */
import type { Cadence, DeliveryContract, Result } from "../../lib/contract";
import { accountOf } from "../credentials";
import type { Assumption, Attributed, ReportedDelivery, Status, WatchedDestination } from "../report/watch/types";
import { showCadence, type Timeliness, timeliness } from "./due";
import { showAgo, showMinutes } from "./show";

/** Events come within minutes. An object without one after this time will not get one. */
const EVENT_DELAY_MS = 15 * 60_000;

export interface Findings {
  readonly contract: DeliveryContract;
  readonly cadence: Cadence;
  readonly now: number;
  /** Since when deliveries may be expected, if that is known. */
  readonly start: number | undefined;
  /** In order, the newest last. */
  readonly arrivals: readonly Attributed[];
  /** The newest first. Absent where nobody could be asked. */
  readonly assumptions?: readonly Assumption[];
  /** For each source that shows every arrival: since when. */
  readonly seesSince: readonly number[];
  /** Any source could be read. */
  readonly anySource: boolean;
  /** A queue could be read, whose events may still come. */
  readonly queueRead: boolean;
  /** Count deliveries of which nobody can tell who wrote. */
  readonly anyWriter: boolean;
}

export type Assessment = Pick<WatchedDestination, "status" | "summary" | "results" | "delivery" | "dueAt" | "lateMinutes" | "notes"> & {
  /** Waiting longer will not change it. */
  readonly final: boolean;
};

export function assess(findings: Findings): Assessment {
  const { arrivals, cadence, now, start } = findings;
  const vendors = arrivals.findLast(({ by }) => by === "vendor");
  const newest = arrivals.findLast(({ by }) => by !== "other");
  const byVendor = timeliness(cadence, vendors?.at, now, start);
  if (vendors && byVendor.state === "onTime") return delivered(findings, vendors, byVendor);
  const byAnyone = timeliness(cadence, newest?.at, now, start);
  if (newest && byAnyone.state === "onTime")
    return findings.anyWriter ? delivered(findings, newest, byAnyone) : unattributed(findings, newest);
  if (!findings.anySource)
    return answer(findings, "couldNotTell", "no source could be read", true, {
      cause: "none of the sources could be read",
      remedy: RIGHTS,
    });
  if (byAnyone.state === "waiting") return nothingYet(findings, byAnyone);
  return missing(findings, byAnyone, newest);
}

const RIGHTS = "grant the rights that docs/watch.md lists";

function delivered(findings: Findings, delivery: Attributed, { dueAt }: Timeliness): Assessment {
  const ago = showAgo(findings.now - delivery.at);
  const observed = delivery.by === "vendor";
  const summary = observed ? `on time: the vendor delivered ${ago}` : `on time: an object arrived ${ago}; who wrote it is not known`;
  return answer(findings, "onTime", summary, true, { outcome: "pass", ...(observed && { evidence: "observed" }) }, delivery, dueAt);
}

function unattributed(findings: Findings, delivery: Attributed): Assessment {
  const late = findings.now - delivery.at > EVENT_DELAY_MS;
  const mayComeYet = delivery.writer === undefined && findings.queueRead && !late;
  const cause = `an object arrived ${showAgo(findings.now - delivery.at)}, in time; who wrote it cannot be told: ${delivery.why}`;
  const remedy =
    delivery.writer === undefined && !findings.queueRead
      ? "define DeliveryEvents for this destination, or name a queue with its events (--queue-url); or count it all the same (--any-writer)"
      : "see which events can tell in docs/watch.md; or count it all the same (--any-writer)";
  return answer(findings, "couldNotTell", "something arrived in time, but not known from whom", !mayComeYet, { cause, remedy }, delivery);
}

function nothingYet(findings: Findings, { dueAt }: Timeliness): Assessment {
  const due = dueAt === undefined ? "" : `; the first delivery is due by ${new Date(dueAt).toISOString()}`;
  const cause = `nothing has been delivered yet${due}${refusals(findings)}`;
  return answer(findings, "nothingYet", `nothing yet${due}`, false, { cause }, undefined, dueAt);
}

function missing(findings: Findings, { dueAt, missingSince }: Timeliness, newest: Attributed | undefined): Assessment {
  const { now } = findings;
  const last = newest ? `the last delivery came ${showAgo(now - newest.at)}` : "nothing has been delivered yet";
  if (!findings.seesSince.some((since) => since <= missingSince!)) {
    const cause = `${last} as far as can be seen, but no source shows everything since ${new Date(missingSince!).toISOString()}`;
    return answer(
      findings,
      "couldNotTell",
      "it cannot be told whether a delivery is missing",
      !findings.queueRead,
      { cause, remedy: RIGHTS },
      newest,
      dueAt,
    );
  }
  const lateMs = now - dueAt!;
  const cause = `${last}; due ${new Date(dueAt!).toISOString()}${refusals(findings)}`;
  const remedy = "look at the integration's page at the vendor, then run validate: it shows what the vendor may do";
  return answer(
    findings,
    "late",
    `late by ${showMinutes(lateMs)}: ${last}`,
    true,
    { outcome: "fail", cause, remedy },
    newest,
    dueAt,
    lateMs,
  );
}

function refusals({ assumptions = [], contract }: Findings): string {
  const [refused] = ofVendor(assumptions, contract);
  return refused?.refused
    ? `; the vendor asked for the role at ${new Date(refused.at).toISOString()} and was refused (${refused.refused})`
    : "";
}

function answer(
  findings: Findings,
  status: Status,
  summary: string,
  final: boolean,
  result: Partial<Result>,
  delivery?: Attributed,
  dueAt?: number,
  lateMs?: number,
): Assessment {
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

/** Whether the vendor's account was given a session of the role. */
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

/** Sessions for the vendor's account. Where that is the role's own account, an event tells nothing. */
function ofVendor(assumptions: readonly Assumption[], { vendorPrincipals, role }: DeliveryContract): Assumption[] {
  const own = role && accountOf(role.arn);
  const accounts = vendorPrincipals.map(accountOf).filter((account) => account !== own);
  return assumptions.filter(({ account }) => accounts.includes(account));
}

function strangers({ arrivals }: Findings): string[] {
  const others = arrivals.filter(({ by }) => by === "other");
  const last = others.at(-1);
  if (!last) return [];
  const many = others.length === 1 ? "1 object does" : `${others.length} objects do`;
  return [`${many} not count, because somebody else wrote; the last: ${last.key}, ${last.why}`];
}

function reported({ key, at, size, by, why, sourceIp }: Attributed): ReportedDelivery {
  return { key, at: new Date(at).toISOString(), by, why, ...(size !== undefined && { size }), ...(sourceIp !== undefined && { sourceIp }) };
}
