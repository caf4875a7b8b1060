import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkContract, contractFromFile, contractFromText, contractsFromPaths, neighboursFrom } from "../../../cli/input/contract-input";
import { contractOf } from "../fake-destination";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "contract-input-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Fails the test where AWS is asked. */
const unasked = () => Promise.reject(new Error("nobody planned to ask for the account"));
const contractIds = async (paths: readonly string[]) => (await contractsFromPaths(paths, unasked)).map(({ contract }) => contract.id);

const stack = (input: unknown) => ({ "//": { metadata: { stackName: "s" } }, resource: { terraform_data: { validation: { input } } } });

test("takes a contract from text and from a file", () => {
  const contract = contractOf("kandji");
  writeFileSync(join(folder, "c.json"), JSON.stringify(contract));

  expect(contractFromText(JSON.stringify(contract), "ENV")).toEqual(contract);
  expect(contractFromFile(join(folder, "c.json"))).toEqual(contract);
});

test("takes all contracts of a synthesized folder", async () => {
  for (const name of ["kandji", "sixsense"] as const) {
    mkdirSync(join(folder, "stacks", name), { recursive: true });
    writeFileSync(join(folder, "stacks", name, "cdk.tf.json"), JSON.stringify(stack(contractOf(name))));
  }

  expect(await contractIds([folder])).toEqual(["kandji", "sixsense"]);
});

test("takes contracts out of terraform output -json, as objects or as text", async () => {
  const path = join(folder, "outputs.json");
  const output = (value: unknown) => ({ sensitive: false, type: "dynamic", value });
  const outputs = { a: output(contractOf("kandji")), b: output(JSON.stringify(contractOf("sixsense"))), c: output("no contract") };
  writeFileSync(path, JSON.stringify(outputs));

  expect(await contractIds([path])).toEqual(["kandji", "sixsense"]);
});

test("fails for a folder without Terraform JSON", async () => {
  await expect(contractIds([folder])).rejects.toThrow(`NoTerraformFiles`);
});

test("fails for a stack without a contract", async () => {
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stack({ other: 1 })));

  await expect(contractIds([folder])).rejects.toThrow("MissingContract:");
});

test("fails for a contract that Terraform has not resolved, and names what is missing", () => {
  const contract = contractOf("kandji", { bucket: { name: "${aws_s3_bucket.logs.bucket}", arn: "arn:aws:s3:::x" } });

  expect(() => checkContract(contract, "here")).toThrow(
    "UnresolvedContract: the contract holds ${aws_s3_bucket.logs.bucket}, which only Terraform knows; validate after apply",
  );
});

test("asks for the number of the own account, where that alone is missing", async () => {
  const role = { name: "kandji", arn: "${aws_iam_role.vendor.arn}" };
  const roles = { aws_iam_role: { vendor: { name: "kandji", assume_role_policy: "{}" } } };
  const { resource, ...rest } = stack(contractOf("kandji", { role }));
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ ...rest, resource: { ...resource, ...roles } }));

  const [found] = await contractsFromPaths([folder], async () => "444455556666");

  expect(found!.contract.role?.arn).toBe("arn:aws:iam::444455556666:role/kandji");
  expect(JSON.stringify(found!.contract)).not.toContain("\\u0000");
  await expect(contractIds([folder])).rejects.toThrow("nobody planned to ask for the account");
});

test("fails without asking for the account where something else is missing, too", async () => {
  const contract = contractOf("kandji", {
    bucket: { name: "${random_id.a.hex}", arn: "arn:aws:s3:::x" },
    role: { name: "a", arn: "${aws_iam_role.a.arn}" },
  });
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stack(contract)));

  await expect(contractIds([folder])).rejects.toThrow("UnresolvedContract: the contract holds ");
});

test("fails for a path that is not there", async () => {
  await expect(contractIds([join(folder, "none")])).rejects.toThrow("UnreadableFile");
  expect(() => contractFromFile(join(folder, "none"))).toThrow("UnreadableFile");
});

test("fails for text that is no JSON, and for JSON that is no contract", () => {
  expect(() => contractFromText("{", "VENDOR_DESTINATION_CONTRACT")).toThrow(
    "UnreadableContract: 'VENDOR_DESTINATION_CONTRACT' must hold JSON",
  );
  expect(() => contractFromText("[]", "X")).toThrow("must be one JSON object, got []");
});

test("fails for a version that it does not know", () => {
  expect(() => checkContract({ ...contractOf("kandji"), schemaVersion: 2 }, "here")).toThrow(
    "UnknownContractVersion: 'schemaVersion' must be 1, got 2",
  );
});

test.each([
  ["door", "window", "InvalidContract: 'door' must be"],
  ["bucket", { name: "x" }, "InvalidContract: 'bucket' must be the bucket's name and ARN"],
  ["vendorPrincipals", "arn", "InvalidContract: 'vendorPrincipals' must be a list"],
  ["expectations", [{ id: "x" }], "InvalidContract: 'expectations' must be"],
  ["keyPrefix", undefined, "InvalidContract: 'keyPrefix' must be a text"],
  ["role", undefined, "InvalidContract: 'role' must be set for the access method \"assumedRole\""],
])("fails when %s is %j", (field, value, message) => {
  expect(() => checkContract({ ...contractOf("kandji"), [field]: value }, "here")).toThrow(message);
});

test("takes the contracts of the bucket's other destinations from the hook, and fails where they cannot be read", () => {
  const contract = contractOf("sixsense");

  expect(neighboursFrom({})).toEqual([]);
  expect(neighboursFrom({ VENDOR_DESTINATION_NEIGHBOURS: JSON.stringify([contract]) })).toEqual([contract]);
  expect(() => neighboursFrom({ VENDOR_DESTINATION_NEIGHBOURS: "[" })).toThrow("VENDOR_DESTINATION_NEIGHBOURS");
});
