/** A finding that is certain holds whatever the unknown parts of the plan turn out to be. */
import { describe, expect, test } from "vitest";
import { applyRules, RULES } from "../../lib/rules";
import { unknownText } from "../../lib/unknown";
import { type Example, examplesOf } from "../../scripts/rule-pages";
import { bucket, contract, findingsOf, model, policy, role, VENDOR } from "./example-account";

const ALL = RULES.flatMap(({ id }) => {
  const { found, fine } = examplesOf(id) ?? { found: [], fine: [] };
  return [...found, ...fine];
});

type Path = readonly (string | number)[];

/** The values in a value, with their paths. */
function partsOf(value: unknown, path: Path = []): { readonly path: Path; readonly part: unknown }[] {
  const inner =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, item]) => partsOf(item, [...path, Array.isArray(value) ? Number(key) : key]))
      : [];
  return path.length === 0 ? inner : [{ path, part: value }, ...inner];
}

function withPart(value: unknown, [first, ...rest]: Path, part: unknown): unknown {
  if (first === undefined) return part;
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? withPart(item, rest, part) : item));
  return { ...(value as object), [first]: withPart((value as Record<string, unknown>)[first], rest, part) };
}

/** The member that a value belongs to, such as `Resource`, and whether it is an item of a list there. */
function placeOf(kind: Example["kind"], path: Path): string {
  return `${kind} ${path.findLast((key) => typeof key === "string")} ${typeof path.at(-1)}`;
}

/** What stands in the same member of other examples. */
const VALUES = new Map<string, Map<string, unknown>>();
for (const { kind, value } of ALL)
  for (const { path, part } of partsOf(value)) {
    const key = placeOf(kind, path);
    VALUES.set(key, (VALUES.get(key) ?? new Map()).set(JSON.stringify(part), part));
  }

const KINDS: readonly Example["kind"][] = [
  "bucket-policy",
  "key-policy",
  "trust-policy",
  "role-policy",
  "other-role",
  "other-bucket",
  "settings",
];

const certain = (findings: ReturnType<typeof applyRules>) =>
  new Set(findings.filter(({ isUnknown }) => !isUnknown).map(({ ruleId }) => ruleId));

/** The rules that are certain of a finding with an unknown value, and not with one of the values that it may stand for. */
function rash<Value>(check: (value: Value) => ReturnType<typeof applyRules>, unknown: Value, values: Iterable<Value>): string[] {
  const claimed = certain(check(unknown));
  if (claimed.size === 0) return [];
  return [...values].flatMap((value) => {
    const found = new Set(check(value).map(({ ruleId }) => ruleId));
    // AWS takes no such policy, so no other rule reads it.
    if (found.has("malformed-policy")) return [];
    return [...claimed].filter((id) => !found.has(id)).map((id) => `${id}: ${JSON.stringify(value)}`);
  });
}

test.each(KINDS)("no rule is certain of what an unknown part of an example decides: %s", (kind) => {
  const wrong = ALL.filter((example) => example.kind === kind).flatMap(({ value, text: title }) =>
    partsOf(value).flatMap(({ path }) =>
      rash(
        (part) => findingsOf(kind, withPart(value, path, part)),
        unknownText("var.part") as unknown,
        VALUES.get(placeOf(kind, path))!.values(),
      ).map((each) => `${title} ${path.join(".")} ${each}`),
    ),
  );

  expect(wrong).toEqual([]);
});

/** The findings on a policy of the vendor's role whose contract names this bucket. */
function ofRole(name: string, statements: unknown) {
  const arn = `arn:aws:s3:::${name}`;
  const change = { bucket: { name, arn }, granted: { ...contract("assumedRole").granted!, objects: [`${arn}/*`] } };
  return applyRules(
    model({ buckets: [bucket({ name, arn, policies: [] })], roles: [role({ inlinePolicies: [policy(statements, "delivery")] })] }),
    [contract("assumedRole", change)],
  );
}

const BUCKETS = ["acme-logs", "payroll", "other-logs", "logs", "acme"];

test.each(ALL.filter(({ kind }) => kind === "role-policy"))("nor of what the bucket's unknown name decides: $text", ({ value }) => {
  expect(rash((name) => ofRole(name, value), unknownText("var.name", "name"), BUCKETS)).toEqual([]);
});

/** The findings on a policy that names the vendor's principal, which the contract does too. */
function ofVendor(kind: "bucket-policy" | "trust-policy", principal: string, statements: unknown) {
  const written = policy(statements, "written");
  const isTrust = kind === "trust-policy";
  return applyRules(
    model({
      buckets: [bucket(isTrust ? {} : { policies: [written] })],
      roles: isTrust ? [role({ trustPolicy: written })] : [],
    }),
    [contract(isTrust ? "assumedRole" : "bucketPolicy", { vendorPrincipals: [principal] })],
    { account: "111111111111" },
  );
}

const PRINCIPALS = [VENDOR, "arn:aws:iam::333333333333:root", "333333333333", "arn:aws:iam::222222222222:user/vendor"];

describe.each(["bucket-policy", "trust-policy"] as const)("nor of what the vendor's unknown principal decides, %s:", (kind) => {
  test.each(ALL.filter((example) => example.kind === kind))("$text", ({ value }) => {
    expect(rash((principal) => ofVendor(kind, principal, value), unknownText("var.vendor", "otherPrincipal"), PRINCIPALS)).toEqual([]);
    expect(rash((principal) => ofVendor(kind, principal, value), unknownText("var.vendor"), PRINCIPALS)).toEqual([]);
  });
});

describe("the role may write into", () => {
  const found = (name: string, target: string) =>
    ofRole(name, { Effect: "Allow", Action: "s3:PutObject", Resource: `arn:aws:s3:::${target}/*` }).filter(
      ({ ruleId }) => ruleId === "beyond-contract",
    );
  const name = `acme-${unknownText("terraform.workspace", "name")}`;

  test.each(["acme-prod", `${unknownText("var.name")}`])("%j, which may be the bucket", (target) => {
    expect(found(name, target)).toMatchObject([{ isUnknown: true, severity: "info" }]);
  });

  test.each(["payroll", "acme-*", `${name}-backup`])("%j, which is not the bucket alone", (target) => {
    expect(found(name, target)).toMatchObject([{ severity: "medium" }]);
    expect(found(name, target)[0]).not.toHaveProperty("isUnknown");
  });

  test("the bucket", () => {
    expect(found(name, name)).toEqual([]);
  });
});

test("a statement whose effect is not known may be an Allow", () => {
  const statement = {
    Effect: unknownText("var.effect"),
    NotPrincipal: { AWS: VENDOR },
    Action: "s3:GetObject",
    Resource: "arn:aws:s3:::acme-logs/*",
  };

  expect(findingsOf("bucket-policy", statement)).toContainEqual(
    expect.objectContaining({
      ruleId: "allow-not-principal",
      isUnknown: true,
      detail: `could not tell: it allows everybody except ${VENDOR}, if its effect is Allow`,
    }),
  );
});

test("a condition that is not known may name the callers", () => {
  const trust = { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole", Condition: unknownText("var.condition") };

  expect(findingsOf("trust-policy", trust)).toContainEqual(
    expect.objectContaining({
      ruleId: "trust-everyone",
      isUnknown: true,
      detail: "could not tell: the principal is *, and whether a condition restricts it to named callers is not known",
    }),
  );
});
