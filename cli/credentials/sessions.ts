/** Requests sessions of a role from STS. */
import { VALIDATION_SESSION_NAME } from "../../lib/contract";
import type { Aws, CredentialSource } from "../aws";

export interface SessionOptions {
  readonly roleArn: string;
  readonly externalId?: string;
  /** @default VALIDATION_SESSION_NAME */
  readonly sessionName?: string;
  readonly signal: AbortSignal;
}

/** The shortest session that STS grants. */
const DURATION_SECONDS = 900;

/** Assumes a role. Returns the session's keys. */
export async function requestSession(aws: Aws, options: SessionOptions): Promise<CredentialSource> {
  const answer = await aws.call(
    "sts:AssumeRole",
    {
      RoleArn: options.roleArn,
      RoleSessionName: options.sessionName ?? VALIDATION_SESSION_NAME,
      DurationSeconds: DURATION_SECONDS,
      ...(options.externalId === undefined ? {} : { ExternalId: options.externalId }),
    },
    { signal: options.signal },
  );
  return sessionKeys(answer.Credentials);
}

/** Assumes a role with a web identity token. Returns the session's keys. */
export async function requestSessionWithToken(aws: Aws, options: SessionOptions & { readonly token: string }): Promise<CredentialSource> {
  const answer = await aws.call(
    "sts:AssumeRoleWithWebIdentity",
    {
      RoleArn: options.roleArn,
      RoleSessionName: options.sessionName ?? VALIDATION_SESSION_NAME,
      DurationSeconds: DURATION_SECONDS,
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
