/** The roles through which somebody outside the account may reach a bucket: directly, by assuming further roles, or by changing rights. */
import { proveNobody } from "../../access";
import { accountOf, type DeliveryContract, substituteOwnAccount } from "../../contract";
import { memoizeByObject, PolicyGrammarError } from "../../evaluate";
import { bucketOf, roleOf } from "../../judge";
import type { AccountModel, PlannedBucket, PlannedRole } from "../../plan";
import type { RoleFacts } from "../types";
import { ASSUMING_ACTIONS, trustWorld } from "../worlds";
import { insiders, unknownCallers } from "./insiders";
import { asPossibleRole, factsOfRole } from "./role-facts";
import { rolesChangingRoles, rolesLetIn, rolesNaming } from "./role-index";

interface KnownRole {
  readonly facts: RoleFacts;
  /** Whether somebody outside the account may assume it. */
  readonly isOpen: boolean;
}

/** Each role of a model is read once, whatever the number of destinations. */
const rolesIn = memoizeByObject((model: AccountModel) => memoizeByObject((role: PlannedRole) => readRole(role, model)));

/**
 * Roles that somebody outside the account may assume, directly or through other roles, and that may reach the bucket or give themselves
 * access to it, with the roles between them. The roles of the contracts themselves are left out. A policy that cannot be parsed is a separate
 * finding.
 */
export function otherRolesOf(contract: DeliveryContract, model: AccountModel, neighbours: readonly DeliveryContract[]): RoleFacts[] {
  const bucket = bucketOf(contract, model);
  if (bucket === undefined) return [];
  const own = new Set([contract, ...neighbours].map((one) => roleOf(one, model)));
  const isOther = (role: PlannedRole) => !own.has(role);
  const reaching = new Set([...rolesNaming(bucket.name, model), ...changingNear(bucket, model)].filter(isOther));
  const roles = reaching.size === 0 ? [] : leadingTo(reaching, model, isOther);
  const facts = roles.flatMap((role) => rolesIn(model)(role) ?? []);
  return facts.some(({ isOpen }) => isOpen) ? facts.map((role) => role.facts) : [];
}

/** Roles that may change rights in the account of the bucket, where a role's own policies suffice. */
function changingNear({ account }: PlannedBucket, model: AccountModel): readonly PlannedRole[] {
  const owner = accountOf(account ?? "");
  return rolesChangingRoles(model).filter(({ arn }) => {
    const ofRole = accountOf(substituteOwnAccount(arn));
    return owner === undefined || ofRole === undefined || !/^\d{12}$/.test(ofRole) || ofRole === owner;
  });
}

/** The roles, and those that may assume them over any number of steps. */
function leadingTo(
  reaching: ReadonlySet<PlannedRole>,
  model: AccountModel,
  isOther: (role: PlannedRole) => boolean,
): readonly PlannedRole[] {
  const found = new Set(reaching);
  // A set visits what is added to it while it is read.
  for (const role of found) for (const caller of rolesLetIn(model).get(role) ?? []) if (isOther(caller)) found.add(caller);
  return [...found];
}

function readRole(role: PlannedRole, model: AccountModel): KnownRole | undefined {
  try {
    const facts = factsOfRole(asPossibleRole(role), model);
    const { world } = trustWorld(facts);
    const requests = { actions: ASSUMING_ACTIONS, resources: [facts.arn] };
    const { outcome } = proveNobody({ world, requests, permitted: [{ callers: insiders(facts) }] });
    return { facts, isOpen: outcome !== "proved" || unknownCallers(facts).length > 0 };
  } catch (error) {
    if (!(error instanceof PolicyGrammarError)) throw error;
    return undefined;
  }
}
