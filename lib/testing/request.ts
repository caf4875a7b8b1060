import type { Expectation } from "../contract";

/** What a request is about, beyond its action. */
export interface RequestOptions {
  /**
   * Where in the bucket: `activity/`. For a listing, the prefix that is listed.
   *
   * @default - where the vendor delivers; for a listing, the whole bucket
   */
  readonly under?: string;
  /**
   * The key of one object, instead of `under`.
   *
   * @default - a key below `under`
   */
  readonly key?: string;
  /**
   * ARN of another bucket.
   *
   * @default - the destination bucket
   */
  readonly bucketArn?: string;
  /**
   * Whether the request goes over plain HTTP.
   *
   * @default false
   */
  readonly overHttp?: boolean;
  /**
   * Additional condition keys of the request: `{ "aws:SourceIp": "198.51.100.7" }`.
   *
   * @default - those that every request has
   */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** A request that was asked about: who makes it, and what it is. */
export type Asked = Pick<Expectation, "actor" | "action" | "resource" | "context">;

/** The options as the end of a sentence. */
export function said({ under, key, bucketArn, overHttp }: RequestOptions): string {
  return [
    under !== undefined && key === undefined ? ` under ${JSON.stringify(under)}` : "",
    key === undefined ? "" : ` ${JSON.stringify(key)}`,
    bucketArn === undefined ? "" : ` in ${bucketArn}`,
    overHttp ? " over plain HTTP" : "",
  ].join("");
}
