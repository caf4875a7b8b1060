/** `vendor-destination validate`: the live verdict, after deploy. */
import type { Command } from "commander";
import { judge } from "../lib/contract/judge";
import type { DeliveryContract } from "../lib/contract/types";
import { connector, customEndpoint } from "./aws/connect";
import type { CredentialSource } from "./aws/operations";
import { type CommandContext, type CommandModule, UsageError } from "./command";
import { CONTRACT_VARIABLE, contractFromFile, contractFromText, contractsFromPaths } from "./contract-input";
import { EXIT, type ExitCode } from "./exit-codes";
import { readInputText } from "./input-files";
import { VERSION } from "./program";
import { validateAll } from "./validate/all";
import type { Sources } from "./validate/casting";
import { systemClock } from "./validate/clock";
import { validateDestination } from "./validate/destination";
import { Identities } from "./validate/identities";
import { defaultJournalFolder, FileJournal } from "./validate/journal";
import { destinationLine, destinationText, leftLines, totalsText } from "./validate/text";
import { MODES, type Mode } from "./validate/types";

interface ValidateOptions {
  readonly contract?: string;
  readonly profile?: string;
  readonly as?: string;
  readonly vendorProfile?: string;
  readonly vendorWebIdentityTokenFile?: string;
  readonly strangerProfile: readonly string[];
  readonly bucketOwner?: string;
  readonly endpointUrl?: string;
  readonly format: string;
  readonly warnOnly?: boolean;
  readonly assumeTimeoutSeconds: string;
  readonly s3TimeoutSeconds: string;
  readonly concurrency: string;
  readonly journal?: string;
}

export const command: CommandModule = { define, run: (args, options, context) => run(args[0] as string[], options as never, context) };

function define(validate: Command): void {
  const collect = (value: string, before: string[]) => [...before, value];
  validate
    .argument("[paths...]", "cdktf.out, plans, states or `terraform output -json` that hold contracts")
    .option("--contract <file>", `the contract as JSON (default: the environment variable ${CONTRACT_VARIABLE})`)
    .option("--as <who>", `whose hands to use: ${MODES.join(", ")} (default: the strongest evidence that the credentials allow)`)
    .option("--profile <name>", "profile of the deployer (default: the environment's credentials)")
    .option("--vendor-profile <name>", "profile of the vendor (default: VENDOR_AWS_ACCESS_KEY_ID and its companions, if set)")
    .option("--vendor-web-identity-token-file <file>", "the vendor's web identity token, for roles that trust an OIDC provider")
    .option("--stranger-profile <name>", "profile of somebody who must be refused; may be given twice", collect, [])
    .option("--bucket-owner <account>", "account that must own the bucket (default: the role's, else the deployer's)")
    .option("--endpoint-url <url>", "endpoint of all AWS services (default: AWS_ENDPOINT_URL)")
    .option("--format <format>", "text or json", "text")
    .option("--warn-only", "exit 0 whatever comes out (also VENDOR_DESTINATION_WARN_ONLY=1)")
    .option("--assume-timeout-seconds <seconds>", "how long a refused AssumeRole may be a right that is still spreading", "120")
    .option("--s3-timeout-seconds <seconds>", "the same for requests to the bucket", "120")
    .option("--concurrency <number>", "destinations at the same time", "32")
    .option(
      "--journal <file>",
      "where to note what was written until it is removed (default: a file in the system's folder for temporary files)",
    );
}

async function run(paths: readonly string[], options: ValidateOptions, context: CommandContext): Promise<ExitCode> {
  const settings = readSettings(options);
  const contracts = readContracts(paths, options, context);
  const { env, stdout, stderr, signal } = context;
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  const connectOptions = { env, ...(options.endpointUrl ? { endpoint: options.endpointUrl } : {}) };
  const connect = connector(connectOptions);
  const journal = new FileJournal(
    options.journal ?? `${defaultJournalFolder()}/${new Date().toISOString().replace(/\W/g, "")}-${process.pid}.jsonl`,
  );
  const look = { colour: stdout.isTerminal && env.NO_COLOR === undefined };
  const text = options.format === "text";
  const identities = new Identities(connect, signal);
  const sources = readSources(options, env);
  const report = await validateAll(contracts, {
    concurrency: settings.concurrency,
    program: `vendor-destination ${VERSION}`,
    now: () => systemClock.now(),
    validate: (contract) =>
      validateDestination(contract, {
        sources,
        asked: settings.mode,
        connect,
        identities,
        judge,
        journal,
        clock: systemClock,
        signal,
        assumeMs: settings.assumeMs,
        s3Ms: settings.s3Ms,
        region,
        owner: options.bucketOwner,
        endpoint: customEndpoint(connectOptions),
        onKill: (describe) =>
          context.onKill(() =>
            leftLines({ left: describe() })
              .map((line) => `${line}\n`)
              .join(""),
          ),
        progress: () => {},
      }),
    finished: (finished) => {
      if (text && contracts.length > 1) stdout.write(destinationLine(finished, look));
    },
  });
  if (text) {
    const shown = contracts.length === 1 ? report.destinations : report.destinations.filter(needsAttention);
    for (const destination of shown) stdout.write(destinationText(destination, look));
    stdout.write(totalsText(report.totals));
  } else stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  for (const destination of report.destinations) for (const line of leftLines(destination)) stderr.write(`${line}\n`);
  const warnOnly = options.warnOnly || env.VENDOR_DESTINATION_WARN_ONLY === "1";
  return warnOnly ? EXIT.fine : (report.exitCode as ExitCode);
}

