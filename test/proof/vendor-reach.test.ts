/** What the vendor reaches beside its bucket: beside every access that breaks the statement, the nearest one that keeps it. */
import { describe, expect, test } from "vitest";
import { contractsIn } from "../../cli/check";
import { PROOF_IDS, type Result } from "../../lib/contract";
import { readConfiguration } from "../../lib/plan";
import { prove } from "../../lib/proof";
import { addResource, only, type Plan, planOf, policyOf, setPolicy } from "../mutants/plans";

const VENDOR = "arn:aws:iam::222222222222:role/kandji-activity";

/** The result of the statement for the changed plan of the example. */
function resultOf(id: string, change: (plan: Plan) => void): Result {
  const plan = planOf("kandji");
  change(plan);
  const model = { ...readConfiguration(plan, "cdk.tf.json"), parts: [] };
  const contracts = contractsIn(model).map(({ contract }) => contract);
  return prove(contracts[0]!, model, { contracts }).find((result) => result.id === id)!;
}

const ELSEWHERE = "arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555";
const OWN = "${data.aws_caller_identity.me.account_id}";
const THROUGH_S3 = "s3.eu-west-1.amazonaws.com";

const principalIn = (plan: Plan): string => policyOf(plan, "trust").Statement[0].Principal.AWS;
const document = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

/** The role's own policy with another statement. */
function allowing(statement: object, denied?: object) {
  return (plan: Plan) => {
    const policy = policyOf(plan, "role");
    const more = denied === undefined ? [] : [{ Effect: "Deny", Resource: "*", ...denied }];
    setPolicy(plan, "role", { ...policy, Statement: [...policy.Statement, { Effect: "Allow", Resource: "*", ...statement }, ...more] });
  };
}

describe("the role's own policies", () => {
  const id = PROOF_IDS.ownRights;

  test.each([
    ["an action of another service", { Action: "sqs:SendMessage" }, "sqs:SendMessage"],
    ["a wildcard in a service", { Action: "ec2:RunInst*" }, "ec2:RunInstances"],
    ["a wildcard for the service", { Action: "*:PutItem" }, "dax:PutItem"],
    ["everything", { Action: "*" }, "iam:PutRolePolicy"],
    ["everything save S3", { NotAction: "s3:*" }, "iam:PutRolePolicy"],
    ["the gravest of many rights", { Action: ["ec2:*", "iam:*"] }, "iam:PutRolePolicy"],
    ["passing a role", { Action: "iam:PassRole" }, "iam:PassRole"],
    ["a new version of a policy", { Action: "iam:CreatePolicyVersion", Resource: "arn:aws:iam::*:policy/x" }, "iam:CreatePolicyVersion"],
    ["assuming a role", { Action: "sts:AssumeRole", Resource: "arn:aws:iam::333333333333:role/ops" }, "sts:AssumeRole"],
    ["a key", { Action: "kms:Decrypt" }, "kms:Decrypt"],
    ["the settings of the account", { Action: "s3:PutAccountPublicAccessBlock" }, "s3:PutAccountPublicAccessBlock"],
    ["S3 Access Grants", { Action: "s3:GetDataAccess", Resource: "arn:aws:s3:*:*:access-grants/default" }, "s3:GetDataAccess"],
  ])("fails: %s", (_, statement, action) => {
    const result = resultOf(id, allowing(statement));

    expect(result).toMatchObject({ outcome: "fail", evidence: "proved", witness: { action } });
  });

  test.each([
    ["nothing else", () => undefined],
    ["an action that AWS does not have", allowing({ Action: "sqs:SendMesage" })],
    ["an action that needs no permission", allowing({ Action: "sts:GetCallerIdentity" })],
    ["an action of another service on objects, which has no effect", allowing({ Action: "ec2:*", Resource: "arn:aws:s3:::x/*" })],
    ["a role that assumes itself", (plan: Plan) => allowing({ Action: "sts:AssumeRole", Resource: roleArn(plan) })(plan)],
    ["what a Deny takes back", allowing({ Action: "ec2:*" }, { NotAction: ["s3:*", "sts:*"] })],
    ["what is never met", allowing({ Action: "ec2:*", Condition: { StringEquals: { "aws:PrincipalTag/team": "x" } } })],
  ])("passes: %s", (_, change) => {
    expect(resultOf(id, change)).toMatchObject({ outcome: "pass", evidence: "proved" });
  });

  test("a boundary limits what they allow", () => {
    const bounded = (...actions: readonly string[]) =>
      resultOf(id, (plan) => {
        allowing({ Action: ["ec2:*", "iam:*"] })(plan);
        addResource(plan, "aws_iam_policy", "limit", {
          name: "limit",
          policy: document({ Effect: "Allow", Action: ["s3:*", ...actions], Resource: "*" }),
        });
        only(plan, "aws_iam_role").permissions_boundary = "${aws_iam_policy.limit.arn}";
      });

    expect(bounded()).toMatchObject({ outcome: "pass" });
    expect(bounded("iam:CreateUser")).toMatchObject({ outcome: "fail", witness: { action: "iam:CreateUser" } });
  });

  test("a policy that is not known leaves it open", () => {
    const result = resultOf(id, (plan) => {
      addResource(plan, "aws_iam_role_policy_attachment", "more", {
        role: roleArn(plan).replace(".arn", ".name"),
        policy_arn: "arn:aws:iam::333333333333:policy/custom",
      });
    });

    expect(result.outcome).toBe("unknown");
  });
});

