/** Reads the options and the environment into what a watch needs. An error names the option that is wrong. */
import { type CredentialSource, deployerSource } from "../aws";
import { invalidOption } from "../errors";
import { oneOf, wholeNumber } from "../options";

export const WATCH_FORMATS = ["text", "json"] as const;

/** The options of the command, as commander hands them over. */
export interface WatchOptions {
  readonly contract?: string;
  readonly profile?: string;
  readonly assumeRoleArn?: string;
  readonly endpointUrl?: string;
  readonly queueUrl?: string;
  readonly cloudtrailRegion: readonly string[];
  readonly since?: string;
  readonly lateByMinutes?: string;
  readonly once?: boolean;
  readonly timeoutMinutes: string;
  readonly intervalSeconds: string;
  readonly anyWriter?: boolean;
  readonly consume?: boolean;
  readonly format: string;
  readonly maskAccounts?: boolean;
}

export interface WatchSettings {
  readonly source: CredentialSource;
  readonly region: string | undefined;
  readonly since: number | undefined;
  readonly lateByMinutes: number | undefined;
  readonly timeoutMs: number;
  readonly intervalMs: number;
  readonly format: (typeof WATCH_FORMATS)[number];
}

export function readWatchSettings(options: WatchOptions, env: Readonly<Record<string, string | undefined>>, now: number): WatchSettings {
  const { format, since, lateByMinutes, queueUrl } = options;
  if (queueUrl !== undefined && !/^https?:\/\/.+\/.+/.test(queueUrl))
    throw invalidOption({
      name: "--queue-url",
      rule: "must be the URL of a queue",
      got: queueUrl,
      remedy: "write for example --queue-url https://sqs.eu-west-1.amazonaws.com/123456789012/name",
    });
  return {
    source: deployerSource(options, env),
    region: env.AWS_REGION ?? env.AWS_DEFAULT_REGION,
    since: since === undefined ? undefined : readTime(since, now),
    lateByMinutes: lateByMinutes === undefined ? undefined : wholeNumber({ name: "--late-by-minutes", value: lateByMinutes }, 0),
    timeoutMs: wholeNumber({ name: "--timeout-minutes", value: options.timeoutMinutes }, 0) * 60_000,
    intervalMs: wholeNumber({ name: "--interval-seconds", value: options.intervalSeconds }, 1) * 1_000,
    format: oneOf({ name: "--format", value: format }, WATCH_FORMATS),
  };
}

function readTime(text: string, now: number): number {
  if (text === "now") return now;
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw invalidOption({
      name: "--since",
      rule: 'must be a time such as 2026-01-31T12:00:00Z, or "now"',
      got: text,
      remedy: "write the time in ISO 8601",
    });
  return time;
}
