/** What a contract says of all requests is proved by the live policies, in every mode, and no cell of the matrix is blank. */

import { describe, expect, test } from "vitest";
import { proveLive } from "../../../cli/live/proofs";
import { type ReadBack, readBack } from "../../../cli/live/read-back";
import { maskAccounts } from "../../../cli/report/shared/mask-accounts";
import type { DestinationReport } from "../../../cli/report/validate/types";
import type { DestinationOptions } from "../../../cli/validate";
import { docsPage } from "../../../cli/version";
import { actionFacts, allActions } from "../../../lib/access/data";
import { PROOF_IDS } from "../../../lib/contract";
import { contractOf, FakeDestination, OWNER_ID, outcomeOf } from "../fake-destination";
import { EnforcedDestination, type Example } from "../validate/enforced";

const deployer = { kind: "environment" } as const;
const vendor = { kind: "profile", name: "vendor" } as const;
const MODES: readonly (readonly [string, Partial<DestinationOptions>, readonly Example[]])[] = [
  ["with the contract alone", { asked: "deployer" }, ["kandji", "sixsense"]],
  ["as the vendor", { sources: { deployer, vendor, strangers: [] } }, ["kandji", "sixsense"]],
  ["as the role", { asked: "role" }, ["kandji"]],
];
const RUNS = MODES.flatMap(([title, options, examples]) => examples.map((example) => ({ title, options, example })));
const FOREIGN = "arn:aws:iam::333333333333:root";

const proofsOf = ({ results }: DestinationReport) => results.filter(({ kind }) => kind === "proof");
const OF_ROLE: readonly string[] = [PROOF_IDS.otherBuckets, PROOF_IDS.ownRights, PROOF_IDS.assumed, PROOF_IDS.externalIds];
const OF_BUCKET: readonly string[] = [PROOF_IDS.nobodyElse, PROOF_IDS.nothingElse, PROOF_IDS.delivers];

describe.each(RUNS)("$example, $title", ({ options, example }) => {
  test("every statement about all requests is proved, and nothing is said of roles that were not read", async () => {
    const report = await new EnforcedDestination(example).validate(options);

    expect(
      proofsOf(report)
        .map(({ id, outcome, evidence }) => `${id} ${outcome} ${evidence}`)
        .sort(),
    ).toEqual([...OF_BUCKET, ...(example === "kandji" ? OF_ROLE : [])].map((id) => `${id} pass proved`).sort());
    expect(report.notChecked).toContain("other roles of the account that reach the bucket, and who may assume them");
  });

  test("a request that no expectation asks about breaks the proof, with its witness", async () => {
    const place = new EnforcedDestination(example);
    const { arn } = place.contract.bucket;
    place
      .statements(place.policy)
      .push({ Effect: "Allow", Principal: { AWS: FOREIGN }, Action: "s3:PutLifecycleConfiguration", Resource: arn });

    const report = await place.validate(options);

    expect(report.results.find(({ id }) => id === PROOF_IDS.nobodyElse)).toMatchObject({
      outcome: "fail",
      evidence: "proved",
      cause: expect.stringContaining("can s3:PutLifecycleConfiguration"),
      witness: { action: "s3:PutLifecycleConfiguration", resource: arn },
    });
  });

  test.each([
    ["as deployed", () => {}],
    [
      "where the bucket policy cannot be read",
      (place: EnforcedDestination) => {
        const { allows } = place;
        place.allows = (call) => call.operation !== "s3:GetBucketPolicy" && allows(call);
      },
    ],
    [
      "where another account may read a part",
      (place: EnforcedDestination) => {
        const Resource = `${place.contract.bucket.arn}/secret/*`;
        place.statements(place.policy).push({ Effect: "Allow", Principal: { AWS: FOREIGN }, Action: "s3:GetObject", Resource });
      },
    ],
  ])("no cell of the matrix is blank, and each that is not known says why: %s", async (_, change) => {
    const place = new EnforcedDestination(example);
    change(place);

    const { matrix } = await place.validate(options);

    expect(matrix.rows.length).toBeGreaterThan(8);
    for (const { cells } of matrix.rows) {
      for (const cell of cells) {
        expect(cell).toBeDefined();
        if (cell!.answer === "?" || cell!.answer === "some") expect(cell!.words?.join("")).toMatch(/\w/);
      }
    }
  });
});