/** The ARN as the role's own policy writes it. */
function roleArn(plan: Plan): string {
  return `\${aws_iam_role.${Object.keys(plan.resource.aws_iam_role)[0]}.arn}`;
}

interface OtherRole {
  readonly trust: object;
  readonly policy?: object;
}

const ADMIN = { Effect: "Allow", Action: "*", Resource: "*" };

function role(name: string, { trust, policy }: OtherRole) {
  return (plan: Plan) => {
    addResource(plan, "aws_iam_role", name, {
      name,
      assume_role_policy: document({ Effect: "Allow", Action: "sts:AssumeRole", ...trust }),
    });
    if (policy) addResource(plan, "aws_iam_role_policy", name, { role: `\${aws_iam_role.${name}.name}`, policy: document(policy) });
  };
}

function bucket(name: string, statement: object) {
  return (plan: Plan) => {
    addResource(plan, "aws_s3_bucket", name, { bucket: name });
    addResource(plan, "aws_s3_bucket_policy", name, {
      bucket: `\${aws_s3_bucket.${name}.id}`,
      policy: document({ Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${name}/*`, ...statement }),
    });
  };
}

/** A KMS key whose policy leaves the rest to the account, as the default policy does. */
function key(name: string, ...statements: readonly object[]) {
  return (plan: Plan) => {
    plan.data = { aws_caller_identity: { me: {} } };
    const root = { Principal: { AWS: "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }, Action: "kms:*" };
    const policy = document(
      ...[root, ...statements].map((statement) => ({ Effect: "Allow", Action: "kms:Decrypt", Resource: "*", ...statement })),
    );
    addResource(plan, "aws_kms_key", name, { policy });
  };
}

/** The policy of a key that the input does not define. */
function policyElsewhere(statement: object) {
  return (plan: Plan) => {
    const policy = document({ Effect: "Allow", Action: "kms:Decrypt", Resource: "*", ...statement });
    addResource(plan, "aws_kms_key_policy", "other", { key_id: ELSEWHERE, policy });
  };
}

/** The bucket encrypts with the key. */
const encryptedBy = (id: string) => (plan: Plan) => {
  const setting = { apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: id } };
  only(plan, "aws_s3_bucket_server_side_encryption_configuration").rule = [setting];
};

const both =
  (...changes: readonly ((plan: Plan) => void)[]) =>
  (plan: Plan) => {
    for (const change of changes) change(plan);
  };

describe("other roles, buckets and keys", () => {
  const id = PROOF_IDS.nothingBeside;
  const ofRole = (plan: Plan) => ({ AWS: roleArn(plan) });

  test.each<readonly [string, (plan: Plan) => void, string]>([
    ["the vendor in another trust policy", (plan) => role("ops", { trust: { Principal: { AWS: principalIn(plan) } } })(plan), "role/ops"],
    ["the vendor's role in another trust policy", (plan) => role("ops", { trust: { Principal: ofRole(plan) } })(plan), "role/ops"],
    ["a trust in everybody", role("ops", { trust: { Principal: "*" } }), "role/ops"],
    [
      "a trust in the account, and the right to assume",
      both(
        allowing({ Action: "sts:AssumeRole" }),
        role("ops", { trust: { Principal: { AWS: "${data.aws_caller_identity.me.account_id}" } } }),
        (plan) => {
          plan.data = { aws_caller_identity: { me: {} } };
        },
      ),
      "role/ops",
    ],
    ["the vendor's role in another bucket policy", (plan) => bucket("other", { Principal: ofRole(plan) })(plan), "other/"],
    ["the vendor in another bucket policy", (plan) => bucket("other", { Principal: { AWS: principalIn(plan) } })(plan), "other/"],
    ["the vendor's role in the policy of another key", (plan) => key("other", { Principal: ofRole(plan) })(plan), ":key/"],
    ["the vendor in the policy of another key", (plan) => key("other", { Principal: { AWS: principalIn(plan) } })(plan), ":key/"],
    ["the vendor's account in the policy of another key", key("other", { Principal: { AWS: "222222222222" } }), ":key/"],
    [
      "the vendor's role in the policy of another key, through a service alone",
      (plan) => key("other", { Principal: ofRole(plan), Condition: { StringEquals: { "kms:ViaService": THROUGH_S3 } } })(plan),
      ":key/",
    ],
    [
      "every principal of the vendor's account, through a service",
      key("other", {
        Principal: "*",
        Condition: { StringEquals: { "kms:ViaService": THROUGH_S3, "kms:CallerAccount": "222222222222" } },
      }),
      ":key/",
    ],
    [
      "every principal of the account, save through a service",
      key("other", {
        Principal: "*",
        Condition: { StringNotEquals: { "kms:ViaService": THROUGH_S3 }, StringEquals: { "kms:CallerAccount": OWN } },
      }),
      ":key/",
    ],
    [
      "the vendor's role in the policy of another key, by a condition",
      (plan) =>
        key("other", {
          Principal: "*",
          Condition: { StringEquals: { "kms:ViaService": THROUGH_S3 }, ArnEquals: { "aws:PrincipalArn": roleArn(plan) } },
        })(plan),
      ":key/",
    ],
    [
      "the vendor's role in the policy of another key than the bucket's",
      (plan) => both(key("own"), encryptedBy("${aws_kms_key.own.arn}"), key("other", { Principal: ofRole(plan) }))(plan),
      ":key/",
    ],
    [
      "a grant of another key to the vendor's role",
      (plan) => {
        key("other")(plan);
        const grant = { key_id: "${aws_kms_key.other.key_id}", grantee_principal: roleArn(plan), operations: ["Decrypt"] };
        addResource(plan, "aws_kms_grant", "more", grant);
      },
      ":key/",
    ],
    [
      "the vendor in a policy of a key that is defined elsewhere",
      (plan) => policyElsewhere({ Principal: { AWS: principalIn(plan) } })(plan),
      ELSEWHERE,
    ],
    [
      "the vendor's role in a policy of a key that is defined elsewhere, in its account",
      (plan) => {
        Object.assign(plan.provider.aws[0], { allowed_account_ids: ["111111111111"] });
        policyElsewhere({ Principal: ofRole(plan) })(plan);
      },
      ELSEWHERE,
    ],
  ])("fails: %s", (_, change, resource) => {
    const result = resultOf(id, change);

    expect(result).toMatchObject({ outcome: "fail", evidence: "proved" });
    expect(result.witness!.resource).toContain(resource);
    expect(result.location!.address).toMatch(/\.(ops|other)$/);
  });

  test.each<readonly [string, (plan: Plan) => void]>([
    ["nothing else", () => undefined],
    ["a trust in another principal", role("ops", { trust: { Principal: { AWS: `${VENDOR}-of-nobody` } } })],
    ["a trust in a service", role("ops", { trust: { Principal: { Service: "lambda.amazonaws.com" } }, policy: ADMIN })],
    [
      "a trust in the account without the right to assume",
      (plan) => {
        plan.data = { aws_caller_identity: { me: {} } };
        role("ops", { trust: { Principal: { AWS: "${data.aws_caller_identity.me.account_id}" } }, policy: ADMIN })(plan);
      },
    ],
    ["a bucket for everybody, of which the vendor has no more than others", bucket("other", { Principal: "*" })],
    [
      "a trust that asks for a tag that the role does not have",
      (plan) => role("ops", { trust: { Principal: ofRole(plan), Condition: { StringEquals: { "aws:PrincipalTag/team": "x" } } } })(plan),
    ],
    ["a key that names nobody", key("other")],
    ["a key that names another principal", key("other", { Principal: { AWS: `${VENDOR}-of-nobody` } })],
    ["a key that names a service", key("other", { Principal: { Service: "logs.eu-west-1.amazonaws.com" } })],
    [
      "a key that all principals of the account may use through a service",
      key("other", {
        Principal: "*",
        Condition: { StringEquals: { "kms:ViaService": THROUGH_S3, "kms:CallerAccount": "111111111111" } },
      }),
    ],
    [
      "a key that refuses the vendor's role what it allows",
      (plan) => key("other", { Principal: ofRole(plan) }, { Effect: "Deny", Principal: ofRole(plan), Action: "kms:*" })(plan),
    ],
    [
      "the key by which the bucket encrypts",
      (plan) => both(key("own", { Principal: ofRole(plan) }), encryptedBy("${aws_kms_key.own.arn}"))(plan),
    ],
    [
      "a key that is only looked up",
      (plan) => {
        plan.data = { aws_kms_key: { other: { key_id: "alias/other" } } };
      },
    ],
  ])("passes: %s", (_, change) => {
    expect(resultOf(id, change)).toMatchObject({ outcome: "pass", evidence: "proved" });
  });

  test("a condition on something that is not known leaves it open", () => {
    const result = resultOf(id, (plan) =>
      role("ops", { trust: { Principal: { AWS: principalIn(plan) }, Condition: { StringEquals: { "sts:ExternalId": "${var.id}" } } } })(
        plan,
      ),
    );

    expect(result.outcome).toBe("unknown");
  });

  test.each<readonly [string, (plan: Plan) => void]>([
    ["the bucket's key is not known", (plan) => both(key("other", { Principal: ofRole(plan) }), encryptedBy("${var.key}"))(plan)],
    [
      "it is not known whether the statement applies",
      (plan) => {
        const Condition = { StringEquals: { "kms:EncryptionContext:team": "${var.team}" } };
        key("other", { Principal: ofRole(plan), Condition })(plan);
      },
    ],
    [
      "it is not known whose principals may use it through a service",
      key("other", {
        Principal: "*",
        Condition: { StringEquals: { "kms:ViaService": THROUGH_S3, "kms:CallerAccount": "${var.account}" } },
      }),
    ],
    ["it is not known whether the key is in the role's account", (plan) => policyElsewhere({ Principal: ofRole(plan) })(plan)],
  ])("a key that names the vendor's role is left open where %s", (_, change) => {
    expect(resultOf(id, change).outcome).toBe("unknown");
  });

  test("the cause tells what the other role can do, over any number of steps", () => {
    const result = resultOf(
      id,
      both(
        (plan) => role("first", { trust: { Principal: ofRole(plan) } })(plan),
        (plan) => {
          role("second", { trust: { Principal: { AWS: "${aws_iam_role.first.arn}" } }, policy: ADMIN })(plan);
        },
      ),
    );

    expect(result.cause).toMatch(
      /can sts:AssumeRole on \S+first .*; then, .* can sts:AssumeRole on \S+second .*; then, .* can iam:PutRolePolicy/,
    );
  });

  test.each<readonly [string, object | undefined]>([
    ["have no rights", undefined],
    ["may assume every role", { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }],
    [
      "may assume every role, as far as is known",
      { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*", Condition: { StringEquals: { "aws:SourceVpc": "${var.vpc}" } } },
    ],
  ])("roles that trust each other and %s are followed once each", (_, policy) => {
    const names = Array.from({ length: 10 }, (_, index) => `open${index}`);
    const result = resultOf(id, both(...names.map((name) => role(name, { trust: { Principal: "*" }, ...(policy && { policy }) }))));

    expect(result.outcome).toBe("fail");
    expect(result.cause!.split("; then, ").length).toBeLessThanOrEqual(10);
  });
});
