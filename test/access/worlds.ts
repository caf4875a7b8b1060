/** Two destinations as the examples have them, and what may be changed in them. */
import type { World } from "../../lib/access";
import { allowSslRequestsOnly } from "../policy/ssl-statement";

export const OWN = "111122223333";
export const VENDOR = "444455556666";
export const BUCKET = "arn:aws:s3:::logs";
export const OBJECTS = `${BUCKET}/*`;
export const VENDOR_ROLE = `arn:aws:iam::${VENDOR}:role/vendor`;
export const ROLE = `arn:aws:iam::${OWN}:role/delivery`;

type Json = Record<string, unknown>;

export function document(...statements: Json[]): Json {
  return { Version: "2012-10-17", Statement: statements };
}

export function allow(principal: unknown, action: string | string[], more: Json = {}): Json {
  return { Effect: "Allow", Principal: principal, Action: action, Resource: OBJECTS, ...more };
}

export const TLS_ONLY: Json = allowSslRequestsOnly(BUCKET);

/** The vendor is named in the bucket policy. */
export function bucketWorld(more: Json[] = [], rest: Partial<World> = {}): World {
  return {
    partition: "aws",
    account: OWN,
    resourcePolicy: document(
      TLS_ONLY,
      allow({ AWS: VENDOR_ROLE }, ["s3:PutObject", "s3:PutObjectAcl"], { Resource: `${BUCKET}/6sense/*` }),
      allow({ AWS: VENDOR_ROLE }, "s3:ListBucket", { Resource: BUCKET }),
      ...more,
    ),
    blockPublicAccess: { restrictPublicBuckets: false, blockPublicAcls: true },
    objectOwnership: "BucketOwnerPreferred",
    ...rest,
  };
}

export function trustWorld(...statements: Json[]): World {
  return { partition: "aws", account: OWN, trustPolicy: document(...statements) };
}

export function trust(principal: unknown, condition: Json = { StringEquals: { "sts:ExternalId": ["id-1", "id-2"] } }): Json {
  return { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", Condition: condition };
}
