/** Reads the options and the environment into what a validation needs. An error names the option or variable that is wrong. */
import { type CredentialSource, deployerSource } from "../aws";
import type { Sources } from "../credentials";
import { type FileOption, incompleteCredentials, invalidOption } from "../errors";
import { readInputText } from "../input";
import { accountId, type Given, given, oneOf, wholeNumber } from "../options";
import { type AskedReport, askedReports } from "../outputs";
import { FORMATS, MODES, type Mode, type ValidateFormat } from "../report/validate";
import { readSigningKey, type SigningKey } from "./sign";

type Environment = Readonly<Record<string, string | undefined>>;

/** The options of the command, as commander hands them over. */
export interface ValidateOptions {
  readonly contract?: string;
  readonly as?: string;
  readonly profile?: string;
  readonly assumeRoleArn?: string;
  readonly onUnknown?: string;
  readonly vendorAwsProfile?: string;
  readonly vendorWebIdentityTokenFile?: string;
  readonly strangerProfile: readonly string[];
  readonly bucketOwner?: string;
  readonly endpointUrl?: string;
  readonly format: readonly string[];
  readonly quiet?: boolean;
  readonly warnOnly?: boolean;
  readonly readOnly?: boolean;
  readonly maskAccounts?: boolean;
  readonly multipart?: boolean;
  readonly timeoutSeconds?: string;
  readonly assumeTimeoutSeconds?: string;
  readonly s3TimeoutSeconds?: string;
  readonly runTimeoutSeconds?: string;
  readonly concurrency: string;
  readonly cleanUp?: boolean;
  readonly olderThanMinutes?: string;
  readonly journal?: string;
  readonly sign?: string;
  readonly signature?: string;
}

export interface Settings {
  readonly mode: Mode | undefined;
  readonly reports: readonly AskedReport<ValidateFormat>[];
  /** On standard output. */
  readonly format: ValidateFormat;
  readonly quiet: boolean;
  readonly assumeMs: number;
  readonly s3Ms: number;
  /** How long the whole run may take; undefined if the user set no limit of their own. */
  readonly runMs: number | undefined;
  /** How long AWS may be unreachable; undefined if the user asked for no waiting. */
  readonly reachMs: number | undefined;
  readonly concurrency: number;
  readonly warnOnly: boolean;
  readonly onUnknown: OnUnknown;
  readonly readOnly: boolean;
  /** The least age of what a clean-up removes without a journal. */
  readonly olderThanMs: number;
  /** The journal that the user named. */
  readonly journal: string | undefined;
  readonly region: string | undefined;
  readonly sources: Sources;
  /** What signs the report, and where the signature goes. */
  readonly signing?: { readonly key: SigningKey; readonly file: string };
}

/** What to do where nothing failed and something is unknown. */
export const ON_UNKNOWN = ["fail", "warn"] as const;
export type OnUnknown = (typeof ON_UNKNOWN)[number];
/** The program waits no longer than this for a network. */
const LONGEST_REACH_MS = 30_000;

const DEFAULT_TIMEOUT: Given = { name: "--timeout-seconds", value: "120" };

