/** Values that plain JavaScript, or an unset environment variable, puts where a prop wants something else. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformVariable, Token } from "cdktf";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BucketEncryption,
  DestinationBucket,
  KandjiDestination,
  SixSenseDestination,
  VendorAccess,
  VendorDestination,
  VendorPrincipal,
  VendorRole,
} from "../../lib";
import { acme } from "./acme";
import { type Kind, PROPS, type PropOf, STRUCTS } from "./props";
import { KANDJI, newStack, SIX_SENSE, synthesizedOf } from "./synthesized";

const noop = () => {};

const VALUES: readonly unknown[] = [
  undefined,
  null,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  42n,
  Symbol("x"),
  true,
  {},
  { a: 1 },
  { a: undefined },
  [],
  [1],
  [undefined],
  [null],
  noop,
  "",
  " x ",
  "undefined",
  "null/undefined",
];

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown) => Object.keys(value as object).length === 0;

/** What is right for a prop of each kind, of the values above. */
const ACCEPTS: { readonly [kind in Kind]: (value: unknown) => boolean } = {
  text: () => false,
  freeText: (value) => value === "" || value === " x ",
  keyPrefix: (value) => value === "",
  flag: (value) => value === true,
  number: () => false,
  word: () => false,
  choice: () => false,
  list: (value) => Array.isArray(value) && value.length === 0,
  nonEmptyList: () => false,
  map: (value) => isObject(value) && isEmpty(value),
  struct: (value) => isObject(value) && Object.values(value as object).every((member) => member === undefined),
  record: isObject,
  object: () => false,
  anything: (value) => value !== undefined && value !== null,
};

/** `Code: 'prop`, or a prop within it; in place of a struct's name the prop that it misses. */
function namesProp({ prop, kind }: PropOf, value: unknown): RegExp {
  if (prop === "props" && isObject(value)) return /^\w+: '\w+/;
  if (kind === "text" && /null\/undefined/.test(String(value))) return new RegExp(`^UnsetValue: '${escaped(prop)}'`);
  return new RegExp(`^\\w+: '${escaped(prop)}['.[]`);
}

function escaped(text: string): string {
  return text.replace(/[.[\]]/g, "\\$&");
}

test("a value of the wrong kind is refused by an error that names the prop, and a right one is not", () => {
  fc.assert(
    fc.property(fc.constantFrom(...PROPS), fc.constantFrom(...VALUES), (prop, value) => {
      const isRight = value === undefined ? prop.isOptional && !prop.isNarrowing : ACCEPTS[prop.kind](value);
      let error: unknown;
      try {
        prop.build(value);
      } catch (caught) {
        error = caught;
      }

      if (isRight) expect(error, `${prop.of}, ${prop.prop}`).toBeUndefined();
      else expect((error as Error | undefined)?.message, `${prop.of}, ${prop.prop}`).toMatch(namesProp(prop, value));
    }),
    { numRuns: 1500 },
  );
});

test.each(PROPS.filter(({ isOptional }) => isOptional))(
  "$of, $prop given as undefined is left out or, if more is allowed without it, refused",
  (prop) => {
    const build = () => prop.build(undefined);

    if (prop.isNarrowing) expect(build).toThrow(new RegExp(`^UnsetValue: '${escaped(prop.prop)}' must have a value`));
    else expect(build).not.toThrow();
  },
);

test.each(PROPS)("fails where $of, $prop is null", (prop) => {
  expect(() => prop.build(null)).toThrow(namesProp(prop, null));
});

describe("a text", () => {
  const objects: readonly Kind[] = ["list", "nonEmptyList", "struct", "object"];

  test.each(PROPS.filter(({ kind }) => objects.includes(kind)))("of Terraform is no value of $of, $prop", (prop) => {
    expect(() => prop.build("${var.late}")).toThrow(namesProp(prop, "${var.late}"));
  });

  test.each(PROPS.filter(({ kind }) => kind === "text"))("of two lines is refused as $of, $prop, and shown in one", (prop) => {
    let message = "";
    try {
      prop.build("acme\nlogs\u202e\u0007");
    } catch (error) {
      message = (error as Error).message;
    }

    expect(message).toMatch(namesProp(prop, ""));
    expect(message).not.toMatch(/[\n\u202e\u0007]/);
  });
});

test("a contract that JSON cannot hold is refused", () => {
  const contract: { self?: object } = {};
  contract.self = contract;
  const prop = PROPS.find(({ of, prop }) => of === "DestinationValidationProps" && prop === "contract")!;

  expect(() => prop.build(contract)).toThrow(
    /^WrongType: 'contract' must be an object that JSON can hold, got an object that JSON cannot hold; /,
  );
});

