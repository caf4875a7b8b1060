/** `vendor-destination watch`: waits for the vendor's own delivery, and tells whether it came, and in time. */
import { connector, Identities, ownAccount, paced, regionToAskFrom } from "../aws";
import { systemClock } from "../clock";
import type { CommandContext } from "../command";
import { nothingToDo } from "../errors";
import type { ExitCode } from "../exit-codes";
import { CONTRACT_VARIABLE, contractsOf } from "../input";
import { COLOR, defineCommand, flag, text, textOr, texts, type Values, withChoices } from "../options";
import { isColoured } from "../outputs";
import { jsonText, maskAccounts, NO_PROGRESS, progressText } from "../report/shared";
import { type WatchedDestination, watchedText, watchTotalsText } from "../report/watch";
import { docsPage, VERSION } from "../version";
import { readWatchSettings, WATCH_FORMATS, watchAll } from "../watch";

export const OPTIONS = {
  contract: text("<file>", `the delivery contract as JSON (default: the environment variable ${CONTRACT_VARIABLE})`),
  once: flag("poll once and answer, for cron and CI"),
  timeoutMinutes: textOr("180", "<minutes>", "how long to wait"),
  intervalSeconds: textOr("60", "<seconds>", "time between two polls"),
  since: text("<time>", 'count only what arrives from then on: 2026-01-31T12:00:00Z, or "now"'),
  lateByMinutes: text("<minutes>", "how late a delivery may be (default: as the vendor documents, else half of the interval)"),
  anyWriter: flag("also count deliveries whose writer is not known"),
  queueUrl: text("<url>", "queue with the bucket's events (default: that of DeliveryEvents, or of the bucket's notifications)"),
  consume: flag("remove events from the queue once they were read, all but the newest delivery"),
  cloudtrailRegion: texts("<region>", "a further region in which the vendor may assume the role; may be given several times"),
  profile: text("<name>", "profile to read with (default: the environment's credentials)"),
  assumeRoleArn: text("<arn>", "role that these credentials assume first (also VENDOR_DESTINATION_ASSUME_ROLE_ARN)"),
  endpointUrl: text("<url>", "endpoint of all AWS services (default: AWS_ENDPOINT_URL)"),
  format: withChoices(WATCH_FORMATS, textOr("text", "<format>", "format of the report")),
  color: COLOR,
  maskAccounts: flag("hide account IDs in the report"),
};

export const command = defineCommand({
  paths: "cdktf.out, a plan or state (terraform show -json), or outputs (terraform output -json)",
  options: OPTIONS,
  configuredAs: "watch",
  notes: `
For watch: 0 on time, 1 late, 3 could not tell, 5 nothing yet and nothing overdue. See ${docsPage("watch.md")}.`,
  run,
});

async function run(paths: readonly string[], options: Values<typeof OPTIONS>, context: CommandContext): Promise<ExitCode> {
  const { env, stdout, signal } = context;
  const started = systemClock.now();
  const settings = readWatchSettings(options, env, started);
  const connect = paced(connector({ env, ...(options.endpointUrl ? { endpoint: options.endpointUrl } : {}) }), systemClock);
  const found = await contractsOf({
    paths,
    contractFile: options.contract,
    env,
    ownAccount: (region) =>
      ownAccount(
        new Identities(connect, { signal, clock: systemClock }),
        settings.source,
        regionToAskFrom("aws", region ?? settings.region),
      ),
  });
  const contracts = found.map(({ contract }) => contract);
  if (contracts.length === 0) throw nothingToDo("watch", CONTRACT_VARIABLE);
  const { once } = options;
  const live = stdout.isTerminal && settings.format === "text";
  const progress = ({ vendor, bucket, summary }: WatchedDestination) => {
    if (live && !once) stdout.write(progressText(`${vendor} → ${bucket}: ${summary}`));
  };
  const watched = await watchAll(contracts, {
    ...settings,
    program: `vendor-destination ${VERSION}`,
    connect,
    clock: systemClock,
    signal,
    queueUrl: options.queueUrl,
    cloudTrailRegions: options.cloudtrailRegion,
    // A watch that waits starts when the vendor is connected; a cron job may start at any time.
    fallbackStart: once ? undefined : started,
    anyWriter: options.anyWriter,
    consume: options.consume,
    once,
    progress,
  });
  const report = options.maskAccounts ? maskAccounts(watched) : watched;
  if (live) stdout.write(NO_PROGRESS);
  if (settings.format === "json") stdout.write(jsonText(report, 2));
  else {
    const colour = isColoured(options.color, context);
    for (const destination of report.destinations) stdout.write(watchedText(destination, { colour }));
    stdout.write(watchTotalsText(report.totals));
  }
  return report.exitCode;
}
