/** The values that a condition key can have in a request. */
import { memoize, type PossibleValue } from "../../evaluate";
import { unknownText } from "../../unknown";
import { GLOBAL_KEYS } from "./global-keys";
import { KMS_KEYS } from "./kms-keys";
import { S3_KEYS } from "./s3-keys";
import { STS_KEYS } from "./sts-keys";
import type { CallerKind, ConditionKeyRow, KeyKnowledge } from "./types";

/** Every key about which something is known. The first row whose scope includes the action counts. */
export const CONDITION_KEYS: readonly ConditionKeyRow[] = [...KMS_KEYS, ...GLOBAL_KEYS, ...S3_KEYS, ...STS_KEYS];

/** Keys of these services can be in a request; AWS adds new ones. */
const OWN_PREFIXES: ReadonlyMap<string, RegExp> = new Map([
  ["aws", /^/],
  ["s3", /^s3:/],
  ["sts", /^sts:/],
  ["kms", /^kms:/],
]);

const rowsByKey = groupByKey(CONDITION_KEYS);

/** What is known about the key where such a caller makes such a request. Key and action are in lower case. */
export function knowledgeOf(key: string, request: { readonly action: string; readonly caller: CallerKind }): KeyKnowledge {
  const row = rowOf(key, request.action);
  if (row !== undefined) return row.except?.[request.caller] ?? row.knowledge;
  if (rowsOf(key).length > 0) return "never";
  const [prefix = ""] = key.split(":");
  return OWN_PREFIXES.get(prefix)?.test(request.action) ? "unknown" : "never";
}

/** The values that the key can have; undefined where the context of the request alone decides. */
export function possibleValuesOf(
  key: string,
  request: { readonly action: string; readonly caller: CallerKind },
): readonly PossibleValue[] | undefined {
  const knowledge = knowledgeOf(key, request);
  if (knowledge === "known" || knowledge === "never") return undefined;
  const row = rowOf(key, request.action);
  const isStranger = request.caller === "stranger" || request.caller === "anonymous";
  const values = (isStranger ? row?.valuesOfStrangers : undefined) ?? row?.values ?? [placeholderOf(key)];
  return row?.isAlwaysPresent ? values : [undefined, ...values];
}

/** Names of what is not known, for messages. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["aws:sourceip", unknownText("the caller's IP address", "publicAddress")],
  ["aws:useragent", unknownText("the caller's user agent")],
  ["aws:principalorgid", unknownText("the caller's organization")],
  ["aws:principalorgpaths", unknownText("the caller's place in its organization")],
  ["aws:requestedregion", unknownText("the region of the request")],
  ["aws:resourceorgid", unknownText("your organization")],
  ["aws:resourceorgpaths", unknownText("your account's place in your organization")],
  ["s3:authtype", unknownText("whether the caller signs in a header or in the URL")],
  ["s3:signatureage", unknownText("the age of the caller's signature")],
  ["s3:x-amz-content-sha256", unknownText("whether the caller signs the payload")],
  ["sts:rolesessionname", unknownText("the session name that the caller chooses")],
]);

const placeholderOf = memoize((key) => NAMES.get(key) ?? unknownText(`whether the request has ${key}, and its value`));

/** All tag keys share the rows of their prefix. */
function rowsOf(key: string): readonly ConditionKeyRow[] {
  const slash = key.indexOf("/");
  return rowsByKey.get(slash === -1 ? key : key.slice(0, slash + 1)) ?? [];
}

function rowOf(key: string, action: string): ConditionKeyRow | undefined {
  return rowsOf(key).find(({ scope }) =>
    scope instanceof RegExp ? scope.test(action) : scope === "all" || action.startsWith(`${scope}:`),
  );
}

function groupByKey(rows: readonly ConditionKeyRow[]): Map<string, ConditionKeyRow[]> {
  const groups = new Map<string, ConditionKeyRow[]>();
  for (const row of rows) {
    for (const key of row.keys) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [row]);
      else group.push(row);
    }
  }
  return groups;
}
