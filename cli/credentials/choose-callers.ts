/** Decides who plays which part, from the credentials that are at hand: the strongest evidence that they allow. */
import type { DeliveryContract } from "../../lib/contract";
import { type Connect, type CredentialSource, type Failure, failureOf, showFailure } from "../aws";
import { assumeRole, type Callers, SESSION_NAME } from "../probes";
import type { LiveResult, Mode, Party } from "../report/validate/types";
import { type Identities, type Identity, isIdentity } from "./identities";
import { accountOf, isPrincipal } from "./principals";

/** The credentials that the user named. */
export interface Sources {
  readonly deployer: CredentialSource;
  readonly vendor?: CredentialSource;
  /** A web identity token of the vendor's. */
  readonly vendorToken?: string;
  readonly strangers: readonly CredentialSource[];
}

export interface ChosenCallers {
  readonly mode: Mode;
  readonly cast: Callers;
  readonly actedAs?: string;
  /** What went wrong with the credentials that were named. */
  readonly extras: readonly LiveResult[];
}

export interface ChooseCallersOptions {
  readonly contract: DeliveryContract;
  readonly sources: Sources;
  readonly asked: Mode | undefined;
  readonly region: string;
  /** The customer's account, where it is known. */
  readonly owner: string | undefined;
  readonly connect: Connect;
  readonly identities: Identities;
  readonly signal: AbortSignal;
}

export async function chooseCallers(options: ChooseCallersOptions): Promise<ChosenCallers> {
  const { contract, sources, region, connect, identities } = options;
  const extras: LiveResult[] = [];
  const party = (title: string, { source, arn, account }: Identity): Party => ({ title, arn, account, aws: connect(source, region) });

  const deployerFound = await identities.of(sources.deployer, region);
  const deployer = isIdentity(deployerFound) ? party("the deployer", deployerFound) : undefined;
  const mode = options.asked ?? strongest(options, deployer);
  if ((mode === "role" || mode === "stand-in") && !contract.role) extras.push(noRole(mode));
  if (!deployer && mode !== "vendor")
    extras.push(identityTrouble("deployer-identity", "the deployer's credentials work", deployerFound as Failure));

  const strangers: Party[] = [];
  for (const source of sources.strangers) {
    const found = await identities.of(source, region);
    if (isIdentity(found)) strangers.push(party("a stranger", found));
    else extras.push(identityTrouble("stranger-identity", "the stranger's credentials work", found));
  }
  const vendor = mode === "vendor" ? await vendorParty(options, party, strangers, extras) : undefined;

  const vendorAccounts = contract.vendorPrincipals.map(accountOf);
  const named = (candidate: Party) => contract.vendorPrincipals.some((principal) => isPrincipal(candidate.arn!, principal));
  const strangerInVendorAccount = strangers.find((candidate) => vendorAccounts.includes(candidate.account) && !named(candidate));
  const strangerAccount = strangers.find(({ account }) => !vendorAccounts.includes(account) && account !== options.owner);
  const role = mode === "role" && deployer ? validatorRole(options, deployer) : undefined;
  const anonymous: Party = { title: "anonymous", aws: connect({ kind: "anonymous" }, region) };
  return {
    mode,
    extras,
    ...actedAs(mode, { vendor, deployer }),
    cast: {
      anonymous,
      ...(deployer && { deployer }),
      ...(vendor && { vendor }),
      ...(vendor && sources.vendorToken !== undefined && { webIdentityToken: sources.vendorToken }),
      ...(role && { role }),
      ...(strangerInVendorAccount && {
        strangerInVendorAccount: { ...strangerInVendorAccount, title: "another principal of the vendor's account" },
      }),
      ...(strangerAccount && { strangerAccount: { ...strangerAccount, title: "another account" } }),
    },
  };
}

