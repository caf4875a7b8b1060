import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AccessRequest,
  compilePolicy,
  decide,
  isPublic,
  type Policies,
  PolicyGrammarError,
  unknownText,
  type Verdict,
} from "../../lib/evaluate";
import { OUTSIDE_ACCOUNTS, OUTSIDE_ROLE_NAME } from "../../lib/evaluate/match/outside-accounts";
import type { UnknownKind } from "../../lib/unknown/placeholder";
import { type Documents, documentsArbitrary, type Json, policyArbitrary, requestArbitrary, statementArbitrary } from "./arbitraries";

/** Runs of a property; `LAW_RUNS` asks for more. */
const RUNS = { numRuns: Number(process.env.LAW_RUNS ?? 1000) };
const MANY_RUNS = { numRuns: 4 * RUNS.numRuns };

const RESTRICTED = { restrictPublicBuckets: true };

function compileAll({ identity, resource, boundary }: Documents): Policies {
  return {
    identityPolicies: identity.map((document) => compilePolicy(document, "identity")),
    resourcePolicy: compilePolicy(resource, "resource"),
    ...(boundary === undefined ? {} : { permissionsBoundary: compilePolicy(boundary, "permissionsBoundary") }),
  };
}

function verdict(request: AccessRequest, documents: Documents, more: Policies = {}): Verdict {
  return decide(request, { ...compileAll(documents), ...more }).verdict;
}

function statements(policy: Json): Json[] {
  return policy.Statement as Json[];
}

/** The same value with every text replaced. */
function mapTexts(value: unknown, map: (text: string, path: string) => unknown, path = ""): unknown {
  if (typeof value === "string") return map(value, path);
  if (Array.isArray(value)) return value.map((item, index) => mapTexts(item, map, `${path}/${index}`));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, map, `${path}/${key}`)]));
}

const isDenied = (found: Verdict) => found === "ExplicitlyDenied" || found === "ImplicitlyDenied";

/** What must not be said of a request that is known to end so. */
function contradicts(known: Verdict, found: Verdict): boolean {
  return found !== "unknown" && (known === "Allowed") !== (found === "Allowed");
}

describe("laws of the decision", () => {
  it("adding a Deny never allows", () => {
    fc.assert(
      fc.property(requestArbitrary, documentsArbitrary, statementArbitrary("resource", "Deny"), (request, documents, deny) => {
        const before = verdict(request, documents, { blockPublicAccess: RESTRICTED });
        const resource = { ...documents.resource, Statement: [...statements(documents.resource), deny] };
        const after = verdict(request, { ...documents, resource }, { blockPublicAccess: RESTRICTED });

        if (before !== "Allowed") expect(after).not.toBe("Allowed");
        if (before === "ExplicitlyDenied") expect(after).toBe("ExplicitlyDenied");
      }),
      RUNS,
    );
  });

  it("adding an Allow never denies", () => {
    fc.assert(
      fc.property(requestArbitrary, documentsArbitrary, statementArbitrary("resource", "Allow"), (request, documents, allow) => {
        const before = verdict(request, documents);
        const resource = { ...documents.resource, Statement: [...statements(documents.resource), allow] };
        const after = verdict(request, { ...documents, resource });

        if (before === "Allowed") expect(after).toBe("Allowed");
        if (before === "ImplicitlyDenied") expect(after).not.toBe("ExplicitlyDenied");
      }),
      RUNS,
    );
  });

  it("adding an Allow shuts somebody out only by making the policy public", () => {
    fc.assert(
      fc.property(requestArbitrary, documentsArbitrary, statementArbitrary("resource", "Allow"), (request, documents, allow) => {
        const resource = { ...documents.resource, Statement: [...statements(documents.resource), allow] };
        const before = verdict(request, documents, { blockPublicAccess: RESTRICTED });
        const after = verdict(request, { ...documents, resource }, { blockPublicAccess: RESTRICTED });

        if (before === "Allowed" && after !== "Allowed") expect(isPublic(compilePolicy(resource, "resource")).isPublic).toBe("yes");
      }),
      RUNS,
    );
  });

  it("adding a permissions boundary or a service control policy never allows", () => {
    fc.assert(
      fc.property(requestArbitrary, documentsArbitrary, policyArbitrary("identity"), (request, documents, cap) => {
        const before = verdict(request, { ...documents, boundary: undefined });
        const bounded = verdict(request, { ...documents, boundary: cap });
        const controlled = verdict(
          request,
          { ...documents, boundary: undefined },
          { serviceControlPolicies: [compilePolicy(cap, "serviceControl")] },
        );

        if (before !== "Allowed") expect([bounded, controlled]).not.toContain("Allowed");
      }),
      RUNS,
    );
  });

  it("the order of statements and of list items means nothing", () => {
    fc.assert(
      fc.property(requestArbitrary, documentsArbitrary, (request, documents) => {
        const reverse = (value: unknown): unknown => {
          if (Array.isArray(value)) return value.map(reverse).reverse();
          if (typeof value !== "object" || value === null) return value;
          return Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, item]) => [key, reverse(item)]),
          );
        };

        expect(verdict(request, reverse(documents) as Documents)).toBe(verdict(request, documents));
      }),
      RUNS,
    );
  });

  it("a lone value and a list of one are the same", () => {
    fc.assert(
      fc.property(requestArbitrary, documentsArbitrary, (request, documents) => {
        const listed = mapTexts(documents, (text, path) =>
          /(Action|Resource|AWS|Service|Condition\/[^/]+\/.+)$/.test(path) && !/\/\d+$/.test(path) ? [text] : text,
        ) as Documents;

        expect(verdict(request, listed)).toBe(verdict(request, documents));
      }),
      RUNS,
    );
  });

  it("letter case of actions and condition keys means nothing", () => {
    fc.assert(
      fc.property(requestArbitrary, documentsArbitrary, (request, documents) => {
        const upper = (value: unknown, path = ""): unknown => {
          if (typeof value === "string") return /\/(Not)?Action(\/\d+)?$/.test(path) ? value.toUpperCase() : value;
          if (Array.isArray(value)) return value.map((item, index) => upper(item, `${path}/${index}`));
          if (typeof value !== "object" || value === null) return value;
          const isKey = /\/Condition\/[^/]+$/.test(path);
          return Object.fromEntries(
            Object.entries(value).map(([key, item]) => [isKey ? key.toUpperCase() : key, upper(item, `${path}/${key}`)]),
          );
        };
        const context = Object.fromEntries(Object.entries(request.context).map(([key, value]) => [key.toLowerCase(), value]));

        expect(verdict({ ...request, context, action: request.action.toLowerCase() }, upper(documents) as Documents)).toBe(
          verdict(request, documents),
        );
      }),
      RUNS,
    );
  });
});

