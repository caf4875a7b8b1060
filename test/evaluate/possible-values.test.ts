/** A key that a request leaves open: the verdict is the one of every value that the key can have, or unknown. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type AccessRequest, compilePolicy, decide, type PossibleValue } from "../../lib/evaluate";

const REQUEST: AccessRequest = {
  principal: "arn:aws:iam::444455556666:role/delivery",
  action: "s3:PutObject",
  resource: "arn:aws:s3:::logs/a.json",
  resourceAccount: "111122223333",
  context: {},
};

const KEYS = ["s3:one", "s3:two"] as const;
const VALUES: readonly PossibleValue[] = [undefined, "a", "b", "ab"];

const possible = fc.subarray([...VALUES], { minLength: 1 });
const operator = fc.constantFrom("StringEquals", "StringNotEquals", "StringLike", "StringNotLikeIfExists", "StringEqualsIfExists");
const conditionOn = fc.oneof(
  fc.record({ operator, values: fc.subarray(["a", "b", "a*", "x"], { minLength: 1 }) }),
  fc.record({ operator: fc.constant("Null"), values: fc.constantFrom(["true"], ["false"]) }),
);
const condition = fc.array(fc.record({ key: fc.constantFrom(...KEYS), on: conditionOn }), { maxLength: 4 }).map((list) => {
  const written: Record<string, Record<string, readonly string[]>> = {};
  for (const { key, on } of list) written[on.operator] = { ...written[on.operator], [key]: on.values };
  return written;
});
const statement = fc.record({ Effect: fc.constantFrom("Allow", "Deny"), Condition: condition });

function verdictOf(statements: readonly object[], open: (key: string) => readonly PossibleValue[] | undefined, context = {}): string {
  const written = statements.map((each) => ({ ...each, Principal: "*", Action: "*", Resource: "*" }));
  const resourcePolicy = compilePolicy({ Version: "2012-10-17", Statement: written }, "resource");
  const { verdict } = decide({ ...REQUEST, context, possibleValues: open }, { resourcePolicy });
  return verdict.endsWith("Denied") ? "denied" : verdict;
}

/** The verdicts for all values that the keys can have. */
function verdictsOf(statements: readonly object[], values: Readonly<Record<string, readonly PossibleValue[]>>): Set<string> {
  const [one, two] = KEYS.map((key) => values[key]!);
  const contexts = one!.flatMap((first) =>
    two!.map((second) => ({ ...(first !== undefined && { [KEYS[0]]: first }), ...(second !== undefined && { [KEYS[1]]: second }) })),
  );
  return new Set(contexts.map((context) => verdictOf(statements, () => undefined, context)));
}

test("a verdict that is not unknown is the one of every value", () => {
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 3 }), possible, possible, (statements, first, second) => {
      const values: Record<string, readonly PossibleValue[]> = { [KEYS[0]]: first, [KEYS[1]]: second };
      const verdict = verdictOf(statements, (key) => values[key]);

      if (verdict !== "unknown") expect([...verdictsOf(statements, values)]).toEqual([verdict]);
    }),
    { numRuns: 2_000 },
  );
});

test("the conditions of one statement on one key are decided together", () => {
  fc.assert(
    fc.property(condition, fc.constantFrom("Allow", "Deny"), possible, (conditions, Effect, first) => {
      const statements = [{ Effect, Condition: conditions }, ...(Effect === "Deny" ? [{ Effect: "Allow" }] : [])];
      const values: Record<string, readonly PossibleValue[]> = { [KEYS[0]]: first, [KEYS[1]]: [undefined] };
      const [only, ...others] = verdictsOf(statements, values);

      expect(verdictOf(statements, (key) => values[key])).toBe(others.length === 0 ? only : "unknown");
    }),
    { numRuns: 2_000 },
  );
});

test("a federated user of another account is judged by the customer's half", () => {
  const user = "arn:aws:sts::444455556666:federated-user/carol";
  const allowing = (principal: string) => ({
    resourcePolicy: compilePolicy(
      { Statement: { Effect: "Allow", Principal: { AWS: principal }, Action: "s3:PutObject", Resource: "*" } },
      "resource",
    ),
  });

  expect(decide({ ...REQUEST, principal: user }, allowing(user))).toMatchObject({ verdict: "Allowed", scope: "customer" });
  expect(decide({ ...REQUEST, principal: user }, allowing(`${user}2`)).verdict).toBe("ImplicitlyDenied");
  expect(decide({ ...REQUEST, principal: user }, { ...allowing(user), identityPolicies: [] }).verdict).toBe("ImplicitlyDenied");
});
