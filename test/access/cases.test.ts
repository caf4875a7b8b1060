/** The cases of AWS's documentation: what one request is allowed cannot be proved to be nobody's, and what it is denied does not work for every request. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Proof, proveEvery, proveNobody, QuestionError, type RequestSet, type World } from "../../lib/access";
import { type CaseInput, readCases } from "../../lib/evaluate";

const folder = join(__dirname, "..", "evaluate", "cases");
const CASES = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .flatMap((name) => readCases(readFileSync(join(folder, name), "utf8")) as CaseInput[]);

const DERIVED = /^aws:(principalarn|principalaccount|principaltype|username|principalservicename|epochtime)$/i;

/** The ARN of the role, where the principal is a session: of the role whose path the case tells, else of one without. */
function callerArn({ principal, context }: CaseInput["request"]): string {
  const told = Object.entries(context ?? {}).find(([key]) => /^aws:principalarn$/i.test(key))?.[1];
  if (typeof told === "string" && told.includes(":iam:")) return told;
  return principal.replace(/^(arn:[^:]*:)sts(::\d+:)assumed-role\/([^/]+)\/.*$/, "$1iam$2role/$3");
}

function parsed(document: unknown): unknown {
  return typeof document === "string" ? JSON.parse(document) : (document ?? undefined);
}

function worldOf(input: CaseInput): World {
  const { request, identityPolicies, permissionsBoundary, sessionPolicies, serviceControlPolicies } = input;
  const arn = callerArn(request);
  const account = request.resourceAccount ?? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(request.resource)?.[1];
  const own = {
    arn,
    identityPolicies: identityPolicies?.map(parsed),
    permissionsBoundary: parsed(permissionsBoundary),
    sessionPolicies: sessionPolicies?.map(parsed),
    serviceControlPolicies: serviceControlPolicies ?? undefined,
  };
  return {
    partition: /^arn:([^:]*):/.exec(request.resource)?.[1] ?? "aws",
    account,
    resourcePolicy: parsed(input.resourcePolicy),
    trustPolicy: parsed(input.trustPolicy),
    principals: /^arn:[^:]*:(iam|sts)::\d/.test(arn) ? [own] : [],
    resourceControlPolicies: input.resourceControlPolicies?.map(parsed),
    blockPublicAccess: input.blockPublicAccess ?? undefined,
    objectOwnership: input.objectOwnership ?? undefined,
    canonicalUsers: input.canonicalUsers ?? undefined,
  };
}

/** The requests that are like the one of a case in all that it says. */
function setOf({ request }: CaseInput): RequestSet {
  const context: Record<string, string> = {};
  for (const [key, value] of Object.entries(request.context ?? {}))
    if (!Array.isArray(value) && !DERIVED.test(key)) context[key] = String(value);
  return {
    callers: request.principal === "*" ? ["anonymous"] : [request.principal],
    actions: [request.action],
    resources: [request.resource],
    context,
  };
}

/** Undefined where such a question cannot be asked: another service, or callers that AWS does not have. */
function asked(ask: () => Proof): Proof["outcome"] | undefined {
  try {
    return ask().outcome;
  } catch (error) {
    if (error instanceof QuestionError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const counts = { allowed: 0, denied: 0, proved: 0, notAsked: 0 };

it("no proof contradicts a case", () => {
  const contradictions: string[] = [];
  for (const input of CASES) {
    const { id, expected } = input;
    const isAllowed = expected === "Allowed";
    if (!isAllowed && !expected?.endsWith("Denied")) continue;
    const world = worldOf(input);
    const requests = setOf(input);
    const outcomes = isAllowed
      ? [requests, { ...requests, callers: undefined }, { ...requests, callers: undefined, context: {} }].map((one) =>
          asked(() => proveNobody({ world, requests: one })),
        )
      : [asked(() => proveEvery({ world, requests }))];
    // A user whose call has `aws:SourceArn`, which only calls of services have, makes no request that AWS knows.
    if (outcomes[0] === undefined) {
      counts.notAsked++;
      continue;
    }
    counts[isAllowed ? "allowed" : "denied"]++;
    if (outcomes.includes("proved")) contradictions.push(`${id}: ${expected}, ${outcomes.join()}`);
    if (!isAllowed && asked(() => proveNobody({ world, requests })) === "proved") counts.proved++;
  }
  console.log(counts);

  expect(contradictions).toEqual([]);
  expect(counts.allowed + counts.denied).toBeGreaterThan(250);
});
