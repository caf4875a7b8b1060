/**
 * Decisions a second: policies compiled once and evaluated many times, against compiling them for every decision, in one process.
 *
 * Prints both and, as the last line, the ratio.
 */
import { type AccessRequest, compilePolicy, decide, type Policies } from "../lib/evaluate";

const SECONDS = 2;
const ROUNDS = 5;

const VENDOR = "arn:aws:sts::444455556666:assumed-role/vendor-delivery/run-7";
const BUCKET_POLICY = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "AllowSSLRequestsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::acme-logs", "arn:aws:s3:::acme-logs/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "VendorPut",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::444455556666:role/vendor-delivery" },
      Action: ["s3:PutObject", "s3:DeleteObject"],
      Resource: "arn:aws:s3:::acme-logs/activity/*",
    },
    {
      Sid: "VendorList",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::444455556666:role/vendor-delivery" },
      Action: "s3:ListBucket",
      Resource: "arn:aws:s3:::acme-logs",
      Condition: { StringLike: { "s3:prefix": ["activity/*", "activity"] } },
    },
  ],
};
const TRUST_POLICY = {
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::444455556666:role/vendor-delivery" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "sts:ExternalId": "acme-7f3a" } },
  },
};
const WRITE_POLICY = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::acme-logs" },
    { Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::acme-logs/*" },
  ],
};

function compilePolicies(): Policies {
  return {
    identityPolicies: [compilePolicy(WRITE_POLICY, "identity")],
    resourcePolicy: compilePolicy(BUCKET_POLICY, "resource"),
    trustPolicy: compilePolicy(TRUST_POLICY, "trust"),
    blockPublicAccess: { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true },
  };
}

function s3Request(principal: string, action: string, resource: string, more: AccessRequest["context"] = {}): AccessRequest {
  const context = { "aws:SecureTransport": "true", "aws:SourceIp": "198.51.100.7", "aws:PrincipalAccount": "444455556666", ...more };
  return { principal, action, resource, resourceAccount: "111122223333", context };
}

/** What a check of one destination asks: half of it is allowed. */
const REQUESTS: readonly AccessRequest[] = [
  s3Request(VENDOR, "s3:PutObject", "arn:aws:s3:::acme-logs/activity/2024/05/17/part-0001.json.gz"),
  s3Request(VENDOR, "s3:ListBucket", "arn:aws:s3:::acme-logs", { "s3:prefix": "activity/" }),
  s3Request(VENDOR, "s3:PutObject", "arn:aws:s3:::acme-logs/activity/part-0001.json.gz", { "aws:SecureTransport": "false" }),
  s3Request(VENDOR, "s3:PutObject", "arn:aws:s3:::acme-logs/other/part-0001.json.gz"),
  s3Request("arn:aws:sts::444455556666:assumed-role/other/x", "s3:PutObject", "arn:aws:s3:::acme-logs/activity/part-0001.json.gz"),
  s3Request("*", "s3:GetObject", "arn:aws:s3:::acme-logs/activity/part-0001.json.gz"),
  {
    principal: VENDOR,
    action: "sts:AssumeRole",
    resource: "arn:aws:iam::111122223333:role/vendor-writer",
    context: { "sts:ExternalId": "acme-7f3a" },
  },
  { principal: VENDOR, action: "sts:AssumeRole", resource: "arn:aws:iam::111122223333:role/vendor-writer", context: {} },
];

/** Decisions a second of one way to decide. */
function measure(decideAll: () => void, seconds: number): number {
  const start = process.hrtime.bigint();
  const end = start + BigInt(seconds * 1e9);
  let count = 0;
  while (process.hrtime.bigint() < end) {
    for (let i = 0; i < 50; i++) decideAll();
    count += 50 * REQUESTS.length;
  }
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

const compiled = compilePolicies();
let allowed = 0;
const ours = () => {
  for (const request of REQUESTS) if (decide(request, compiled).verdict === "Allowed") allowed++;
};
const naive = () => {
  for (const request of REQUESTS) if (decide(request, compilePolicies()).verdict === "Allowed") allowed++;
};

measure(ours, 0.5);
measure(naive, 0.5);
const rounds = Array.from({ length: ROUNDS }, () => ({ ours: measure(ours, SECONDS / ROUNDS), naive: measure(naive, SECONDS / ROUNDS) }));
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const fast = median(rounds.map((round) => round.ours));
const slow = median(rounds.map((round) => round.naive));
console.log(`compiled once:         ${Math.round(fast).toLocaleString("en")} decisions/s`);
console.log(`compiled every time:   ${Math.round(slow).toLocaleString("en")} decisions/s`);
console.log(`allowed: ${allowed > 0 ? "some" : "none"}`);
console.log(`ratio evaluate ${(fast / slow).toFixed(1)}`);
