import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  brokenAccountIdRule,
  brokenBucketNameRule,
  brokenExternalIdRule,
  brokenKeyPrefixRule,
  brokenRoleNameRule,
  brokenRoleNameWithPathRule,
  brokenRolePathRule,
  keyPrefixOf,
  parseIamArn,
} from "../../lib/names";
import { isRegion, partitionOf } from "../../lib/policy/regions";

const chars = (text: string) => fc.constantFrom(...text);
const ALPHANUMERIC = chars("abcdefghijklmnopqrstuvwxyz0123456789");
const INNER = chars("abcdefghijklmnopqrstuvwxyz0123456789-");

describe("a bucket name", () => {
  test("is accepted when it is made by the rules", () => {
    const name = fc
      .tuple(ALPHANUMERIC, fc.string({ unit: INNER, minLength: 1, maxLength: 61 }), ALPHANUMERIC)
      .map((parts) => parts.join(""))
      .filter((made) => !/^(xn--|sthree-|amzn-s3-demo-)/.test(made) && !/(-s3alias|--ol-s3|--x-s3|--table-s3|-an)$/.test(made));

    fc.assert(
      fc.property(name, (made) => {
        expect(brokenBucketNameRule(made)).toBeUndefined();
      }),
    );
  });

  test.each(["6sense.staging", "a.b.c", "123", "1.2.3.4.5", "acme-111111111111-eu-west-1-an"])("accepts %s", (name) => {
    expect(brokenBucketNameRule(name)).toBeUndefined();
  });

  test("fails wherever a character stands that is not allowed", () => {
    const forbidden = fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }).filter((char) => !/^[a-z0-9.-]$/.test(char));

    fc.assert(
      fc.property(forbidden, fc.nat(4), (char, at) => {
        expect(brokenBucketNameRule(`${"bucket".slice(0, at)}${char}${"bucket".slice(at)}`)).toBeDefined();
      }),
    );
  });

  test.each([
    ["ab", "must have 3 to 63 characters"],
    ["a".repeat(64), "must have 3 to 63 characters"],
    ["Acme", "must contain only lower-case letters, digits, dots and hyphens"],
    ["acme_logs", "must contain only lower-case letters, digits, dots and hyphens"],
    ["acme\n", "must contain only lower-case letters, digits, dots and hyphens"],
    ["-acme", "must begin and end with a letter or digit"],
    ["acme.", "must begin and end with a letter or digit"],
    ["acme..logs", "must not hold two dots in a row"],
    ["192.168.5.4", "must not look like an IP address"],
    ["xn--acme", 'must not begin with "xn--"'],
    ["sthree-acme", 'must not begin with "sthree-"'],
    ["amzn-s3-demo-acme", 'must not begin with "amzn-s3-demo-"'],
    ["acme-s3alias", 'must not end with "-s3alias"'],
    ["acme--ol-s3", 'must not end with "--ol-s3"'],
    ["acme.mrap", 'must not end with ".mrap"'],
    ["acme--x-s3", 'must not end with "--x-s3"'],
    ["acme--table-s3", 'must not end with "--table-s3"'],
    ["acme-an", 'may end with "-an" only in the account-regional namespace (<prefix>-<account>-<region>-an)'],
  ])("fails as %j", (name, rule) => {
    expect(brokenBucketNameRule(name)).toBe(rule);
  });
});

describe("a role name", () => {
  test("is accepted when it is made by the rules, and fails with any other character", () => {
    const name = fc.string({ unit: chars("ABCxyz019_+=,.@-"), minLength: 1, maxLength: 64 });

    fc.assert(
      fc.property(name, chars(" /:*?$é\n"), (made, other) => {
        expect(brokenRoleNameRule(made)).toBeUndefined();
        expect(brokenRoleNameRule(made.slice(1) + other)).toBeDefined();
      }),
    );
  });

  test.each(["", "a".repeat(65)])("fails with a wrong length: %j", (name) => {
    expect(brokenRoleNameRule(name)).toBe("must have 1 to 64 characters out of letters, digits and _+=,.@-");
  });
});

test.each(["kandji", "service/kandji", "a.b/..c/kandji"])("the role name with its path %s is accepted", (name) => {
  expect(brokenRoleNameWithPathRule(name)).toBeUndefined();
});

test.each([
  ["role/kandji", 'must not begin with "role/", which belongs to the ARN'],
  ["/kandji", "must not begin with a slash, nor hold wildcards, colons or white space"],
  ["a b", "must not begin with a slash, nor hold wildcards, colons or white space"],
  ["arn:aws:iam::222222222222:role/kandji", "must not begin with a slash, nor hold wildcards, colons or white space"],
  ["a/../kandji", 'must not hold the segment "." or ".."'],
  ["service/", "must be the name of a role, with its path where it has one"],
  ["kandji$", "must have 1 to 64 characters out of letters, digits and _+=,.@-"],
])("fails as a role name with its path: %j", (name, rule) => {
  expect(brokenRoleNameWithPathRule(name)).toBe(rule);
});

