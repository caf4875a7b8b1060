/** Validates many destinations concurrently, and totals the results. */
import type { DeliveryContract } from "../../lib/contract";
import { EXIT, type ExitCode } from "../exit-codes";
import { countOutcomes } from "../report/shared";
import {
  type Deadlines,
  type DestinationReport,
  type Provenance,
  REPORT_SCHEMA_VERSION,
  type Totals,
  type ValidateReport,
} from "../report/validate";

export interface AllOptions {
  readonly concurrency: number;
  readonly program: string;
  readonly now: () => number;
  readonly deadlines?: Deadlines;
  /** Called when all requests have been made. */
  readonly provenance: () => Provenance;
  readonly validate: (contract: DeliveryContract) => Promise<DestinationReport>;
  readonly finished: (report: DestinationReport) => void;
}

export async function validateAll(contracts: readonly DeliveryContract[], options: AllOptions): Promise<ValidateReport> {
  const started = options.now();
  const reports: DestinationReport[] = [];
  let next = 0;
  const worker = async () => {
    while (next < contracts.length) {
      const index = next++;
      const report = await options.validate(contracts[index]!);
      reports[index] = report;
      options.finished(report);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.concurrency, contracts.length) }, worker));
  return wholeReport(reports, { ...options, started });
}

export interface WholeReportOptions extends Pick<AllOptions, "program" | "now" | "deadlines" | "provenance"> {
  readonly started: number;
}

/** The report of a run with its totals and exit code. */
export function wholeReport(
  reports: readonly DestinationReport[],
  { program, now, deadlines, provenance, started }: WholeReportOptions,
): ValidateReport {
  const totals = totalsOf(reports);
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    program,
    startedAt: new Date(started).toISOString(),
    durationMs: now() - started,
    ...(deadlines ? { deadlines } : {}),
    provenance: provenance(),
    destinations: reports,
    totals,
    exitCode: exitCodeOf(reports, totals),
  };
}

function totalsOf(reports: readonly DestinationReport[]): Totals {
  const totals = { destinations: reports.length, pass: 0, fail: 0, unknown: 0, left: 0 };
  for (const report of reports) {
    const { pass, fail, unknown } = countOutcomes(report.results);
    totals.pass += pass;
    totals.fail += fail;
    totals.unknown += unknown;
    totals.left += report.left.length;
  }
  const accepted = reports.reduce((sum, { results }) => sum + results.filter((result) => result.accepted !== undefined).length, 0);
  const notRead = reports.reduce((sum, report) => sum + (report.notRead?.length ?? 0), 0);
  return { ...totals, ...(accepted > 0 && { accepted }), ...(notRead > 0 && { notRead }) };
}

/** Leftovers outweigh a failure, and a failure outweighs an unknown result. */
function exitCodeOf(reports: readonly DestinationReport[], totals: Totals): ExitCode {
  if (totals.left > 0) return EXIT.leftBehind;
  if (totals.fail > 0) return EXIT.finding;
  if (totals.unknown > 0 || reports.some(({ stopped }) => stopped !== undefined)) return EXIT.unknown;
  return EXIT.fine;
}
