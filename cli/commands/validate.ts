/** `vendor-destination validate`: the live verdict, after deploy. */
import type { Command } from "commander";
import type { DeliveryContract } from "../../lib/contract";
import { judge } from "../../lib/judge";
import { type Connect, type ConnectOptions, connector, customEndpoint, paced } from "../aws";
import { cleanUpLater, FileJournal, journalFiles, newJournalFile, readJournal } from "../clean-up";
import { systemClock } from "../clock";
import { type CommandContext, type CommandModule, UsageError } from "../command";
import { Identities } from "../credentials";
import { EXIT, type ExitCode } from "../exit-codes";
import { CONTRACT_VARIABLE, contractFromFile, contractFromText, contractsFromPaths, type FoundContract } from "../input";
import { maskAccounts } from "../report/shared/mask-accounts";
import { cleanUpText, destinationLine, destinationText, leftLines, totalsText } from "../report/validate/text";
import { type DestinationReport, MODES } from "../report/validate/types";
import {
  type DestinationOptions,
  FORMATS,
  readSettings,
  type Settings,
  type ValidateOptions,
  validateAll,
  validateDestination,
} from "../validate";
import { VERSION } from "../version";

export const command: CommandModule = {
  define,
  run: (args, options, context) => run(args[0] as readonly string[], options as unknown as ValidateOptions, context),
};

function define(validate: Command): void {
  const collect = (value: string, before: string[]) => [...before, value];
  validate
    .argument("[paths...]", "cdktf.out, a plan or state (terraform show -json), or outputs (terraform output -json)")
    .option("--contract <file>", `the delivery contract as JSON (default: the environment variable ${CONTRACT_VARIABLE})`)
    .option("--as <who>", `whose hands to use: ${MODES.join(", ")} (default: the strongest evidence that the credentials allow)`)
    .option("--profile <name>", "profile of the deployer (default: the environment's credentials)")
    .option("--vendor-profile <name>", "profile of the vendor (default: VENDOR_AWS_ACCESS_KEY_ID and its companions, if set)")
    .option("--vendor-web-identity-token-file <file>", "the vendor's web identity token, for roles that trust an OIDC provider")
    .option("--stranger-profile <name>", "profile of somebody who must be refused; may be given twice", collect, [])
    .option("--bucket-owner <account>", "account that must own the bucket (default: the role's, else the deployer's)")
    .option("--endpoint-url <url>", "endpoint of all AWS services (default: AWS_ENDPOINT_URL)")
    .option("--multipart", "also put an object of more than 5 MB in parts")
    .option("--timeout-seconds <seconds>", "how long a refusal may be a right that is still spreading (default: 120)")
    .option("--assume-timeout-seconds <seconds>", "the same, for the role alone")
    .option("--s3-timeout-seconds <seconds>", "the same, for the bucket alone")
    .option("--concurrency <number>", "destinations at the same time", "50")
    .option("--format <format>", FORMATS.join(", "), "text")
    .option("--mask-accounts", "hide account ids in the report")
    .option("--warn-only", "exit 0 whatever comes out (also VENDOR_DESTINATION_WARN_ONLY=1)")
    .option("--clean-up", "only remove what earlier validations left behind")
    .option("--journal <file>", "where to note what was written until it is removed (default: a file in the temporary folder)");
}