function actedAs(mode: Mode, { vendor, deployer }: { vendor: Party | undefined; deployer: Party | undefined }): { actedAs?: string } {
  const who = mode === "vendor" ? vendor : deployer;
  return who?.arn ? { actedAs: who.arn } : {};
}

function strongest({ contract, sources }: ChooseCallersOptions, deployer: Party | undefined): Mode {
  if (sources.vendor || sources.vendorToken !== undefined) return "vendor";
  if (contract.validator && deployer?.arn && isPrincipal(deployer.arn, contract.validator.principalArn)) return "role";
  return "deployer";
}

/**
 * The vendor's principal. Credentials of the vendor's account that are not the principal itself (an administrator's, say) are used to
 * assume the principal's role, and then play the stranger in the vendor's account.
 */
async function vendorParty(
  { contract, sources, region, connect, identities, signal }: ChooseCallersOptions,
  party: (title: string, identity: Identity) => Party,
  strangers: Party[],
  extras: LiveResult[],
): Promise<Party | undefined> {
  const title = "the vendor";
  if (sources.vendorToken !== undefined) return { title, aws: connect({ kind: "anonymous" }, region) };
  if (!sources.vendor) {
    extras.push(trouble("vendor-identity", "the vendor's credentials work", "no credentials of the vendor's were named", VENDOR_REMEDY));
    return undefined;
  }
  const found = await identities.of(sources.vendor, region);
  if (!isIdentity(found)) {
    extras.push(identityTrouble("vendor-identity", "the vendor's credentials work", found));
    return undefined;
  }
  if (contract.vendorPrincipals.some((principal) => isPrincipal(found.arn, principal))) return party(title, found);
  let refusal = "";
  const role = contract.vendorPrincipals.find((principal) => principal.includes(":role/") && accountOf(principal) === found.account);
  if (role) {
    try {
      const keys = await assumeRole(connect(sources.vendor, region), { roleArn: role, signal });
      // An account's root user is nobody's stranger: it is the account itself.
      if (!found.arn.endsWith(":root")) strangers.push(party("another principal of the vendor's account", found));
      return { title, arn: role, account: found.account, aws: connect(keys, region) };
    } catch (error) {
      signal.throwIfAborted();
      refusal = `, and ${role} cannot be assumed with them: ${showFailure(failureOf(error, "sts:AssumeRole"))}`;
    }
  }
  const principals = contract.vendorPrincipals.join(", ");
  const cause = `the credentials are those of ${found.arn}, but the contract names ${principals}${refusal}`;
  extras.push(
    trouble("vendor-identity", "the vendor's credentials are those of the principal that the contract names", cause, VENDOR_REMEDY),
  );
  return undefined;
}

function validatorRole({ contract, signal }: ChooseCallersOptions, deployer: Party): Callers["role"] {
  const { role, validator, externalIds } = contract;
  if (!role) return undefined;
  const sessionName = validator?.sessionName ?? SESSION_NAME;
  const externalId = externalIds[0];
  return {
    title: "the destination role",
    isStandIn: false,
    assume: () => assumeRole(deployer.aws, { roleArn: role.arn, sessionName, signal, ...(externalId === undefined ? {} : { externalId }) }),
  };
}

function noRole(mode: Mode): LiveResult {
  const cause = `--as ${mode} needs a role, and this vendor comes through the bucket policy`;
  return trouble("role-session", "there is a role to act with", cause, "use --as vendor or --as deployer");
}

const VENDOR_REMEDY = "name the vendor's own credentials: --vendor-profile NAME, or VENDOR_AWS_ACCESS_KEY_ID and its companions";

function identityTrouble(id: string, title: string, failure: Failure): LiveResult {
  return trouble(id, title, `${failure.cause}: ${showFailure(failure)}`, failure.remedy);
}

function trouble(id: string, title: string, cause: string, remedy: string | undefined): LiveResult {
  return { id, title, kind: "extra", expected: "known", outcome: "unknown", deciding: [], cause, ...(remedy ? { remedy } : {}) };
}
