/** Expressions in policies and preconditions, worked out by Terraform itself. */
import { Fn, Lazy, type TerraformStack, TerraformVariable } from "cdktf";
import { beforeAll, describe, expect, test } from "vitest";
import {
  SixSenseDestination,
  VendorAccess,
  VendorAccessMethod,
  VendorDestination,
  VendorPrincipal,
  VendorProfile,
  VendorRole,
} from "../../lib";
import { newStack, SIX_SENSE, type Synthesized, synthesize, synthesizedOf } from "./synthesized";
import { whyNoTerraform, workedOutByTerraform } from "./terraform";

const WHY_NOT = whyNoTerraform();
if (WHY_NOT) console.log(`Terraform is not asked: ${WHY_NOT}`);

const NASTY = 'quote " backslash \\ newline \n ${aws:username} %{if} é 日 <&>';
const VARIABLES = { text: "plain", nasty: NASTY, many: ["b", 'a"'], number: 7, arn: "arn:aws:s3:::b" };

interface Case {
  readonly resource: unknown;
  readonly meant: unknown;
}

function casesOf(stack: TerraformStack): Record<string, Case> {
  const variable = (name: string) => new TerraformVariable(stack, name, { type: "any" });
  const [text, nasty, many, number] = ["text", "nasty", "many", "number"].map(variable) as [
    TerraformVariable,
    TerraformVariable,
    TerraformVariable,
    TerraformVariable,
  ];
  return {
    "a variable": { resource: text.stringValue, meant: "plain" },
    "a variable in a text": { resource: `arn:aws:s3:::${text.stringValue}/*`, meant: "arn:aws:s3:::plain/*" },
    "a variable whose value could break out": { resource: nasty.stringValue, meant: NASTY },
    "a text around it that could break out": { resource: `"\\${text.stringValue}\\"`, meant: '"\\plain\\"' },
    "unicode and line ends around it": { resource: `é日\t\n${text.stringValue}\b\f`, meant: "é日\t\nplain\b\f" },
    "a function": { resource: Fn.join("-", ["a", text.stringValue]), meant: "a-plain" },
    "a function in a text": { resource: `x/${Fn.upper(text.stringValue)}/*`, meant: "x/PLAIN/*" },
    "a value that is made late": { resource: Lazy.stringValue({ produce: () => `${text.stringValue}!` }), meant: "plain!" },
    "a list that only Terraform knows": { resource: many.listValue, meant: ["b", 'a"'] },
    "a list of a function": { resource: Fn.concat([many.listValue, ["c"]]), meant: ["b", 'a"', "c"] },
    "a number": { resource: number.numberValue, meant: 7 },
    "a number in a text": { resource: `n${number.numberValue}`, meant: "n7" },
    "a value of any type": { resource: text.value, meant: "plain" },
    "an expression written by hand": { resource: "arn:${var.text}:x", meant: "arn:plain:x" },
    "an expression with quotes and braces": { resource: '${lookup({a = "}\\""}, "a")}!', meant: '}"!' },
    "an expression with a nested template": { resource: '${upper("a${var.text}}")}', meant: "APLAIN}" },
    "a for expression": { resource: "${[for item in var.many : upper(item)]}", meant: ["B", 'A"'] },
    "a condition": { resource: '${var.text == "plain" ? "yes" : "no"}', meant: "yes" },
    "a policy variable": { resource: "home/${aws:username}/*", meant: "home/${aws:username}/*" },
    "a policy variable beside a token": { resource: `${text.stringValue}/\${aws:username}`, meant: "plain/${aws:username}" },
    "a policy variable with a default": { resource: "${aws:PrincipalTag/team, 'none'}", meant: "${aws:PrincipalTag/team, 'none'}" },
    "a policy variable of an identity provider": { resource: "${accounts.google.com:sub}", meant: "${accounts.google.com:sub}" },
    "special characters of policies": { resource: "a${*}b${?}c${$}", meant: "a${*}b${?}c${$}" },
    "a policy variable that is escaped already": { resource: "$${aws:username}", meant: "${aws:username}" },
    "a percent sign with a brace": { resource: "%{ if x }", meant: "%{ if x }" },
    "a dollar sign": { resource: "$x $ {}", meant: "$x $ {}" },
  };
}

