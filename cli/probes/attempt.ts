import { type Aws, type CredentialSource, failureOf } from "../aws";
import type { Attempt } from "./poll-until-stable";

/** The session name of every role that a validation assumes, unless the contract names another. */
export const SESSION_NAME = "vendor-destination-validation";

export async function attempt(operation: string, call: () => Promise<unknown>): Promise<Attempt> {
  try {
    await call();
    return { outcome: "allowed" };
  } catch (error) {
    // An interruption is no answer.
    if (error instanceof Error && error.name === "AbortError") throw error;
    const failure = failureOf(error, operation);
    return { outcome: failure.kind === "denied" ? "refused" : "failed", failure };
  }
}

export interface AssumeOptions {
  readonly roleArn: string;
  readonly externalId?: string;
  readonly sessionName?: string;
  readonly signal: AbortSignal;
}

/** Assumes a role and returns the session's keys. */
export async function assumeRole(aws: Aws, options: AssumeOptions): Promise<CredentialSource> {
  const answer = await aws.call(
    "sts:AssumeRole",
    {
      RoleArn: options.roleArn,
      RoleSessionName: options.sessionName ?? SESSION_NAME,
      DurationSeconds: 900,
      ...(options.externalId === undefined ? {} : { ExternalId: options.externalId }),
    },
    { signal: options.signal },
  );
  return sessionKeys(answer.Credentials);
}

/** Exchanges a web identity token for a session of the role. */
export async function assumeRoleWithToken(aws: Aws, options: AssumeOptions & { readonly token: string }): Promise<CredentialSource> {
  const answer = await aws.call(
    "sts:AssumeRoleWithWebIdentity",
    {
      RoleArn: options.roleArn,
      RoleSessionName: options.sessionName ?? SESSION_NAME,
      DurationSeconds: 900,
      WebIdentityToken: options.token,
    },
    { signal: options.signal },
  );
  return sessionKeys(answer.Credentials);
}

function sessionKeys(credentials: { AccessKeyId?: string; SecretAccessKey?: string; SessionToken?: string } | undefined): CredentialSource {
  if (!credentials?.AccessKeyId || !credentials.SecretAccessKey) throw new Error("STS answered without credentials");
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = credentials;
  return { kind: "keys", accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
