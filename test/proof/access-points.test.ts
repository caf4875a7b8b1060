/** A bucket policy that delegates to access points grants nothing without the policy of an access point. */
import { describe, expect, test } from "vitest";
import { contractsIn } from "../../cli/check";
import { PROOF_IDS, type Result } from "../../lib/contract";
import { readConfiguration } from "../../lib/plan";
import { type ProofOptions, prove } from "../../lib/proof";
import { type Plan, planOf, policyOf, setPolicy } from "../mutants/plans";

const OWN = "${data.aws_caller_identity.me.account_id}";
const STRANGER = "333333333333";

/** The results about the bucket, where its policy has further statements. */
function resultsOf(added: readonly object[], options: ProofOptions = {}): readonly Result[] {
  const plan: Plan = planOf("sixsense");
  plan.data = { ...plan.data, aws_caller_identity: { me: {} } };
  const policy = policyOf(plan, "bucket");
  const [{ Resource }] = policy.Statement.filter(({ Action }: Plan) => [Action].flat().includes("s3:PutObject"));
  const [arn] = [Resource].flat()[0].split("/");
  const more = added.map((statement) => ({ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: [arn, `${arn}/*`], ...statement }));
  setPolicy(plan, "bucket", { ...policy, Statement: [...policy.Statement, ...more] });
  const model = { ...readConfiguration(plan, "cdk.tf.json"), parts: [] };
  const contracts = contractsIn(model).map(({ contract }) => contract);
  const ids: readonly string[] = [PROOF_IDS.nobodyElse, PROOF_IDS.nothingElse];
  return prove(contracts[0]!, model, { contracts, ...options }).filter(({ id }) => ids.includes(id));
}

const outcomes = (...args: Parameters<typeof resultsOf>) => resultsOf(...args).map(({ outcome }) => outcome);
const when = (key: string, value: string, operator = "StringEquals") => ({ Condition: { [operator]: { [key]: value } } });
const ownPoints = when("s3:DataAccessPointAccount", OWN);

describe("delegation to the account's own access points", () => {
  test("is open, because the input does not show all access points", () => {
    const [nobodyElse, nothingElse] = resultsOf([ownPoints]);

    expect(nobodyElse).toMatchObject({ outcome: "unknown", witness: { action: "s3:GetObject" } });
    expect(nobodyElse!.cause).toMatch(
      /^could not exclude that .* can s3:GetObject on .*; it depends on the policies of your account's access points, not all of which the input shows$/,
    );
    expect(nobodyElse!.remedy).toMatch(/^validate the deployed destination/);
    expect(nothingElse).toMatchObject({ outcome: "unknown" });
  });

  test.each([
    ["by a pattern", when("s3:DataAccessPointArn", `arn:aws:s3:*:${OWN}:accesspoint/*`, "ArnLike")],
    ["by the ARN of one access point", when("s3:DataAccessPointArn", `arn:aws:s3:eu-west-1:${OWN}:accesspoint/team`, "ArnEquals")],
    ["to a whole account", { ...ownPoints, Principal: { AWS: STRANGER } }],
  ])("is open, too, %s", (_, statement) => {
    expect(outcomes([statement])[0]).toBe("unknown");
  });

  test("is proved where the access points were judged", () => {
    expect(outcomes([ownPoints], { accessPoints: "judged" })).toEqual(["pass", "pass"]);
  });

  test("fails where the access points allow what the bucket policy leaves to them", () => {
    expect(outcomes([ownPoints], { accessPoints: "open" })).toEqual(["fail", "fail"]);
  });
});

describe.each([undefined, "judged", "open"] as const)("with access points %s, it fails nevertheless", (accessPoints) => {
  test.each([
    ["a delegation to another account", when("s3:DataAccessPointAccount", STRANGER)],
    ["a delegation to any account", when("s3:DataAccessPointAccount", "*", "StringLike")],
    ["a delegation to a pattern of accounts", when("s3:DataAccessPointArn", "arn:aws:s3:*:*:accesspoint/*", "ArnLike")],
    ["a delegation by the network alone", when("s3:AccessPointNetworkOrigin", "VPC")],
    ["a request without an access point", when("s3:DataAccessPointAccount", OWN, "StringEqualsIfExists")],
    ["every account but the own", when("s3:DataAccessPointAccount", OWN, "StringNotEquals")],
  ])("%s", (_, statement) => {
    expect(outcomes([{ ...statement, Principal: { AWS: STRANGER } }], { accessPoints })[0]).toBe("fail");
  });

  test("a grant to a stranger beside the delegation", () => {
    expect(outcomes([ownPoints, { Principal: { AWS: STRANGER }, Action: "s3:GetObject" }], { accessPoints })[0]).toBe("fail");
  });
});

test("is proved where nothing is delegated", () => {
  expect(outcomes([])).toEqual(["pass", "pass"]);
});

describe("a role of the bucket's account that the vendor assumes", () => {
  const nothingElse = (resource: string, options: ProofOptions) => {
    const plan: Plan = planOf("kandji");
    plan.data = { ...plan.data, aws_caller_identity: { me: {} } };
    const policy = policyOf(plan, "bucket");
    const [{ Resource }] = policy.Statement;
    const [arn] = [Resource].flat()[0].split("/");
    const delegation = { Effect: "Allow", Principal: "*", Action: "s3:*", Resource: [arn, `${arn}/*`], ...ownPoints };
    setPolicy(plan, "bucket", { ...policy, Statement: [...policy.Statement, delegation] });
    const own = policyOf(plan, "role");
    const further = { Effect: "Allow", Action: "s3:GetObjectTagging", Resource: resource };
    setPolicy(plan, "role", { ...own, Statement: [...own.Statement, further] });
    const model = { ...readConfiguration(plan, "cdk.tf.json"), parts: [] };
    const contracts = contractsIn(model).map(({ contract }) => contract);
    return prove(contracts[0]!, model, { contracts, ...options }).find(({ id }) => id === PROOF_IDS.nothingElse)!.outcome;
  };

  test.each([
    ["unknown", "arn:aws:s3:eu-west-1:111111111111:accesspoint/team/object/*"],
    ["unknown", "arn:aws:s3:*"],
    ["pass", "arn:aws:s3:::another-bucket/*"],
  ])("is %s where the access points were judged and its own policies name %s", (outcome, resource) => {
    expect(nothingElse(resource, { accessPoints: "judged" })).toBe(outcome);
  });

  test("is unknown where they were not", () => {
    expect(nothingElse("arn:aws:s3:::another-bucket/*", {})).toBe("unknown");
  });
});
