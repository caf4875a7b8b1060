import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { only, policyOf, setPolicy } from "../../mutants/plans";
import { examplesFolder } from "../example-plans";
import { cli, folder } from "../run-program";

const VENDOR = "arn:aws:iam::222222222222:role/kandji-activity";
const ROLE = "kandji-acme-kandji-activity";
const OBJECT = "arn:aws:s3:::acme-kandji-activity/activity/x";

const ask = (principal: string, action: string, resource: string, ...more: string[]) =>
  cli("explain", "--principal", principal, "--action", action, "--resource", resource, ...more);

describe("one request", () => {
  test("says which statement decided, and where it stands", async () => {
    const { code, out } = await ask(VENDOR, "sts:AssumeRole", ROLE, examplesFolder());

    expect(out).toMatch(
      /Allowed by your account: .*\n {2}decided by: Allow "AllowVendorToAssumeRole" \(statement 1 of trust policy, aws_iam_role\.\w+, .*cdk\.tf\.json line \d+\)/,
    );
    expect(code).toBe(0);
  });

  test("says what came nearest where nothing allows", async () => {
    const { code, out } = await ask("arn:aws:iam::333333333333:role/other", "sts:AssumeRole", ROLE, examplesFolder());

    expect(out).toContain(`Principal: ${VENDOR} does not name arn:aws:iam::333333333333:role/other`);
    expect(code).toBe(0);
  });

  test("takes the policies of a role that the plan defines, by its name", async () => {
    expect((await ask(ROLE, "s3:PutObject", OBJECT, examplesFolder())).out).toContain(
      "Allowed: The caller's own policies allow it, and nothing denies it.",
    );
    expect(
      (await ask(ROLE, "s3:PutObject", "arn:aws:s3:::acme-kandji-activity", "--expect", "ImplicitlyDenied", examplesFolder())).code,
    ).toBe(0);
  });

  test("shows an account that is not known as access does", async () => {
    const { out } = await ask(ROLE, "s3:PutObject", OBJECT, examplesFolder());

    expect(out).toMatch(new RegExp(`^arn:aws:iam::\\$\\{account\\}:role/${ROLE}\n`));
    expect(out).toContain("aws:PrincipalAccount = ${account}\n");
    expect(out).not.toContain("000000000000");
    expect((await ask(ROLE, "s3:PutObject", OBJECT, "--account", "111111111111", examplesFolder())).out).toContain(
      `arn:aws:iam::111111111111:role/${ROLE}\n`,
    );
  });

  test("decides by them alone what no bucket, role or key of the plan is asked for", async () => {
    const withRight = examplesFolder({
      kandji: (plan) => {
        const policy = policyOf(plan, "role");
        policy.Statement.push({ Effect: "Allow", Action: "iam:PutRolePolicy", Resource: "*" });
        setPolicy(plan, "role", policy);
      },
    });
    const resource = "arn:aws:iam::111111111111:role/ops";
    const asked = (...more: string[]) => ask(ROLE, "iam:PutRolePolicy", resource, ...more);

    expect((await asked("--expect", "Allowed", withRight)).code).toBe(0);
    expect((await asked("--expect", "ImplicitlyDenied", examplesFolder())).code).toBe(0);
    expect((await ask(VENDOR, "iam:PutRolePolicy", resource, withRight)).code).toBe(2);
    expect((await ask(ROLE, "s3:PutObject", "arn:aws:s3:::elsewhere/x", withRight)).code).toBe(2);
  });

  test("knows a session and an ARN of that role in an account that the plan does not tell", async () => {
    for (const principal of [`arn:aws:sts::111111111111:assumed-role/${ROLE}/session`, `arn:aws:iam::111111111111:role/${ROLE}`]) {
      expect(
        (await ask(principal, "s3:PutObject", OBJECT, "--account", "111111111111", "--expect", "Allowed", examplesFolder())).code,
      ).toBe(0);
    }
  });

  test("takes the account of that ARN for your own, where nothing else tells it", async () => {
    const principal = `arn:aws:iam::111111111111:role/${ROLE}`;

    const { code, out } = await ask(principal, "s3:PutObject", OBJECT, "--expect", "Allowed", examplesFolder());
    const http = ["--context", "aws:SecureTransport=false"];
    const other = await ask(principal, "s3:PutObject", OBJECT, ...http, "--expect", "Allowed", examplesFolder());

    expect(out.split("\n")[0]).toBe(principal);
    expect(out).not.toContain("000000000000");
    expect([code, other.code]).toEqual([0, 1]);
  });

  test("takes keys of the context", async () => {
    const { out } = await ask(ROLE, "s3:PutObject", OBJECT, "--context", "aws:SecureTransport=false", examplesFolder());

    expect(out).toContain(
      "Denied explicitly: A Deny applies in the resource policy aws_s3_bucket_policy.Kandji_Bucket_Policy_1109C582; it outweighs every Allow. " +
        'Condition: Bool aws:SecureTransport false: the request has false.\n  decided by: Deny "AllowSSLRequestsOnly"',
    );
  });

  test("leaves open what hangs on an address, a time or a program that nobody told", async () => {
    const narrowed = examplesFolder({
      kandji: (plan) => {
        const policy = policyOf(plan, "bucket");
        const Condition = { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } };
        policy.Statement.push({
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "arn:aws:s3:::acme-kandji-activity/*",
          Condition,
        });
        setPolicy(plan, "bucket", policy);
      },
    });

    expect((await ask(ROLE, "s3:PutObject", OBJECT, narrowed)).code).toBe(3);
    expect((await ask(ROLE, "s3:PutObject", OBJECT, "--context", "aws:SourceIp=192.0.2.1", "--expect", "Allowed", narrowed)).code).toBe(0);
  });

  test("as JSON has the whole decision", async () => {
    const { out } = await ask("*", "s3:GetObject", OBJECT, "--format", "json", examplesFolder());

    expect(JSON.parse(out)).toMatchObject({ verdict: "ImplicitlyDenied", scope: "full", request: { principal: "*" } });
  });

  test("exits with 1 where the verdict is not the expected one, with 3 where it is not known", async () => {
    expect((await ask("*", "s3:GetObject", OBJECT, "--expect", "Allowed", examplesFolder())).code).toBe(1);
    const bounded = examplesFolder({
      kandji: (plan) => Object.assign(only(plan, "aws_iam_role"), { permissions_boundary: "arn:aws:iam::111111111111:policy/b" }),
    });
    expect((await ask(ROLE, "s3:PutObject", OBJECT, bounded)).code).toBe(3);
  });

  test("names the expected verdict where it is another one, and only there", async () => {
    const asked = ["*", "s3:GetObject", OBJECT] as const;

    expect((await ask(...asked, "--expect", "Allowed", examplesFolder())).out).toContain(
      "\n  expected: Allowed, but it is ImplicitlyDenied\n",
    );
    expect((await ask(...asked, "--expect", "ImplicitlyDenied", examplesFolder())).out).not.toContain("expected:");
    const { out } = await ask(...asked, "--expect", "Allowed", "--format", "json", examplesFolder());
    expect(JSON.parse(out)).toMatchObject({ verdict: "ImplicitlyDenied", expected: "Allowed" });
  });

  test.each([
    ["the role of a session", `arn:aws:sts::111111111111:assumed-role/${ROLE}/x`, `arn:aws:iam::111111111111:role/${ROLE}`],
    ["the role of a session, with its path", "arn:aws:sts::333333333333:assumed-role/other/x", "arn:aws:iam::333333333333:role/path/other"],
    ["a role of the plan in an account that it does not tell", ROLE, `arn:aws:iam::111111111111:role/${ROLE}`],
    ["the caller itself", VENDOR, VENDOR],
    ["somebody of an account", "222222222222", VENDOR],
  ])("takes aws:PrincipalArn of %s", async (_, principal, arn) => {
    const { code, err } = await ask(principal, "s3:PutObject", OBJECT, "--context", `aws:PrincipalArn=${arn}`, examplesFolder());

    expect(err).toBe("");
    expect(code).toBe(0);
  });

  test.each([
    ["another role's ARN", VENDOR, "aws:PrincipalArn=arn:aws:iam::333333333333:role/x", `must be the ARN of --principal, ${VENDOR}, got`],
    ["another role's ARN, in other letters", VENDOR, "AWS:principalarn=arn:aws:iam::333333333333:role/x", "must be the ARN of --principal"],
    ["the ARN of another role than the plan's", ROLE, `aws:PrincipalArn=${VENDOR}`, "must be the ARN of --principal"],
    [
      "the ARN of another role than the session's",
      "arn:aws:sts::333333333333:assumed-role/other/x",
      "aws:PrincipalArn=arn:aws:iam::333333333333:role/another",
      "must be the ARN of the role of --principal, arn:aws:iam::333333333333:role/other, got",
    ],
    ["an ARN of another account", "333333333333", `aws:PrincipalArn=${VENDOR}`, "must be an ARN in the account of --principal"],
    ["an ARN for nobody", "*", `aws:PrincipalArn=${VENDOR}`, "must be left out for --principal *"],
    ["another account", VENDOR, "aws:PrincipalAccount=333333333333", "must be the account of --principal, 222222222222, got"],
    ["no address", VENDOR, "aws:SourceIp=999.1.1.1", 'must be one IP address, got "999.1.1.1"; write for example aws:SourceIp=203.0.113.7'],
    ["a range of addresses", VENDOR, "aws:SourceIp=10.0.0.0/8", "must be one IP address"],
    ["neither true nor false", VENDOR, "aws:SecureTransport=no", "must be true or false"],
    ["no date", VENDOR, "aws:CurrentTime=2027-02-30", "must be a date of ISO 8601"],
    ["no number", VENDOR, "s3:TlsVersion=TLS", "must be a number"],
  ])("is wrong usage with a context of %s", async (_, principal, pair, message) => {
    const { code, err } = await ask(principal, "s3:PutObject", OBJECT, "--context", pair, examplesFolder());

    expect(err).toMatch(/^InvalidOption: '--context [^']+' must be .*, got ".*"; /);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  test.each([
    [
      "a resource that is not in the plan",
      ["--principal", "*", "--action", "s3:GetObject", "--resource", "arn:aws:s3:::other/x"],
      "its buckets are arn:aws:s3:::acme-kandji-activity, arn:aws:s3:::acme.6sense.staging",
    ],
    [
      "a principal that can be none",
      ["--principal", "kandji-activty", "--action", "s3:GetObject", "--resource", OBJECT],
      "'--principal' must be an ARN, a 12-digit account ID, a canonical user ID, a service, * or a role of the plan, got \"kandji-activty\"",
    ],
    [
      "an action without its service",
      ["--principal", "*", "--action", "GetObject", "--resource", OBJECT],
      "'--action' must be one action with its service, got \"GetObject\"",
    ],
    [
      "a misspelt action",
      ["--principal", "*", "--action", "s3:PutBuckitPolicy", "--resource", OBJECT, "--expect", "ImplicitlyDenied"],
      "InvalidOption: '--action' must be an action that AWS has, got \"s3:PutBuckitPolicy\"; write it as AWS's list of ",
    ],
    [
      "the name of a request",
      ["--principal", "*", "--action", "s3:HeadObject", "--resource", OBJECT],
      "InvalidOption: '--action' must be an action that AWS has, got \"s3:HeadObject\"; write s3:GetObject, which the request needs",
    ],
    ["two missing options", ["--principal", "*"], "MissingOption: '--action' and '--resource' must be given"],
    ["one missing option", ["--principal", "*", "--action", "s3:GetObject"], "MissingOption: '--resource' must be given"],
    [
      "a context without a value",
      ["--principal", "*", "--action", "s3:GetObject", "--resource", OBJECT, "--context", "x"],
      "'--context' must be key=value",
    ],
    [
      "a verdict that is none",
      ["--principal", "*", "--action", "s3:GetObject", "--resource", OBJECT, "--expect", "yes"],
      "'--expect' must be one of Allowed",
    ],
  ])("is wrong usage with %s", async (_, options, message) => {
    const { code, err } = await cli("explain", ...options, examplesFolder());

    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});

describe("cases", () => {
  const allow = {
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::logs/*" },
  };
  const one = (id: string, expected?: string) => ({
    id,
    request: { principal: "*", action: "s3:GetObject", resource: "arn:aws:s3:::logs/x", resourceAccount: "111111111111", context: {} },
    resourcePolicy: allow,
    ...(expected && { expected }),
  });
  const run = async (content: unknown) => {
    const { code, out, err } = await cli("explain", "--cases", join(folder({ "cases.json": content }), "cases.json"));
    return {
      code,
      err,
      lines: out
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    };
  };

  test("an array gives a JSON line for each", async () => {
    const { code, lines } = await run([one("a", "Allowed"), one("b")]);

    expect(lines).toEqual([
      {
        id: "a",
        verdict: "Allowed",
        expected: "Allowed",
        deciding: [expect.objectContaining({ policy: "resource", index: 0, effect: "Allow" })],
      },
      { id: "b", verdict: "Allowed", deciding: [expect.anything()] },
    ]);
    expect(code).toBe(0);
  });

  test("JSON lines too", async () => {
    expect((await run([one("a"), one("b")].map((item) => JSON.stringify(item)).join("\n"))).lines.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  test("fails with 1 where a verdict is not the expected one", async () => {
    expect((await run([one("a", "Allowed"), one("b", "ExplicitlyDenied")])).code).toBe(1);
  });

  test("a malformed case has a line with its error, and the exit code is 2 at the end", async () => {
    const { code, lines } = await run([
      one("a", "ExplicitlyDenied"),
      { id: "b" },
      { ...one("c"), resourcePolicy: { Statement: 1 } },
      one("d"),
    ]);

    expect(lines.map(({ id, verdict }) => [id, verdict])).toEqual([
      ["a", "Allowed"],
      ["b", "error"],
      ["c", "error"],
      ["d", "Allowed"],
    ]);
    expect(lines[1].error).toContain("InvalidCase");
    expect(code).toBe(2);
  });

  test.each(["expectd", "expectedVerdict", "verdict", "Expected"])(
    "fails with 2 where 'expected' is written %s, as nothing would be compared",
    async (name) => {
      const { code, lines } = await run([{ ...one("a"), [name]: "ExplicitlyDenied" }]);

      expect(lines).toMatchObject([{ id: "a", verdict: "error", error: expect.stringContaining(`'${name}' is no member of a case`) }]);
      expect(code).toBe(2);
      expect((await run([{ ...one("a"), note: "ours" }])).code).toBe(0);
    },
  );

  test("a line that is no JSON is a malformed case", async () => {
    const { code, lines } = await run(`${JSON.stringify(one("a"))}\n{"id":\n${JSON.stringify(one("b"))}\n`);

    expect(lines.map(({ id, verdict }) => [id, verdict])).toEqual([
      ["a", "Allowed"],
      ["line 2", "error"],
      ["b", "Allowed"],
    ]);
    expect(code).toBe(2);
  });

  test("a file that holds no case is wrong usage", async () => {
    const { code, err, lines } = await run("no cases");

    expect(err).toContain("InvalidCases");
    expect(lines).toEqual([]);
    expect(code).toBe(2);
  });

  test.each(["[]", ""])("says so where there is none: %j", async (content) => {
    const { code, out, err } = await cli("explain", "--cases", join(folder({ "cases.json": content }), "cases.json"));

    expect(out).toBe("");
    expect(err).toMatch(/^note: there was no case to run \(at .*cases\.json\)\n$/);
    expect(code).toBe(0);
  });

  test.each([
    [["--principal", "*"], "'--principal' is for one request"],
    [["--action", "s3:GetObject"], "'--action' is for one request"],
    [["--resource", OBJECT], "'--resource' is for one request"],
    [["--context", "a=b"], "'--context' is for one request"],
    [["--expect", "Allowed"], "'--expect' is for one request"],
    [["cdktf.out"], "'--cases' takes no path of a plan"],
  ])("is wrong usage with %j beside", async (more, message) => {
    const { code, out, err } = await cli("explain", "--cases", join(folder({ "cases.json": [one("a")] }), "cases.json"), ...more);

    expect(err).toContain(message);
    expect(out).toBe("");
    expect(code).toBe(2);
  });

  test.each(["/does/not/exist", ""])("is wrong usage with a file that is not there: %j", async (path) => {
    const { code, err } = await cli("explain", "--cases", path);

    expect(err).toMatch(/^UnreadableFile: '--cases' must name a file that can be read, got ".*"; name a file that exists, or - /);
    expect(code).toBe(2);
  });

  test("the project's own cases all have the expected verdict", async () => {
    for (const file of readdirSync("test/evaluate/cases").filter((name) => name.endsWith(".json"))) {
      const { code } = await cli("explain", "--cases", join("test/evaluate/cases", file));

      expect(code, file).toBe(0);
    }
  });
});
