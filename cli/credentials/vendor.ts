/** Finds the party that acts as the vendor. */
import { accountOf } from "../../lib/contract";
import { failureOf, isIdentity, showFailure } from "../aws";
import { isPrincipal } from "../names";
import type { LiveResult } from "../report/validate";
import { type Party, partyOf } from "./callers";

import { identityFailure, unknownIdentity } from "./identity-results";
import type { ChooseCallersOptions } from "./options";
import { requestSession } from "./sessions";

export interface FoundVendor {
  readonly vendor?: Party;
  /** Another principal of the vendor's account, whose credentials were used to assume the vendor's role. */
  readonly stranger?: Party;
  /** Why no party can act as the vendor. */
  readonly extra?: LiveResult;
}

const TITLE = "the vendor";
const REMEDY = "name the vendor's own credentials: --vendor-aws-profile NAME, or VENDOR_AWS_ACCESS_KEY_ID and its companions";

/**
 * The vendor's principal.
 *
 * If the credentials belong to another principal of the vendor's account (an administrator, say), they are used to assume the
 * vendor's role. That other principal then acts as the stranger in the vendor's account.
 */
export async function findVendor(options: ChooseCallersOptions): Promise<FoundVendor> {
  const { contract, sources, region, connect, identities, signal } = options;
  if (sources.vendorToken !== undefined) return { vendor: { title: TITLE, aws: connect({ kind: "anonymous" }, region) } };
  if (!sources.vendor) return noVendor("the vendor's credentials work", "no credentials of the vendor were named");
  const found = await identities.of(sources.vendor, region);
  if (!isIdentity(found)) return { extra: identityFailure("vendor-identity", "the vendor's credentials work", found) };
  if (contract.vendorPrincipals.some((principal) => isPrincipal(found.arn, principal))) return { vendor: partyOf(TITLE, found, options) };
  const roleArn = contract.vendorPrincipals.find((principal) => principal.includes(":role/") && accountOf(principal) === found.account);
  let refusal = "";
  if (roleArn) {
    try {
      const keys = await requestSession(connect(sources.vendor, region), { roleArn, signal });
      // The root user represents the account itself, so it is not a stranger in it.
      const stranger = found.arn.endsWith(":root") ? undefined : partyOf("another principal of the vendor's account", found, options);
      const vendor = { title: TITLE, arn: roleArn, account: found.account, aws: connect(keys, region) };
      return { vendor, ...(stranger && { stranger }) };
    } catch (error) {
      signal.throwIfAborted();
      refusal = `, and ${roleArn} cannot be assumed with them: ${showFailure(failureOf(error, "sts:AssumeRole"))}`;
    }
  }
  const principals = contract.vendorPrincipals.join(", ");
  return noVendor(
    "the vendor's credentials are those of the principal that the contract names",
    `the credentials are those of ${found.arn}, but the contract names ${principals}${refusal}`,
  );
}

function noVendor(title: string, cause: string): FoundVendor {
  return { extra: unknownIdentity({ id: "vendor-identity", title, cause, remedy: REMEDY }) };
}
