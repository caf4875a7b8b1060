import { describe, expect, test } from "vitest";
import { controlsOf } from "../../lib/judge";
import { readEstate } from "../../lib/plan";
import { jsonFile, model } from "./read";

const ORGANIZATION = {
  id: "o-acme000001",
  master_account_id: "111111111111",
  roots: [{ id: "r-acme" }],
  accounts: [{ id: "111111111111" }, { id: "222222222222" }, { id: "333333333333" }],
};
const provider = (account: string) => ({ provider: { aws: { allowed_account_ids: [account] } } });
const bucket = { aws_s3_bucket: { logs: { bucket: "logs" } } };

const inOrganization = (account: string, organization: object = ORGANIZATION) =>
  model(bucket, { ...provider(account), data: { aws_organizations_organization: { own: organization } } });

describe("the organization of the accounts of the input", () => {
  test("is the one that the input reads", () => {
    expect(inOrganization("222222222222").organizations).toEqual({ own: "o-acme000001", management: "111111111111" });
    expect(model({ ...bucket, aws_organizations_organization: { own: ORGANIZATION } }).organizations?.own).toBe("o-acme000001");
  });

  test("is not known where its ID is not, or where another account owns a bucket or role", () => {
    expect(inOrganization("222222222222", {}).organizations).toBeUndefined();
    const other = model(
      { aws_s3_bucket: { logs: { bucket: "logs" }, more: { bucket: "more", provider: "aws.other" } } },
      {
        provider: { aws: [{ allowed_account_ids: ["222222222222"] }, { alias: "other", allowed_account_ids: ["999999999999"] }] },
        data: { aws_organizations_organization: { own: ORGANIZATION } },
      },
    );

    expect(other.organizations).toBeUndefined();
  });

  test("is not known where a part of the input may belong to another one", () => {
    const part = (name: string, more: object) =>
      jsonFile(`${name}/cdk.tf.json`, { resource: { aws_s3_bucket: { b: { bucket: name } } }, ...more });
    const known = { data: { aws_organizations_organization: { own: ORGANIZATION } } };

    expect(readEstate([part("one", known), part("two", known)]).organizations?.own).toBe("o-acme000001");
    expect(readEstate([part("one", known), part("two", {})]).organizations).toBeUndefined();
  });
});

describe("a policy that is attached to a root or an organizational unit", () => {
  const content = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "s3:PutObject", Resource: "*" }] });
  const attached = (target_id: string, account: string) =>
    model(
      {
        ...bucket,
        aws_organizations_policy: { deny: { name: "deny", content } },
        aws_organizations_policy_attachment: { deny: { policy_id: "${aws_organizations_policy.deny.id}", target_id } },
        aws_organizations_organizational_unit: {
          outer: { id: "ou-outer", parent_id: "r-acme" },
          inner: { id: "ou-inner", parent_id: "ou-outer" },
        },
        aws_organizations_account: { two: { id: "222222222222", parent_id: "ou-inner" } },
      },
      { ...provider(account), data: { aws_organizations_organization: { own: ORGANIZATION } } },
    );
  const applies = (target: string, account: string) =>
    controlsOf(attached(target, account), { account, isOwn: true }).serviceControlPolicies !== undefined;

  test("applies to the accounts below it, and not to others or to the management account", () => {
    expect(applies("r-acme", "222222222222")).toBe(true);
    expect(applies("r-acme", "333333333333")).toBe(true);
    expect(applies("ou-outer", "222222222222")).toBe(true);
    expect(applies("ou-inner", "222222222222")).toBe(true);
    expect(applies("ou-inner", "333333333333")).toBe(false);
    expect(applies("ou-elsewhere", "222222222222")).toBe(false);
    expect(applies("r-acme", "111111111111")).toBe(false);
    expect(applies("111111111111", "111111111111")).toBe(false);
  });
});
