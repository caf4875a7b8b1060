/** Statements about all requests, and the questions to the prover that decide them. */
import { type Proof, proveEvery, proveNobody, type RequestSet, type Witness } from "../access";
import { hasUnknown } from "../unknown";
import { decidableKeys } from "./decided-conditions";
import type { Facts, KeyFacts, RoleFacts } from "./types";
import { documentsOf, type Judged, sessionContext } from "./worlds";

/** One question about one world. A statement holds if all of its questions are proved. */
export interface Question {
  readonly judged: Judged;
  readonly ask: () => Proof;
  /** Keys that may have values with which a refused request works. */
  readonly choicesFor?: (refused: Witness) => readonly string[];
  /** What decides whether a request that was found works, and the input does not show. */
  readonly dependsOn?: string;
  /** What to do if the answer depends on that. */
  readonly remedy?: string;
  /** What somebody can do with the access that the question is about. If it is nothing, the access does no harm. */
  readonly next?: () => Iterable<Question>;
  /** What somebody gains by the access, for people. The access does harm even without it. */
  readonly thereby?: () => Iterable<Question>;
}

/** What a statement is about. The input must contain it. */
export type Subject = "bucket" | "role" | "roleAndBucket";

export interface Statement {
  readonly id: string;
  readonly title: string;
  readonly expected: "allowed" | "denied";
  readonly subject: Subject;
  readonly remedy: string;
  readonly questions: readonly Question[];
  /** Whether the statement holds if it has no questions. */
  readonly holdsUnasked?: true;
}

/** Who makes the vendor's requests to the bucket. */
export function vendorCallers({ role, vendorPrincipals, isRoleAssumed }: Facts): readonly string[] {
  return isRoleAssumed ? (role === undefined ? [] : [role.arn]) : vendorPrincipals;
}

export function nobodyQuestions(worlds: readonly Judged[], requests: RequestSet, permitted: readonly RequestSet[]): Question[] {
  return worlds.map((judged) => ({ judged, ask: () => proveNobody({ world: judged.world, requests, permitted }) }));
}

/** Like `nobodyQuestions`, about the sessions of a role. */
export function sessionQuestions(
  role: RoleFacts,
  worlds: readonly Judged[],
  { requests, permitted }: { readonly requests: RequestSet; readonly permitted: readonly RequestSet[] },
): Question[] {
  return worlds.flatMap((judged) =>
    nobodyQuestions([judged], { ...requests, callers: [role.arn], context: sessionContext(judged, role) }, permitted),
  );
}

/** Like `nobodyQuestions`, about the vendor's requests to buckets. */
export function vendorQuestions(
  facts: Facts,
  worlds: readonly Judged[],
  asked: { readonly requests: RequestSet; readonly permitted: readonly RequestSet[] },
): Question[] {
  if (facts.isRoleAssumed && facts.role !== undefined) return sessionQuestions(facts.role, worlds, asked);
  return nobodyQuestions(worlds, { ...asked.requests, callers: vendorCallers(facts) }, asked.permitted);
}

/** Headers that set an ACL, which a plain request does not have. */
const ACL_HEADERS = [
  "s3:x-amz-acl",
  ...["read", "write", "read-acp", "write-acp", "full-control"].map((permission) => `s3:x-amz-grant-${permission}`),
];

/** Each request of the vendor with the keys of every request, and none that the vendor can leave out. */
export function everyQuestion(judged: Judged, requests: RequestSet, keys: KeyFacts): Question {
  const { world } = judged;
  const given = Object.entries(requests.context ?? {}).filter(([, value]) => !(typeof value === "string" && hasUnknown(value)));
  const names = new Set(Object.keys(requests.context ?? {}).map((key) => key.toLowerCase()));
  const facts = Object.entries(keys).filter(([key]) => !names.has(key));
  const isBucket = requests.actions?.some((action) => action.startsWith("s3:"));
  const lacking = facts.filter(([, fact]) => fact === "absent" || fact === "chosen").map(([key]) => key);
  const context = {
    ...Object.fromEntries(given),
    ...Object.fromEntries(facts.filter((fact): fact is [string, readonly string[]] => Array.isArray(fact[1]))),
    ...Object.fromEntries([...lacking, ...(isBucket ? ACL_HEADERS : [])].map((key) => [key, null] as const)),
  };
  return {
    judged,
    ask: () => proveEvery({ world, requests: { ...requests, context } }),
    choicesFor: ({ action, resource }) => {
      const asked = facts.filter(([, fact]) => fact !== "absent" && fact.length > 1).map(([key]) => key);
      const open = [...new Set([...asked, ...decidableKeys(documentsOf(world))])];
      if (open.length === 0) return [];
      const fixed = Object.fromEntries(Object.entries(context).filter(([key]) => !open.includes(key) && !ACL_HEADERS.includes(key)));
      const likewise = { callers: requests.callers!, actions: [action], resources: [resource], context: fixed };
      return proveNobody({ world, requests: likewise }).outcome === "proved" ? [] : open;
    },
  };
}
