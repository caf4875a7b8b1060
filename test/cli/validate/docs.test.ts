import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CAUSES } from "../../../cli/aws/causes";
import type { OperationName } from "../../../cli/aws/operations";
import { rightFor } from "../../../cli/aws/rights";
import type { DestinationOptions } from "../../../cli/validate";
import { awsError, denied } from "../fake-aws";
import { CUSTOMER, contractOf, FakeDestination, statement } from "../fake-destination";
import { addOrganization } from "../surroundings";

const page = readFileSync(`${__dirname}/../../../docs/validate.md`, "utf8");

function actionsOf(name: string): string[] {
  const text = page.match(new RegExp(`\`\`\`json ${name}\n(.*?)\`\`\``, "s"))![1]!;
  return JSON.parse(text).Statement.flatMap(({ Action }: { Action: string | string[] }) => Action);
}

function placeWith(actions: readonly string[], versioned = false): FakeDestination {
  const place = new FakeDestination(contractOf("kandji"));
  place.versioned = versioned;
  const answers: Partial<Record<OperationName, (input: any) => object>> = {
    "iam:SimulateCustomPolicy": () => ({ EvaluationResults: [] }),
    "accessanalyzer:ValidatePolicy": () => ({ findings: [] }),
    "accessanalyzer:CheckNoPublicAccess": () => ({ result: "PASS" }),
    "accessanalyzer:ListAnalyzers": () => ({
      analyzers: [
        {
          arn: "arn:aws:access-analyzer:eu-west-1:111111111111:analyzer/account",
          type: "ACCOUNT",
          status: "ACTIVE",
          lastResourceAnalyzedAt: new Date("2025-12-31T23:00:00Z"),
        },
      ],
    }),
    "accessanalyzer:ListFindings": () => ({ findings: [] }),
    "s3control:GetPublicAccessBlock": () => ({}),
    "s3control:ListAccessPoints": () => ({ AccessPointList: [{ Name: "own" }] }),
    "s3control:GetAccessPoint": () => ({}),
    "s3control:GetAccessPointPolicy": () => ({
      Policy: JSON.stringify(statement({ Principal: { AWS: CUSTOMER }, Action: "s3:*", Resource: "*" })),
    }),
    "organizations:DescribeOrganization": () => {
      throw awsError("AWSOrganizationsNotInUseException", 400);
    },
    "iam:CreateRole": ({ RoleName }) => place.roles.add(RoleName),
    "iam:PutRolePolicy": () => ({}),
    "iam:DeleteRolePolicy": () => ({}),
    "iam:DeleteRole": ({ RoleName }) => {
      if (!place.roles.delete(RoleName)) throw awsError("NoSuchEntityException", 404);
      return {};
    },
  };
  for (const [operation, answer] of Object.entries(answers))
    place.aws.plan(operation as OperationName, ({ input }) => {
      if (!actions.includes(rightFor(operation as OperationName))) throw denied();
      return answer(input);
    });
  const guard = (operation: Parameters<typeof rightFor>[0], input: { VersionId?: string }) => actions.includes(rightFor(operation, input));
  const allows = place.allows;
  place.allows = (call) => (call.who === "environment" && !call.plainHttp ? guard(call.operation, call.input) : allows(call));
  return place;
}

/** Rights that can go without being missed here, as the page says; the others are named when they are missing. */
const REMOVING = [
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
  "s3:ListBucketVersions",
  "s3:AbortMultipartUpload",
  "s3:ListBucketMultipartUploads",
];

const MODES: readonly { name: string; options: Partial<DestinationOptions> }[] = [
  { name: "deployer", options: {} },
  {
    name: "vendor",
    options: { sources: { deployer: { kind: "environment" }, vendor: { kind: "profile", name: "vendor" }, strangers: [] } },
  },
  { name: "stand-in", options: { asked: "stand-in" } },
];

describe.each(MODES)("the deployer's rights in the docs, as $name", ({ name, options }) => {
  const actions = actionsOf(name);

  test("suffice", async () => {
    const place = placeWith(actions);

    const report = await place.validate(options);

    expect(report.results.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
    expect(report.left).toEqual([]);
    expect(place.roles.size).toBe(0);
    expect(report.notChecked.filter((line) => line.includes("would show"))).toEqual([]);
  });

  test("suffice for a versioned bucket, whose objects are gone in all versions", async () => {
    const place = placeWith(actions, true);

    expect((await place.validate(options)).left).toEqual([]);
    expect(place.objects).toEqual([]);
  });

  test.each(actions.filter((action) => !REMOVING.includes(action)))("fail without %s, and the report names it", async (missing) => {
    const report = await placeWith(actions.filter((action) => action !== missing)).validate(options);

    expect(JSON.stringify([report.results, report.notChecked, report.stopped, report.left])).toMatch(new RegExp(`${missing}(?![A-Za-z])`));
  });

  test("suffice for a bucket that never had versions without rights about versions", async () => {
    const place = placeWith(actions.filter((action) => !["s3:DeleteObjectVersion", "s3:ListBucketVersions"].includes(action)));

    expect((await place.validate(options)).left).toEqual([]);
    expect(place.objects).toEqual([]);
  });
});

test("the rights to read the policies of the organization suffice, with those of the deployer", async () => {
  const actions = [...actionsOf("organization"), ...actionsOf("deployer")];
  const place = placeWith(actions);
  addOrganization(place, {});

  const { notChecked } = await place.validate();

  const asked = new Set(place.aws.calls.map(({ operation }) => operation).filter((operation) => operation.startsWith("organizations:")));
  expect([...asked].filter((operation) => !actions.includes(rightFor(operation)))).toEqual([]);
  expect(notChecked.filter((line) => line.includes("organizations:"))).toEqual([]);
});

test("without the right to delete nothing is written, and the report names the right", async () => {
  const place = placeWith(actionsOf("deployer").filter((action) => !action.startsWith("s3:Delete")));

  const report = await place.validate();

  expect(place.aws.made("s3:PutObject")).toEqual([]);
  expect(report.left).toEqual([]);
  const result = report.results.find(({ id }) => id === "objects-can-be-removed");
  expect(result).toMatchObject({ outcome: "unknown", cause: expect.stringContaining("s3:DeleteObject: AccessDenied") });
});

test("the docs list every cause with its remedy", () => {
  for (const { cause, remedy } of CAUSES) expect(page).toContain(`| ${cause} | ${remedy} |`);
});
