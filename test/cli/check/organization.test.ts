/** `--scp`, `--rcp`, `--organization` and `--vendor-organization` of `check`, `explain` and `access`. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addResource, only, type Plan } from "../../mutants/plans";
import { examplesFolder } from "../example-plans";
import { cli, folder } from "../run-program";

const VERSION = "2012-10-17";
const policy = (...Statement: object[]) => ({ Version: VERSION, Statement });
const FULL_ACCESS = policy({ Effect: "Allow", Action: "*", Resource: "*" });
const NO_PUT = policy({ Sid: "NoPut", Effect: "Deny", Action: "s3:PutObject", Resource: "*" });

const perimeter = (accounts: readonly string[]) =>
  policy({
    Sid: "OnlyKnownIdentities",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:*", "sts:AssumeRole", "kms:*"],
    Resource: "*",
    Condition: {
      StringNotEqualsIfExists: {
        "aws:PrincipalOrgID": "o-own0000001",
        "aws:PrincipalAccount": accounts,
        "aws:ResourceTag/dp:exclude:identity": "true",
      },
      BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
    },
  });

const STATED = ["--organization", "o-own0000001", "--vendor-organization", "o-vendor0001"];

function file(content: unknown): string {
  return join(folder({ "policy.json": content }), "policy.json");
}

async function failed(...args: string[]) {
  const { code, out } = await cli("check", "--format", "json", ...args);
  const report = JSON.parse(out) as Plan;
  const results = report.destinations.flatMap(({ contract, results }: Plan) =>
    results.filter(({ outcome }: Plan) => outcome !== "pass").map(({ id, outcome }: Plan) => `${contract.split("/")[0]} ${id} ${outcome}`),
  );
  return { code, results, findings: report.findings.map(({ ruleId }: Plan) => ruleId) as string[] };
}

const tagged = (plan: Plan, isEnabled: boolean) => {
  only(plan, "aws_s3_bucket").tags = { "dp:exclude:identity": "true" };
  if (!isEnabled) return;
  const bucket = `\${aws_s3_bucket.${Object.keys(plan.resource.aws_s3_bucket)[0]}.id}`;
  addResource(plan, "aws_s3_bucket_abac", "abac", { bucket, abac_status: { status: "Enabled" } });
};

describe("check --rcp", () => {
  const rcp = (accounts: readonly string[], ...more: string[]) => failed("--rcp", file(perimeter(accounts)), ...STATED, ...more);

  test("finds both vendors locked out by a perimeter that does not list them", async () => {
    const { code, results, findings } = await rcp(["333333333333"], examplesFolder());

    expect(code).toBe(1);
    expect(results).toContain("kandji vendor-can-assume-role fail");
    expect(results).toContain("kandji vendor-can-assume-role-with-each-external-id fail");
    expect(results).toContain("sixsense vendor-can-put fail");
    expect(results).toContain("sixsense vendor-can-deliver-every-key fail");
    expect(results.join()).not.toContain("unknown");
    expect(findings).toEqual([]);
  });

  test("passes where the perimeter lists the vendor's account", async () => {
    expect(await rcp(["333333333333", "222222222222"], examplesFolder())).toEqual({ code: 0, results: [], findings: [] });
  });

  test("passes where the role and the bucket have the tag that it exempts", async () => {
    const path = examplesFolder({
      kandji: (plan) => Object.assign(only(plan, "aws_iam_role"), { tags: { "dp:exclude:identity": "true" } }),
      sixsense: (plan) => tagged(plan, true),
    });

    expect(await rcp(["333333333333"], path)).toEqual({ code: 0, results: [], findings: [] });
  });

  test("fails where the bucket has the tag, but no ABAC", async () => {
    const { code, results } = await rcp(["333333333333"], examplesFolder({ sixsense: (plan) => tagged(plan, false) }));

    expect(code).toBe(1);
    expect(results).toContain("sixsense vendor-can-put fail");
  });

  test("fails with 3 where the vendor's organization is not stated", async () => {
    const path = file(perimeter(["333333333333"]));
    const { code, results } = await failed("--rcp", path, "--organization", "o-own0000001", examplesFolder());

    expect(code).toBe(3);
    expect(results).toContain("kandji vendor-can-assume-role unknown");
  });
});

test("the command of a proof decides by the same policies", async () => {
  const path = file(perimeter(["333333333333"]));
  const { out } = await cli("check", "--format", "json", "--rcp", path, ...STATED, examplesFolder());
  const commands = (JSON.parse(out) as Plan).destinations.flatMap(({ results }: Plan) =>
    results.flatMap(({ explain }: Plan) => explain ?? []),
  );

  expect(commands).toHaveLength(2);
  for (const command of commands) {
    const args = command.split(" ").slice(1) as string[];
    expect(args).toEqual(expect.arrayContaining(["--rcp", path, "--organization", "o-own0000001"]));
    expect(JSON.parse((await cli(...args, "--format", "json")).out)).toMatchObject({ verdict: "ExplicitlyDenied" });
  }
});

describe("check --scp", () => {
  test("finds a role that a level denies what its vendor needs, and spares the vendor that uses no role", async () => {
    const { code, results } = await failed("--scp", file(FULL_ACCESS), "--scp", file([FULL_ACCESS, NO_PUT]), examplesFolder());

    expect(code).toBe(1);
    expect(results).toContain("kandji vendor-can-put fail");
    expect(results.join()).not.toContain("sixsense");
  });

  test("fails where a level allows nothing", async () => {
    expect((await failed("--scp", file(FULL_ACCESS), "--scp", file([NO_PUT]), examplesFolder())).code).toBe(1);
  });

  test("passes where every level allows", async () => {
    expect((await failed("--scp", file(FULL_ACCESS), "--scp", file([FULL_ACCESS]), examplesFolder())).code).toBe(0);
  });
});

test("the report says that organization policies count only where they are given", async () => {
  const { out } = await cli("check", "--format", "json", examplesFolder());

  expect((JSON.parse(out) as Plan).notChecked).toContain(
    "service and resource control policies of your organization that neither the input nor --scp and --rcp hold",
  );
});

describe("explain", () => {
  const VENDOR = "arn:aws:iam::222222222222:role/kandji-activity";
  const ROLE = "kandji-acme-kandji-activity";
  const OBJECT = "arn:aws:s3:::acme-kandji-activity/x";
  const verdict = async (principal: string, action: string, resource: string, ...more: string[]) => {
    const asked = ["--principal", principal, "--action", action, "--resource", resource, "--format", "json"];
    return (JSON.parse((await cli("explain", ...asked, ...more, examplesFolder())).out) as Plan).verdict;
  };

  test("lets service control policies limit the role, and not the vendor", async () => {
    const denied = file([FULL_ACCESS, NO_PUT, policy({ Effect: "Deny", Action: "sts:*", Resource: "*" })]);

    expect(await verdict(ROLE, "s3:PutObject", OBJECT, "--scp", denied)).toBe("ExplicitlyDenied");
    expect(await verdict(ROLE, "s3:DeleteObject", OBJECT, "--scp", denied)).toBe("Allowed");
    expect(await verdict(VENDOR, "sts:AssumeRole", ROLE, "--scp", denied)).toBe("Allowed");
  });

  test("lets resource control policies limit the vendor, and not the own organization", async () => {
    const rcp = ["--rcp", file(perimeter(["333333333333"])), "--organization", "o-own0000001"];

    expect(await verdict(VENDOR, "sts:AssumeRole", ROLE, ...rcp)).toBe("ExplicitlyDenied");
    expect(await verdict(VENDOR, "sts:AssumeRole", ROLE, "--rcp", file(perimeter(["222222222222"])))).toBe("Allowed");
    expect(await verdict(ROLE, "s3:PutObject", OBJECT, ...rcp)).toBe("Allowed");
  });

  test("fails where the options stand beside --cases", async () => {
    expect((await cli("explain", "--cases", file([]), "--scp", file(FULL_ACCESS))).err).toMatch(/^InvalidOption: '--scp'/);
  });
});

describe("access", () => {
  const of = async (...args: string[]) => {
    const { out } = await cli("access", "--format", "json", ...args, examplesFolder());
    return (JSON.parse(out) as Plan).buckets.flatMap(({ callers }: Plan) => callers.map(({ caller }: Plan) => caller as string));
  };

  test("knows that the role belongs to the stated organization", async () => {
    const reads = async (...args: string[]) => {
      const { out } = await cli("access", "--format", "json", "--rcp", file(perimeter(["222222222222"])), ...args, examplesFolder());
      const [role] = (JSON.parse(out) as Plan).buckets[0].callers;
      return role?.access.find(({ what }: Plan) => what === "read objects").extent ?? "cannot";
    };

    expect(await reads("--organization", "o-own0000001")).toBe("can");
    expect(await reads("--organization", "o-another001")).toBe("cannot");
    expect(await reads()).not.toBe("can");
  });

  test("leaves out whom the organization denies everything", async () => {
    const nothing = policy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" });

    expect((await of()).length).toBeGreaterThan(1);
    expect(await of("--rcp", file(nothing))).toEqual([]);
    expect(await of("--scp", file([FULL_ACCESS, NO_PUT]))).toEqual(await of());
  });
});

describe("fails with 2 for", () => {
  const owned = (plan: Plan, id: string) => Object.assign(plan.provider.aws[0], { allowed_account_ids: [id] });

  test.each<[string, string[], RegExp]>([
    ["a file that is not there", ["--scp", "missing.json"], /'--scp'.*missing\.json/],
    ["a file that is not JSON", ["--scp", "{"], /^InvalidPolicy: '--scp' must hold JSON: /],
    ["an empty list", ["--rcp", "[]"], /^InvalidPolicy: '--rcp' must hold a policy document or a list of them; /],
    ["a list of texts", ["--rcp", '["a"]'], /^InvalidPolicy: '--rcp' must hold policy documents as objects, not as text; /],
    ["an object that is no policy", ["--scp", "{}"], /^InvalidPolicy: '--scp' must hold policies that AWS accepts: /],
    [
      "a statement that its kind does not have",
      ["--scp", JSON.stringify(perimeter([]))],
      /^InvalidPolicy: '--scp' must hold policies that AWS accepts: /,
    ],
    [
      "an organization that has no such ID",
      ["--organization", "acme"],
      /^InvalidOption: '--organization' must be the ID of an AWS organization, got "acme"; /,
    ],
    [
      "a vendor's organization that has no such ID",
      ["--vendor-organization", "O-1"],
      /^InvalidOption: '--vendor-organization' must be the ID/,
    ],
  ])("%s", async (_, [option = "", value = ""], message) => {
    const given = /^[[{]/.test(value) ? file(value) : value;
    const { code, err } = await cli("check", option, given, examplesFolder());

    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  test("policies of which nobody says to which of two accounts they apply", async () => {
    const path = examplesFolder({ kandji: (plan) => owned(plan, "111111111111"), sixsense: (plan) => owned(plan, "333333333333") });
    const { code, err } = await cli("check", "--scp", file(FULL_ACCESS), path);

    expect(err).toMatch(/^MissingOption: '--scp' .*--account/);
    expect(code).toBe(2);
    expect((await cli("check", "--scp", file(FULL_ACCESS), "--account", "111111111111", path)).code).toBe(0);
  });
});