/** The construct passes settings by environment variables. An option overrides them. */
export function readSettings(options: ValidateOptions, env: Environment): Settings {
  const { bucketOwner } = options;
  if (bucketOwner !== undefined) accountId({ name: "--bucket-owner", value: bucketOwner });
  const mode = given("--as", options.as) ?? given("VENDOR_DESTINATION_AS", env.VENDOR_DESTINATION_AS);
  const asked =
    given("--timeout-seconds", options.timeoutSeconds) ??
    given("VENDOR_DESTINATION_TIMEOUT_SECONDS", env.VENDOR_DESTINATION_TIMEOUT_SECONDS);
  const timeout = asked ?? DEFAULT_TIMEOUT;
  const run =
    given("--run-timeout-seconds", options.runTimeoutSeconds) ??
    given("VENDOR_DESTINATION_RUN_TIMEOUT_SECONDS", env.VENDOR_DESTINATION_RUN_TIMEOUT_SECONDS);
  const onUnknown = given("--on-unknown", options.onUnknown) ?? given("VENDOR_DESTINATION_ON_UNKNOWN", env.VENDOR_DESTINATION_ON_UNKNOWN);
  const reports = askedReports(options.format, FORMATS);
  const { format } = reports.find(({ file }) => file === undefined)!;
  return {
    mode: mode && oneOf(mode, MODES),
    reports,
    format,
    quiet: options.quiet === true,
    assumeMs: 1000 * wholeNumber(given("--assume-timeout-seconds", options.assumeTimeoutSeconds) ?? timeout, 0),
    s3Ms: 1000 * wholeNumber(given("--s3-timeout-seconds", options.s3TimeoutSeconds) ?? timeout, 0),
    runMs: run && 1000 * wholeNumber(run, 1),
    reachMs: asked && Math.min(1000 * wholeNumber(asked, 0), LONGEST_REACH_MS),
    concurrency: wholeNumber({ name: "--concurrency", value: options.concurrency }, 1),
    warnOnly: options.warnOnly === true || env.VENDOR_DESTINATION_WARN_ONLY === "1",
    onUnknown: onUnknown === undefined ? "fail" : oneOf(onUnknown, ON_UNKNOWN),
    readOnly: options.readOnly === true || env.VENDOR_DESTINATION_READ_ONLY === "1",
    olderThanMs: 60_000 * wholeNumber({ name: "--older-than-minutes", value: options.olderThanMinutes ?? "15" }, 0),
    journal: options.journal ?? env.VENDOR_DESTINATION_JOURNAL,
    region: env.AWS_REGION ?? env.AWS_DEFAULT_REGION,
    sources: readSources(options, env),
    ...readSigning(options, reports),
  };
}

function readSigning({ sign, signature = "report.jws" }: ValidateOptions, reports: Settings["reports"]): Pick<Settings, "signing"> {
  if (sign === undefined) return {};
  if (reports.some(({ file }) => file !== undefined && [file, `${file}.jws`].includes(signature)))
    throw invalidOption({
      name: "--signature",
      rule: "must name another file than a report of --format or its signature",
      got: signature,
      remedy: "write for example --signature stdout.jws",
    });
  return { signing: { key: readSigningKey(sign), file: signature } };
}

function readSources(options: ValidateOptions, env: Environment): Sources {
  const vendorAwsProfile = options.vendorAwsProfile ?? env.VENDOR_DESTINATION_VENDOR_AWS_PROFILE;
  const vendor = vendorAwsProfile === undefined ? keysFrom(env, "VENDOR_") : profile(vendorAwsProfile);
  const stranger = keysFrom(env, "STRANGER_");
  const tokenFile = options.vendorWebIdentityTokenFile ?? env.VENDOR_AWS_WEB_IDENTITY_TOKEN_FILE;
  return {
    deployer: deployerSource(options, env),
    strangers: [...options.strangerProfile.map(profile), ...(stranger ? [stranger] : [])],
    ...(vendor ? { vendor } : {}),
    ...(tokenFile === undefined ? {} : { vendorToken: readInputText(tokenFile, tokenOption(options)).trim() }),
  };
}

function profile(name: string): CredentialSource {
  return { kind: "profile", name };
}

/** Credentials from environment variables with a prefix (`VENDOR_AWS_ACCESS_KEY_ID`, …), or from a profile (`VENDOR_AWS_PROFILE`). */
function keysFrom(env: Environment, prefix: string): CredentialSource | undefined {
  const accessKeyId = env[`${prefix}AWS_ACCESS_KEY_ID`];
  const secretAccessKey = env[`${prefix}AWS_SECRET_ACCESS_KEY`];
  const sessionToken = env[`${prefix}AWS_SESSION_TOKEN`];
  const name = env[`${prefix}AWS_PROFILE`];
  if (accessKeyId && secretAccessKey) return { kind: "keys", accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  if (accessKeyId || secretAccessKey) throw incompleteCredentials(prefix);
  return name ? profile(name) : undefined;
}

function tokenOption({ vendorWebIdentityTokenFile }: ValidateOptions): FileOption {
  const name = vendorWebIdentityTokenFile === undefined ? "VENDOR_AWS_WEB_IDENTITY_TOKEN_FILE" : "--vendor-web-identity-token-file";
  return { name, remedy: "name a file with the token that the vendor's identity provider issued" };
}
