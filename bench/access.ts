/**
 * Proofs a second, and how their time grows with the number of statements and of patterns in one statement.
 *
 * The baseline is the judge of single requests: what one proof over all requests costs in decisions of one. Prints ratios as its last lines.
 */
import { proveNobody, type RequestSet, type World } from "../lib/access";
import { type AccessRequest, compilePolicy, decide } from "../lib/evaluate";

const SECONDS = 1;
const ROUNDS = 5;
const OWN = "111122223333";
const VENDOR = "arn:aws:iam::444455556666:role/vendor-delivery";

interface Size {
  readonly statements: number;
  readonly patterns: number;
}

/** The policy of one bucket: TLS only, and grants to the vendor under a prefix each, every other one narrowed by a Deny. */
function worldOf(bucket: string, { statements, patterns }: Size): World {
  const arn = `arn:aws:s3:::${bucket}`;
  const grants = Array.from({ length: statements - 1 }, (_, index) => ({
    Effect: index % 2 === 0 ? "Allow" : "Deny",
    Principal: index % 2 === 0 ? { AWS: VENDOR } : "*",
    Action: index % 2 === 0 ? "s3:PutObject" : ["s3:PutObject", "s3:GetObject"],
    Resource: Array.from({ length: patterns }, (__, at) => `${arn}/prefix-${index}/${at}/*${index % 2 === 0 ? "" : ".tmp"}`),
  }));
  const tls = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  return { partition: "aws", account: OWN, resourcePolicy: { Version: "2012-10-17", Statement: [tls, ...grants] } };
}

let buckets = 0;

/** A bucket of its own each time, as in an estate of many. */
function ask(size: Size): string {
  const bucket = `logs-${buckets++}`;
  const resources = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
  const permitted: readonly RequestSet[] = [
    { callers: [OWN] },
    { callers: [VENDOR], actions: ["s3:PutObject"], resources: [`arn:aws:s3:::${bucket}/prefix-*`] },
  ];
  return proveNobody({ world: worldOf(bucket, size), requests: { resources }, permitted }).outcome;
}

/** Seconds of processor time, which a busy machine does not stretch. */
function elapsed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** How often a second. */
function rate(act: () => void, seconds: number): number {
  const start = elapsed();
  let count = 0;
  do {
    act();
    count++;
  } while (elapsed() < start + seconds);
  return count / (elapsed() - start);
}

function median(act: () => void): number {
  rate(act, SECONDS / 2);
  const rates = Array.from({ length: ROUNDS }, () => rate(act, SECONDS / ROUNDS)).sort((a, b) => a - b);
  return rates[Math.floor(ROUNDS / 2)]!;
}

const SMALL: Size = { statements: 2, patterns: 1 };
const outcomes = new Set<string>();
const proofs = (size: Size) => median(() => outcomes.add(ask(size)));
const small = proofs(SMALL);
const REQUEST: AccessRequest = {
  principal: "arn:aws:sts::444455556666:assumed-role/vendor-delivery/run-7",
  action: "s3:PutObject",
  resource: "arn:aws:s3:::logs/prefix-0/0/key",
  resourceAccount: OWN,
  context: { "aws:SecureTransport": "true" },
};
const policy = worldOf("logs", SMALL).resourcePolicy;
const decisions = median(() => decide(REQUEST, { resourcePolicy: compilePolicy(policy, "resource") }));

console.log(`questions of 2 statements: ${Math.round(small).toLocaleString("en")} a second`);
for (const statements of [20, 60, 200]) {
  const found = proofs({ ...SMALL, statements });
  console.log(`ratio access-statements-${statements}-to-2 ${(small / found).toFixed(1)}`);
}
for (const patterns of [4, 16]) {
  const found = proofs({ ...SMALL, patterns });
  console.log(`ratio access-patterns-${patterns}-to-1 ${(small / found).toFixed(1)}`);
}
console.log(`outcomes: ${[...outcomes].join(", ")}`);
console.log(`ratio access ${(decisions / small).toFixed(1)}`);
