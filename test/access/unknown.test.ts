/** Texts that are not known: whatever they stand for, what was said without knowing them must be true. */
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { type Proof, proveEvery, proveNobody, type RequestSet, type World } from "../../lib/access";
import { unknownText } from "../../lib/evaluate";
import { worldArbitrary } from "./arbitraries";
import { RUNS, SEED } from "./runs";
import { OTHER, OWN } from "./vocabulary";

const ROLE = `arn:aws:iam::${OTHER}:role/writer`;

/** Parts of texts that may be hidden, with what they may turn out to be. */
const HIDDEN = [
  { part: "logs", placeholder: unknownText("bucket", "name"), values: ["logs", "other", "lo", "x"] },
  { part: "arn:aws:s3:::logs", placeholder: unknownText("arn", "bucketArn"), values: ["arn:aws:s3:::logs", "arn:aws:s3:::other"] },
  { part: "a/", placeholder: unknownText("prefix"), values: ["a/", "*", "", "b", "a/*"] },
  {
    part: ROLE,
    placeholder: unknownText("role"),
    values: [OWN, OTHER, "*", `arn:aws:iam::${OTHER}:user/alice`, `arn:aws:iam::${OTHER}:role/writer`],
  },
  { part: OTHER, placeholder: unknownText("account", "otherAccount"), values: [OTHER, "999999999999"] },
  { part: "alice", placeholder: unknownText("name", "path"), values: ["alice", "writer", "path/alice"] },
  { part: "203.0.113.0/24", placeholder: unknownText("range"), values: ["203.0.113.0/24", "0.0.0.0/0", "x"] },
  { part: "o-a", placeholder: unknownText("organization"), values: ["o-a", "o-b"] },
] as const;

const QUESTION: RequestSet = { resources: ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"] };
const PERMITTED: readonly RequestSet[] = [
  { callers: [OWN] },
  { callers: [`arn:aws:iam::${OTHER}:role/writer`], resources: ["arn:aws:s3:::logs/a/*", "arn:aws:s3:::logs"] },
];
const EVERY: RequestSet = {
  callers: [`arn:aws:iam::${OTHER}:role/writer`],
  actions: ["s3:PutObject"],
  resources: ["arn:aws:s3:::logs/a/*"],
  context: { "aws:SecureTransport": "true", "s3:x-amz-acl": null },
};

/** The same value with a part of its texts replaced. */
function replaced<T>(value: T, part: string, by: string): T {
  if (typeof value === "string") return value.replaceAll(part, by) as T;
  if (Array.isArray(value)) return value.map((one) => replaced(one, part, by)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, part, by)])) as T;
}

const counts = new Map<string, number>();

it.each<[string, (world: World, put: <T>(value: T) => T) => Proof]>([
  ["nobody", (world, put) => proveNobody({ world, requests: put(QUESTION), permitted: put(PERMITTED) })],
  ["every", (world, put) => proveEvery({ world, requests: put(EVERY) })],
])("what is said of %s holds for all that a hidden text may be", (name, ask) => {
  fc.assert(
    fc.property(worldArbitrary, fc.constantFrom(...HIDDEN), (world, { part, placeholder, values }) => {
      const proofWith = (text: string) => {
        // What is asked about is a caller, never `*` or a whole account: there the text stays known.
        const put = <T>(value: T) => (part === ROLE ? value : replaced(value, part, text));
        return ask(replaced(world, part, text), put);
      };
      const hidden = proofWith(placeholder);
      const key = `${name} ${hidden.outcome}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);

      for (const text of values) {
        const { outcome, witness } = proofWith(text);
        const detail = `${part} is ${text}: ${outcome} ${JSON.stringify(witness)}; hidden ${JSON.stringify(hidden.witness)}`;
        if (hidden.outcome === "proved") expect(outcome, detail).toBe("proved");
        if (hidden.outcome === "broken") expect(outcome, detail).not.toBe("proved");
      }
    }),
    { numRuns: Math.ceil(RUNS / 5), seed: SEED },
  );
});

afterAll(() => console.log([...counts].map(([what, number]) => `${what} ${number}`).join(", ")));
