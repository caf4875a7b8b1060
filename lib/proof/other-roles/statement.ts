import { PROOF_IDS } from "../../contract";
import { showUnknown } from "../../unknown";
import { extendingRights } from "../estate/own-rights";
import { withPrincipalTags } from "../estate/principal-tags";
import { nobodyQuestions, type Question, type Statement, sessionQuestions } from "../questions";
import type { Facts, RoleFacts } from "../types";
import { ASSUMING_ACTIONS, assumingWorld, bucketWorlds, type Judged, trustWorld } from "../worlds";
import { insiders, unknownCallers } from "./insiders";

/** Over two steps or more: a caller assumes a role, and the role reaches the bucket or assumes the next one. */
export function otherRoles(facts: Facts): Statement {
  return {
    id: PROOF_IDS.otherRoles,
    title: "no other role lets somebody from outside your account reach the bucket",
    expected: "denied",
    subject: "bucket",
    remedy: "remove the bucket from the role's policies, or the caller from its trust policy",
    questions: facts.otherRoles.flatMap((role) => {
      const judged = trustWorld(role);
      const requests = { actions: ASSUMING_ACTIONS, resources: [role.arn] };
      const outsiders = nobodyQuestions([judged], requests, [{ callers: insiders(role) }]);
      return [...outsiders, ...unknownCallerQuestions(judged, role)].map((question) => ({
        ...question,
        next: () => gainedBy(role, facts, new Set([role])),
      }));
    }),
    holdsUnasked: true,
  };
}

/**
 * What a session of the role can do to the bucket: by its own rights, by extending them, and by assuming further roles.
 *
 * @param assumed roles whose rights have been asked about; each is asked about once, however many chains lead to it
 */
function* gainedBy(role: RoleFacts, facts: Facts, assumed: Set<RoleFacts>): Iterable<Question> {
  const toBucket = { requests: { resources: [facts.bucketArn, `${facts.bucketArn}/*`] }, permitted: [] };
  yield* sessionQuestions(role, bucketWorlds({ ...facts, role }), toBucket);
  if (role.account === facts.bucket?.account) yield* extendingRights(role);
  for (const target of facts.otherRoles) {
    if (assumed.has(target)) continue;
    yield {
      ...assumingQuestion(role, target),
      next: () => {
        if (assumed.has(target)) return [];
        assumed.add(target);
        return gainedBy(target, facts, assumed);
      },
    };
  }
}

function assumingQuestion(role: RoleFacts, target: RoleFacts): Question {
  const judged = assumingWorld(target, role);
  const requests = { callers: [role.arn], actions: ASSUMING_ACTIONS, resources: [target.arn] };
  const [question] = nobodyQuestions([{ ...judged, world: withPrincipalTags(judged.world, role) }], requests, []);
  return question!;
}

/** One for each identity provider or service of which it is not known who acts through it. */
export function unknownCallerQuestions(judged: Judged, role: RoleFacts): Question[] {
  return unknownCallers(role).map((name) => ({
    judged,
    ask: () => ({ outcome: "couldNotTell", missing: [`to know whose identities ${showUnknown(name)} brings in`], statements: [] }),
  }));
}
