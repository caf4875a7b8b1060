/** Random worlds: the prover against the evaluator, which judges single requests and shares no code with it. */
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { proveEvery, proveNobody, type RequestSet } from "../../lib/access";
import type { AccessRequest } from "../../lib/evaluate";
import { requestArbitrary, worldArbitrary } from "./arbitraries";
import { judge } from "./judge";
import { RUNS, SEED } from "./runs";
import { OTHER, OWN } from "./vocabulary";

const RESOURCES = ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"];
const SETS: readonly RequestSet[] = [
  { callers: [OWN] },
  { callers: [`arn:aws:iam::${OTHER}:role/writer`], actions: ["s3:PutObject"], resources: ["arn:aws:s3:::logs/a/*"] },
  { callers: ["anonymous"] },
  { callers: ["logging.s3.amazonaws.com", OTHER] },
  { actions: ["s3:List*"] },
  { context: { "aws:SecureTransport": "true" } },
];

const permittedArbitrary = fc
  .tuple(fc.constantFrom(true, true, true, false), fc.subarray([...SETS], { maxLength: 4 }))
  .map(([own, sets]) => (own ? [{ callers: [OWN] }, ...sets] : sets));

/** Whether a request is in a set, read off its texts. */
function isIn({ callers, actions, resources, context }: RequestSet, request: AccessRequest): boolean {
  const glob = (pattern: string, text: string) =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".")}$`,
      "s",
    ).test(text);
  const arn = (request.context["aws:PrincipalArn"] as string | undefined) ?? request.principal;
  const isCaller = (caller: string) =>
    /^\d{12}$/.test(caller) ? arn.includes(`::${caller}:`) : caller === "anonymous" ? arn === "*" : arn === caller;
  if (callers?.some(isCaller) === false || actions?.some((one) => glob(one, request.action)) === false) return false;
  if (resources?.some((one) => glob(one, request.resource)) === false) return false;
  // The witness names a key as a policy does.
  const given = new Map(Object.entries(request.context).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(context ?? {}).every(([key, value]) => [value].flat().includes(given.get(key.toLowerCase()) as string));
}

const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);

describe("on random worlds", () => {
  it("nobody is proved to be allowed only where no request is, and a witness is one that is", () => {
    fc.assert(
      fc.property(
        worldArbitrary,
        permittedArbitrary,
        fc.array(requestArbitrary, { minLength: 12, maxLength: 12 }),
        (world, permitted, requests) => {
          const proof = proveNobody({ world, requests: { resources: RESOURCES }, permitted });
          count(`nobody ${proof.outcome}`);

          if (proof.outcome === "proved")
            for (const request of requests) {
              if (permitted.some((set) => isIn(set, request))) continue;
              expect(judge(request, world).verdict, JSON.stringify(request)).not.toBe("Allowed");
            }
          if (proof.outcome === "broken") {
            expect(judge(proof.witness!, world).verdict, JSON.stringify(proof.witness)).toBe("Allowed");
            expect(permitted.some((set) => isIn(set, proof.witness!))).toBe(false);
          }
        },
      ),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it("every request is proved to be allowed only where each is, and a witness is one that is not", () => {
    const questions: readonly RequestSet[] = [
      { callers: [`arn:aws:iam::${OTHER}:role/writer`], actions: ["s3:PutObject"], resources: ["arn:aws:s3:::logs/a/*"] },
      {
        callers: [`arn:aws:iam::${OWN}:role/writer`],
        actions: ["s3:Get*"],
        resources: ["arn:aws:s3:::logs/*"],
        context: { "aws:SecureTransport": "true" },
      },
      {
        callers: [`arn:aws:iam::${OTHER}:user/alice`],
        actions: ["s3:ListBucket"],
        resources: ["arn:aws:s3:::logs"],
        context: { "s3:prefix": ["a/", "a/b"] },
      },
      { callers: [OTHER], actions: ["s3:GetObject"], resources: ["arn:aws:s3:::logs/*"] },
    ];
    fc.assert(
      fc.property(
        worldArbitrary,
        fc.constantFrom(...questions),
        fc.array(requestArbitrary, { minLength: 12, maxLength: 12 }),
        (world, requests, samples) => {
          const proof = proveEvery({ world, requests });
          count(`every ${proof.outcome}`);

          if (proof.outcome === "proved")
            for (const request of samples)
              if (isIn(requests, request)) expect(judge(request, world).verdict, JSON.stringify(request)).toBe("Allowed");
          if (proof.outcome === "broken") {
            expect(judge(proof.witness!, world).verdict, JSON.stringify(proof.witness)).toMatch(/Denied$/);
            expect(isIn(requests, proof.witness!)).toBe(true);
          }
        },
      ),
      { numRuns: RUNS, seed: SEED },
    );
  });
});

afterAll(() => console.log([...counts].map(([what, number]) => `${what} ${number}`).join(", ")));
