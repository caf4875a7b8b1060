/** Requests about what surrounds the bucket go wrong, each in its way: what was not read is listed, and nothing else changes. */
import { expect, test } from "vitest";
import type { OperationName } from "../../../cli/aws/operations";
import { rightFor } from "../../../cli/aws/rights";
import { Analyzers, readExternalAccess } from "../../../cli/live/external-access";
import { Organizations, readSurroundings } from "../../../cli/live/read-back";
import { CUSTOMER } from "../fake-destination";
import { addAccessPoint, addAnalyzer, addOrganization } from "../surroundings";
import { FaultAccount } from "./account";
import { DESTINATIONS } from "./destinations";
import { INCIDENTS } from "./incidents";

const OPERATIONS: readonly OperationName[] = [
  "s3control:GetPublicAccessBlock",
  "s3control:ListAccessPoints",
  "s3control:ListAccessGrants",
  "s3control:GetAccessPointPolicy",
  "s3control:GetAccessPoint",
  "organizations:DescribeOrganization",
  "organizations:ListPoliciesForTarget",
  "organizations:ListParents",
  "organizations:DescribePolicy",
  "accessanalyzer:ListAnalyzers",
  "accessanalyzer:ListFindings",
];

const [ROLE] = DESTINATIONS;

/** An account where each of the reads finds something. */
function accountWithAll(): FaultAccount {
  const account = new FaultAccount(ROLE!);
  const { place } = account;
  place.aws.plan("s3control:GetPublicAccessBlock", () => ({ PublicAccessBlockConfiguration: { BlockPublicAcls: true } }));
  addAccessPoint(place, { allows: [{ Principal: { AWS: "arn:aws:iam::333333333333:root" } }], isPublic: true });
  addAnalyzer(place, [{ principal: { AWS: "333333333333" } }]);
  addOrganization(place, { scp: [[{ Effect: "Deny", Action: "s3:PutObject", Resource: "*" }], [], []], rcp: [] });
  return account;
}

async function read({ place, connect }: FaultAccount) {
  const { contract, stop } = place;
  const aws = connect({ kind: "environment" }, "eu-west-1");
  const { signal } = stop;
  const asked = {
    aws,
    bucket: contract.bucket.name,
    account: CUSTOMER,
    roleAccount: CUSTOMER,
    caller: CUSTOMER,
    organizations: new Organizations(signal),
    signal,
  };
  const external = await readExternalAccess(contract, {
    aws,
    region: "eu-west-1",
    analyzers: new Analyzers(),
    accounts: [CUSTOMER],
    signal,
  });
  const { unseen, ...seen } = await readSurroundings(asked);
  return { seen: { ...seen, findings: external.findings }, unseen: [...unseen, ...external.unseen] };
}

test("everything is seen where no request goes wrong", async () => {
  const { seen, unseen } = await read(accountWithAll());

  expect(unseen).toEqual([]);
  expect(seen).toMatchObject({ accountBlock: { BlockPublicAcls: true }, organizations: { own: "o-a1b2c3d4e5" } });
  expect([seen.accessPoints.length, seen.policies.length, seen.findings.length]).toEqual([1, 7, 1]);
});

test.each(OPERATIONS.map((operation) => ({ operation })))("$operation", async ({ operation }) => {
  const whole = await read(accountWithAll());

  for (const { title, happens } of INCIDENTS) {
    for (const isTime of [(nth: number) => nth === 1, (nth: number) => nth === 2, () => true]) {
      const account = accountWithAll();
      let happened = false;
      account.fault = (asked) => {
        const incident = asked.operation === operation && isTime(asked.nth) ? happens(asked) : undefined;
        happened ||= incident !== undefined;
        return incident;
      };
      const { seen, unseen } = await read(account);

      if (!happened) expect(seen, title).toEqual(whole.seen);
      else
        expect(
          unseen.map(({ right }) => right),
          title,
        ).toContain(rightFor(operation));
      // What is not seen can take away what was found, never add to it.
      expect(
        whole.seen.accessPoints.map(({ address }) => address),
        title,
      ).toEqual(expect.arrayContaining(seen.accessPoints.map(({ address }) => address)));
      expect(seen.findings.length, title).toBeLessThanOrEqual(whole.seen.findings.length);
    }
  }
});
