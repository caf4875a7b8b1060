/** The vendor reaches nothing beside its bucket. Where no first step is possible, there is no second one. */
import { PROOF_IDS } from "../../contract";
import { nobodyQuestions, type Question, type Statement } from "../questions";
import type { Facts, FactsInEstate, RoleFacts } from "../types";
import { ASSUMING_ACTIONS, assumingWorld, bucketWorlds, type Judged } from "../worlds";
import { everyRight, ownRights } from "./own-rights";
import { withPrincipalTags } from "./principal-tags";

/** The rights of the role, whatever other policies say. */
export function nothingInOtherServices(facts: Facts): Statement {
  return {
    id: PROOF_IDS.ownRights,
    title: "the role's policies allow the vendor nothing in other services",
    expected: "denied",
    subject: "role",
    remedy: "remove from the role's policies what the vendor does not need to deliver",
    questions: facts.role === undefined ? [] : ownRights(facts.role, facts),
  };
}

/** Who else lets in the vendor or its role. */
export function nothingBeside(facts: FactsInEstate): Statement {
  return {
    id: PROOF_IDS.nothingBeside,
    title: "no other role and no other bucket of the input lets the vendor in",
    expected: "denied",
    subject: facts.isRoleAssumed ? "role" : "bucket",
    remedy: "name in the other policy the principals that need it, without the vendor and its role",
    questions: [...roleQuestions(facts), ...bucketQuestions(facts)],
    holdsUnasked: true,
  };
}

function roleQuestions({ vendorPrincipals, role, estate }: FactsInEstate): Question[] {
  const entries = { roles: estate.roles, followed: new Set<RoleFacts>() };
  return estate.roles.flatMap((target) => [
    ...(vendorPrincipals.length === 0 ? [] : [entry(target, { ...entries, callers: vendorPrincipals })]),
    ...(role === undefined ? [] : [entry(target, { ...entries, callers: [role.arn], assuming: role })]),
  ]);
}

interface Entry {
  readonly callers: readonly string[];
  /** The caller, where its own policies are known. */
  readonly assuming?: RoleFacts;
  /** All other roles. */
  readonly roles: readonly RoleFacts[];
  /** Those whose rights were told already, so that roles that trust each other are followed once. */
  readonly followed: Set<RoleFacts>;
}

function entry(target: RoleFacts, { callers, assuming, roles, followed }: Entry): Question {
  const requests = { callers, actions: ASSUMING_ACTIONS, resources: [target.arn] };
  const [question] = nobodyQuestions([ofCaller(assumingWorld(target, assuming), assuming)], requests, []);
  return {
    ...question!,
    thereby: () => {
      if (followed.has(target)) return [];
      followed.add(target);
      const further = roles.filter((one) => !followed.has(one));
      return [...everyRight(target), ...further.map((one) => entry(one, { callers: [target.arn], assuming: target, roles, followed }))];
    },
  };
}

function bucketQuestions({ partition, role, estate, vendorPrincipals }: FactsInEstate): Question[] {
  return estate.buckets.flatMap(({ arn, ...bucket }) => {
    const worlds = bucketWorlds({ partition, bucket, ...(role && { role }) });
    const resources = [arn, `${arn}/*`];
    return [
      ...(vendorPrincipals.length === 0 ? [] : nobodyQuestions(worlds, { callers: vendorPrincipals, resources }, [])),
      ...(role === undefined
        ? []
        : nobodyQuestions(
            worlds.map((world) => ofCaller(world, role)),
            { callers: [role.arn], resources },
            [],
          )),
    ];
  });
}

function ofCaller(judged: Judged, caller: RoleFacts | undefined): Judged {
  return { ...judged, world: withPrincipalTags(judged.world, caller) };
}
