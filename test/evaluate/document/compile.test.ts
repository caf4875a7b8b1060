import { describe, expect, it } from "vitest";
import { compilePolicy, decide, hasUnknown, PolicyGrammarError, type PolicyKind, unknownText } from "../../../lib/evaluate";

const ALLOW = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };
const IDENTITY = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const TRUST = { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "sts:AssumeRole" };

function messageOf(document: unknown, kind: PolicyKind): string {
  try {
    compilePolicy(document, kind, { name: "the policy" });
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyGrammarError);
    return (error as Error).message;
  }
  throw new Error("no error");
}

describe("compilePolicy fails, and names the element, the rule and the value,", () => {
  const one = (statement: unknown) => ({ Version: "2012-10-17", Statement: [statement] });

  it.each<[string, unknown, PolicyKind, string]>([
    ["for text that is no JSON", "{", "resource", "'document' must be JSON, got \"{\""],
    ["for a list", [], "resource", "'document' must be an object, got []"],
    ["for null", null, "resource", "'document' must be an object, got null"],
    ["for JSON text within JSON text", '"{}"', "resource", "'document' must be an object"],
    ["for a member that stands twice", '{"Statement":[],"Statement":[]}', "resource", "'Statement' must stand only once"],
    [
      "for another version",
      { Version: "2023-01-01", Statement: [] },
      "resource",
      '\'Version\' must be "2012-10-17" or "2008-10-17", got "2023-01-01"',
    ],
    [
      "for a range of addresses that is none",
      one({ ...IDENTITY, Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/33" } } }),
      "identity",
      "'Statement[0].Condition.NotIpAddress.aws:SourceIp' must be an address or a range in CIDR notation, got \"203.0.113.0/33\"",
    ],
    [
      "for a number that is none",
      one({ ...IDENTITY, Condition: { NumericNotEquals: { "s3:max-keys": "ten" } } }),
      "identity",
      "'Statement[0].Condition.NumericNotEquals.s3:max-keys' must be a number, got \"ten\"",
    ],
    [
      "for a day that no month has",
      one({ ...IDENTITY, Condition: { DateLessThan: { "aws:CurrentTime": "2024-02-30" } } }),
      "identity",
      'must be a date of ISO 8601, or seconds since 1970, got "2024-02-30"',
    ],
    [
      "for a truth value that is none",
      one({ ...IDENTITY, Condition: { Bool: { "aws:SecureTransport": "no" } } }),
      "identity",
      'must be true or false, got "no"',
    ],
    [
      "for Null with another value",
      one({ ...IDENTITY, Condition: { Null: { "aws:TokenIssueTime": "maybe" } } }),
      "identity",
      'must be true or false, got "maybe"',
    ],
    [
      "for a principal that a resource control policy names",
      one({ Effect: "Deny", Principal: { AWS: "111122223333" }, Action: "s3:*", Resource: "*" }),
      "resourceControl",
      "'Statement[0].Principal' must be \"*\" in a resource control policy",
    ],
    [
      "for NotAction in a resource control policy",
      one({ Effect: "Deny", Principal: "*", NotAction: "s3:GetObject", Resource: "*" }),
      "resourceControl",
      "'Statement[0].NotAction' is not allowed in a resource control policy",
    ],
    ["for an Id that is no text", { Id: 1, Statement: [] }, "resource", "'Id' must be text, got 1"],
    ["without Statement", { Version: "2012-10-17" }, "resource", "'Statement' is required, got nothing"],
    [
      "for an element that is not known",
      { Statement: [], Extra: 1 },
      "resource",
      "'Extra' is not an element of the policy language, got 1",
    ],
    ["for an element in the wrong letter case", one({ ...ALLOW, effect: "Allow" }), "resource", "write Effect"],
    ["for a statement that is no object", one("x"), "resource", "'Statement[0]' must be an object"],
    ["for a Sid that is no text", one({ ...ALLOW, Sid: 7 }), "resource", "'Statement[0].Sid' must be text, got 7"],
    [
      "for an Effect in lower case",
      one({ ...ALLOW, Effect: "allow" }),
      "resource",
      '\'Statement[0].Effect\' must be "Allow" or "Deny", got "allow"',
    ],
    ["without Principal in a resource policy", one(IDENTITY), "resource", "'Statement[0].Principal' is required"],
    ["for a Principal in an identity policy", one(ALLOW), "identity", "'Statement[0].Principal' is not allowed in an identity policy"],
    [
      "for NotPrincipal in a trust policy",
      one({ ...TRUST, Principal: undefined, NotPrincipal: "*" }),
      "trust",
      "'Statement[0].NotPrincipal' is not allowed",
    ],
    ["for Principal beside NotPrincipal", one({ ...ALLOW, NotPrincipal: "*" }), "resource", "must not stand beside Principal"],
    ["for a principal as bare text", one({ ...ALLOW, Principal: "111122223333" }), "resource", 'write {"AWS": "111122223333"}'],
    [
      "for an unknown type of principal",
      one({ ...ALLOW, Principal: { User: "x" } }),
      "resource",
      "'Statement[0].Principal.User' is not an element",
    ],
    ["for no principal", one({ ...ALLOW, Principal: {} }), "resource", "must name at least one principal"],
    [
      "for a principal with a wildcard in it",
      one({ ...ALLOW, Principal: { AWS: "arn:aws:iam::111122223333:role/*" } }),
      "resource",
      "must be a lone *",
    ],
    [
      "for a session with a wildcard",
      one({ ...ALLOW, Principal: { AWS: "arn:aws:sts::111122223333:assumed-role/r/*" } }),
      "resource",
      "must be a lone *",
    ],
    [
      "for a group as principal",
      one({ ...ALLOW, Principal: { AWS: "arn:aws:iam::111122223333:group/x" } }),
      "resource",
      "must be the ARN of",
    ],
    [
      "for a principal that is none",
      one({ ...ALLOW, Principal: { AWS: "bob" } }),
      "resource",
      "'Statement[0].Principal.AWS' must be *, an account ID",
    ],
    ["for an empty principal", one({ ...ALLOW, Principal: { AWS: "" } }), "resource", "must not be empty"],
    ["for * as canonical user", one({ ...ALLOW, Principal: { CanonicalUser: "*" } }), "resource", "must be a canonical user ID"],
    ["without Action", one({ ...IDENTITY, Action: undefined }), "identity", "'Statement[0].Action' is required"],
    ["for Action beside NotAction", one({ ...IDENTITY, NotAction: "*" }), "identity", "must not stand beside Action"],
    ["for an action without service", one({ ...IDENTITY, Action: "GetObject" }), "identity", "must be * or a service's prefix"],
    ["for an empty list of actions", one({ ...IDENTITY, Action: [] }), "identity", "'Statement[0].Action' must not be empty"],
    ["for a number as action", one({ ...IDENTITY, Action: 1 }), "identity", "'Statement[0].Action' must be text or a list of texts, got 1"],
    ["without Resource", one({ ...IDENTITY, Resource: undefined }), "identity", "'Statement[0].Resource' is required"],
    [
      "for a Resource in a trust policy",
      one({ ...TRUST, Resource: "*" }),
      "trust",
      "'Statement[0].Resource' is not allowed in a trust policy",
    ],
    [
      "for a Resource that is no ARN",
      one({ ...IDENTITY, Resource: "bucket/*" }),
      "identity",
      "'Statement[0].Resource' must be * or an ARN",
    ],
    [
      "for a wildcard in the service of an ARN",
      one({ ...IDENTITY, Resource: "arn:aws:*:::b" }),
      "identity",
      "must not have a wildcard in the service",
    ],
    [
      "for an unknown operator",
      one({ ...IDENTITY, Condition: { StringMatches: {} } }),
      "identity",
      "'Statement[0].Condition.StringMatches' must be an operator",
    ],
    [
      "for Null with IfExists",
      one({ ...IDENTITY, Condition: { NullIfExists: {} } }),
      "identity",
      "'Statement[0].Condition.NullIfExists' must be an operator",
    ],
    ["for a condition without key", one({ ...IDENTITY, Condition: { Bool: { "": "true" } } }), "identity", "must be the key of a service"],
    [
      "for a condition key without a prefix",
      one({ ...IDENTITY, Condition: { Bool: { SecureTransport: "true" } } }),
      "identity",
      "must be the key of a service",
    ],
    [
      "for one condition key in two letter cases",
      one({ ...IDENTITY, Condition: { StringEquals: { "aws:PrincipalTag/a": "1", "aws:principaltag/A": "2" } } }),
      "identity",
      "'Statement[0].Condition.StringEquals.aws:principaltag/A' must stand only once",
    ],
    [
      "for a variable without its brace",
      one({ ...IDENTITY, Resource: "arn:aws:s3:::logs/${aws:username/*" }),
      "identity",
      "must close the brace",
    ],
    ["for a variable without a name", one({ ...IDENTITY, Resource: "arn:aws:s3:::logs/${}/*" }), "identity", "must name a key"],
    [
      "for a variable with a space",
      one({ ...IDENTITY, Condition: { StringLike: { "s3:prefix": "home/${ aws:username }/*" } } }),
      "identity",
      "must not have a space",
    ],
    [
      "for a principal's ARN with a region",
      one({
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam:us-east-1:111122223333:role/r" },
        Action: "s3:*",
        Resource: "arn:aws:s3:::logs/*",
      }),
      "resource",
      "none of which has a region",
    ],
    [
      "for a condition value that is an object",
      one({ ...IDENTITY, Condition: { Bool: { "aws:x": {} } } }),
      "identity",
      "must be text, a number or a truth value",
    ],
    ["for a Condition that is a list", one({ ...IDENTITY, Condition: [] }), "identity", "'Statement[0].Condition' must be an object"],
  ])("%s", (_, document, kind, expected) => {
    const message = messageOf(document, kind);

    expect(message).toContain(expected);
    expect(message).toMatch(/^InvalidPolicy: .*; .* \(at the policy\)$/s);
  });

  it("for an object that does not behave", () => {
    const cyclic: Record<string, unknown> = { Statement: [ALLOW] };
    cyclic.Id = cyclic;
    const throwing = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("no");
        },
      },
    );

    expect(messageOf(cyclic, "resource")).toContain("'Id' must be text, got a value of type object");
    expect(() => compilePolicy(throwing, "resource")).toThrow(PolicyGrammarError);
  });

  it("with the place where the policy was found", () => {
    const location = { file: "cdk.tf.json", address: "aws_s3_bucket_policy.logs", pointer: "/resource/0" };

    expect(() => compilePolicy({}, "resource", { location })).toThrow("(at cdk.tf.json aws_s3_bucket_policy.logs /resource/0)");
  });
});