/** Parts of requests and policies that are not known, and what they may turn out to be. */
interface Opened {
  readonly part: string;
  readonly kind: UnknownKind;
  readonly values: readonly string[];
}

const OPEN: readonly Opened[] = [
  { part: "arn:aws:s3:::logs", kind: "bucketArn", values: ["arn:aws:s3:::logs", "arn:aws:s3:::other", "arn:aws:s3:::a.b"] },
  { part: "arn:aws:iam::444455556666:role/writer", kind: "otherPrincipal", values: ["role/writer", "user/alice", "role/p/x"].map(ofOther) },
  { part: "444455556666", kind: "otherAccount", values: ["444455556666", "222222222222"] },
  { part: "logs", kind: "name", values: ["logs", "other", "logs-x", "a.b"] },
  { part: "other", kind: "name", values: ["other", "logs", "oth"] },
  { part: "path/writer", kind: "path", values: ["path/writer", "writer", "p/a/x"] },
  // A session's ARN shows its role without the path.
  { part: "writer", kind: "name", values: ["writer", "x", "alice"] },
];

function ofOther(name: string): string {
  return `arn:aws:iam::444455556666:${name}`;
}

describe("what is not known", () => {
  /** Which text, from where and how far, as fractions. */
  const cut = fc.record({
    which: fc.nat(),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  function hide(text: string, from: number, length: number): string {
    const start = Math.floor(from * (text.length + 1));
    const end = start + Math.floor(length * (text.length - start + 1));
    return text.slice(0, start) + unknownText(text.slice(start, end)) + text.slice(end);
  }

  it("a placeholder for any part of a text of a policy gives the same verdict or unknown", () => {
    fc.assert(
      fc.property(requestArbitrary, documentsArbitrary, fc.array(cut, { minLength: 1, maxLength: 3 }), (request, documents, cuts) => {
        const texts: string[] = [];
        mapTexts(documents, (text, path) => texts.push(`${path} ${text}`));
        fc.pre(texts.length > 0);
        const known = verdict(request, documents, { blockPublicAccess: RESTRICTED });
        let hidden: unknown = documents;
        for (const { which, from, length } of cuts) {
          let at = -1;
          hidden = mapTexts(hidden, (text, path) => {
            at++;
            if (at !== which % texts.length || text.includes("\u0000") || /\/(Effect|Version)$/.test(path)) return text;
            return hide(text, from, length);
          });
        }

        let found: Verdict;
        try {
          found = verdict(request, hidden as Documents, { blockPublicAccess: RESTRICTED });
        } catch (error) {
          expect(error).toBeInstanceOf(PolicyGrammarError);
          throw error;
        }
        expect(contradicts(known, found), `${known} became ${found}: ${JSON.stringify(hidden)}`).toBe(false);
      }),
      MANY_RUNS,
    );
  });

  it("a placeholder for a whole statement, element or policy gives the same verdict or unknown", () => {
    fc.assert(
      fc.property(
        requestArbitrary,
        documentsArbitrary,
        fc.nat(),
        fc.constantFrom("Effect", "Principal", "Action", "Resource", "Condition", ""),
        (request, documents, which, element) => {
          const known = verdict(request, documents, { blockPublicAccess: RESTRICTED });
          const list = statements(documents.resource);
          const index = list.length === 0 ? -1 : which % list.length;
          const replaced = list.map((statement, at) => {
            if (at !== index) return statement;
            return element === ""
              ? unknownText("statement")
              : element in statement
                ? { ...statement, [element]: unknownText("element") }
                : statement;
          });
          const found = verdict(
            request,
            { ...documents, resource: { ...documents.resource, Statement: replaced } },
            { blockPublicAccess: RESTRICTED },
          );
          const whole = decide(request, {
            ...compileAll(documents),
            resourcePolicy: compilePolicy(unknownText("policy"), "resource"),
            blockPublicAccess: RESTRICTED,
          });

          expect(contradicts(known, found), `${known} became ${found}`).toBe(false);
          expect(contradicts(known, whole.verdict), `${known} became ${whole.verdict}`).toBe(false);
          expect(isDenied(whole.verdict) || whole.missing.length > 0).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it("the same placeholder in policies and request gives the same verdict or unknown", () => {
    const parts = ["444455556666", "111122223333", "writer", "logs", "arn:aws:s3:::logs", "alice", "a/b"];
    fc.assert(
      fc.property(requestArbitrary, documentsArbitrary, fc.constantFrom(...parts), (request, documents, part) => {
        const known = verdict(request, documents);
        const replace = (text: string) => text.replaceAll(part, unknownText("x"));
        const found = verdict(mapTexts(request, replace) as AccessRequest, mapTexts(documents, replace) as Documents);

        expect(contradicts(known, found), `${known} became ${found}`).toBe(false);
      }),
      MANY_RUNS,
    );
  });

  it("a placeholder of a kind gives the verdict of every value of that kind, or unknown", () => {
    const stranger = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;
    const strangers = [stranger(OUTSIDE_ACCOUNTS[0]!, OUTSIDE_ROLE_NAME), stranger("444455556666", OUTSIDE_ROLE_NAME)];
    fc.assert(
      fc.property(
        fc.tuple(requestArbitrary, fc.option(fc.constantFrom(...strangers), { freq: 2 })),
        documentsArbitrary,
        fc.uniqueArray(fc.constantFrom(...OPEN), { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
        ([given, caller], documents, opened, choices) => {
          const request = caller === null ? given : { ...given, principal: caller };
          const parts = new RegExp(OPEN.flatMap((open) => (opened.includes(open) ? [open.part] : [])).join("|"), "g");
          const verdictWith = (choose: (open: Opened) => string) => {
            const put = (text: string) => text.replace(parts, (part) => choose(OPEN.find((open) => open.part === part)!));
            return verdict(mapTexts(request, put) as AccessRequest, mapTexts(documents, put) as Documents, {
              blockPublicAccess: RESTRICTED,
            });
          };

          const found = verdictWith(({ part, kind }) => unknownText(part, kind));

          for (const [index, choice] of choices.entries()) {
            const known = verdictWith(({ values }) => values[(choice + index) % values.length]!);
            expect(contradicts(known, found), `${known} became ${found}`).toBe(false);
          }
        },
      ),
      MANY_RUNS,
    );
  });

  it("says what is missing whenever it says unknown", () => {
    fc.assert(
      fc.property(requestArbitrary, documentsArbitrary, cut, (request, documents, { from, length }) => {
        const hidden = mapTexts(documents, (text, path) => (/Resource/.test(path) ? hide(text, from, length) : text)) as Documents;
        const decision = decide(request, compileAll(hidden));

        if (decision.verdict === "unknown") expect(decision.missing.length).toBeGreaterThan(0);
        else expect(decision.missing).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe("compilePolicy", () => {
  const kinds = ["identity", "resource", "trust", "permissionsBoundary", "session", "serviceControl", "resourceControl"] as const;

  function survives(input: unknown, kind: (typeof kinds)[number]): void {
    try {
      const policy = compilePolicy(input, kind);
      decide(
        {
          principal: "arn:aws:iam::111122223333:user/a",
          action: "s3:PutObject",
          resource: "arn:aws:s3:::b/k",
          resourceAccount: "111122223333",
          context: {},
        },
        { identityPolicies: [policy], resourcePolicy: policy, trustPolicy: policy },
      );
      isPublic(policy);
    } catch (error) {
      expect(error).toBeInstanceOf(PolicyGrammarError);
    }
  }

  it("takes any value with no other exception than PolicyGrammarError", () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        fc.constantFrom(...kinds),
        survives,
      ),
      RUNS,
    );
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.jsonValue()), fc.constantFrom(...kinds), survives), RUNS);
  });

  it("takes any mutant of a policy with no other exception than PolicyGrammarError", () => {
    const junk = fc.oneof(
      fc.jsonValue(),
      fc.string(),
      fc.constant(undefined),
      fc.constant(unknownText("x")),
      fc.constant("${"),
      fc.constant("arn:aws:s3:::\u0000"),
    );
    fc.assert(
      fc.property(policyArbitrary("resource"), fc.nat(), junk, fc.constantFrom(...kinds), (policy, which, value, kind) => {
        let count = 0;
        mapTexts(policy, () => count++);
        let at = -1;
        survives(
          mapTexts(policy, (text) => {
            at++;
            return at === which % Math.max(count, 1) ? value : text;
          }),
          kind,
        );
      }),
      MANY_RUNS,
    );
  });
});
