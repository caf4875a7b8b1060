/** Provider configurations whose arguments need a data source, which needs a provider. */
import { expect, test } from "vitest";
import { model, shown } from "../read";

const DATA = {
  aws_caller_identity: { current: {} },
  aws_partition: { current: {} },
  aws_region: { current: {} },
};

function rolesWith(provider: unknown) {
  const roles = Object.fromEntries(["first", "second"].map((alias) => [alias, { name: alias, provider: `aws.${alias}` }]));
  return model({ aws_iam_role: { ...roles, default: { name: "default" } } }, { data: DATA, provider: { aws: provider } }).roles;
}

const assuming = (alias: string, arn: string) => ({ alias, assume_role: [{ role_arn: arn }] });

test("the partition may come from a data source of a default provider that has no block", () => {
  const roles = rolesWith(
    ["first", "second"].map((alias, at) =>
      assuming(alias, `arn:\${data.aws_partition.current.partition}:iam::${String(at + 1).repeat(12)}:role/Admin`),
    ),
  );

  expect(roles.map(({ arn }) => shown(arn))).toEqual([
    "arn:aws:iam::111111111111:role/first",
    "arn:aws:iam::222222222222:role/second",
    "arn:aws:iam::${account}:role/default",
  ]);
});

test("the partition of the default provider is that of its region for the others too", () => {
  const roles = rolesWith([
    { region: "us-gov-west-1" },
    assuming("first", "arn:${data.aws_partition.current.partition}:iam::111111111111:role/Admin"),
    { alias: "second", region: "us-gov-east-1" },
  ]);

  expect(roles.map(({ arn }) => arn)[0]).toBe("arn:aws-us-gov:iam::111111111111:role/first");
});

test.each(["data.aws_caller_identity.current.account_id", "data.aws_partition.current.partition", "data.aws_region.current.name"])(
  "fails to know an account that depends on the account itself: %s",
  (source) => {
    const arn = `arn:aws:iam::\${${source}}:role/Admin`;
    const roles = rolesWith([{ assume_role: [{ role_arn: arn }], region: `\${${source}}` }, assuming("first", arn), { alias: "second" }]);

    expect(roles.map(({ account }) => shown(account))).not.toContainEqual(expect.stringMatching(/^\d{12}$/));
    // The roles of two configurations with other credentials are not known to be in one account.
    expect(new Set(roles.map(({ account }) => account)).size).toBeGreaterThan(1);
  },
);