test("a reader that no sample stands for is in the matrix, with the account masked where asked", async () => {
  const place = new EnforcedDestination("sixsense");
  const Resource = `${place.contract.bucket.arn}/secret/*`;
  place.statements(place.policy).push({ Effect: "Allow", Principal: { AWS: FOREIGN }, Action: "s3:GetObject", Resource });

  const report = await place.validate({ asked: "deployer" });

  const cell = (shown: DestinationReport) => {
    const { columns, rows } = shown.matrix;
    const column = columns.findIndex(({ actor }) => actor === "strangerAccount");
    return rows.find(({ title }) => title.startsWith("get an object"))!.cells[column]!;
  };
  expect(cell(report)).toMatchObject({ answer: "some", outcome: "fail", words: [expect.stringContaining("333333333333")] });
  expect(JSON.stringify(maskAccounts(report).matrix)).not.toMatch(/\d{12}/);
});

describe("an ACL, which no policy shows", () => {
  const withGrant = (grantee: object) => {
    const place = new FakeDestination(contractOf("sixsense"));
    place.aws.plan("s3:GetBucketAcl", () => ({ Owner: { ID: OWNER_ID }, Grants: [{ Grantee: grantee, Permission: "READ_ACP" }] }));
    return place;
  };

  test("breaks the proof where it gives another account anything", async () => {
    const report = await withGrant({ Type: "CanonicalUser", ID: "f".repeat(64) }).validate();

    expect(outcomeOf(report, PROOF_IDS.nobodyElse)).toBe("fail computed");
  });

  test("breaks nothing where Block Public Access ignores it, or where ACLs are disabled", async () => {
    const group = { Type: "Group", URI: "http://acs.amazonaws.com/groups/global/AllUsers" };
    const disabled = withGrant({ Type: "CanonicalUser", ID: "f".repeat(64) });
    disabled.aws.plan("s3:GetBucketOwnershipControls", () => ({
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    }));

    expect(outcomeOf(await withGrant(group).validate(), PROOF_IDS.nobodyElse)).toBe("pass proved");
    expect(outcomeOf(await disabled.validate(), PROOF_IDS.nobodyElse)).toBe("pass proved");
  });

  test("leaves it unknown where it cannot be read", async () => {
    const place = new FakeDestination(contractOf("sixsense"));
    const { allows } = place;
    place.allows = (call) => call.operation !== "s3:GetBucketAcl" && allows(call);

    const report = await place.validate();

    expect(report.results.find(({ id }) => id === PROOF_IDS.nobodyElse)).toMatchObject({
      outcome: "unknown",
      cause: "it depends on the bucket's ACL: s3:GetBucketAcl is missing",
      remedy: `grant the deployer s3:GetBucketAcl (${docsPage("validate.md#rights")})`,
    });
  });
});

describe("no action of S3 that a live policy gives to somebody else is overlooked", () => {
  const actions = allActions().filter((action) => {
    return action.startsWith("s3:") && actionFacts(action)!.resourceTypes.some((type) => type === "bucket" || type === "object");
  });
  const live = (example: Example) => {
    const place = new FakeDestination(contractOf(example));
    const where = { region: "eu-west-1", owner: "111111111111" };
    return readBack(place.contract, { aws: place.aws.as("environment"), place: where, signal: place.stop.signal });
  };
  const withStatement = (read: ReadBack, added: object): ReadBack => {
    const [bucket] = read.account.buckets;
    const [policy] = bucket!.policies;
    const document = { ...(policy!.document as object), Statement: [...(policy!.document as { Statement: object[] }).Statement, added] };
    const policies = [{ ...policy!, document, text: JSON.stringify(document) }];
    return { ...read, account: { ...read.account, buckets: [{ ...bucket!, policies }] } };
  };

  test.each(["kandji", "sixsense"] as const)("%s", async (example) => {
    expect(actions.length).toBeGreaterThan(60);
    const contract = contractOf(example);
    const read = await live(example);
    const overlooked = actions.filter((action) => {
      const Resource = [contract.bucket.arn, `${contract.bucket.arn}/x`];
      const added = { Effect: "Allow", Principal: { AWS: FOREIGN }, Action: action, Resource };
      const results = proveLive(contract, withStatement(read, added), [contract]);
      return results.find(({ id }) => id === PROOF_IDS.nobodyElse)?.outcome === "pass";
    });

    expect(overlooked).toEqual([]);
  });
});
