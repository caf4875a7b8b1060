/** The published schema of a profile: it is what the types say, and it agrees with what the library accepts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { describe, expect, test } from "vitest";
import { VendorProfile } from "../../lib";
import { VENDOR_PROFILES } from "../../lib/vendors";
import { profileSchema, SCHEMA } from "../../scripts/profile-schema";
import { ACME_PROFILE, acmeWith } from "./acme-profile";

const committed = readFileSync(join(__dirname, "..", "..", SCHEMA), "utf8");
const validate = new Ajv2020().compile(JSON.parse(committed));

test("the committed schema is what the types say: run `npm run docs` after a change", () => {
  expect(committed).toBe(profileSchema());
});

test("every member of the schema has a description", () => {
  const properties = JSON.parse(committed).properties as Record<string, { description?: string }>;

  expect(Object.keys(properties).sort()).toEqual(["$schema", ...Object.keys(ACME_PROFILE)].sort());
  expect(Object.values(properties).filter(({ description }) => !description)).toEqual([]);
});

test.each([ACME_PROFILE, ...VENDOR_PROFILES.map(({ facts }) => JSON.parse(JSON.stringify(facts)))])("accepts $id", (profile) => {
  expect(validate(profile), JSON.stringify(validate.errors)).toBe(true);
});

/** Paths to every value of the profile, and to a member that is not there in every object. */
function pathsIn(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, item]) => {
    const inner = Array.isArray(value) ? `${path}[${key}]` : `${path}${path && "."}${key}`;
    return [inner, ...pathsIn(item, inner)];
  });
  return Array.isArray(value) || path === "publishedPrincipals" ? inside : [...inside, `${path}${path && "."}notThere`];
}

describe("agrees with fromJson", () => {
  /** What is wrong by a table of AWS, which no schema holds. */
  const BEYOND = ["UnknownAction", "WildcardAction", "UnknownRegion", "MalformedPrincipal", "NothingExercised", "MalformedKeyPrefix"];
  const VALUES = [undefined, null, true, 7, -1, 0.5, "", " x", "a\nb", "\u0007", "word", "s3:PutObject", [], {}, ["word"]];

  test.each(pathsIn(ACME_PROFILE))("whatever %s holds", (path) => {
    for (const value of VALUES) {
      const profile = acmeWith(path, value);
      let problem = "";
      try {
        VendorProfile.fromJson(profile);
      } catch (error) {
        problem = (error as Error).message;
      }
      const accepted = validate(JSON.parse(JSON.stringify(profile)));

      if (problem === "") expect(accepted, `${path} ${JSON.stringify(value)}: ${JSON.stringify(validate.errors)}`).toBe(true);
      else if (!BEYOND.some((code) => problem.startsWith(code)))
        expect(accepted, `${path} ${JSON.stringify(value)}: ${problem}`).toBe(false);
    }
  });
});
