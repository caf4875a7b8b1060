/** Statements about all requests, and the questions to the prover on which they stand. */
import { type Proof, proveEvery, proveNobody, type RequestSet, type Witness } from "../access";
import { hasUnknown } from "../unknown";
import { conditionsIn } from "./documents";
import type { Facts } from "./types";
import { documentsOf, type Judged } from "./worlds";

/** One question about one world; a statement holds where all of its questions are proved. */
export interface Question {
  readonly judged: Judged;
  readonly ask: () => Proof;
  /** Keys by which the caller itself may make a refused request work. */
  readonly choicesFor?: (refused: Witness) => readonly string[];
  /** What somebody can do with the access that the question is about. Without it there is no harm. */
  readonly next?: readonly Question[];
}

/** What a statement is about, and so what it needs. */
export type Subject = "bucket" | "role" | "roleAndBucket";

export interface Statement {
  readonly id: string;
  readonly title: string;
  readonly expected: "allowed" | "denied";
  readonly subject: Subject;
  readonly remedy: string;
  readonly questions: readonly Question[];
  /** Whether it holds where there is nothing to ask. */
  readonly holdsUnasked?: true;
}

export const IDS = {
  nobodyElse: "nobody-else-reaches-bucket",
  nothingElse: "vendor-can-do-nothing-else",
  otherBuckets: "vendor-reaches-no-other-bucket",
  neighbours: "vendor-reaches-no-other-vendors-objects",
  delivers: "vendor-can-deliver-every-key",
  assumed: "nobody-else-assumes-role",
  otherRoles: "no-other-role-lets-others-in",
  externalIds: "vendor-can-assume-role-with-each-external-id",
};
/** Who makes the vendor's requests to the bucket. */
export function vendorCallers({ role, vendorPrincipals, isRoleAssumed }: Facts): readonly string[] {
  return isRoleAssumed ? (role === undefined ? [] : [role.arn]) : vendorPrincipals;
}

export function nobodyQuestions(worlds: readonly Judged[], requests: RequestSet, permitted: readonly RequestSet[]): Question[] {
  return worlds.map((judged) => ({ judged, ask: () => proveNobody({ world: judged.world, requests, permitted }) }));
}

/** Keys of which the library cannot say that a plain request lacks them. */
const LEFT_OPEN =
  /^(aws:(principal|userid|username|resourcetag|resourceorg|multifactor|tokenissue|federatedprovider|viaawsservice)|s3:(buckettag|existingobjecttag|objectcreationoperation))/i;

/** Headers by which a request sets an ACL, which a plain request lacks. */
const ACL_HEADERS = [
  "s3:x-amz-acl",
  ...["read", "write", "read-acp", "write-acp", "full-control"].map((permission) => `s3:x-amz-grant-${permission}`),
];

/** What the caller chooses from request to request: headers, parameters, and the version of TLS. */
const CHOSEN_BY_CALLER = /^s3:(x-amz-(?!content-sha256).*|prefix|delimiter|max-keys|if-match|if-none-match|tlsversion|versionid)$/i;

/** A plain request: what is not among the keys of every request is absent, unless the caller's identity or the resource decides it. */
export function everyQuestion(judged: Judged, requests: RequestSet): Question {
  const { world } = judged;
  const asked = [...new Set(documentsOf(world).flatMap((document) => conditionsIn(document).map(({ key }) => key)))];
  const given = Object.entries(requests.context ?? {});
  const isKnown = ([, value]: (typeof given)[number]) => !(typeof value === "string" && hasUnknown(value));
  const names = new Set(given.map(([key]) => key.toLowerCase()));
  const absent = [...asked, ...ACL_HEADERS].filter((key) => !names.has(key.toLowerCase()) && !LEFT_OPEN.test(key));
  const context = Object.fromEntries([...given.filter(isKnown), ...absent.map((key) => [key, null] as const)]);
  return {
    judged,
    ask: () => proveEvery({ world, requests: { ...requests, context } }),
    choicesFor: ({ action, resource }) => {
      const keys = asked.filter((key) => CHOSEN_BY_CALLER.test(key));
      if (keys.length === 0) return [];
      const fixed = Object.fromEntries(Object.entries(context).filter(([key]) => !CHOSEN_BY_CALLER.test(key)));
      const likewise = { callers: requests.callers!, actions: [action], resources: [resource], context: fixed };
      return proveNobody({ world, requests: likewise }).outcome === "proved" ? [] : keys;
    },
  };
}
