/** `vendor-destination validate`: the live verdict, after deploy. */
import type { DeliveryContract } from "../../lib/contract";
import { judge } from "../../lib/judge";
import { type ConnectOptions, connector, customEndpoint, Identities, ownAccount, paced, regionToAskFrom } from "../aws";
import { FileJournal, NO_JOURNAL, newJournalFile, thisRun } from "../clean-up";
import { systemClock } from "../clock";
import type { CommandContext } from "../command";
import { deadlineAfter } from "../deadline";
import { noJournal, nothingToDo } from "../errors";
import { EXIT, type ExitCode } from "../exit-codes";
import { CONTRACT_VARIABLE, contractsOf, neighboursFrom } from "../input";
import { COLOR, defineCommand, flag, onlyAsOption, reportFormats, text, textOr, texts, type Values, withChoices } from "../options";
import { isColoured } from "../outputs";
import { maskAccounts, printableLine } from "../report/shared";
import {
  deadlinesText,
  FORMATS,
  leftText,
  MODES,
  type Provenance,
  renderValidate,
  runText,
  totalsText,
  unknownText,
  type ValidateReport,
} from "../report/validate";
import {
  type DestinationOptions,
  deadlinesOf,
  type NothingToAsk,
  ON_UNKNOWN,
  preflight,
  provenanceOf,
  readSettings,
  type Settings,
  validateAll,
  validateDestination,
  wholeReport,
} from "../validate";
import { VERSION } from "../version";
import { cleanUpOnly } from "./validate-clean-up";
import { ReportOutput } from "./validate-output";
import { needsAttention, Screen } from "./validate-screen";

export const OPTIONS = {
  contract: text("<file>", `the delivery contract as JSON (default: the environment variable ${CONTRACT_VARIABLE})`),
  as: withChoices(MODES, text("<who>", "whose credentials to use (default: the strongest evidence that the credentials allow)")),
  profile: text("<name>", "AWS profile of the deployer (default: the environment's credentials)"),
  assumeRoleArn: text("<arn>", "role that the deployer's credentials assume first (also VENDOR_DESTINATION_ASSUME_ROLE_ARN)"),
  vendorAwsProfile: text("<name>", "AWS profile of the vendor (default: VENDOR_AWS_ACCESS_KEY_ID and its companions, if set)"),
  vendorWebIdentityTokenFile: text("<file>", "the vendor's web identity token, for roles that trust an OIDC provider"),
  strangerProfile: texts("<name>", "AWS profile of a principal that must be refused; may be given several times"),
  bucketOwner: text("<account>", "account that must own the bucket (default: the role's, else the deployer's)"),
  endpointUrl: text("<url>", "endpoint of all AWS services (default: AWS_ENDPOINT_URL)"),
  multipart: flag("also upload an object of more than 5 MB in parts"),
  timeoutSeconds: text("<seconds>", "how long to retry a refusal, as a new permission may still be propagating (default: 120)"),
  assumeTimeoutSeconds: text("<seconds>", "the same, for assuming the role only"),
  s3TimeoutSeconds: text("<seconds>", "the same, for requests to the bucket only"),
  concurrency: textOr("50", "<number>", "destinations at the same time"),
  format: reportFormats(FORMATS),
  sign: text("<file>", "private key that signs each report: PEM, Ed25519 or ECDSA with P-256 or P-384"),
  signature: textOr("report.jws", "<file>", "where --sign writes the detached JSON Web Signature of stdout; that of a file is beside it"),
  quiet: flag("in text, show only what is not as expected"),
  color: COLOR,
  maskAccounts: flag("hide account ids in the report"),
  warnOnly: flag("exit 0 whatever the outcome (also VENDOR_DESTINATION_WARN_ONLY=1)"),
  onUnknown: withChoices(ON_UNKNOWN, text("<fail|warn>", "exit 3 or 0 where nothing failed and something is unknown (default: fail)")),
  readOnly: flag("write nothing, neither a test object nor a role: for production (also VENDOR_DESTINATION_READ_ONLY=1)"),
  cleanUp: onlyAsOption(flag("only remove what earlier validations left behind")),
  olderThanMinutes: textOr("15", "<minutes>", "with --clean-up: minimum age of what is removed although no journal lists it"),
  journal: text(
    "<file>",
    "where to record what was written until it is removed (default: VENDOR_DESTINATION_JOURNAL, else a file in the temporary folder)",
  ),
};

export const command = defineCommand({
  paths: "cdktf.out, a plan or state (terraform show -json), or outputs (terraform output -json)",
  options: OPTIONS,
  configuredAs: "validate",
  run,
});

type ValidateOptions = Values<typeof OPTIONS>;

