/** Reads the settings of a watch from the options and the environment. Every invalid value is reported by name. */
import type { CredentialSource } from "../aws";
import { UsageError } from "../command";

/** The options of the command, as commander hands them over. */
export interface WatchOptions {
  readonly contract?: string;
  readonly profile?: string;
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
  readonly format: "text" | "json";
}

export function readWatchSettings(options: WatchOptions, env: Readonly<Record<string, string | undefined>>, now: number): WatchSettings {
  const { format, since, lateByMinutes, queueUrl, profile } = options;
  if (format !== "text" && format !== "json") throw invalid("--format", "text or json", format);
  if (queueUrl !== undefined && !/^https?:\/\/.+\/.+/.test(queueUrl)) throw invalid("--queue-url", "the URL of a queue", queueUrl);
  return {
    source: profile === undefined ? { kind: "environment" } : { kind: "profile", name: profile },
    region: env.AWS_REGION ?? env.AWS_DEFAULT_REGION,
    since: since === undefined ? undefined : readTime(since, now),
    lateByMinutes: lateByMinutes === undefined ? undefined : whole("--late-by-minutes", lateByMinutes, 0),
    timeoutMs: whole("--timeout-minutes", options.timeoutMinutes, 0) * 60_000,
    intervalMs: whole("--interval-seconds", options.intervalSeconds, 1) * 1_000,
    format,
  };
}

function readTime(text: string, now: number): number {
  if (text === "now") return now;
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw invalid("--since", 'a time such as 2026-01-31T12:00:00Z, or "now"', text);
  return time;
}

function whole(name: string, text: string, least: number): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) < least) throw invalid(name, `a whole number from ${least}`, text);
  return Number(text);
}

function invalid(name: string, rule: string, value: string): UsageError {
  return new UsageError(`InvalidOption: '${name}' must be ${rule}, got ${JSON.stringify(value)}; see --help`);
}
