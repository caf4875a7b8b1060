/** What the plan, the contract and AWS's documentation tell about a condition key of a request. */

/** Who calls: the vendor as its own principal, the vendor in the session of the destination role, a stranger, or nobody who signs. */
export type CallerKind = "vendor" | "session" | "stranger" | "anonymous";

/** Which requests a key belongs to: all, those to Amazon S3 or AWS STS, or the actions whose names in lower case match. */
export type KeyScope = "all" | "s3" | "sts" | RegExp;

/**
 * - `known`: the context of the request has the value, or the key is absent.
 * - `never`: no request has the key that the caller makes itself, to the bucket or role itself.
 * - `chosen`: the caller chooses whether the request has the key, and with which value.
 * - `unknown`: the caller does not choose it, and nothing here tells it.
 */
export type KeyKnowledge = "known" | "never" | "chosen" | "unknown";

/** One or more keys about which the same is known. */
export interface ConditionKeyRow {
  /** In lower case. A `/` at the end stands for every key that begins so. */
  readonly keys: readonly string[];
  readonly scope: KeyScope;
  /** For all callers that `except` does not name. */
  readonly knowledge: KeyKnowledge;
  readonly except?: Readonly<Partial<Record<CallerKind, KeyKnowledge>>>;
  /** Whether every request has the key, whatever its value. */
  readonly isAlwaysPresent?: true;
  /** The only values that the key can have, where AWS documents them. */
  readonly values?: readonly string[];
  /** The only values that a stranger can choose: the others belong to somebody. */
  readonly valuesOfStrangers?: readonly string[];
  /** The page that settles it. */
  readonly source: string;
}
