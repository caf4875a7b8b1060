/** Worlds and requests from a small vocabulary, so that they often meet. What follows from a caller is in its request. */
import fc from "fast-check";
import type { World } from "../../lib/access";
import type { AccessRequest } from "../../lib/evaluate";
import {
  ACTION_PATTERNS,
  BUCKET_ACTIONS,
  CALLERS,
  CANONICAL_USER,
  CONDITIONS,
  KEYS,
  KNOWN_ROLE,
  OBJECT_ACTIONS,
  OBJECTS,
  OWN,
  PRINCIPALS,
  RESOURCE_PATTERNS,
} from "./vocabulary";

export type Json = Record<string, unknown>;

const some = (values: readonly string[]) =>
  fc.oneof(fc.constantFrom(...values), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }));

const conditionArbitrary = fc
  .array(
    fc
      .constantFrom(...CONDITIONS)
      .chain(([operators, key, values]) =>
        fc
          .tuple(fc.constantFrom(...operators, "Null"), some(values), fc.constantFrom("true", "false"))
          .map(([operator, list, flag]) => [operator, key, operator === "Null" ? flag : list] as const),
      ),
    { maxLength: 2 },
  )
  .map((list) => {
    const condition: Record<string, Json> = {};
    for (const [operator, key, values] of list) {
      // One key in two spellings is refused.
      const others = Object.entries(condition[operator] ?? {}).filter(([other]) => other.toLowerCase() !== key.toLowerCase());
      condition[operator] = { ...Object.fromEntries(others), [key]: values };
    }
    return condition;
  });

const principalArbitrary = fc.oneof(
  fc.constant("*"),
  fc.constantFrom(...PRINCIPALS.slice(4)).map((AWS) => ({ AWS })),
  fc.constantFrom(...PRINCIPALS.slice(4)).map((AWS) => ({ AWS })),
  some(PRINCIPALS).map((AWS) => ({ AWS })),
  fc.constant({ Service: "logging.s3.amazonaws.com" }),
  some(PRINCIPALS).map((AWS) => ({ AWS, Service: ["logging.s3.amazonaws.com"] })),
  fc.constant({ Service: ["cloudtrail.amazonaws.com"], CanonicalUser: CANONICAL_USER }),
  fc.constant({ Service: "*" }),
  fc.constant({ Federated: "accounts.google.com" }),
);

function statementArbitrary(kind: "identity" | "resource" | "resourceControl"): fc.Arbitrary<Json> {
  const principal: Record<string, fc.Arbitrary<unknown>> = kind === "resource"
    ? { Principal: principalArbitrary }
    : kind === "resourceControl"
      ? { Principal: fc.constant("*") }
      : {};
  const negations =
    kind === "resource"
      ? ["", "", "", "", "Action", "Resource", "Principal"]
      : kind === "identity"
        ? ["", "", "", "Action", "Resource"]
        : [""];
  return fc
    .record({
      Effect: kind === "resourceControl" ? fc.constant("Deny") : fc.constantFrom("Allow", "Deny"),
      ...principal,
      Action: some(ACTION_PATTERNS),
      Resource: some(RESOURCE_PATTERNS),
      Condition: conditionArbitrary,
      negate: fc.constantFrom(...negations),
    })
    .map(({ negate, ...statement }) => {
      const fields = statement as Json;
      if (negate === "" || fields[negate] === undefined) return fields;
      const { [negate]: value, ...rest } = fields;
      return { ...rest, [`Not${negate}`]: value };
    });
}

export function policyArbitrary(kind: "identity" | "resource" | "resourceControl", minLength = 0): fc.Arbitrary<Json> {
  return fc.record({
    Version: fc.constantFrom("2012-10-17", "2012-10-17", "2008-10-17"),
    Statement: fc.array(statementArbitrary(kind), { minLength, maxLength: 4 }),
  });
}

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ arbitrary: fc.constant(undefined), weight: 4 }, { arbitrary, weight: 1 });

export const worldArbitrary: fc.Arbitrary<World> = fc
  .record({
    resourcePolicy: policyArbitrary("resource", 1),
    identity: sometimes(fc.array(policyArbitrary("identity"), { maxLength: 2 })),
    boundary: rarely(policyArbitrary("identity")),
    session: rarely(fc.array(policyArbitrary("identity"), { minLength: 1, maxLength: 1 })),
    serviceControl: rarely(fc.array(policyArbitrary("identity", 1), { minLength: 1, maxLength: 2 })),
    resourceControl: rarely(fc.array(policyArbitrary("resourceControl"), { minLength: 1, maxLength: 1 })),
    restrict: fc.boolean(),
    blockAcls: fc.boolean(),
    ownership: rarely(fc.constantFrom("BucketOwnerEnforced", "BucketOwnerPreferred")),
  })
  .map(({ resourcePolicy, identity: own, boundary, session, serviceControl, resourceControl, restrict, blockAcls, ownership }) => ({
    partition: "aws",
    account: OWN,
    resourcePolicy,
    principals:
      own === undefined
        ? []
        : [
            {
              arn: KNOWN_ROLE,
              identityPolicies: own,
              permissionsBoundary: boundary,
              sessionPolicies: session,
              serviceControlPolicies: serviceControl,
            },
          ],
    serviceControlPolicies: serviceControl,
    resourceControlPolicies: resourceControl,
    blockPublicAccess: { restrictPublicBuckets: restrict, blockPublicAcls: blockAcls },
    objectOwnership: ownership,
  }));

export const requestArbitrary: fc.Arbitrary<AccessRequest> = fc
  .record({
    caller: fc.constantFrom(...CALLERS),
    target: fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...OBJECT_ACTIONS), fc.constantFrom(...OBJECTS)) },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...BUCKET_ACTIONS), fc.constant("arn:aws:s3:::logs")) },
    ),
    secure: fc.constantFrom("true", "false"),
    time: fc.constantFrom("2024-05-17T00:00:00Z", "2025-01-01T00:00:00Z"),
    tags: fc.option(fc.uniqueArray(fc.constantFrom("env", "cost", "e", ""), { minLength: 1, maxLength: 3 })),
    more: fc.record(Object.fromEntries(Object.entries(KEYS).map(([key, values]) => [key, fc.constantFrom(...values)])), {
      requiredKeys: [],
    }),
  })
  .map(({ caller, target: [action, resource], secure, time, tags, more }) => {
    const { "aws:PrincipalOrgID": organization, ...chosen } = more as Record<string, string>;
    const isMember = caller.context["aws:PrincipalArn"] !== undefined && organization !== undefined;
    return {
      principal: caller.principal,
      action,
      resource,
      resourceAccount: OWN,
      context: {
        ...chosen,
        ...caller.context,
        ...(isMember ? { "aws:PrincipalOrgID": organization } : {}),
        ...(tags === null ? {} : { "aws:TagKeys": tags }),
        "aws:SecureTransport": secure,
        "aws:CurrentTime": time,
      },
    };
  });
