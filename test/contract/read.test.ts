/** What is taken for a contract, and what is said of the rest. */
import { describe, expect, test } from "vitest";
import { deriveContract } from "../../lib/contract/derive";
import { readContract, UnknownContractError } from "../../lib/contract/read";
import type { ContractTerms } from "../../lib/contract/types";
import { unknownText } from "../../lib/unknown";
import { termsByRole } from "./kandji-like";

const TERMS = termsByRole({ keyPrefixes: ["activity/"] });

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));

test("terms are plain JSON of which the whole contract follows", () => {
  expect(readContract(asJson(TERMS), "test")).toEqual(deriveContract(TERMS));
});

test("terms say who says how the bucket must stand", () => {
  expect(TERMS.settings).toEqual({
    documented: { encryption: ["AES256"], bucketKeyEnabled: ["true"], versioning: ["Disabled"] },
    chosen: { objectOwnership: ["BucketOwnerEnforced"] },
  });
});

test("terms hold no sentence about what is expected", () => {
  expect(JSON.stringify(TERMS)).not.toMatch(/cannot|stranger|over plain HTTP/);
});

test("a contract that lists what it expects is taken at its word", () => {
  const contract = deriveContract(TERMS);
  const expectations = contract.expectations.slice(0, 2);

  expect(readContract(asJson({ ...contract, expectations }), "test").expectations).toEqual(expectations);
});

describe("fails where", () => {
  const { settings } = TERMS;

  test.each<[string, Partial<Record<keyof ContractTerms, unknown>>, string]>([
    ["a prefix is no text", { keyPrefixes: [1] }, "'keyPrefixes' must be a list of texts, each with a slash at its end, got [1]"],
    ["it is not said where the grant ends", { granted: { bucketActions: [], objectActions: [] } }, "'granted' must be the granted"],
    ["nothing is said of what the vendor does", { exercised: {} }, "'exercised' must be the exercised bucketActions and objectActions"],
    [
      "a setting has an unknown name",
      { settings: { ...settings, chosen: { ...settings.chosen, acl: ["private"] } } },
      "'settings' must be",
    ],
    ["a setting has no value", { settings: { ...settings, chosen: { objectOwnership: [] } } }, "'settings' must be"],
    ["a setting is missing", { settings: { ...settings, chosen: {} } }, "of which encryption, versioning, objectOwnership must be there"],
  ])("%s", (_, change, message) => {
    expect(() => readContract({ ...TERMS, ...change }, "main.tf.json")).toThrow(message);
  });

  test("a list of expectations is none", () => {
    expect(() => readContract({ ...deriveContract(TERMS), expectations: {} }, "main.tf.json")).toThrow("'expectations' must be a list");
  });
});

describe("not known yet", () => {
  const unknown = unknownText('concat([], replace(var.bucket_name, ".", "") == var.bucket_name ? [] : [1])');

  test.each(Object.keys(TERMS).filter((name) => name !== "schemaVersion" && name !== "door"))("'%s' is never called invalid", (name) => {
    const read = () => readContract({ ...TERMS, [name]: unknown }, "main.tf");

    try {
      read();
    } catch (error) {
      expect(error).toBeInstanceOf(UnknownContractError);
    }
  });

  test("fails with what the expression refers to, each once", () => {
    expect(() => readContract({ ...TERMS, id: "kandji", accepted: unknown }, "main.tf")).toThrow(
      "UnknownContract: 'accepted' of the delivery contract kandji is not known: its expression refers to var.bucket_name; " +
        "give the value, for example in terraform.tfvars, or use a plan (at main.tf)",
    );
  });

  test("fails as an invalid contract where what is wrong is known", () => {
    expect(() => readContract({ ...TERMS, id: unknown, accepted: {} }, "main.tf")).toThrow("InvalidContract: 'accepted'");
  });
});