test.each(["eu-central-1", "us-gov-east-1", "cn-northwest-1", "eusc-de-east-1", "mx-central-1"])("the Region %s is known", (code) => {
  expect(isRegion(code)).toBe(true);
});

test.each(["eu-central-9", "eu-central", "EU-CENTRAL-1", "us-east-1a", "us-iso-east-1", ""])("fails as a Region: %j", (code) => {
  expect(isRegion(code)).toBe(false);
});

test.each(["/a/../b/", "/../"])("fails as a role path with a segment of dots: %j", (path) => {
  expect(brokenRolePathRule(path)).toBe('must not hold the segment "." or ".."');
});

test.each(["/", "/vendors/", "/a/b/"])("the role path %s is accepted", (path) => {
  expect(brokenRolePathRule(path)).toBeUndefined();
});

test.each(["", "vendors", "/vendors", "vendors/", "//a b/", `/${"a".repeat(511)}/`])("fails as a role path: %j", (path) => {
  expect(brokenRolePathRule(path)).toBe("must begin and end with a slash and have at most 512 characters");
});

test.each(["a1", "workspace:1/2", "x".repeat(1224), "00000000-0000-4000-8000-000000000000"])("an external ID is accepted", (id) => {
  expect(brokenExternalIdRule(id)).toBeUndefined();
});

test.each(["", "a", "a b", "ä1", "x".repeat(1225), "a*"])("fails as an external ID", (id) => {
  expect(brokenExternalIdRule(id)).toBeDefined();
});

test.each(["12345678901", "1234567890123", "1234-5678-9012", " 123456789012", "١٢٣٤٥٦٧٨٩٠١٢"])("fails as an account ID: %j", (id) => {
  expect(brokenAccountIdRule(id)).toBe("must be an AWS account ID of 12 digits");
});

describe("an IAM ARN", () => {
  test.each([
    ["arn:aws:iam::222222222222:role/x", "role/x"],
    ["arn:aws:iam::222222222222:role/a/b/x", "role/a/b/x"],
    ["arn:aws:iam::222222222222:user/x@y", "user/x@y"],
    ["arn:aws:iam::222222222222:root", "root"],
  ])("is taken apart: %s", (arn, resource) => {
    expect(parseIamArn(arn)).toEqual({ partition: "aws", accountId: "222222222222", resource });
  });

  test.each([
    "arn:aws:iam:eu-west-1:222222222222:role/x",
    "arn:aws:iam::222222222222:role/",
    "arn:aws:iam::222222222222:role/*",
    "arn:aws:iam::222222222222:role/*/x",
    "arn:aws:iam::222222222222:role/a b/x",
    "arn:aws:iam::222222222222:root/x",
    "arn:aws:iam::222222222222:group/x",
    "arn:aws:sts::222222222222:assumed-role/x/session",
    "arn:aws:iam::222222222222:role/x\n",
    ` arn:aws:iam::222222222222:role/x`,
    `arn:aws:iam::222222222222:role/${"x".repeat(65)}`,
  ])("fails as %j", (arn) => {
    expect(parseIamArn(arn)).toBeUndefined();
  });
});

test.each([
  ["eu-central-1", "aws"],
  ["cn-north-1", "aws-cn"],
  ["us-gov-east-1", "aws-us-gov"],
  ["eusc-de-east-1", "aws-eusc"],
])("the region %s lies in the partition %s", (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});

describe("a key prefix", () => {
  test.each(["", "activity", "activity/", "a/b/c", "é/ü", "a.b-c_d!", "..a/b..", "a b"])("accepts %s", (prefix) => {
    expect(brokenKeyPrefixRule(prefix)).toBeUndefined();
  });

  test.each([
    ["/activity", "must not begin with a slash"],
    ["a//b", "must not hold two slashes in a row"],
    ["a*", "must not hold *, ? or ${, which mean something else in a policy"],
    ["a?", "must not hold *, ? or ${, which mean something else in a policy"],
    ["${aws:username}", "must not hold *, ? or ${, which mean something else in a policy"],
    ["a\n", "must not hold control characters"],
    [" a", "must not hold white space at the edges of a segment"],
    ["a/b ", "must not hold white space at the edges of a segment"],
    ["a /b", "must not hold white space at the edges of a segment"],
    [".", 'must not hold the segment "." or ".."'],
    ["a/../b", 'must not hold the segment "." or ".."'],
    ["a/..", 'must not hold the segment "." or ".."'],
    ["é".repeat(451), "must leave room for object names: at most 900 of the 1,024 bytes of a key"],
  ])("fails as %j", (prefix, rule) => {
    expect(brokenKeyPrefixRule(prefix)).toBe(rule);
  });

  test.each([
    [undefined, ""],
    ["", ""],
    ["activity", "activity/"],
    ["activity/", "activity/"],
  ])("has one slash at the end, or is empty: %j", (path, prefix) => {
    expect(keyPrefixOf(path)).toBe(prefix);
  });
});
