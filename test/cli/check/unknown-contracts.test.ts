/** What is found beside a contract that cannot be read. */
import { describe, expect, test } from "vitest";
import { cli, folder } from "../run-program";

const TRUST = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }] });
const role = (name: string) => ({ aws_iam_role: { [name]: { name, assume_role_policy: TRUST } } });
/** A contract of which nothing is known before apply. */
const unknownContract = {
  terraform_data: { contract: { input: { schemaVersion: 1, id: "kandji", expectations: [], vendor: "${random_id.x.hex}" } } },
  random_id: { x: { byte_length: 2 } },
};
const stack = (stackName: string, resource: object) => ({ "//": { metadata: { stackName } }, resource });

async function severities(stacks: Readonly<Record<string, object>>): Promise<Record<string, string>> {
  const files = Object.fromEntries(Object.entries(stacks).map(([name, resource]) => [`${name}/cdk.tf.json`, stack(name, resource)]));
  const { findings } = JSON.parse((await cli("check", folder(files), "--format", "json")).out);
  const about = findings.filter(({ ruleId }: { ruleId: string }) => ruleId === "trust-everyone");
  return Object.fromEntries(about.map((each: any) => [each.location.address, each.severity]));
}

describe("a finding that belongs to no contract", () => {
  test("could not be told in the stack of the contract, and is one in the others", async () => {
    const found = await severities({ one: { ...role("own"), ...unknownContract }, two: role("other") });

    expect(found).toEqual({ "aws_iam_role.own": "info", "aws_iam_role.other": "high" });
  });

  test("could not be told in any stack where the contract stands alone", async () => {
    const found = await severities({ one: { ...unknownContract }, two: role("other") });

    expect(found).toEqual({ "aws_iam_role.other": "info" });
  });

  test("is one where no contract is unknown", async () => {
    expect(await severities({ two: role("other") })).toEqual({ "aws_iam_role.other": "high" });
  });
});
