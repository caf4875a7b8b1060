/** When and where requests are made, and by which session: what AWS decides is decided, by the evaluator and by the prover alike. */
import { describe, expect, test } from "vitest";
import type { DeliveryContract, Result } from "../../lib/contract";
import { judge } from "../../lib/judge/judge";
import type { AccountModel } from "../../lib/plan";
import { prove } from "../../lib/proof";
import { unknownText } from "../../lib/unknown";
import { ALL_OBJECTS, account, BUCKET, byBucketPolicy, byRole, DENY_HTTP, LIST, TRUST, VENDOR } from "../contract/kandji-like";

type Condition = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const worst = (results: readonly Result[]) =>
  (["fail", "unknown"] as const).find((outcome) => results.some((result) => result.outcome === outcome)) ?? "pass";

/** What the vendor must be able to do, as computed and as proved. */
function answers(contract: DeliveryContract, model: AccountModel) {
  const isAllowed = ({ expected }: Result) => expected === "allowed";
  return [worst(judge(contract, model).filter(isAllowed)), worst(prove(contract, model).filter(isAllowed))];
}

const GRANT = [
  { Effect: "Allow", Principal: { AWS: VENDOR }, Action: "s3:ListBucket", Resource: BUCKET },
  { Effect: "Allow", Principal: { AWS: VENDOR }, Action: ["s3:PutObject", "s3:PutObjectAcl"], Resource: `${BUCKET}/*` },
];
const denial = (Condition: Condition) => ({
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [BUCKET, `${BUCKET}/*`],
  Condition,
});
const SIX_SENSE = { ownership: "BucketOwnerPreferred", region: "eu-west-1" };

/** The answers where a condition stands in each place in turn. */
const ALLOWS: Record<string, (condition: Condition) => string[]> = {
  "the trust policy": (Condition) => answers(byRole(), account({ trust: [{ ...TRUST, Condition }] })),
  "the role's own policy": (Condition) =>
    answers(
      byRole(),
      account({
        inline: [
          { ...LIST, Condition },
          { ...ALL_OBJECTS, Condition },
        ],
      }),
    ),
  "the bucket policy": (Condition) =>
    answers(byBucketPolicy(), account({ ...SIX_SENSE, bucketPolicy: [DENY_HTTP, ...GRANT.map((each) => ({ ...each, Condition }))] })),
};
const DENIES: Record<string, (condition: Condition) => string[]> = {
  "the trust policy": (Condition) =>
    answers(byRole(), account({ trust: [TRUST, { ...TRUST, Effect: "Deny", Principal: "*", Condition }] })),
  "the bucket policy, for a role": (Condition) => answers(byRole(), account({ bucketPolicy: [DENY_HTTP, denial(Condition)] })),
  "the bucket policy, for the vendor": (Condition) =>
    answers(byBucketPolicy(), account({ ...SIX_SENSE, bucketPolicy: [DENY_HTTP, ...GRANT, denial(Condition)] })),
};

/** Whether the vendor's requests meet the condition. */
const CONDITIONS: readonly [name: string, condition: Condition, isMet: "always" | "never" | "unknown"][] = [
  ["after a date in the past", { DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }, "always"],
  ["before a date in the past", { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }, "never"],
  ["at a date in the past", { DateEquals: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }, "never"],
  ["after a date in the past, in seconds", { NumericGreaterThan: { "aws:EpochTime": "1577836800" } }, "always"],
  ["before a date to come", { DateLessThan: { "aws:CurrentTime": "2999-01-01T00:00:00Z" } }, "unknown"],
  ["after a date to come", { DateGreaterThan: { "aws:CurrentTime": "2999-01-01T00:00:00Z" } }, "unknown"],
  ["from a private network", { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, "never"],
  ["from a part of a private network", { IpAddress: { "aws:SourceIp": ["192.168.7.0/24", "172.16.0.0/12"] } }, "never"],
  ["from a private network of IPv6", { IpAddress: { "aws:SourceIp": "fd12::/16" } }, "never"],
  ["not from a private network", { NotIpAddress: { "aws:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"] } }, "always"],
  ["from a public network", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, "unknown"],
  ["from a private or a public network", { IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"] } }, "unknown"],
  ["from a network that is only in part private", { IpAddress: { "aws:SourceIp": "172.0.0.0/8" } }, "unknown"],
  ["not from a public network", { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, "unknown"],
  ["over HTTPS", { Bool: { "aws:SecureTransport": "true" } }, "always"],
  ["over plain HTTP", { Bool: { "aws:SecureTransport": "false" } }, "never"],
];

describe.each(Object.keys(ALLOWS))("an Allow of %s", (place) => {
  test.each(CONDITIONS)("%s", (_, condition, isMet) => {
    const expected = { always: "pass", never: "fail", unknown: "unknown" }[isMet];
    expect(ALLOWS[place]!(condition)).toEqual([expected, expected]);
  });
});

describe.each(Object.keys(DENIES))("a Deny of %s", (place) => {
  test.each(CONDITIONS)("%s", (_, condition, isMet) => {
    const expected = { always: "fail", never: "pass", unknown: "unknown" }[isMet];
    expect(DENIES[place]!(condition)).toEqual([expected, expected]);
  });
});

describe("the unique ID of the role, as a state tells it", () => {
  const of = (uniqueId: string | undefined, condition: Condition) => {
    const model = account({ bucketPolicy: [DENY_HTTP, denial(condition)] });
    return answers(byRole(), { ...model, roles: model.roles.map((role) => ({ ...role, ...(uniqueId && { uniqueId }) })) });
  };
  const notLike = (text: string) => ({ StringNotLike: { "aws:userid": text } });

  test.each<[string, string, Condition, string]>([
    ["is the one that the policy spares", "AROAOWN0000000000000", notLike("AROAOWN0000000000000:*"), "pass"],
    ["is another one", "AROAOWN0000000000000", notLike("AROAOTHER00000000000:*"), "fail"],
    ["is the one that the policy denies", "AROAOWN0000000000000", { StringLike: { "aws:userid": "AROAOWN0000000000000:*" } }, "fail"],
    ["is not known", unknownText("the unique ID of the role"), notLike("AROAOWN0000000000000:*"), "unknown"],
  ])("%s", (_, uniqueId, condition, expected) => {
    expect(of(uniqueId, condition)).toEqual([expected, expected]);
  });
});
