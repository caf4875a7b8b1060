/** Chooses who acts as whom. Of the credentials that are available, those that give the strongest evidence win. */
import { accountOf, VALIDATION_SESSION_NAME } from "../../lib/contract";
import { type Failure, type Identity, isIdentity } from "../aws";
import { isPrincipal } from "../names";
import type { LiveResult, Mode } from "../report/validate";
import { type Callers, type Party, partyOf, type RoleSession } from "./callers";

import { identityFailure, unknownIdentity } from "./identity-results";
import type { ChooseCallersOptions } from "./options";
import { requestSession } from "./sessions";
import { findVendor } from "./vendor";

export interface ChosenCallers {
  readonly mode: Mode;
  readonly callers: Callers;
  readonly actedAs?: string;
  /** What is wrong with the credentials that the user named. */
  readonly extras: readonly LiveResult[];
}

export async function chooseCallers(options: ChooseCallersOptions): Promise<ChosenCallers> {
  const { contract, sources, region, connect, identities } = options;
  const extras: LiveResult[] = [];

  const deployerFound = await identities.of(sources.deployer, region);
  const deployer = isIdentity(deployerFound) ? partyOf("the deployer", deployerFound, options) : undefined;
  const mode = options.asked ?? strongestMode(options, deployer);
  if ((mode === "role" || mode === "stand-in") && !contract.role) extras.push(noRole(mode));
  if (!deployer && (mode !== "vendor" || isLost(deployerFound)))
    extras.push(identityFailure("deployer-identity", "the deployer's credentials work", deployerFound as Failure));

  const strangers: Party[] = [];
  for (const source of sources.strangers) {
    const found = await identities.of(source, region);
    if (isIdentity(found)) strangers.push(partyOf("a stranger", found, options));
    else extras.push(identityFailure("stranger-identity", "the stranger's credentials work", found));
  }

  const found = mode === "vendor" ? await findVendor(options) : {};
  if (found.extra) extras.push(found.extra);
  if (found.stranger) strangers.push(found.stranger);

  const role = mode === "role" && deployer ? validatorRole(options, deployer) : undefined;
  return {
    mode,
    extras,
    ...actedAs(mode === "vendor" ? found.vendor : deployer),
    callers: {
      anonymous: { title: "anonymous", aws: connect({ kind: "anonymous" }, region) },
      ...(deployer && { deployer }),
      ...(found.vendor && { vendor: found.vendor }),
      ...(found.vendor && sources.vendorToken !== undefined && { webIdentityToken: sources.vendorToken }),
      ...(role && { role }),
      ...sortStrangers(strangers, options),
    },
  };
}

/** Whether there are credentials that do not work. Without any, the vendor's credentials may be enough. */
function isLost(found: Identity | Failure): boolean {
  return !isIdentity(found) && found.causeId !== "no-credentials" && found.causeId !== "no-such-profile";
}

function actedAs(party: Party | undefined): { actedAs?: string } {
  return party?.arn ? { actedAs: party.arn } : {};
}

function strongestMode({ contract, sources }: ChooseCallersOptions, deployer: Party | undefined): Mode {
  if (sources.vendor || sources.vendorToken !== undefined) return "vendor";
  if (contract.validator && deployer?.arn && isPrincipal(deployer.arn, contract.validator.principalArn)) return "role";
  return "deployer";
}

/** The stranger in the vendor's account, and the one in an account that is neither the vendor's nor the customer's. */
function sortStrangers(
  strangers: readonly Party[],
  { contract: { vendorPrincipals }, owner }: ChooseCallersOptions,
): Pick<Callers, "strangerInVendorAccount" | "strangerAccount"> {
  const vendorAccounts = vendorPrincipals.map(accountOf);
  const isVendor = ({ arn }: Party) => vendorPrincipals.some((principal) => isPrincipal(arn!, principal));
  const inVendorAccount = strangers.find((stranger) => vendorAccounts.includes(stranger.account) && !isVendor(stranger));
  const elsewhere = strangers.find(({ account }) => !vendorAccounts.includes(account) && account !== owner);
  return {
    ...(inVendorAccount && { strangerInVendorAccount: { ...inVendorAccount, title: "another principal of the vendor's account" } }),
    ...(elsewhere && { strangerAccount: { ...elsewhere, title: "another account" } }),
  };
}

function validatorRole({ contract, signal }: ChooseCallersOptions, deployer: Party): RoleSession | undefined {
  const { role, validator, externalIds } = contract;
  if (!role) return undefined;
  const sessionName = validator?.sessionName ?? VALIDATION_SESSION_NAME;
  const externalId = externalIds[0];
  return {
    title: "the destination role",
    isStandIn: false,
    assume: () =>
      requestSession(deployer.aws, { roleArn: role.arn, sessionName, signal, ...(externalId === undefined ? {} : { externalId }) }),
  };
}

function noRole(mode: Mode): LiveResult {
  const cause = `--as ${mode} needs a role, and this vendor gets access through the bucket policy`;
  return unknownIdentity({ id: "role-session", title: "there is a role to act with", cause, remedy: "use --as vendor or --as deployer" });
}
