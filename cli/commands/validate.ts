/** `vendor-destination validate`: the live verdict, after deploy. */
import { judge } from "../../lib/judge";
import { type Connect, type ConnectOptions, connector, customEndpoint, Identities, ownAccount, paced, regionToAskFrom } from "../aws";
import { FileJournal, type Journal, NO_JOURNAL, newJournalFile, thisRun } from "../clean-up";
import { systemClock } from "../clock";
import type { CommandContext } from "../command";
import { deadlineAfter } from "../deadline";
import { noJournal, nothingToDo } from "../errors";
import { EXIT, type ExitCode } from "../exit-codes";
import { CONTRACT_VARIABLE, contractsOf, type FoundContract, neighboursFrom } from "../input";
import { COLOR, defineCommand, flag, onlyAsOption, reportFormats, text, textOr, texts, type Values, withChoices } from "../options";
import { isColoured } from "../outputs";
import { printableLine } from "../report/shared";
import { FORMATS, leftText, MODES } from "../report/validate";
import {
  type DestinationOptions,
  deadlinesOf,
  ON_UNKNOWN,
  preflight,
  provenanceOf,
  readSettings,
  type Settings,
  SharedReadings,
  validateAll,
  validateDestination,
  wholeReport,
} from "../validate";
import { VERSION } from "../version";
import { cleanUpOnly } from "./validate-clean-up";
import { ReportOutput } from "./validate-output";
import { printOneLine, printReport } from "./validate-report";
import { Screen } from "./validate-screen";

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
  runTimeoutSeconds: text(
    "<seconds>",
    "how long the whole run may take (default: --timeout-seconds and 60 s for each round of --concurrency destinations)",
  ),
  concurrency: textOr("50", "<number>", "destinations at the same time"),
  format: reportFormats(FORMATS),
  sign: text("<file>", "private key that signs each report: PEM, Ed25519 or ECDSA with P-256 or P-384"),
  signature: textOr("report.jws", "<file>", "where --sign writes the detached JSON Web Signature of stdout; that of a file is beside it"),
  quiet: flag("in text, show only what is not as expected"),
  color: COLOR,
  maskAccounts: flag("hide account IDs in the report"),
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
  const connect = paced(connector(connectOptions), systemClock);
  const deployers = new Identities(connect, { signal: context.signal, clock: systemClock, reachMs: settings.reachMs });
  const found = await contractsOf({
    paths,
    contractFile: options.contract,
    env,
    ownAccount: (region) => ownAccount(deployers, settings.sources.deployer, regionToAskFrom("aws", region ?? settings.region)),
  });
  const contracts = found.map(({ contract }) => contract);
  if (options.cleanUp) return cleanUpOnly({ contracts, settings, connect, journal: settings.journal }, context);
  if (contracts.length === 0) throw nothingToDo("validate", CONTRACT_VARIABLE);
  const place = settings.readOnly ? undefined : newJournalFile(new Date(), { named: settings.journal });
  if (place && "problem" in place) {
    if (!settings.warnOnly) throw noJournal(place.problem);
    context.stderr.write(printableLine(noJournal(place.problem).message));
    return EXIT.fine;
  }
  const journal = place ? new FileJournal(place.path, thisRun()) : NO_JOURNAL;
  return validateContracts(found, { settings, options, connect, endpoint: customEndpoint(connectOptions), endpoints, journal }, context);
}

interface Validated {
  readonly settings: Settings;
  readonly options: ValidateOptions;
  readonly connect: Connect;
  /** The endpoint that the user set. */
  readonly endpoint: string | undefined;
  /** Where requests went so far. */
  readonly endpoints: ReadonlySet<string>;
  readonly journal: Journal;
}

async function validateContracts(found: readonly FoundContract[], run: Validated, context: CommandContext): Promise<ExitCode> {
  const { settings, options, connect, endpoint, endpoints, journal } = run;
  const contracts = found.map(({ contract }) => contract);
  const planned = new Map(found.map((one) => [one.contract, one.planned]));
  const deadlines = deadlinesOf(settings, contracts.length);
  const deadline = deadlineAfter({
    milliseconds: 1_000 * deadlines.runSeconds,
    reason: `the ${deadlines.runSeconds} s for the run are over (--run-timeout-seconds)`,
    clock: systemClock,
    other: context.signal,
  });
  const { signal } = deadline;
  const program = `vendor-destination ${VERSION}`;
  const provenance = () => provenanceOf(endpoints);
  const printed = { contracts, settings, masked: options.maskAccounts };
  const started = systemClock.now();
  const identities = new Identities(connect, { signal, clock: systemClock, reachMs: settings.reachMs });
  const nothing = await preflight(contracts, { ...settings, identities, endpoint, environmentProfile: context.env.AWS_PROFILE });
  if (nothing) {
    const report = wholeReport(nothing.reports, { program, provenance, now: systemClock.now, started });
    return exitCodeOf(printOneLine(nothing.line, report, { ...printed, context }), settings);
  }
  // A signature must not depend on where the report is printed.
  const colour = settings.signing === undefined && isColoured(options.color, context);
  const output = new ReportOutput(settings.signing, context.stdout);
  const screen = new Screen({ ...settings, destinations: contracts.length, masked: options.maskAccounts, colour, output }, context);
  const destination: DestinationOptions = {
    ...settings,
    asked: settings.mode,
    connect,
    identities,
    shared: new SharedReadings(signal),
    contracts: [...contracts, ...neighboursFrom(context.env)],
    judge,
    journal,
    readOnly: settings.readOnly,
    clock: systemClock,
    signal,
    multipart: options.multipart,
    owner: options.bucketOwner,
    endpoint,
    onKill: (describe) => context.onKill(() => leftText(describe())),
    progress: ({ vendor, bucket }, step) => screen.progress({ bucket: bucket.name, line: `${vendor.name} → ${bucket.name}: ${step}` }),
  };
  const report = await validateAll(contracts, {
    concurrency: settings.concurrency,
    program,
    deadlines,
    provenance,
    now: () => systemClock.now(),
    validate: (contract) => validateDestination(contract, destination, planned.get(contract)),
    finished: (finished) => screen.finished(finished),
  });
  deadline.clear();
  return exitCodeOf(printReport(report, { ...printed, deadlines, colour, output, screen, context }), settings);
}

function exitCodeOf(found: ExitCode, { warnOnly, onUnknown }: Settings): ExitCode {
  return warnOnly || (found === EXIT.unknown && onUnknown === "warn") ? EXIT.fine : found;
}
