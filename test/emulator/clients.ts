/** SDK clients that speak to the emulator and trust its certificate. */
import { Agent } from "node:https";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface ClientsOptions {
  readonly region?: string;
  /** Give the emulator's `endpoint` to speak plain HTTP. */
  readonly endpoint?: string;
}

export interface Clients {
  readonly s3: S3Client;
  readonly sts: STSClient;
  readonly iam: IAMClient;
}

export function clientsOf(credentials: Credentials, { region, endpoint }: Required<ClientsOptions>, ca: string): Clients {
  const settings = { credentials, region, endpoint, requestHandler: { httpsAgent: new Agent({ ca, keepAlive: false }) }, maxAttempts: 1 };
  return {
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    sts: new STSClient(settings),
    iam: new IAMClient(settings),
  };
}