test("the table has every prop of every public struct", () => {
  const folder = join(__dirname, "../../lib");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /^(vendors\/)?[a-z-]+\.ts$/.test(name) && !name.endsWith(".d.ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
  const exported = readFileSync(join(folder, "index.ts"), "utf8");
  const structs = [...sources.matchAll(/export interface (\w+)[^{]*\{([\s\S]*?)\n\}/g)].filter(([, name]) => exported.includes(name!));
  const missing = structs.flatMap(([, name, body]) =>
    name === "DestinationOptions"
      ? []
      : [...body!.matchAll(/^ {2}readonly (\w+)\??:/gm)]
          .filter(([, prop]) => !STRUCTS.get(name!)?.includes(prop!))
          .map(([, prop]) => `${name}.${prop}`),
  );

  expect(structs.length).toBeGreaterThan(15);
  expect(missing).toEqual([]);
});

describe("a token", () => {
  const variable = () => new TerraformVariable(newStack(), "late", { type: "any" });
  const TOKENS: { readonly [kind in Kind]?: () => unknown } = {
    text: () => variable().stringValue,
    freeText: () => variable().stringValue,
    keyPrefix: () => variable().stringValue,
    word: () => variable().stringValue,
    flag: () => variable().booleanValue,
    number: () => variable().numberValue,
    map: () => Token.asStringMap(variable().value),
  };
  // Not of Terraform: a profile's id names resources at synthesis.
  const withToken = PROPS.filter(
    ({ kind, of, prop }) =>
      TOKENS[kind] &&
      prop !== "kmsKeyArn" &&
      !/^(VendorProfileProps|VendorFact|VendorSource|ConnectionFormField|Vendor\w+Finding)$/.test(of),
  );

  test.each(withToken.map((prop) => [`${prop.of}, ${prop.prop}`, prop] as const))("passes as %s", (_, prop) => {
    const refusals: string[] = [];
    try {
      prop.build(TOKENS[prop.kind]!());
    } catch (error) {
      refusals.push((error as Error).message);
    }

    expect(refusals).toEqual([]);
  });

  test("passes as kmsKeyArn with its encryption", () => {
    const kmsKeyArn = variable().stringValue;

    expect(() => new DestinationBucket(newStack(), "B", { kmsKeyArn, encryption: BucketEncryption.SSE_KMS })).not.toThrow();
    expect(() => new DestinationBucket(newStack(), "B", { kmsKeyArn, encryption: variable().stringValue as any })).not.toThrow();
  });

  test("fails where the construct has to decide at synthesis", () => {
    const permissions = variable().stringValue as any;

    expect(() => new KandjiDestination(newStack(), "Kandji", { ...KANDJI, permissions })).toThrow(/^UnknownValue: 'permissions'/);
  });
});

describe("an unset environment variable", () => {
  const unset = process.env.VENDOR_DESTINATION_NEVER_SET as string;

  test.each<[string, () => unknown, RegExp]>([
    ["alone", () => new SixSenseDestination(newStack(), "S", { ...SIX_SENSE, vendorRoleArn: unset }), /^MissingProp: 'vendorRoleArn'/],
    [
      "in a name",
      () => new KandjiDestination(newStack(), "K", { ...KANDJI, bucketName: `acme-${unset}` }),
      /^UnsetValue: 'bucketName' .*"acme-undefined".*set the variable/,
    ],
    ["in an ARN", () => VendorPrincipal.roleArn(`arn:aws:iam::222222222222:role/${unset}`), /^UnsetValue: 'roleArn' .*role\/undefined/],
    [
      "in a path",
      () => new KandjiDestination(newStack(), "K", { ...KANDJI, destinationPath: `a/${unset}` }),
      /^UnsetValue: 'destinationPath'/,
    ],
    [
      "as an external ID, which is not shown",
      () => new VendorRole(newStack(), "R", { principals: [VendorPrincipal.account("222222222222")], externalIds: [unset] }),
      /^InvalidExternalId: 'externalIds' .*not shown/,
    ],
  ])("fails %s", (_, build, message) => {
    expect(build).toThrow(message);
  });

  test("is not seen in a word that only contains it", () => {
    expect(() => new DestinationBucket(newStack(), "B", { bucketName: "acme-undefinedness" })).not.toThrow();
  });
});

describe("fails with the remedy", () => {
  test.each<[string, object, RegExp]>([
    ["a role's name with role/", { vendorRoleName: "role/kandji" }, /^InvalidRoleName: 'vendorRoleName' must not begin with "role\/"/],
    ["dots in a path", { destinationPath: "a/../b" }, /^MalformedKeyPrefix: 'destinationPath' .*"\.\."/],
    ["a blank edge of a path", { destinationPath: "activity " }, /^MalformedKeyPrefix: 'destinationPath' .*white space/],
    ["a Region that is none", { region: "eu-central-9" }, /^UnknownRegion: 'region' /],
    ["a tag of AWS's own", { tags: { "aws:owner": "security" } }, /^MalformedTag: 'tags' .*"aws:"/],
    ["a tag whose value is too long", { tags: { owner: "x".repeat(257) } }, /^MalformedTag: 'tags.owner' .*256/],
    ["a tag with a character that AWS refuses", { tags: { owner: "a,b" } }, /^MalformedTag: 'tags.owner' must hold only letters, /],
    ["a tag's key with one", { tags: { "own{er": "a" } }, /^MalformedTag: 'tags' must hold only letters, .* in its keys/],
    ["a word outside an enum", { versioning: "disabled" }, /^UnknownValue: 'versioning' must be one of "Disabled", "Enabled"/],
    [
      "a KMS key for a vendor without KMS",
      { kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/1" },
      /^UnsupportedEncryption: 'kmsKeyArn' .*; leave it out/,
    ],
  ])("%s", (_, props, message) => {
    expect(() => new KandjiDestination(newStack(), "Kandji", { ...KANDJI, ...props })).toThrow(message);
  });

  test.each([
    ["an emoji", "the logs \u{1f600}"],
    ["a text that is too long", "x".repeat(1001)],
  ])("%s in the description of a role", (_, description) => {
    const principals = [VendorPrincipal.account("222222222222")];

    expect(() => new VendorRole(newStack(), "Role", { principals, description })).toThrow(/^MalformedDescription: 'description' must /);
    expect(() => new VendorRole(newStack(), "R", { principals, description: "B\u00fccher,\nlogs" })).not.toThrow();
  });

  test("equal paths for two deliveries of one destination", () => {
    const access = VendorAccess.bucketPolicy({ principals: [VendorPrincipal.account("222222222222")] });
    const paths = { keyPrefix: "logs", additionalKeyPrefixes: ["audit", "logs/"] };

    expect(() => new VendorDestination(newStack(), "Acme", { vendor: acme(), access, ...paths })).toThrow(
      /^EqualPaths: 'additionalKeyPrefixes\[1\]' must differ from 'keyPrefix'/,
    );
  });
});

test("a destination has the names and ARNs of its bucket and role", () => {
  synthesizedOf((stack) => {
    const kandji = new KandjiDestination(stack, "Kandji", KANDJI);
    const sixSense = new SixSenseDestination(stack, "SixSense", SIX_SENSE);

    expect(kandji).toMatchObject({ bucketName: "acme-kandji-activity", bucketArn: "arn:aws:s3:::acme-kandji-activity" });
    expect([kandji.roleName, kandji.roleArn]).toEqual([kandji.role!.roleName, kandji.role!.roleArn]);
    expect([sixSense.roleName, sixSense.roleArn]).toEqual([undefined, undefined]);
  });
});

describe("a prop that there is not", () => {
  const structs = [...STRUCTS].map(([of, names]) => ({ of, names, prop: PROPS.find((one) => one.of === of)! }));

  test.each(structs)("of $of is refused by an error that names it, unless it is not set", ({ of, prop }) => {
    const path = prop.prop.slice(0, prop.prop.lastIndexOf(".") + 1);

    expect(() => prop.build("x", "qzqzqz"), of).toThrow(new RegExp(`^UnknownProp: '${escaped(path)}qzqzqz' .*; remove it, or use one of `));
    expect(() => prop.build("x", "toString"), of).toThrow(new RegExp(`^UnknownProp: '${escaped(path)}toString'`));
    expect(() => prop.build(undefined, "qzqzqz"), of).not.toThrow(/UnknownProp/);
  });

  test("is taken for the one that it is a misspelling of", () => {
    const misspellings: readonly ((name: string) => string)[] = [
      (name) => name.slice(0, 2) + name.slice(3),
      (name) => `${name.slice(0, 2)}${name[3]}${name[2]}${name.slice(4)}`,
      (name) => `${name}s`,
      (name) => name.toLowerCase(),
      (name) => name.toUpperCase(),
      (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...PROPS.filter(({ of }) => STRUCTS.has(of))), fc.constantFrom(...misspellings), (prop, misspell) => {
        const name = prop.prop.slice(prop.prop.lastIndexOf(".") + 1);
        const known = STRUCTS.get(prop.of)!;
        const written = misspell(name);
        if (known.includes(written) || name.length < 5) return;

        expect(() => prop.build("x", written), `${prop.of}, ${written}`).toThrow(new RegExp(`; write '${escaped(prop.prop)}'`));
      }),
      { numRuns: 500 },
    );
  });

  test("is seen before the prop that is missing because of it, and its value is not shown", () => {
    const build = (props: object) => () => new KandjiDestination(newStack(), "Kandji", { ...KANDJI, ...props } as any);

    expect(build({ vendorAccountId: undefined, vendorAcountId: "222222222222" })).toThrow(
      "UnknownProp: 'vendorAcountId' is not the name of a prop; write 'vendorAccountId' (at stack/Kandji)",
    );
    expect(build({ kmsKey: "x" })).toThrow(/write 'kmsKeyArn'/);
  });
});
