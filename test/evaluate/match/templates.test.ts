import { expect, it } from "vitest";
import { compilePolicy, decide, type Policies, unknownText } from "../../../lib/evaluate";

const REQUEST = {
  principal: "arn:aws:iam::111122223333:user/ada",
  action: "s3:GetObject",
  resource: "arn:aws:s3:::logs/red",
  resourceAccount: "111122223333",
  context: { "aws:PrincipalTag/team": "red" },
};

function policies(...statements: object[]): Policies {
  return { identityPolicies: [compilePolicy({ Version: "2012-10-17", Statement: statements }, "identity")] };
}

const ALLOW = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::logs/*" };
const TAG = unknownText("var.tag");

it("a policy variable stands for its value", () => {
  const own = { ...ALLOW, Resource: "arn:aws:s3:::logs/${aws:PrincipalTag/team}" };

  expect(decide(REQUEST, policies(own)).verdict).toBe("Allowed");
  expect(decide({ ...REQUEST, resource: "arn:aws:s3:::logs/blue" }, policies(own)).verdict).toBe("ImplicitlyDenied");
});

it("a policy variable whose brace may be in a placeholder leaves the rest of the text unknown", () => {
  const resource = `arn:aws:s3:::logs/\${${unknownText("var.path")}/*/\${aws:PrincipalTag/team}`;

  expect(decide(REQUEST, policies({ ...ALLOW, Resource: resource })).verdict).toBe("unknown");
  expect(decide(REQUEST, policies(ALLOW, { ...ALLOW, Effect: "Deny", Resource: resource })).verdict).toBe("unknown");
  expect(decide({ ...REQUEST, resource: "arn:aws:s3:::other/red" }, policies({ ...ALLOW, Resource: resource })).verdict).toBe(
    "ImplicitlyDenied",
  );
  expect(() => policies({ ...ALLOW, Resource: `arn:aws:s3:::\${aws:username/${unknownText("var.path")}` })).not.toThrow();
  expect(() => policies({ ...ALLOW, Resource: `arn:aws:s3:::${unknownText("var.path")}/\${aws:username` })).toThrow("must close the brace");
});

it("a policy variable whose name is not known may have any value, in an Allow and in a Deny", () => {
  const resource = `arn:aws:s3:::logs/\${aws:PrincipalTag/${TAG}}`;

  expect(decide(REQUEST, policies({ ...ALLOW, Resource: resource })).verdict).toBe("unknown");
  expect(decide(REQUEST, policies(ALLOW, { ...ALLOW, Effect: "Deny", Resource: resource })).verdict).toBe("unknown");
  expect(decide({ ...REQUEST, action: "s3:PutObject" }, policies({ ...ALLOW, Resource: resource })).verdict).toBe("ImplicitlyDenied");
});
