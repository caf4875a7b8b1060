import { OWN_ACCOUNT, substituteOwnAccount } from "../../contract";
import type { CompiledStatement, Condition } from "../../evaluate";
import { isPositive, namedPrincipals, namesEverybody } from "../../judge";
import { hasUnknown, isUnknown } from "../../unknown";
import type { JudgedPolicy, Rule } from "../rule";
import { listed } from "../statements";

/** Keys that say on whose behalf a service acts, each with the part of a value that must not contain a wildcard. */
const SOURCE_KEYS: ReadonlyMap<string, (value: string) => string> = new Map([
  ["aws:sourceaccount", (value: string) => value],
  // The ARN of a bucket has no account, but each bucket has one owner.
  [
    "aws:sourcearn",
    (value: string) => (/^arn:[^:]*:s3:::./.test(value) ? value.slice(value.lastIndexOf(":") + 1) : (value.split(":")[4] ?? "*")),
  ],
  ["aws:sourceorgid", (value: string) => value],
  ["aws:sourceorgpaths", (value: string) => value.split("/")[0]!],
]);

export const serviceWithoutSource: Rule = {
  id: "service-without-source",
  title: "a service can use the bucket on behalf of any account",
  severity: "medium",
  reason:
    "Without aws:SourceAccount or aws:SourceArn, another account's resource in that service can write to the bucket (the confused " +
    "deputy problem)",
  remedy: "add a condition on aws:SourceAccount, aws:SourceArn or aws:SourceOrgID",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  kinds: ["resource"],
  effect: "Allow",
  statement: (statement, policy) => {
    const about = statement.conditions.filter(({ key }) => SOURCE_KEYS.has(key));
    const services = [...namedPrincipals(statement).services, ...servicesAmongEverybody(statement, about)];
    if (services.length === 0) return undefined;
    if (about.length === 0) return `${listed(services)} is allowed without a source condition`;
    const isForeign = about.some((condition) => isForeignSource(condition, policy));
    if (!isForeign && about.some((condition) => isOwnSource(condition, policy))) return undefined;
    return `${listed(services)} is allowed for ${about.map(({ operatorText, keyText, values }) => `${operatorText} ${keyText} ${listed(values)}`).join(", ")}, which is not limited to your own sources`;
  },
};

/** Keys that are present when a service makes a request on somebody's behalf. */
const SERVICE_KEYS: ReadonlySet<string> = new Set(["aws:principalservicename", "aws:principalservicenameslist"]);

/** Only services send these keys, so `*` with such a condition means services. */
function servicesAmongEverybody(statement: CompiledStatement, about: readonly Condition[]): readonly string[] {
  if (!namesEverybody(statement)) return [];
  const { conditions } = statement;
  const named = conditions.filter(({ key, negated, operator }) => SERVICE_KEYS.has(key) && !negated && operator !== "Null");
  if (named.length > 0) return named.flatMap(({ values }) => values);
  const isAnyService = conditions.some(
    ({ key, values }) => (key === "aws:principalisawsservice" || key === "aws:viaawsservice") && values.includes("true"),
  );
  return about.some(isPositive) || isAnyService ? ["any service"] : [];
}

/** Whether the condition restricts the service to fixed sources, none of which is known to belong to another account. */
function isOwnSource(condition: Condition, { account, bucket }: JudgedPolicy): boolean {
  if (!isPositive(condition)) return false;
  const organization = condition.key.startsWith("aws:sourceorg") ? bucket?.model.organizations?.own : undefined;
  const fixedPart = SOURCE_KEYS.get(condition.key)!;
  return condition.values.every((value) => {
    // The ARN of a resource that the plan creates: one source, in your own account.
    if (isUnknown(value)) return true;
    const fixed = fixedPart(substituteOwnAccount(value));
    if (hasUnknown(fixed)) return true;
    if (/[*?]/.test(fixed)) return false;
    if (organization !== undefined) return fixed === organization;
    return !account.isKnown || !/^\d{12}$/.test(fixed) || fixed === account.id || fixed === OWN_ACCOUNT;
  });
}

/** Whether the condition allows only sources of other accounts. Then another condition, even on a source of your own, does not help. */
function isForeignSource(condition: Condition, { account }: JudgedPolicy): boolean {
  if (!isPositive(condition) || !account.isKnown || condition.values.length === 0) return false;
  const fixedPart = SOURCE_KEYS.get(condition.key)!;
  return condition.values.every((value) => {
    const fixed = fixedPart(substituteOwnAccount(value));
    return /^\d{12}$/.test(fixed) && fixed !== account.id && fixed !== OWN_ACCOUNT;
  });
}
