import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import { describe, expect, test } from "vitest";
import { only, type Plan } from "../../mutants/plans";
import { examplesFolder, listed } from "../example-plans";
import { cli, folder } from "../run-program";

async function pinned(path: string): Promise<string> {
  const file = join(folder({}), "pin.json");
  const { code } = await cli("check", "--write-pin", file, path);
  expect(code).toBe(0);
  return file;
}

async function findings(pin: string, path: string): Promise<{ code: number; found: string[] }> {
  const { code, out } = await cli("check", "--format", "json", "--pin", pin, path);
  return { code, found: JSON.parse(out).findings.map(({ ruleId, detail }: Plan) => `${ruleId} ${detail}`) };
}

/** One change of both: what is trusted, and what is expected. */
const moved = (plan: Plan) => Object.assign(plan, JSON.parse(JSON.stringify(plan).replaceAll("222222222222", "333333333333")));

test("a plan is as approved until something changes", async () => {
  const pin = await pinned(examplesFolder());

  expect(await findings(pin, examplesFolder())).toEqual({ code: 0, found: [] });
});

test("the file follows its schema, and shows no external ID", async () => {
  const pin = await pinned(
    examplesFolder({ kandji: (plan) => Object.assign(only(plan, "terraform_data").input, { externalIds: ["acme-7f3a"] }) }),
  );

  const text = readFileSync(pin, "utf8");
  const validate = new Ajv().compile(JSON.parse(readFileSync("schemas/pin.schema.json", "utf8")));
  expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
  expect(text).not.toContain("acme-7f3a");
  expect(JSON.parse(text).destinations["kandji/Kandji"]).toMatchObject({
    principals: ["arn:aws:iam::222222222222:role/kandji-activity"],
    accounts: ["222222222222"],
  });
});

describe("fails where", () => {
  test("trust and contract have moved together, though the contract alone is content", async () => {
    const pin = await pinned(examplesFolder());
    const path = examplesFolder({ kandji: moved });

    expect((await cli("check", path)).code).toBe(0);
    const { code, found } = await findings(pin, path);

    expect(code).toBe(1);
    expect(found).toEqual([
      expect.stringMatching(/^pin-contract kandji\/Kandji: the vendor's principals: .*333333333333.*, approved is .*222222222222/),
      expect.stringMatching(/^pin-contract kandji\/Kandji: the vendor's accounts: /),
      expect.stringMatching(/^pin-principal kandji\/Kandji: arn:aws:iam::333333333333:role\/kandji-activity is not in the pin/),
    ]);
  });

  test("the bucket policy names somebody who was not approved", async () => {
    const pin = await pinned(examplesFolder());

    const { found } = await findings(pin, examplesFolder({ sixsense: moved }));

    expect(found).toContainEqual(expect.stringMatching(/^pin-principal sixsense\/SixSense: arn:aws:iam::333333333333:role\/6sense-common/));
  });

  test.each<[string, (plan: Plan) => void, string]>([
    [
      "the external ID is another",
      (plan) => Object.assign(only(plan, "terraform_data").input, { externalIds: ["other"] }),
      "the external IDs: not as approved",
    ],
    [
      "the vendor is expected to do less",
      (plan) => only(plan, "terraform_data").input.exercised.objectActions.pop(),
      "what is expected and granted: not as approved",
    ],
    [
      "a setting may be another",
      (plan) => only(plan, "terraform_data").input.settings.documented.encryption.push("aws:kms"),
      "what is expected and granted: not as approved",
    ],
    [
      "it lists by itself what is expected, and leaves out the rest",
      (plan) => Object.assign(only(plan, "terraform_data").input, listed(only(plan, "terraform_data").input, 1)),
      "what is expected and granted: not as approved",
    ],
    [
      "more is granted",
      (plan) => only(plan, "terraform_data").input.granted.bucketActions.push("s3:*"),
      "what is expected and granted: not as approved",
    ],
    [
      "the bucket is another",
      (plan) => Object.assign(plan, JSON.parse(JSON.stringify(plan).replaceAll("acme-kandji-activity", "acme-kandji-other"))),
      'the bucket: "acme-kandji-other", approved is "acme-kandji-activity"',
    ],
    [
      "the destination has another id",
      (plan) => Object.assign(only(plan, "terraform_data").input, { id: "new" }),
      "the destination is not in the pin",
    ],
    ["a destination is gone", (plan) => delete plan.resource.terraform_data, "the destination is in the pin, but no contract has this ID"],
  ])("%s", async (_, kandji, message) => {
    const pin = await pinned(examplesFolder());

    const { code, found } = await findings(pin, examplesFolder({ kandji }));

    expect(found).toContainEqual(expect.stringContaining(message));
    expect(code).toBe(1);
  });
});

test.each([
  ["no JSON", "{", "the file must hold JSON"],
  ["of another version", { schemaVersion: 2, destinations: {} }, "'schemaVersion' must be 1"],
  [
    "incomplete",
    { schemaVersion: 1, destinations: { a: { vendor: "kandji" } } },
    "'a' must have door, bucket, expected, principals, accounts, externalIds",
  ],
  ["without texts for its resources", { schemaVersion: 1, destinations: {}, access: { a: 1 } }, "'access' must be an object of texts"],
])("exit code 2 for a pin that is %s", async (_, content, message) => {
  const pin = join(folder({ "pin.json": content }), "pin.json");

  const { code, err } = await cli("check", "--pin", pin, examplesFolder());

  expect(err).toContain(message);
  expect(code).toBe(2);
});