async function run(paths: readonly string[], options: ValidateOptions, context: CommandContext): Promise<ExitCode> {
  const { env } = context;
  const settings = readSettings(options, env);
  const found = readContracts(paths, options, env);
  const contracts = found.map(({ contract }) => contract);
  const planned = new Map(found.map((one) => [one.contract, one.planned]));
  const connectOptions: ConnectOptions = { env, ...(options.endpointUrl ? { endpoint: options.endpointUrl } : {}) };
  const connect = paced(connector(connectOptions), systemClock);
  if (options.cleanUp) return cleanUpOnly(contracts, settings, options, connect, context);
  if (contracts.length === 0)
    throw new UsageError(`MissingContract: there is nothing to validate; name a path, --contract FILE, or set ${CONTRACT_VARIABLE}`);

  const screen = new Screen(settings, contracts.length, options.maskAccounts === true, context);
  const destination: DestinationOptions = {
    ...settings,
    asked: settings.mode,
    connect,
    identities: new Identities(connect, context.signal),
    contracts,
    judge,
    journal: new FileJournal(options.journal ?? newJournalFile(new Date(), process.pid)),
    clock: systemClock,
    signal: context.signal,
    multipart: options.multipart === true,
    owner: options.bucketOwner,
    endpoint: customEndpoint(connectOptions),
    onKill: (describe) =>
      context.onKill(() =>
        leftLines(describe())
          .map((line) => `${line}\n`)
          .join(""),
      ),
    progress: (contract, step) => screen.progress(`${contract.vendor.name} → ${contract.bucket.name}: ${step}`),
  };
  const validated = await validateAll(contracts, {
    concurrency: settings.concurrency,
    program: `vendor-destination ${VERSION}`,
    now: () => systemClock.now(),
    validate: (contract) => validateDestination(contract, destination, planned.get(contract)),
    finished: (report) => screen.finished(report),
  });
  // Together, so that an account has the same mask in both.
  const { report, shownContracts } = options.maskAccounts
    ? maskAccounts({ report: validated, shownContracts: contracts })
    : { report: validated, shownContracts: contracts };
  screen.clear();
  if (settings.format === "json") context.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (settings.format === "html") context.stdout.write((await import("../report/validate/html")).validateHtml(report, shownContracts));
  else if (settings.format === "junit") context.stdout.write((await import("../report/validate/junit")).validateJunit(report));
  else if (settings.format === "markdown")
    context.stdout.write((await import("../report/validate/markdown")).validateMarkdown(report, shownContracts));
  else {
    for (const shown of contracts.length === 1 ? report.destinations : report.destinations.filter(needsAttention)) screen.show(shown);
    context.stdout.write(totalsText(report.totals));
  }
  for (const { left } of report.destinations) for (const line of leftLines(left)) context.stderr.write(`${line}\n`);
  return settings.warnOnly ? EXIT.fine : (report.exitCode as ExitCode);
}

function needsAttention({ results, left, stopped }: DestinationReport): boolean {
  return stopped !== undefined || left.length > 0 || results.some(({ outcome }) => outcome !== "pass");
}

/** What is shown while a validation runs: a line that changes on a terminal, one line for each of many destinations. */
class Screen {
  private readonly colour: boolean;
  private readonly live: boolean;

  constructor(
    private readonly settings: Settings,
    private readonly destinations: number,
    private readonly masked: boolean,
    private readonly context: CommandContext,
  ) {
    this.colour = context.stdout.isTerminal && context.env.NO_COLOR === undefined;
    this.live = context.stdout.isTerminal && settings.format === "text";
  }

  progress(text: string): void {
    if (this.live) this.context.stdout.write(`\r\u001b[K${text.slice(0, 100)}`);
  }

  clear(): void {
    if (this.live) this.context.stdout.write("\r\u001b[K");
  }

  finished(report: DestinationReport): void {
    if (this.destinations === 1 || this.settings.format !== "text") return;
    this.clear();
    this.context.stdout.write(destinationLine(this.masked ? maskAccounts(report) : report, { colour: this.colour }));
  }

  show(report: DestinationReport): void {
    this.context.stdout.write(destinationText(report, { colour: this.colour }));
  }
}

async function cleanUpOnly(
  contracts: readonly DeliveryContract[],
  { sources, region, format }: Settings,
  options: ValidateOptions,
  connect: Connect,
  { stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
  const journals = journalFiles(options.journal).map((path) => ({ journal: FileJournal.resume(path), items: readJournal(path) }));
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
  });
  for (const { journal } of journals) journal.close();
  stdout.write(format === "json" ? `${JSON.stringify(report, null, 2)}\n` : cleanUpText(report));
  for (const line of leftLines(report.left)) stderr.write(`${line}\n`);
  return report.left.length > 0 ? EXIT.leftBehind : EXIT.fine;
}

function readContracts(paths: readonly string[], options: ValidateOptions, env: CommandContext["env"]): FoundContract[] {
  if (options.contract !== undefined) return [{ contract: contractFromFile(options.contract) }];
  if (paths.length > 0) return contractsFromPaths(paths);
  const fromHook = env[CONTRACT_VARIABLE];
  return fromHook ? [{ contract: contractFromText(fromHook, CONTRACT_VARIABLE) }] : [];
}
