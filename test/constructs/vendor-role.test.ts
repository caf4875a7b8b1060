import { describe, expect, test } from "vitest";
import { ExternalIdUse, VendorAccess, VendorDestination, VendorPrincipal, VendorRole, type VendorRoleProps } from "../../lib";
import { acme } from "./acme";
import { newStack, synthesize, synthesizedOf } from "./synthesized";

const VENDOR = VendorPrincipal.roleArn("arn:aws:iam::222222222222:role/delivery");
const PUT = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::acme-logs/*" };

const roleOf = (props: Partial<VendorRoleProps> = {}, ...statements: object[]) =>
  synthesizedOf((stack) => {
    const role = new VendorRole(stack, "Role", { roleName: "acme", principals: [VENDOR], ...props });
    for (const statement of statements.length > 0 ? statements : [PUT]) role.addToPolicy(statement);
  });

describe("a vendor's role", () => {
  test("trusts several principals of several kinds, and one of several external IDs", () => {
    const { trustPolicy } = roleOf({
      principals: [VENDOR, VendorPrincipal.userArn("arn:aws:iam::222222222222:user/u"), VendorPrincipal.account("333333333333")],
      externalIds: ["b2", "a1"],
    });

    expect(trustPolicy.Statement).toEqual([
      {
        Sid: "AllowVendorToAssumeRole",
        Effect: "Allow",
        Principal: {
          AWS: ["arn:aws:iam::222222222222:role/delivery", "arn:aws:iam::222222222222:user/u", "arn:aws:iam::333333333333:root"],
        },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": ["a1", "b2"] } },
      },
    ]);
  });

  test("passes name, path, boundary, session duration, description and tags through", () => {
    const role = roleOf({
      rolePath: "/vendors/",
      permissionsBoundaryArn: "arn:aws:iam::111111111111:policy/boundary",
      maxSessionDurationSeconds: 43_200,
      description: "text",
      tags: { owner: "security" },
    }).only("aws_iam_role");

    expect(role).toMatchObject({
      name: "acme",
      path: "/vendors/",
      permissions_boundary: "arn:aws:iam::111111111111:policy/boundary",
      max_session_duration: 43_200,
      description: "text",
      tags: { owner: "security" },
    });
  });

  test("accepts a boundary that AWS manages", () => {
    expect(() => roleOf({ permissionsBoundaryArn: "arn:aws:iam::aws:policy/PowerUserAccess" })).not.toThrow();
  });

  test("has its statements in one inline policy", () => {
    const { inlinePolicy } = roleOf({}, PUT, { Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" });

    expect(inlinePolicy.Statement.map(({ Effect }: { Effect: string }) => Effect)).toEqual(["Allow", "Deny"]);
  });

  test("fails with no principal", () => {
    expect(() => roleOf({ principals: [] })).toThrow(/NoPrincipals: 'principals' .*\(at stack\/Role\)/);
  });

  test("fails with a principal of another partition", () => {
    expect(() => roleOf({ partition: "aws-us-gov" })).toThrow(/WrongPartition: 'principals' .*\(at stack\/Role\)/);
  });

  test("fails with a validator of another partition, and with one that is no IAM principal", () => {
    expect(() => roleOf({ validatorPrincipalArn: "arn:aws-cn:iam::111111111111:role/x" })).toThrow(
      /WrongPartition: 'validatorPrincipalArn' /,
    );
    expect(() => roleOf({ validatorPrincipalArn: "arn:aws:sts::111111111111:assumed-role/x/y" })).toThrow(
      /InvalidArn: 'validatorPrincipalArn' .*\(at stack\/Role\)/,
    );
  });

  test("fails with an external ID that no AWS account could send, and does not show it", () => {
    expect(() => roleOf({ externalIds: ["s3cret value"] })).toThrow(/InvalidExternalId: 'externalIds' .*\(at stack\/Role\)/);
  });

  test.each([3599, 43_201, 3600.5])("fails with a session of %d seconds", (maxSessionDurationSeconds) => {
    expect(() => roleOf({ maxSessionDurationSeconds })).toThrow(/MalformedNumber: 'maxSessionDurationSeconds' .*\(at stack\/Role\)/);
  });

  test("fails with a principal in its own policy", () => {
    expect(() => roleOf({}, { ...PUT, Principal: "*" })).toThrow(/MalformedStatement: 'statement' .*\(at stack\/Role\)/);
  });

  test("fails with a Sid that IAM refuses, which a bucket policy may have", () => {
    expect(() => roleOf({}, { ...PUT, Sid: "Put objects" })).toThrow(/MalformedStatement: 'statement' /);
  });

  test("fails when it may do nothing at all: IAM refuses an empty policy", () => {
    const stack = newStack();
    new VendorRole(stack, "Role", { principals: [VENDOR] });

    expect(() => synthesize(stack)).toThrow(/EmptyPolicy: 'inline policy' .*\(at stack\/Role\)/);
  });

  test("fails when its inline policy grows too large, white space not counted", () => {
    const statement = (length: number) => ({ ...PUT, Condition: { StringEquals: { "aws:x": "x ".repeat(length) } } });

    expect(() => roleOf({}, statement(9_900))).not.toThrow();
    expect(() => roleOf({}, statement(10_200))).toThrow(
      /PolicyTooLarge: 'inline policy' must have at most 10240 characters, got 10\d{3}; /,
    );
  });

  test("fails when its trust policy grows too large", () => {
    const principals = Array.from({ length: 40 }, (_, index) => VendorPrincipal.role("222222222222", `delivery-number-${index}`));

    expect(() => roleOf({ principals })).toThrow(/PolicyTooLarge: 'trust policy' must have at most 2048 characters, got 2\d{3}; /);
  });
});

describe("an external ID", () => {
  const destination =
    (externalId: ExternalIdUse | undefined, ids: { readonly externalIds?: string[] } = {}) =>
    () =>
      new VendorDestination(newStack(), "Acme", {
        vendor: acme({ externalId }),
        access: VendorAccess.assumedRole({ principals: [VENDOR], ...ids }),
      });

  test("fails to be left out where the vendor asks for it", () => {
    expect(destination(ExternalIdUse.REQUIRED)).toThrow(/ExternalIdRequired: 'externalIds' .*\(at stack\/Acme\)/);
  });

  test("fails to be given where the vendor sends none, and is not shown", () => {
    expect(destination(ExternalIdUse.NONE, { externalIds: ["s3cret"] })).toThrow(/ExternalIdRefused: 'externalIds' .*\(at stack\/Acme\)/);
  });

  test.each([
    [ExternalIdUse.OPTIONAL, {}],
    [ExternalIdUse.OPTIONAL, { externalIds: ["a1"] }],
    [ExternalIdUse.REQUIRED, { externalIds: ["a1"] }],
    [ExternalIdUse.NONE, {}],
    [undefined, { externalIds: ["a1"] }],
    [undefined, {}],
  ])("goes with what the vendor documents: %s, %j", (use, ids) => {
    expect(destination(use, ids)).not.toThrow();
  });
});
