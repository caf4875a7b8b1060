/** Who may assume a role without anybody from outside its account. */
import { accountOf, OWN_ACCOUNT } from "../../contract";
import { compilePolicy } from "../../evaluate";
import { openProviders, servicesForOthers, tiedProviders } from "../../judge";
import { hasUnknown } from "../../unknown";
import { entriesOf, oneOrMore, statementsIn } from "../documents";
import type { RoleFacts } from "../types";

/**
 * The account, services, and the account's own identity providers, whose users its administrators choose. They do not choose those of an
 * issuer that many customers share, so a statement that does not tie the token to one owner lets in others. A service that the trust policy
 * lets act for another account lets in that account.
 */
export function insiders({ account, trustPolicy }: RoleFacts): string[] {
  const shared = sharedProviders({ trustPolicy });
  const own = federatedIn(trustPolicy)
    .filter((provider) => (provider.startsWith("arn:") ? accountOf(provider) === account || hasUnknown(provider) : !hasUnknown(provider)))
    .filter((provider) => !shared.includes(provider));
  const services = openServices({ account, trustPolicy }).some(({ isUnknown }) => !isUnknown) ? [] : ["services"];
  return [account, ...services, ...own];
}

/**
 * Identity providers in the trust policy that serve many customers, and that the policy does not restrict to one of them. Anybody may sign up
 * with a provider that has no ARN, or with an application that uses it.
 */
export function sharedProviders({ trustPolicy }: Pick<RoleFacts, "trustPolicy">): string[] {
  const tied = tiedProviders(compilePolicy(trustPolicy, "trust"));
  return [
    ...providersOf(trustPolicy).flatMap(({ provider, isUnknown }) => (isUnknown ? [] : [provider])),
    ...federatedIn(trustPolicy).filter((provider) => !/^arn:/.test(provider) && !hasUnknown(provider) && !tied.includes(provider)),
  ];
}

function federatedIn(trustPolicy: unknown): string[] {
  const principals = statementsIn(trustPolicy).flatMap(({ Principal }) => entriesOf(Principal));
  return principals.flatMap(([type, values]) => (type === "Federated" ? oneOrMore(values).map(String) : []));
}

/** Services that the trust policy lets act for other accounts than the role's own. */
export function openServices({ account, trustPolicy }: Pick<RoleFacts, "account" | "trustPolicy">): ReturnType<typeof servicesForOthers> {
  return servicesForOthers(compilePolicy(trustPolicy, "trust"), account === OWN_ACCOUNT ? undefined : account);
}

/** Those whom the trust policy lets in, where the input does not show whether they belong to the account. */
export function unknownCallers(role: RoleFacts): string[] {
  return [
    ...providersOf(role.trustPolicy).flatMap(({ provider, isUnknown }) => (isUnknown ? [provider] : [])),
    ...openServices(role).flatMap(({ service, isUnknown }) => (isUnknown ? [service] : [])),
  ];
}

function providersOf(trustPolicy: unknown): ReturnType<typeof openProviders> {
  return openProviders(compilePolicy(trustPolicy, "trust"));
}