function needsAttention({
  results,
  left,
  stopped,
}: {
  results: readonly { outcome: string }[];
  left: readonly unknown[];
  stopped?: string;
}) {
  return stopped !== undefined || left.length > 0 || results.some(({ outcome }) => outcome !== "pass");
}

function readSettings(options: ValidateOptions) {
  if (options.format !== "text" && options.format !== "json")
    throw new UsageError(`InvalidOption: '--format' must be text or json, got ${JSON.stringify(options.format)}`);
  if (options.as !== undefined && !MODES.includes(options.as as Mode))
    throw new UsageError(`InvalidOption: '--as' must be one of ${MODES.join(", ")}, got ${JSON.stringify(options.as)}`);
  if (options.bucketOwner !== undefined && !/^\d{12}$/.test(options.bucketOwner))
    throw new UsageError(`InvalidOption: '--bucket-owner' must be a 12-digit account id, got ${JSON.stringify(options.bucketOwner)}`);
  return {
    mode: options.as as Mode | undefined,
    assumeMs: 1000 * number("--assume-timeout-seconds", options.assumeTimeoutSeconds, 0),
    s3Ms: 1000 * number("--s3-timeout-seconds", options.s3TimeoutSeconds, 0),
    concurrency: number("--concurrency", options.concurrency, 1),
  };
}

function number(name: string, text: string, least: number): number {
  if (!/^\d+$/.test(text) || Number(text) < least)
    throw new UsageError(`InvalidOption: '${name}' must be a whole number from ${least}, got ${JSON.stringify(text)}`);
  return Number(text);
}

function readContracts(paths: readonly string[], options: ValidateOptions, { env }: CommandContext): DeliveryContract[] {
  if (options.contract !== undefined) return [contractFromFile(options.contract)];
  if (paths.length > 0) return contractsFromPaths(paths);
  const fromHook = env[CONTRACT_VARIABLE];
  if (fromHook) return [contractFromText(fromHook, CONTRACT_VARIABLE)];
  throw new UsageError(`MissingContract: there is nothing to validate; name a path, --contract FILE, or set ${CONTRACT_VARIABLE}`);
}

function readSources(options: ValidateOptions, env: CommandContext["env"]): Sources {
  const profile = (name: string): CredentialSource => ({ kind: "profile", name });
  const vendor = options.vendorProfile === undefined ? keysFrom(env, "VENDOR_") : profile(options.vendorProfile);
  const stranger = keysFrom(env, "STRANGER_");
  const tokenFile = options.vendorWebIdentityTokenFile ?? env.VENDOR_AWS_WEB_IDENTITY_TOKEN_FILE;
  return {
    deployer: options.profile === undefined ? { kind: "environment" } : profile(options.profile),
    strangers: [...options.strangerProfile.map(profile), ...(stranger ? [stranger] : [])],
    ...(vendor ? { vendor } : {}),
    ...(tokenFile === undefined ? {} : { vendorToken: readInputText(tokenFile).trim() }),
  };
}

/** Credentials from environment variables with a prefix: `VENDOR_AWS_ACCESS_KEY_ID`, …; or a profile: `VENDOR_AWS_PROFILE`. */
function keysFrom(env: CommandContext["env"], prefix: string): CredentialSource | undefined {
  const accessKeyId = env[`${prefix}AWS_ACCESS_KEY_ID`];
  const secretAccessKey = env[`${prefix}AWS_SECRET_ACCESS_KEY`];
  const sessionToken = env[`${prefix}AWS_SESSION_TOKEN`];
  const profile = env[`${prefix}AWS_PROFILE`];
  if (accessKeyId && secretAccessKey) return { kind: "keys", accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  if (accessKeyId || secretAccessKey)
    throw new UsageError(`InvalidCredentials: '${prefix}AWS_ACCESS_KEY_ID' and '${prefix}AWS_SECRET_ACCESS_KEY' must both be set`);
  return profile ? { kind: "profile", name: profile } : undefined;
}