async function run(paths: readonly string[], options: ValidateOptions, context: CommandContext): Promise<ExitCode> {
  const { env } = context;
  const settings = readSettings(options, env);
  const endpoints = new Set<string>();
  const connectOptions: ConnectOptions = {
    env,
    ...(options.endpointUrl ? { endpoint: options.endpointUrl } : {}),
    onRequest: (address) => endpoints.add(address),
  };
  const provenance = () => provenanceOf(endpoints);
  const connect = paced(connector(connectOptions), systemClock);
  const deployers = new Identities(connect, context.signal, systemClock, settings.reachMs);
  const found = await contractsOf({
    paths,
    contractFile: options.contract,
    env,
    ownAccount: (region) => ownAccount(deployers, settings.sources.deployer, regionToAskFrom("aws", region ?? settings.region)),
  });
  const contracts = found.map(({ contract }) => contract);
  const planned = new Map(found.map((one) => [one.contract, one.planned]));
  if (options.cleanUp) return cleanUpOnly({ contracts, settings, connect, journal: settings.journal }, context);
  if (contracts.length === 0) throw nothingToDo("validate", CONTRACT_VARIABLE);
  const place = settings.readOnly ? undefined : newJournalFile(new Date(), { named: settings.journal });
  if (place && "problem" in place) {
    if (!settings.warnOnly) throw noJournal(place.problem);
    context.stderr.write(printableLine(noJournal(place.problem).message));
    return EXIT.fine;
  }
  const deadlines = deadlinesOf(settings, contracts.length);
  const deadline = deadlineAfter({
    milliseconds: 1_000 * deadlines.runSeconds,
    reason: `the ${deadlines.runSeconds} s for the run are over (--timeout-seconds)`,
    clock: systemClock,
    other: context.signal,
  });
  const { signal } = deadline;
  const started = systemClock.now();
  const program = `vendor-destination ${VERSION}`;
  const endpoint = customEndpoint(connectOptions);
  const identities = new Identities(connect, signal, systemClock, settings.reachMs);
  const nothing = await preflight(contracts, { ...settings, identities, endpoint, environmentProfile: env.AWS_PROFILE });
  if (nothing) return tellNothing(nothing, { contracts, settings, masked: options.maskAccounts, program, provenance, started }, context);
  // What is signed is the same wherever it is printed.
  const colour = settings.signing === undefined && isColoured(options.color, context);
  const output = new ReportOutput(settings.signing, context.stdout);
  const screen = new Screen({ ...settings, destinations: contracts.length, masked: options.maskAccounts, colour, output }, context);
  const destination: DestinationOptions = {
    ...settings,
    asked: settings.mode,
    connect,
    identities,
    contracts: [...contracts, ...neighboursFrom(env)],
    judge,
    journal: place ? new FileJournal(place.path, thisRun()) : NO_JOURNAL,
    readOnly: settings.readOnly,
    clock: systemClock,
    signal,
    multipart: options.multipart,
    owner: options.bucketOwner,
    endpoint,
    onKill: (describe) => context.onKill(() => leftText(describe())),
    progress: ({ vendor, bucket }, step) => screen.progress({ bucket: bucket.name, line: `${vendor.name} → ${bucket.name}: ${step}` }),
  };
  const validated = await validateAll(contracts, {
    concurrency: settings.concurrency,
    program,
    deadlines,
    provenance,
    now: () => systemClock.now(),
    validate: (contract) => validateDestination(contract, destination, planned.get(contract)),
    finished: (report) => screen.finished(report),
  });
  deadline.clear();
  // Masked together, so that an account has the same mask in both.
  const { report, shownContracts } = options.maskAccounts
    ? maskAccounts({ report: validated, shownContracts: contracts })
    : { report: validated, shownContracts: contracts };
  screen.clear();
  if (settings.format !== "text") output.print(renderValidate(report, shownContracts, settings.format));
  else if (!settings.quiet || report.exitCode !== EXIT.fine) {
    const isAlone = contracts.length === 1 && !settings.quiet;
    for (const shown of isAlone ? report.destinations : report.destinations.filter(needsAttention)) screen.show(shown);
    if (!settings.quiet) output.print(deadlinesText(deadlines));
    output.print(runText(report, { colour }));
    output.print(totalsText(report.totals));
  }
  output.end();
  writeFiles(report, { contracts: shownContracts, settings, output });
  for (const { left } of report.destinations) context.stderr.write(leftText(left));
  if (report.exitCode === EXIT.unknown) context.stderr.write(unknownText(report, settings));
  return exitCodeOf(report.exitCode, settings);
}

function exitCodeOf(found: ExitCode, { warnOnly, onUnknown }: Settings): ExitCode {
  return warnOnly || (found === EXIT.unknown && onUnknown === "warn") ? EXIT.fine : found;
}

interface Files {
  readonly contracts: readonly DeliveryContract[];
  readonly settings: Settings;
  readonly output: ReportOutput;
}

/** The reports that `--format` names a file for. */
function writeFiles(report: ValidateReport, { contracts, settings, output }: Files): void {
  for (const { format, file } of settings.reports)
    if (file !== undefined) output.writeFile(file, renderValidate(report, contracts, format));
}

interface Told {
  readonly contracts: readonly DeliveryContract[];
  readonly settings: Settings;
  readonly masked: boolean;
  readonly program: string;
  readonly provenance: () => Provenance;
  readonly started: number;
}

/** One line on a terminal; a report in every other format. */
function tellNothing(
  { line, reports }: NothingToAsk,
  { contracts, settings, masked, program, provenance, started }: Told,
  context: CommandContext,
): ExitCode {
  const output = new ReportOutput(settings.signing, context.stdout);
  const report = wholeReport(reports, { program, provenance, now: systemClock.now, started });
  const shown = masked ? maskAccounts(report) : report;
  const isText = settings.format === "text";
  output.print(isText ? printableLine(`? ${masked ? maskAccounts(line) : line}`) : renderValidate(shown, contracts, settings.format));
  output.end();
  if (!isText) context.stderr.write(unknownText(shown, settings));
  writeFiles(shown, { contracts, settings, output });
  return exitCodeOf(report.exitCode, settings);
}
