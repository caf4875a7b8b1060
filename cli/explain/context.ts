/** The condition keys that the user gives, without values that AWS could never send. */
import { isIP } from "node:net";
import { accountOf, OWN_ACCOUNT } from "../../lib/contract";
import { parseDate, parseNumber } from "../../lib/evaluate";
import { invalidOption, type UsageError } from "../errors";

export type GivenContext = Readonly<Record<string, readonly string[]>>;

interface ValueKind {
  /** In lower case. */
  readonly keys: readonly string[];
  readonly rule: string;
  readonly example: string;
  readonly isValid: (value: string) => boolean;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const VALUE_KINDS: readonly ValueKind[] = [
  {
    keys: ["aws:sourceip", "aws:vpcsourceip"],
    rule: "one IP address",
    example: "203.0.113.7",
    isValid: (value) => isIP(value) !== 0,
  },
  {
    keys: ["aws:securetransport", "aws:viaawsservice", "aws:principalisawsservice", "aws:multifactorauthpresent"],
    rule: "true or false",
    example: "false",
    isValid: (value) => /^(true|false)$/i.test(value),
  },
  {
    keys: ["aws:currenttime", "aws:epochtime", "aws:tokenissuetime"],
    rule: "a date of ISO 8601, or seconds since 1970",
    example: "2027-01-31T12:00:00Z",
    isValid: (value) => parseDate(value) !== undefined,
  },
  {
    keys: ["aws:multifactorauthage", "s3:max-keys", "s3:signatureage", "s3:tlsversion"],
    rule: "a number",
    example: "1.2",
    isValid: (value) => parseNumber(value) !== undefined,
  },
  {
    keys: ["aws:principalaccount", "aws:resourceaccount", "aws:sourceaccount", "s3:resourceaccount"],
    rule: "a 12-digit account ID",
    example: "123456789012",
    isValid: (value) => /^(\d{12}|anonymous)$/.test(value),
  },
];

/** From `key=value`, where a key may be given several times. Throws `UsageError` for a value that the key can never have. */
export function readContext(pairs: readonly string[]): GivenContext {
  const context: Record<string, string[]> = {};
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1)
      throw invalidOption({ name: "--context", rule: "must be key=value", got: pair, remedy: "write for example sts:ExternalId=acme" });
    const [key, value] = [pair.slice(0, at), pair.slice(at + 1)];
    const kind = VALUE_KINDS.find(({ keys }) => keys.includes(key.toLowerCase()));
    if (kind !== undefined && !kind.isValid(value))
      throw wrongValue({ key, value, rule: kind.rule, remedy: `write for example ${key}=${kind.example}` });
    context[key] = [...(context[key] ?? []), value];
  }
  return context;
}

const OTHER_CALLER = "leave it out, or name another --principal";

/**
 * Refuses a value that contradicts what AWS derives from the caller.
 *
 * @param isOwnArn whether an ARN is the one of the caller, a role of the plan
 */
export function refuseOtherCaller(principal: string, context: GivenContext, isOwnArn: (arn: string) => boolean): void {
  const account = accountOf(principal);
  for (const [key, values] of Object.entries(context)) {
    for (const value of values) {
      if (key.toLowerCase() === "aws:principalarn" && !isOwnArn(value)) refuseOtherArn(principal, key, value);
      const isOther = account !== undefined && account !== OWN_ACCOUNT && account !== value;
      if (key.toLowerCase() === "aws:principalaccount" && isOther)
        throw wrongValue({ key, value, rule: `the account of --principal, ${account}`, remedy: OTHER_CALLER });
    }
  }
}

function refuseOtherArn(principal: string, key: string, value: string): void {
  const remedy = OTHER_CALLER;
  if (principal === "*") throw wrongValue({ key, value, rule: "left out for --principal *, as an unsigned request has none", remedy });
  if (/^\d{12}$/.test(principal) && accountOf(value) !== principal)
    throw wrongValue({ key, value, rule: `an ARN in the account of --principal, ${principal}`, remedy });
  if (!principal.startsWith("arn:")) return;
  // For a session the key holds the ARN of the role, with the role's path.
  const session = /^(arn:[^:]*:)sts(::\d{12}:)assumed-role\/([^/]+)\/.+$/.exec(principal);
  if (session === null && value !== principal) throw wrongValue({ key, value, rule: `the ARN of --principal, ${principal}`, remedy });
  if (session === null) return;
  const [, partition, account, name] = session;
  const prefix = `${partition}iam${account}role/`;
  if (!value.startsWith(prefix) || value.split("/").at(-1) !== name)
    throw wrongValue({ key, value, rule: `the ARN of the role of --principal, ${prefix}${name}`, remedy });
}

function wrongValue({ key, value, rule, remedy }: WrongValue): UsageError {
  return invalidOption({ name: `--context ${key}`, rule: `must be ${rule}`, got: value, remedy });
}

interface WrongValue {
  readonly key: string;
  readonly value: string;
  readonly rule: string;
  readonly remedy: string;
}
