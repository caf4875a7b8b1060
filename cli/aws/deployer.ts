import { VALIDATION_SESSION_NAME } from "../../lib/contract";
import { ownAccountUnknown } from "../errors";
import { type Given, given, iamRoleArn } from "../options";
import { showCause } from "./failure";
import { type Identities, isIdentity } from "./identities";
import type { CredentialSource } from "./operations";

/**
 * The account of the customer's own credentials. @throws if AWS does not return it, because then nothing can be said about a destination.
 */
export async function ownAccount(identities: Identities, source: CredentialSource, region: string): Promise<string> {
  const found = await identities.of(source, region);
  if (isIdentity(found)) return found.account;
  throw ownAccountUnknown({ problem: showCause(found), remedy: found.remedy });
}

/** The environment variable with which the hook names the role that the provider of its destination assumes. */
const ROLE_VARIABLE = "VENDOR_DESTINATION_ASSUME_ROLE_ARN";

/** The customer's own credentials: of the profile or the environment, or of the role that these assume. */
export function deployerSource(
  { profile, assumeRoleArn }: { readonly profile?: string; readonly assumeRoleArn?: string },
  env: Readonly<Record<string, string | undefined>>,
): CredentialSource {
  const by: CredentialSource = profile === undefined ? { kind: "environment" } : { kind: "profile", name: profile };
  const role: Given | undefined = given("--assume-role-arn", assumeRoleArn) ?? given(ROLE_VARIABLE, env[ROLE_VARIABLE]);
  return role === undefined ? by : { kind: "role", roleArn: iamRoleArn(role), sessionName: VALIDATION_SESSION_NAME, by };
}