describe.skipIf(WHY_NOT)("in a policy", () => {
  const results = new Map<string, unknown>();
  const stack = newStack();
  const cases = casesOf(stack);

  beforeAll(() => {
    const roles = Object.values(cases).map(({ resource }, index) => {
      const role = new VendorRole(stack, `Role${index}`, { principals: [VendorPrincipal.account("222222222222")] });
      role.addToPolicy({ Effect: "Deny", Action: "s3:*", Resource: resource, Condition: { StringEquals: { "aws:x": resource } } });
      return role;
    });
    const policies = synthesize(stack).json.resource.aws_iam_role_policy;
    const texts = roles.map((role, index) => [`case${index}`, policies[role.inlinePolicy.friendlyUniqueId].policy]);
    const outputs = workedOutByTerraform(Object.fromEntries(texts), VARIABLES);
    Object.keys(cases).forEach((name, index) => {
      results.set(name, JSON.parse(outputs[`case${index}`]));
    });
  });

  test.each(Object.entries(cases))("%s becomes what was meant", (name, { meant }) => {
    expect(results.get(name)).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "s3:*", Resource: meant, Condition: { StringEquals: { "aws:x": meant } } }],
    });
  });
});

describe.skipIf(WHY_NOT)("every policy of a destination", () => {
  const profile = VendorProfile.of({
    id: "acme",
    vendorName: "Acme",
    product: "Logs",
    documentation: "https://docs.example.com",
    accessMethods: [VendorAccessMethod.ASSUMED_ROLE],
    documentedPermissions: { bucketActions: ["s3:ListBucket"], objectActions: ["s3:PutObject"] },
    documentedGrantEndsAtPrefix: true,
    vendorFolder: "acme-logs/",
    facts: [],
  });

  test("is the same JSON with tokens as with literals", () => {
    const build = (values: (stack: TerraformStack) => Record<string, string>) =>
      synthesizedOf((stack) => {
        const { bucketName, externalId, path, principal } = values(stack) as Record<string, string>;
        new VendorDestination(stack, "Acme", {
          vendor: profile,
          access: VendorAccess.assumedRole({ principals: [VendorPrincipal.userArn(principal!)], externalIds: [externalId!] }),
          bucketName,
          keyPrefix: path,
        });
      });
    const literals = { bucketName: "b-acme", externalId: "a:1/x", path: "p/q/", principal: "arn:aws:iam::222222222222:user/u" };
    const literal = build(() => literals);
    const late = build((stack) =>
      Object.fromEntries(Object.keys(literals).map((name) => [name, new TerraformVariable(stack, name, { type: "string" }).stringValue])),
    );

    const outputs = workedOutByTerraform(policyTextsOf(late), { ...literals, bucketArn: "arn:aws:s3:::b-acme" });

    expect(outputs).toEqual(policyTextsOf(literal));
  });
});

function policyTextsOf(synthesized: Synthesized): Record<string, string> {
  const byVariable = (text: string) => text.replace(/aws_s3_bucket\.\w+\.arn/g, "var.bucketArn");
  return {
    bucket: byVariable(synthesized.only("aws_s3_bucket_policy").policy),
    trust: byVariable(synthesized.only("aws_iam_role").assume_role_policy),
    inline: byVariable(synthesized.only("aws_iam_role_policy").policy),
  };
}

describe.skipIf(WHY_NOT)("the precondition", () => {
  const conditions = (values: object) => {
    const synthesized = synthesizedOf((stack) => {
      const late = (name: string) => new TerraformVariable(stack, name, { type: "string" }).stringValue;
      const props = { ...SIX_SENSE, region: late("region"), vendorRoleArn: late("arn"), dataPacks: { filePath: late("path") } };
      new SixSenseDestination(stack, "SixSense", props);
    });
    const texts = synthesized.preconditions.map(({ condition, error_message }) => [/^\w+/.exec(error_message)![0], condition]);
    return workedOutByTerraform(Object.fromEntries(texts), { ...GOOD, ...values });
  };
  const GOOD = { region: "eu-west-1", arn: "arn:aws:iam::222222222222:role/service/6sense", path: "data-packs" };

  test("holds for values that are right", () => {
    expect(conditions({})).toEqual({ UnsupportedRegion: true, InvalidArn: true, MalformedKeyPrefix: true });
  });

  test("fails for a region that is not supported, for an ARN in another partition and for a path that begins with a slash", () => {
    const bad = { region: "eu-south-1", arn: "arn:aws-cn:iam::222222222222:role/6sense", path: "/data-packs" };

    expect(conditions(bad)).toEqual({ UnsupportedRegion: false, InvalidArn: false, MalformedKeyPrefix: false });
  });

  test("fails for a region with a suffix, for a wildcard as principal and for two slashes in a row", () => {
    const bad = { region: "eu-west-1a", arn: "*", path: "data//packs" };

    expect(conditions(bad)).toEqual({ UnsupportedRegion: false, InvalidArn: false, MalformedKeyPrefix: false });
  });
});
