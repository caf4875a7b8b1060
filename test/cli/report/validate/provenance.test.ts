/** A report is evidence of its own: every format says who asked whom, about which contract, and which policies were read. */
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connector } from "../../../../cli/aws/connect";
import { attempt } from "../../../../cli/probes/attempt";
import { FORMATS, renderValidate, runText } from "../../../../cli/report/validate";
import { destinationText } from "../../../../cli/report/validate/text";
import type { ValidateReport } from "../../../../cli/report/validate/types";
import { jsonSha256, provenanceOf } from "../../../../cli/validate/provenance";
import { CUSTOMER, contractOf, FakeDestination, VENDOR } from "../../fake-destination";
import { PROVENANCE, reportOf } from "./example-reports";

const asVendor = {
  sources: { deployer: { kind: "environment" }, vendor: { kind: "profile", name: "vendor" }, strangers: [] },
} as const;

/** A validation in which AWS gives each answer an ID that names what was asked. */
async function validated(change: (place: FakeDestination) => void = () => {}) {
  const place = new FakeDestination(contractOf("kandji"));
  let number = 0;
  place.aws.requestId = ({ who, operation }) => `ID-${who}-${operation.replace(":", "-")}-${++number}`;
  change(place);
  const destination = await place.validate(asVendor);
  return { place, destination, ...(await reportOf([[place.contract, destination]])) };
}

function inFormat(report: ValidateReport, contracts: Parameters<typeof renderValidate>[1], format: (typeof FORMATS)[number]): string {
  if (format !== "text") return renderValidate(report, contracts, format);
  const plain = { colour: false };
  return [...report.destinations.map((one) => destinationText(one, plain)), runText(report, plain)].join("");
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted((value as Record<string, unknown>)[key])]),
        )
      : value;
const hashOf = (value: unknown) =>
  createHash("sha256")
    .update(JSON.stringify(sorted(value)))
    .digest("hex");

describe("every format", () => {
  test.each(FORMATS)("%s shows endpoints, callers, accounts, hashes and request IDs", async (format) => {
    const { place, report, contracts, destination } = await validated();

    const text = inFormat(report, contracts, format);

    const shown = [
      ...PROVENANCE.endpoints,
      PROVENANCE.programSha256,
      `arn:aws:sts::${CUSTOMER}:assumed-role/deployer/ci`,
      `arn:aws:sts::${VENDOR}:assumed-role/kandji-activity/run`,
      hashOf(place.contract),
      hashOf(place.policy),
      hashOf(place.trust),
      hashOf(place.inline),
    ];
    for (const part of shown) expect(text).toContain(part);
    const performed = destination.results.filter(({ evidence }) => evidence === "performed");
    expect(performed.length).toBeGreaterThan(5);
    for (const { id, requestIds = [] } of performed) {
      expect(requestIds.length, id).toBeGreaterThan(0);
      for (const requestId of requestIds) expect(text, id).toContain(requestId);
    }
  });

  test.each(FORMATS)("%s says that a run did not ask AWS", async (format) => {
    const { report, contracts } = await validated();
    const provenance = provenanceOf(["https://localhost:4566", "https://sts.eu-west-1.amazonaws.com"]);

    expect(inFormat({ ...report, provenance }, contracts, format)).toContain("https://localhost:4566");
    expect(provenance.endpointsNotOfAws).toEqual(["https://localhost:4566"]);
    if (format !== "json") {
      expect(inFormat({ ...report, provenance }, contracts, format)).toMatch(/[Tt]his run did not ask AWS, but an emulator or a gateway/);
      expect(inFormat(report, contracts, format)).not.toMatch(/did not ask AWS/);
    }
  });
});

test("a request ID is that of the request of the same result", async () => {
  const { destination } = await validated();

  const idsOf = (id: string) => destination.results.find((result) => result.id === id)?.requestIds ?? [];
  expect(idsOf("vendor-can-put").every((id) => id.startsWith("ID-role-s3-PutObject-"))).toBe(true);
  expect(idsOf("vendor-can-list").every((id) => id.startsWith("ID-role-s3-ListObjectsV2-"))).toBe(true);
});

test("a result that was not performed has no request ID", async () => {
  const { destination } = await validated();

  for (const { kind, requestIds } of destination.results) if (kind === "posture") expect(requestIds).toBeUndefined();
});

test("a policy that could not be read has no hash", async () => {
  const { destination, place } = await validated((one) => {
    const { allows } = one;
    one.allows = (call) => call.operation !== "s3:GetBucketPolicy" && allows(call);
  });

  expect(destination.livePolicies.map(({ sha256 }) => sha256)).toEqual([hashOf(place.trust), hashOf(place.inline)]);
});

test("the hash does not depend on white space or on the order of keys, and on nothing else", () => {
  const hash = jsonSha256({ b: [1, { d: 1, c: "ä" }], a: null });

  expect(hash).toBe(createHash("sha256").update('{"a":null,"b":[1,{"c":"ä","d":1}]}').digest("hex"));
  expect(jsonSha256({ a: null, b: [1, { c: "ä", d: 1 }] })).toBe(hash);
  expect(jsonSha256({ a: null, b: [{ c: "ä", d: 1 }, 1] })).not.toBe(hash);
});

test("the digest of the program is that of its file", () => {
  expect(provenanceOf([]).programSha256).toMatch(/^[0-9a-f]{64}$/);
});

describe("the connector", () => {
  let server: Server;
  let endpoint: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const isHead = request.method === "HEAD";
      response.writeHead(isHead ? 200 : 403, { "x-amz-request-id": isHead ? "HEAD-ID" : "LIST-ID", "content-type": "application/xml" });
      response.end(isHead ? undefined : "<Error><Code>AccessDenied</Code><Message>no</Message></Error>");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  test("reports where requests went, and the IDs of answers and of errors", async () => {
    const seen: string[] = [];
    const keys = { kind: "keys", accessKeyId: "A", secretAccessKey: "S" } as const;
    const aws = connector({ env: {}, endpoint, onRequest: (address) => seen.push(address) })(keys, "eu-west-1");

    const allowed = await attempt("s3:HeadBucket", () => aws.call("s3:HeadBucket", { Bucket: "acme" }));
    const refused = await attempt("s3:ListObjectsV2", () => aws.call("s3:ListObjectsV2", { Bucket: "acme" }));

    expect([allowed.outcome, allowed.requestIds]).toEqual(["allowed", ["HEAD-ID"]]);
    expect([refused.outcome, refused.requestIds]).toEqual(["refused", ["LIST-ID"]]);
    expect(new Set(seen)).toEqual(new Set([endpoint]));
  });
});
