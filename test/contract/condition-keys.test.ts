/** What is known of each condition key decides in both directions: for the vendor, who must not be denied, and for strangers. */
import { describe, expect, test } from "vitest";
import { ACTION_LISTS, actionFacts, allActions, isAction, keyType } from "../../lib/access/data";
import { Callers, type Expectation, isAssuming } from "../../lib/contract";
import { CONDITION_KEYS, type ConditionKeyRow, knowledgeOf, possibleValuesOf } from "../../lib/contract/condition-keys";
import { compilePolicy, type Policies } from "../../lib/evaluate";
import { closestToAllow, decisionsOf } from "../../lib/judge";
import { BUCKET, byBucketPolicy, byRole, ROLE, VENDOR } from "./kandji-like";

/** One action to which the key of the row belongs. KMS keys have tests of their own, as S3 makes those requests. */
function actionOf({ scope }: ConditionKeyRow): string | undefined {
  if (scope === "sts") return "sts:AssumeRole";
  if (scope === "all" || scope === "s3") return "s3:PutObject";
  return ["s3:PutObject", ...allActions()].find((name) => scope.test(name.toLowerCase()));
}

/** Each key of each row, with an action that the row decides. */
const KEYS = CONDITION_KEYS.flatMap((row) => {
  const action = actionOf(row);
  if (action === undefined || action.startsWith("kms:")) return [];
  return row.keys
    .map((key) => (key.endsWith("/") ? `${key}team` : key))
    .filter((key) => {
      const first = CONDITION_KEYS.find(
        (other) => other.keys.some((name) => key.startsWith(name)) && (other === row || actionOf(other) === action),
      );
      return first === row;
    })
    .map((key) => ({ key, row, action }));
});

const OPERATORS: Readonly<Record<string, readonly [equal: string, different: string, value: string]>> = {
  Numeric: ["NumericEquals", "NumericNotEquals", "5"],
  Date: ["DateEquals", "DateNotEquals", "2040-01-01T00:00:00Z"],
  Bool: ["Bool", "Bool", "true"],
  IPAddress: ["IpAddress", "NotIpAddress", "203.0.113.0/24"],
};

/** A condition that the key meets, and one that it does not meet, with a value that it can have. */
function conditions(key: string, row: ConditionKeyRow) {
  const type = key === "aws:sourceip" || key === "aws:vpcsourceip" ? "IPAddress" : (keyType(key) ?? "String");
  const [equal, different, example] = OPERATORS[type] ?? ["StringEquals", "StringNotEquals", "x-1"];
  const value = row.values?.[0] ?? row.valuesOfStrangers?.[0] ?? example;
  return { is: { [equal]: { [key]: value } }, isNot: { [different]: { [key]: different === "Bool" ? "false" : value } } };
}

const ALLOW = { Effect: "Allow", Principal: "*" };

function verdictOf(who: "vendor" | "stranger", action: string, statements: readonly object[]): string {
  const assumes = isAssuming(action);
  const callers = new Callers(assumes ? byRole() : byBucketPolicy());
  const resource = assumes ? ROLE : `${BUCKET}/packs/a`;
  const expectation: Expectation = {
    id: "asked",
    title: "asked",
    why: "asked",
    actor: who === "vendor" ? "vendor" : "strangerAccount",
    action,
    resource,
    context: {},
    expected: who === "vendor" ? "allowed" : "denied",
  };
  const kind = assumes ? "trust" : "resource";
  const written = statements.map((statement) => ({ ...statement, Action: action, ...(!assumes && { Resource: "*" }) }));
  const policy = compilePolicy({ Version: "2012-10-17", Statement: written }, kind);
  const policies: Policies = assumes ? { trustPolicy: policy } : { resourcePolicy: policy };
  const [principal] = callers.principalsOf(expectation.actor, assumes);
  return closestToAllow(decisionsOf({ callers, expectation, principal: principal ?? VENDOR, resource }, policies)).verdict;
}

describe.each(KEYS)("$key of $action", ({ key, row, action }) => {
  const request = { action: action.toLowerCase() };
  const knowledge = (caller: "vendor" | "stranger") => knowledgeOf(key, { ...request, caller });
  const { is, isNot } = conditions(key, row);
  const deny = (Condition: object) => [ALLOW, { ...ALLOW, Effect: "Deny", Condition }];
  const isOpen = (caller: "vendor" | "stranger") => ["chosen", "unknown"].includes(knowledge(caller));
  const isNarrow = (row.values?.length ?? 0) === 1 && row.isAlwaysPresent === true;

  test("a Deny by it neither passes nor fails for the vendor, unless it is known", () => {
    const verdicts = [is, isNot].map((condition) => verdictOf("vendor", action, deny(condition)));

    if (isOpen("vendor") && !isNarrow) expect(verdicts).toEqual(["unknown", "unknown"]);
    if (knowledge("vendor") === "never") expect(verdicts[0]).toBe("Allowed");
  });

  test("a Deny where it is missing depends on what the vendor sends", () => {
    const verdict = verdictOf("vendor", action, deny({ Null: { [key]: "true" } }));

    if (isOpen("vendor")) expect(verdict).toBe(row.isAlwaysPresent ? "Allowed" : "unknown");
    if (knowledge("vendor") === "never") expect(verdict).toBe("ExplicitlyDenied");
  });

  test("an Allow by it opens to a stranger who chooses it", () => {
    const verdict = verdictOf("stranger", action, [{ ...ALLOW, Condition: is }]);

    if (knowledge("stranger") === "chosen") expect(verdict).toBe(key === "aws:sourceip" ? "unknown" : "Allowed");
    if (knowledge("stranger") === "unknown" && !isNarrow) expect(verdict).toBe("unknown");
    if (knowledge("stranger") === "never") expect(verdict).toBe("ImplicitlyDenied");
  });

  test("a Deny by it does not protect against a stranger who chooses it", () => {
    if (knowledge("stranger") !== "chosen") return;

    expect(verdictOf("stranger", action, deny(is))).toBe("Allowed");
  });

  test("every row has a page of AWS as its source, and values where the key is present and open", () => {
    expect(row.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    if (isOpen("vendor")) expect(possibleValuesOf(key, { ...request, caller: "vendor" })?.length).toBeGreaterThan(0);
  });
});

/** Keys of AWS's lists that a request to the bucket itself never has: those of access points, jobs, grants and other services. */
const OF_OTHER_REQUESTS =
  /^s3:(DataAccessPoint|AccessPoint|AccessGrant|Existing(Job|ObjectTag)|Request(Job|ObjectTag)|JobSuspended|isReplicationPause|DestinationRegion)|^aws:(RequestTag|TagKeys)/i;

test("no key that AWS lists for an action of S3 is taken to be absent, save those of other requests", () => {
  expect(ACTION_LISTS.map(({ service }) => service)).toContain("s3");
  const wrong = allActions()
    .filter((action) => action.startsWith("s3:") && /object(s)?($|acl|version)|^s3:list|bucket/i.test(action))
    .flatMap((action) =>
      actionFacts(action)!
        .conditionKeys.filter((key) => !OF_OTHER_REQUESTS.test(key))
        .filter(
          (key) =>
            knowledgeOf(`${key}${key.endsWith("/") ? "x" : ""}`.toLowerCase(), { action: action.toLowerCase(), caller: "vendor" }) ===
            "never",
        )
        .map((key) => `${action} ${key}`),
    );

  expect(wrong).toEqual([]);
});

test("every action that a row names is one of AWS", () => {
  expect(KEYS.filter(({ action }) => !isAction(action))).toEqual([]);
});
