/** Statements that the vendor reaches nothing besides its bucket. If no first step is possible, there is no second one. */
import type { RequestSet } from "../../access";
import { PROOF_IDS, showOwnAccount } from "../../contract";
import { unknownText } from "../../unknown";
import { nobodyQuestions, type Question, type Statement } from "../questions";
import type { Facts, FactsInEstate, RoleFacts } from "../types";
import { ASSUMING_ACTIONS, assumingWorld, bucketWorlds, type Judged, keyWorlds } from "../worlds";
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
    title: "no other role, bucket or KMS key of the input lets the vendor in",
    expected: "denied",
    subject: facts.isRoleAssumed ? "role" : "bucket",
    remedy:
      "in the statement that lets the vendor in, name the principals that need access instead of * or an account, and neither the vendor nor its role",
    questions: [...roleQuestions(facts), ...bucketQuestions(facts), ...keyQuestions(facts)],
    holdsUnasked: true,
  };
}

function roleQuestions({ vendorPrincipals, role, estate: { roles } }: FactsInEstate): Question[] {
  const entries = (target: RoleFacts, caller: Omit<Entry, "gained">): Question =>
    entry(target, { ...caller, gained: () => gainedBy(target, { roles, assumed: new Set([target]) }) });
  return roles.flatMap((target) => [
    ...(vendorPrincipals.length === 0 ? [] : [entries(target, { callers: vendorPrincipals })]),
    ...(role === undefined ? [] : [entries(target, { callers: [role.arn], assuming: role })]),
  ]);
}

interface Entry {
  readonly callers: readonly string[];
  /** The caller, if its own policies are known. */
  readonly assuming?: RoleFacts;
  readonly gained: () => Iterable<Question>;
}

function entry(target: RoleFacts, { callers, assuming, gained }: Entry): Question {
  const requests = { callers, actions: ASSUMING_ACTIONS, resources: [target.arn] };
  const [question] = nobodyQuestions([ofCaller(assumingWorld(target, assuming), assuming)], requests, []);
  return { ...question!, thereby: gained };
}

interface Chain {
  readonly roles: readonly RoleFacts[];
  /** Roles whose rights have been described. Each is described once, however many chains lead to it. */
  readonly assumed: Set<RoleFacts>;
}

/** Longer chains are not described. */
const MOST_ASSUMED = 8;

/** What the role allows, and the roles that it may assume in turn. */
function* gainedBy(assuming: RoleFacts, { roles, assumed }: Chain): Iterable<Question> {
  yield* everyRight(assuming);
  for (const target of roles) {
    if (assumed.has(target) || assumed.size >= MOST_ASSUMED) continue;
    const gained = () => {
      if (assumed.has(target)) return [];
      assumed.add(target);
      return gainedBy(target, { roles, assumed });
    };
    yield entry(target, { callers: [assuming.arn], assuming, gained });
  }
}

function bucketQuestions(facts: FactsInEstate): Question[] {
  const { partition, role, estate } = facts;
  return estate.buckets.flatMap(({ arn, ...bucket }) => {
    const worlds = bucketWorlds({ partition, bucket, ...(role && { role }) });
    return resourceQuestions(facts, { forVendor: worlds, forRole: worlds }, { resources: [arn, `${arn}/*`] });
  });
}

function keyQuestions(facts: FactsInEstate): Question[] {
  return facts.estate.keys.flatMap((key) => {
    const account = key.mayBeOwn ? unknownText(`whether ${showOwnAccount(key.arn)} is in your account`) : key.account;
    const worlds = { forVendor: keyWorlds(key, facts.role), forRole: keyWorlds({ ...key, account }, facts.role) };
    return resourceQuestions(facts, worlds, { actions: ["kms:*"], resources: [key.arn] });
  });
}

interface ResourceWorlds {
  readonly forVendor: readonly Judged[];
  readonly forRole: readonly Judged[];
}

function resourceQuestions({ role, vendorPrincipals }: FactsInEstate, worlds: ResourceWorlds, requests: RequestSet): Question[] {
  return [
    ...(vendorPrincipals.length === 0 ? [] : nobodyQuestions(worlds.forVendor, { callers: vendorPrincipals, ...requests }, [])),
    ...(role === undefined
      ? []
      : nobodyQuestions(
          worlds.forRole.map((world) => ofCaller(world, role)),
          { callers: [role.arn], ...requests },
          [],
        )),
  ];
}

function ofCaller(judged: Judged, caller: RoleFacts | undefined): Judged {
  return { ...judged, world: withPrincipalTags(judged.world, caller) };
}
