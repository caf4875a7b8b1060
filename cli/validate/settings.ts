/** Reads the settings of a validation from the options and the environment. Every invalid value is reported by name. */
import type { CredentialSource } from "../aws";
import { UsageError } from "../command";
import type { Sources } from "../credentials";
import { readInputText } from "../input";
import { MODES, type Mode } from "../report/validate/types";

type Environment = Readonly<Record<string, string | undefined>>;

/** The options of the command, as commander hands them over. */
export interface ValidateOptions {
  readonly contract?: string;
  readonly as?: string;
  readonly profile?: string;
  readonly vendorProfile?: string;
  readonly vendorWebIdentityTokenFile?: string;
  readonly strangerProfile: readonly string[];
  readonly bucketOwner?: string;
  readonly endpointUrl?: string;
  readonly format: string;
  readonly warnOnly?: boolean;
  readonly maskAccounts?: boolean;
  readonly multipart?: boolean;
  readonly timeoutSeconds?: string;
  readonly assumeTimeoutSeconds?: string;
  readonly s3TimeoutSeconds?: string;
  readonly concurrency: string;
  readonly cleanUp?: boolean;
  readonly journal?: string;
}

export const FORMATS = ["text", "json", "junit", "markdown", "html"] as const;
export type Format = (typeof FORMATS)[number];

function isFormat(text: string): text is Format {
  return (FORMATS as readonly string[]).includes(text);
}

export interface Settings {
  readonly mode: Mode | undefined;
  readonly format: Format;
  readonly assumeMs: number;
  readonly s3Ms: number;
  readonly concurrency: number;
  readonly warnOnly: boolean;
  readonly region: string | undefined;
  readonly sources: Sources;
}

const DEFAULT_TIMEOUT_SECONDS = "120";

/** The construct passes settings by environment variables. An option overrides them. */
export function readSettings(options: ValidateOptions, env: Environment): Settings {
  const { format, as: mode = env.VENDOR_DESTINATION_AS, bucketOwner } = options;
  if (!isFormat(format)) throw invalid("--format", `one of ${FORMATS.join(", ")}`, format);
  if (mode !== undefined && !MODES.includes(mode as Mode)) throw invalid("--as", `one of ${MODES.join(", ")}`, mode);
  if (bucketOwner !== undefined && !/^\d{12}$/.test(bucketOwner)) throw invalid("--bucket-owner", "a 12-digit account id", bucketOwner);
  const timeout = options.timeoutSeconds ?? env.VENDOR_DESTINATION_TIMEOUT_SECONDS ?? DEFAULT_TIMEOUT_SECONDS;
  return {
    mode: mode as Mode | undefined,
    format,
    assumeMs: 1000 * whole("--assume-timeout-seconds", options.assumeTimeoutSeconds ?? timeout, 0),
    s3Ms: 1000 * whole("--s3-timeout-seconds", options.s3TimeoutSeconds ?? timeout, 0),
    concurrency: whole("--concurrency", options.concurrency, 1),
    warnOnly: options.warnOnly === true || env.VENDOR_DESTINATION_WARN_ONLY === "1",
    region: env.AWS_REGION ?? env.AWS_DEFAULT_REGION,
    sources: readSources(options, env),
  };
}

function readSources(options: ValidateOptions, env: Environment): Sources {
  const vendorProfile = options.vendorProfile ?? env.VENDOR_DESTINATION_VENDOR_PROFILE;
  const vendor = vendorProfile === undefined ? keysFrom(env, "VENDOR_") : profile(vendorProfile);
  const stranger = keysFrom(env, "STRANGER_");
  const tokenFile = options.vendorWebIdentityTokenFile ?? env.VENDOR_AWS_WEB_IDENTITY_TOKEN_FILE;
  return {
    deployer: options.profile === undefined ? { kind: "environment" } : profile(options.profile),
    strangers: [...options.strangerProfile.map(profile), ...(stranger ? [stranger] : [])],
    ...(vendor ? { vendor } : {}),
    ...(tokenFile === undefined ? {} : { vendorToken: readInputText(tokenFile).trim() }),
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
  if (accessKeyId || secretAccessKey)
    throw new UsageError(
      `InvalidCredentials: '${prefix}AWS_ACCESS_KEY_ID' and '${prefix}AWS_SECRET_ACCESS_KEY' must both be set, got one; set or unset both`,
    );
  return name ? profile(name) : undefined;
}

function whole(name: string, text: string, least: number): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) < least) throw invalid(name, `a whole number from ${least}`, text);
  return Number(text);
}

function invalid(name: string, rule: string, value: string): UsageError {
  return new UsageError(`InvalidOption: '${name}' must be ${rule}, got ${JSON.stringify(value)}`);
}
