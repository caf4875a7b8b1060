/** `vendor-destination watch`: waits for the vendor's own delivery, and tells whether it came, and in time. */
import type { Command } from "commander";
import type { DeliveryContract } from "../../lib/contract";
import { connector, paced } from "../aws";
import { systemClock } from "../clock";
import { type CommandContext, type CommandModule, UsageError } from "../command";
import type { ExitCode } from "../exit-codes";
import { CONTRACT_VARIABLE, contractFromFile, contractFromText, contractsFromPaths } from "../input";
import { maskAccounts } from "../report/shared/mask-accounts";
import { watchedText, watchTotalsText } from "../report/watch/text";
import type { WatchedDestination } from "../report/watch/types";
import { VERSION } from "../version";
import { readWatchSettings, type WatchOptions, watchAll } from "../watch";

export const command: CommandModule = {
  define,
  run: (args, options, context) => run(args[0] as readonly string[], options as unknown as WatchOptions, context),
};

const WATCH_HELP = `
For watch: 0 on time, 1 late, 3 nothing yet or could not tell. See docs/watch.md.`;

function define(watch: Command): void {
  const collect = (value: string, before: string[]) => [...before, value];
  watch
    .argument("[paths...]", "cdktf.out, a plan or state (terraform show -json), or outputs (terraform output -json)")
    .option("--contract <file>", `the delivery contract as JSON (default: the environment variable ${CONTRACT_VARIABLE})`)
    .option("--once", "look once and answer, for cron and CI")
    .option("--timeout-minutes <minutes>", "how long to wait", "180")
    .option("--interval-seconds <seconds>", "time between two looks", "60")
    .option("--since <time>", 'count only what arrives from then on: 2026-01-31T12:00:00Z, or "now"')
    .option("--late-by-minutes <minutes>", "how late a delivery may be (default: as documented, else half of the interval)")
    .option("--any-writer", "count deliveries of which nobody can tell who wrote")
    .option("--queue-url <url>", "queue with the bucket's events (default: that of DeliveryEvents, or of the bucket's notifications)")
    .option("--consume", "remove events from the queue once they were read, all but the newest delivery")
    .option("--cloudtrail-region <region>", "a further region in which the vendor may assume the role; may be given twice", collect, [])
    .option("--profile <name>", "profile to look with (default: the environment's credentials)")
    .option("--endpoint-url <url>", "endpoint of all AWS services (default: AWS_ENDPOINT_URL)")
    .option("--format <format>", "text or json", "text")
    .option("--mask-accounts", "hide account ids in the report")
    .addHelpText("after", WATCH_HELP);
}

async function run(paths: readonly string[], options: WatchOptions, context: CommandContext): Promise<ExitCode> {
  const { env, stdout, signal } = context;
  const started = systemClock.now();
  const settings = readWatchSettings(options, env, started);
  const contracts = readContracts(paths, options, env);
  if (contracts.length === 0)
    throw new UsageError(`MissingContract: there is nothing to watch; name a path, --contract FILE, or set ${CONTRACT_VARIABLE}`);
  const once = options.once === true;
  const live = stdout.isTerminal && settings.format === "text";
  const progress = ({ vendor, bucket, summary }: WatchedDestination) => {
    if (live && !once) stdout.write(`\r\u001b[K${`${vendor} → ${bucket}: ${summary}`.slice(0, 100)}`);
  };
  const found = await watchAll(contracts, {
    ...settings,
    program: `vendor-destination ${VERSION}`,
    connect: paced(connector({ env, ...(options.endpointUrl ? { endpoint: options.endpointUrl } : {}) }), systemClock),
    clock: systemClock,
    signal,
    queueUrl: options.queueUrl,
    cloudTrailRegions: options.cloudtrailRegion,
    // One that waits was started when the vendor was connected; a cron job at any time.
    fallbackStart: once ? undefined : started,
    anyWriter: options.anyWriter === true,
    consume: options.consume === true,
    once,
    progress,
  });
  const report = options.maskAccounts ? maskAccounts(found) : found;
  if (live) stdout.write("\r\u001b[K");
  if (settings.format === "json") stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else {
    const colour = stdout.isTerminal && env.NO_COLOR === undefined;
    for (const destination of report.destinations) stdout.write(watchedText(destination, { colour }));
    stdout.write(watchTotalsText(report.totals));
  }
  return report.exitCode as ExitCode;
}

function readContracts(paths: readonly string[], options: WatchOptions, env: CommandContext["env"]): DeliveryContract[] {
  if (options.contract !== undefined) return [contractFromFile(options.contract)];
  if (paths.length > 0) return contractsFromPaths(paths).map(({ contract }) => contract);
  const fromHook = env[CONTRACT_VARIABLE];
  return fromHook ? [contractFromText(fromHook, CONTRACT_VARIABLE)] : [];
}
