import type { DeliveryContract } from "../../lib/contract";
import type { Connect } from "../aws";
import { cleanUpLater, earlierJournals } from "../clean-up";
import { systemClock } from "../clock";
import type { CommandContext } from "../command";
import { EXIT, type ExitCode } from "../exit-codes";
import { jsonText, printableLine } from "../report/shared";
import { cleanUpText, leftText } from "../report/validate";
import type { Settings } from "../validate";

interface CleanUp {
  readonly contracts: readonly DeliveryContract[];
  readonly settings: Settings;
  readonly connect: Connect;
  /** The journal that the user named. */
  readonly journal: string | undefined;
}

/** `validate --clean-up`: removes what earlier runs left, and nothing else. */
export async function cleanUpOnly({ contracts, settings, connect, journal: named }: CleanUp, context: CommandContext): Promise<ExitCode> {
  const { sources, region, format } = settings;
  const { stdout, stderr, signal } = context;
  const { journals, skipped } = await earlierJournals(named, systemClock);
  const report = await cleanUpLater({
    journals,
    contracts,
    sources: [
      { title: "the deployer", source: sources.deployer },
      ...(sources.vendor ? [{ title: "the vendor", source: sources.vendor }] : []),
    ],
    connect,
    clock: systemClock,
    region,
    signal,
    // If the user names a journal, only that journal is cleaned up. Roles of runs in progress are left alone.
    searchRoles: named === undefined,
    olderThanMs: settings.olderThanMs,
  });
  for (const { journal } of journals) journal.close();
  for (const line of skipped) stderr.write(printableLine(`left alone: ${line}`));
  stdout.write(format === "json" ? jsonText(report, 2) : cleanUpText(report));
  stderr.write(leftText(report.left));
  return report.left.length > 0 ? EXIT.leftBehind : EXIT.fine;
}
