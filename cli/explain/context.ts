/** The keys of the request that the user gives, and what AWS could never send. */
import { isIP } from "node:net";
import { accountOf, OWN_ACCOUNT } from "../../lib/contract";
import { parseDate, parseNumber } from "../../lib/evaluate";
import { UsageError } from "../command";

export type GivenContext = Readonly<Record<string, readonly string[]>>;

interface Sort {
  /** In lower case. */
  readonly keys: readonly string[];
  readonly rule: string;
  readonly example: string;
  readonly isOne: (value: string) => boolean;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const SORTS: readonly Sort[] = [
  {
    keys: ["aws:sourceip", "aws:vpcsourceip"],
    rule: "one IP address",
    example: "203.0.113.7",
    isOne: (value) => isIP(value) !== 0,
  },
  {
    keys: ["aws:securetransport", "aws:viaawsservice", "aws:principalisawsservice", "aws:multifactorauthpresent"],
    rule: "true or false",
    example: "false",
    isOne: (value) => /^(true|false)$/i.test(value),
  },
  {
    keys: ["aws:currenttime", "aws:epochtime", "aws:tokenissuetime"],
    rule: "a date of ISO 8601, or seconds since 1970",
    example: "2027-01-31T12:00:00Z",
    isOne: (value) => parseDate(value) !== undefined,
  },
  {
    keys: ["aws:multifactorauthage", "s3:max-keys", "s3:signatureage", "s3:tlsversion"],
    rule: "a number",
    example: "1.2",
    isOne: (value) => parseNumber(value) !== undefined,
  },
  {
    keys: ["aws:principalaccount", "aws:resourceaccount", "aws:sourceaccount", "s3:resourceaccount"],
    rule: "a 12-digit account id",
    example: "123456789012",
    isOne: (value) => /^(\d{12}|anonymous)$/.test(value),
  },
];

/** Out of `key=value`, each maybe given many times. Throws `UsageError` for a value that the key can never have. */
export function readContext(pairs: readonly string[]): GivenContext {
  const context: Record<string, string[]> = {};
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1)
      throw new UsageError(
        `InvalidOption: '--context' must be key=value, got ${JSON.stringify(pair)}; write for example sts:ExternalId=acme`,
      );
    const [key, value] = [pair.slice(0, at), pair.slice(at + 1)];
    const sort = SORTS.find(({ keys }) => keys.includes(key.toLowerCase()));
    if (sort !== undefined && !sort.isOne(value)) throw wrongValue(key, value, sort.rule, `write for example ${key}=${sort.example}`);
    context[key] = [...(context[key] ?? []), value];
  }
  return context;
}

/**
 * Refuses what AWS itself derives from the caller, where it is given otherwise.
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
        throw wrongValue(key, value, `the account of --principal, ${account}`, "leave it out, or name another --principal");
    }
  }
}

function refuseOtherArn(principal: string, key: string, value: string): void {
  const remedy = "leave it out, or name another --principal";
  if (principal === "*") throw wrongValue(key, value, "left out for --principal *, as an unsigned request has none", remedy);
  if (/^\d{12}$/.test(principal) && accountOf(value) !== principal)
    throw wrongValue(key, value, `an ARN in the account of --principal, ${principal}`, remedy);
  if (!principal.startsWith("arn:")) return;
  // The key has the role's ARN, with its path, where a session of the role asks.
  const session = /^(arn:[^:]*:)sts(::\d{12}:)assumed-role\/([^/]+)\/.+$/.exec(principal);
  if (session === null && value !== principal) throw wrongValue(key, value, `the ARN of --principal, ${principal}`, remedy);
  if (session === null) return;
  const [, partition, account, name] = session as unknown as [string, string, string, string];
  const prefix = `${partition}iam${account}role/`;
  if (!value.startsWith(prefix) || value.split("/").at(-1) !== name)
    throw wrongValue(key, value, `the ARN of the role of --principal, ${prefix}${name}`, remedy);
}

function wrongValue(key: string, value: string, rule: string, remedy: string): UsageError {
  return new UsageError(`InvalidOption: '--context ${key}' must be ${rule}, got ${JSON.stringify(value)}; ${remedy}`);
}
