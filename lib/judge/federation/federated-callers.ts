/** Who can assume a role through an identity provider. */
import type { CompiledStatement, Condition } from "../../evaluate";
import { hasUnknown } from "../../unknown";
import { isPositive } from "../allowed-principals";

/** Identities of an identity provider that the statement does not restrict to one owner. */
export interface FederatedCallers {
  readonly who: string;
  /** Whether the plan does not show who the identities of the provider are. */
  readonly isUnknown?: true;
}

/** Issuers whose tokens any customer of a service can get. */
const SHARED_ISSUERS: readonly RegExp[] = [
  /^token\.actions\.githubusercontent\.com(?!\/.)/,
  /^oidc-configuration\.audit-log\.githubusercontent\.com$/,
  /^gitlab\.com$/,
  /^app\.terraform\.io$/,
  /^agent\.buildkite\.com$/,
  /^oidc\.vercel\.com$/,
  /^oidc\.fly\.io$/,
  /^api\.pulumi\.com\/oidc$/,
  /^accounts\.google\.com$/,
  /^graph\.facebook\.com$/,
  /^www\.amazon\.com$/,
  /^appleid\.apple\.com$/,
  /^login\.microsoftonline\.com\/(common|organizations|consumers)/,
  /^securetoken\.google\.com$/,
  /^api\.bitbucket\.org\/?$/,
  /^oidc\.circleci\.com$/,
  /^idtoken\.spacelift\.io$/,
  /^studio\.datachain\.ai\/api$/,
  /^scalr\.io$/,
  /^app\.codefresh\.io$|^oidc\.codefresh\.io$/,
];

/** Issuers that serve one cluster of one account. */
const OWN_ISSUERS = /^oidc\.eks\.[\w-]+\.amazonaws\.com(\.cn)?\//;

/**
 * Claims that say who the token was issued for. An application (`app_id`) is none, because anybody may sign up with it, and neither is the
 * audience of a Google token (`oaud`), which whoever asks for the token chooses.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const SUBJECT_CLAIMS =
  /:(sub|email|id|user_id|organization_id|organization_slug|repository|repository_id|repository_owner|repository_owner_id|job_workflow_ref|enterprise|enterprise_id|namespace_id|namespace_path|project_id|project_path|terraform_(organization|project|workspace)_(id|name))$/;

/** The callers with tokens of the provider; undefined if the statement restricts them to one owner. */
export function federatedCallers(provider: string, statement: CompiledStatement): FederatedCallers | undefined {
  if (provider === "*") return { who: "every identity of every provider" };
  if (/:saml-provider\//.test(provider)) {
    const isTied = statement.conditions.some((condition) => /^saml:/.test(condition.key) && isPositive(condition));
    return isTied ? undefined : { who: `every assertion of ${provider}, whoever it is for`, isUnknown: true };
  }
  const issuer = provider.replace(/^arn:[^:]*:iam::[^:]*:oidc-provider\//, "");
  if (hasUnknown(issuer)) {
    return statement.conditions.some(isTiedSubject) ? undefined : { who: `the identities of ${provider}`, isUnknown: true };
  }
  if (/^cognito-identity\./.test(issuer)) return cognitoCallers(statement);
  if (statement.conditions.some(isTiedSubject) || OWN_ISSUERS.test(issuer)) return undefined;
  if (SHARED_ISSUERS.some((shared) => shared.test(issuer))) return { who: `every customer of ${issuer}` };
  return { who: `every identity of ${issuer}`, isUnknown: true };
}

/** Whether the statement restricts the identities of the provider to one owner by the subject of the token. */
export function namesOneOwner(provider: string, statement: CompiledStatement): boolean {
  if (provider === "*" || /:saml-provider\//.test(provider)) return false;
  return statement.conditions.some(/(^|\/)cognito-identity\./.test(provider) ? isFixedSubject : isTiedSubject);
}

function isFixedSubject(condition: Condition): boolean {
  return condition.key.endsWith(":sub") && isPositive(condition) && condition.values.every(isFixed);
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html */
function cognitoCallers({ conditions }: CompiledStatement): FederatedCallers | undefined {
  const isTied = (claim: string) =>
    conditions.some((condition) => condition.key.endsWith(claim) && isPositive(condition) && condition.values.every(isFixed));
  if (isTied(":sub")) return undefined;
  if (!isTied(":aud")) return { who: "every Amazon Cognito identity pool" };
  return conditions.some(refusesGuests) ? undefined : { who: "guests of the Amazon Cognito identity pool" };
}

function refusesGuests({ key, values, negated, ifExists, set }: Condition): boolean {
  if (!key.endsWith(":amr") || ifExists || set === "ForAllValues") return false;
  return negated ? values.includes("unauthenticated") : values.every((value) => value !== "unauthenticated" && !value.startsWith("*"));
}

function isFixed(value: string): boolean {
  return value !== "" && !/[*?]/.test(value);
}

/**
 * Whether the condition restricts the token to one owner. A wildcard within the owner's name does not, because anybody can register
 * `acme-2`.
 */
function isTiedSubject(condition: Condition): boolean {
  if (condition.key === "accounts.google.com:google/organization_number") return isEqualNumber(condition);
  const claim = SUBJECT_CLAIMS.exec(condition.key)?.[1];
  if (claim === undefined || !isPositive(condition) || condition.values.length === 0) return false;
  return condition.values.every((value) => {
    const at = value.search(/[*?]/);
    if (condition.operator !== "StringLike" || at === -1) return value !== "";
    const known = value.slice(0, at).replace(/^https?:\/\/[^/]+\//, "issuer:");
    return (claim === "sub" ? /[:/][^:/]+[:/]/ : /^[^:/]+[:/]/).test(known);
  });
}

function isEqualNumber({ operator, values, negated, ifExists, set }: Condition): boolean {
  return operator === "NumericEquals" && !negated && !ifExists && set !== "ForAllValues" && values.length > 0;
}