describe("compilePolicy accepts", () => {
  it("text with a byte order mark", () => {
    expect(compilePolicy(`\uFEFF${JSON.stringify({ Statement: ALLOW })}`, "resource").statements).toHaveLength(1);
  });

  it("operators in any letter case", () => {
    const document = { Statement: { ...IDENTITY, Condition: { bool: { "aws:SecureTransport": "true" } } } };

    expect(compilePolicy(document, "identity").statements[0]!.conditions[0]!.operator).toBe("Bool");
  });

  it("JSON text with placeholders inside its texts", () => {
    const text = JSON.stringify({ Statement: { ...ALLOW, Resource: "BUCKET/*" } }).replace("BUCKET", unknownText("aws_s3_bucket.b.arn"));
    const request = { principal: "*", action: "s3:GetObject", resourceAccount: "111122223333", context: {} };
    const policies = { resourcePolicy: compilePolicy(text, "resource") };

    expect(decide({ ...request, resource: `${unknownText("aws_s3_bucket.b.arn")}/k` }, policies).verdict).toBe("Allowed");
    expect(decide({ ...request, resource: "arn:aws:s3:::x/k" }, policies)).toMatchObject({
      verdict: "unknown",
      missing: ["aws_s3_bucket.b.arn"],
    });
  });

  it("text that a placeholder makes unreadable, as a policy about which nothing is known", () => {
    const policy = compilePolicy(`{"Statement": ${unknownText("var.statements")}}`, "resource");
    const request = { principal: "*", action: "s3:GetObject", resource: "arn:aws:s3:::b/k", context: {} };

    expect(decide(request, { resourcePolicy: policy })).toMatchObject({ verdict: "unknown", missing: ["var.statements"] });
    expect(hasUnknown(JSON.stringify(policy.statements))).toBe(false);
  });
});
