/**
 * Combines all layers of policies as AWS does: what Allows grant to a class of callers, and what Denies remove.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import {
  type Box,
  type Budget,
  isEmpty,
  type Literal,
  nameTest,
  negate,
  positive,
  type Space,
  some,
  stringTest,
  unknownLiteral,
} from "../sets";
import type { CallerClass } from "./callers";
import { ARNS_BY_TYPE, patternFrom } from "./derived-keys";
import { ACTION, CALLER } from "./keys";
import { settingDenials } from "./s3-settings";
import { type Context, denialsOf, type Grant, grantsOf } from "./statement";
import { type KnownPrincipal, principalIn, type World } from "./types";

/** A group of actions that the same rules decide. */
export type ActionGroup = "trust" | "kms" | "bucketPolicy" | "other";

const TRUST_ACTIONS = /^sts:(assumerole(withwebidentity|withsaml)?|tagsession|setsourceidentity|setcontext)$/i;
const BY_TOKEN = ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"];

export function groupOf(action: string): ActionGroup {
  if (TRUST_ACTIONS.test(action)) return "trust";
  if (/^kms:/i.test(action)) return "kms";
  return /^s3:(get|put|delete)bucketpolicy$/i.test(action) ? "bucketPolicy" : "other";
}

/** The union of the Allows less the union of the Denies. */
export interface Access {
  readonly allows: readonly Box[];
  readonly denies: readonly Box[];
}

export interface AccessQuestion {
  readonly world: World;
  readonly caller: CallerClass;
  readonly group: ActionGroup;
  readonly space: Space;
  readonly budget: Budget;
}

const NOTHING: Access = { allows: [], denies: [] };
const EVERYTHING: readonly Box[] = [{ literals: [] }];
const IS_ROOT = callersOf("Account");
const IS_FEDERATED_USER = callersOf("FederatedUser");
const IS_SERVICE_LINKED = positive(
  CALLER,
  stringTest([patternFrom(["arn:", ...some("notColon"), ":iam::", ...some("notColon"), ":role/aws-service-role/", ...some("any")])]),
);
const IS_BY_TOKEN = positive(ACTION, nameTest(BY_TOKEN));
const IS_ASSUME_ROLE = positive(ACTION, nameTest(["sts:AssumeRole"]));

function callersOf(type: string): Literal {
  return positive(CALLER, stringTest([patternFrom(ARNS_BY_TYPE[type]!)]));
}

export function accessOf(question: AccessQuestion): Access {
  const { world, caller, group } = question;
  const context: Context = { caller, world };
  const isTrust = group === "trust";
  if (isTrust && (caller.kind === "anonymous" || caller.kind === "originAccessIdentity")) return NOTHING;
  // A token of an identity provider can only be used to assume a role.
  if (!isTrust && caller.kind === "federated") return NOTHING;
  const document = isTrust ? world.trustPolicy : world.resourcePolicy;
  const documents = document === undefined ? [] : [document];
  const kind = isTrust ? "trust" : "resource";
  const grants = grantsOf(documents, kind, context);
  const allows = caller.isOwn ? within(grants, question) : across(grants, question);
  let denies: readonly Box[] | undefined;
  return {
    allows: allows.map((box) => narrowed(box, entryLiterals(question))),
    // If nothing is allowed to a class, its denials do not matter.
    get denies() {
      denies ??= [
        ...ofResource(denialsOf(documents, kind, context), question),
        ...callerDenials(context),
        ...organizationDenials(context),
        ...(group === "other" || group === "bucketPolicy" ? settingDenials(context) : []),
      ];
      return denies;
    },
  };
}

/** Whether STS accepts such a request from such a caller. */
function entryLiterals({ caller, group }: AccessQuestion): readonly Literal[] {
  if (group !== "trust") return [];
  if (caller.kind === "federated") return [negate(IS_ASSUME_ROLE)];
  return [negate(IS_BY_TOKEN), ...(caller.kind === "account" ? [negate(IS_ROOT), negate(IS_FEDERATED_USER)] : [])];
}

/** The root user of the account that owns a bucket can always read, replace and delete its policy. */
function ofResource(denies: readonly Box[], { caller, group }: AccessQuestion): readonly Box[] {
  if (group !== "bucketPolicy" || !caller.isOwn || caller.kind !== "account") return denies;
  return denies.map((box) => narrowed(box, [negate(IS_ROOT)]));
}

/** Within one account, an Allow of either half suffices, except that the policies of roles and KMS keys must always allow. */
function within(grants: readonly Grant[], question: AccessQuestion): readonly Box[] {
  const own = ownHalf(question);
  const caps = capsOf(question);
  const byReach = (reach: Grant["reach"]) => grants.filter((grant) => grant.reach === reach);
  const mustAllow = question.group === "trust" || question.group === "kms";
  const halves = [
    ...byReach("direct"),
    ...both(byReach("role"), caps, question),
    ...(mustAllow ? both(byReach("account"), own, question) : own),
  ];
  return organization(question).reduce<readonly Box[]>((found, level) => both(found, level, question), halves);
}

/** Across accounts, both halves must allow. If the caller's half is unknown, only the customer's half is judged. */
function across(grants: readonly Grant[], question: AccessQuestion): readonly Box[] {
  if (principalOf(question) === undefined) return grants;
  const found = both(grants, ownHalf(question), question);
  return organization(question).reduce<readonly Box[]>((sum, level) => both(sum, level, question), found);
}

/** What the caller's own policies allow, within its permissions boundary and session policies. */
function ownHalf(question: AccessQuestion): readonly Box[] {
  const { caller, world } = question;
  const principal = principalOf({ caller, world });
  const isRoot = principal?.arn.endsWith(":root") === true;
  if (isRoot) return EVERYTHING;
  const documents = principal?.identityPolicies;
  if (documents !== undefined) {
    const granted = both(grantsOf(documents, "identity", { caller, world }), capsOf(question), question);
    return isFederatedUser(principal!) && principal!.sessionPolicies === undefined ? granted.map(dependingOnSession) : granted;
  }
  if (!caller.isOwn) return capsOf(question);
  const missing = [`the identity policies of ${principal?.arn ?? "the account's own principals"}`];
  const unknown: Box = { literals: [unknownLiteral("identity", missing, "")], origin: { text: "identity policies", missing } };
  return principal === undefined ? [{ literals: [IS_ROOT] }, unknown] : both([unknown], capsOf(question), question);
}

function isFederatedUser({ arn }: KnownPrincipal): boolean {
  return arn.includes(":federated-user/");
}

/** A federated user has only the permissions that its session policies grant too. */
function dependingOnSession(box: Box): Box {
  const missing = ["the session policies of the federated user"];
  return { ...narrowed(box, [unknownLiteral("session", missing, "")]), origin: { text: box.origin?.text ?? "identity policies", missing } };
}

/** Permissions boundary and session policies, where there are any. */
function capsOf(question: AccessQuestion): readonly Box[] {
  const { caller, world } = question;
  const principal = principalOf({ caller, world });
  if (principal === undefined || principal.arn.endsWith(":root")) return EVERYTHING;
  const { permissionsBoundary, sessionPolicies = [] } = principal;
  const context = { caller, world };
  const bounded = permissionsBoundary === undefined ? EVERYTHING : grantsOf([permissionsBoundary], "boundary", context);
  return sessionPolicies.length === 0 ? bounded : both(bounded, grantsOf(sessionPolicies, "session", context), question);
}

function principalOf({ caller, world }: Context): KnownPrincipal | undefined {
  return caller.principal === undefined ? undefined : principalIn(world, caller.principal);
}

/** The levels of service control policies of the caller's account. */
function levelsOf({ caller, world }: Context): readonly (readonly unknown[])[] {
  const principal = principalOf({ caller, world });
  const levels = principal?.serviceControlPolicies ?? (caller.isOwn ? world.serviceControlPolicies : undefined) ?? [];
  return levels.map((level) => (Array.isArray(level) ? (level as readonly unknown[]) : [level]));
}

/** What each level allows. Service control policies do not restrict service-linked roles. */
function organization({ caller, world }: AccessQuestion): readonly (readonly Box[])[] {
  const context = { caller, world };
  return levelsOf(context).map((level) => [...grantsOf(level, "serviceControl", context), { literals: [IS_SERVICE_LINKED] }]);
}

function organizationDenials(context: Context): readonly Box[] {
  const { resourceControlPolicies = [] } = context.world;
  const isPrincipal = context.caller.kind === "account";
  const denies = [
    ...levelsOf(context).flatMap((level) => denialsOf(level, "serviceControl", context)),
    ...denialsOf(resourceControlPolicies, "resourceControl", context),
  ];
  return isPrincipal ? denies.map((box) => narrowed(box, [negate(IS_SERVICE_LINKED)])) : denies;
}

function callerDenials(context: Context): readonly Box[] {
  const principal = principalOf(context);
  if (principal === undefined || principal.arn.endsWith(":root")) return [];
  const { identityPolicies = [], permissionsBoundary, sessionPolicies = [] } = principal;
  return [
    ...denialsOf(identityPolicies, "identity", context),
    ...(permissionsBoundary === undefined ? [] : denialsOf([permissionsBoundary], "boundary", context)),
    ...denialsOf(sessionPolicies, "session", context),
  ];
}

/** The intersection of two unions of boxes. */
function both(some: readonly Box[], others: readonly Box[], { space, budget }: AccessQuestion): readonly Box[] {
  if (others === EVERYTHING) return some;
  return some.flatMap((one) =>
    others.flatMap((other) => {
      budget.spendBox();
      const box = join(one, other);
      return isEmpty(box, { space, bound: "upper", budget }) ? [] : [box];
    }),
  );
}

function join(one: Box, other: Box): Box {
  const origins = [one.origin, other.origin].filter((origin) => origin !== undefined);
  const text = origins.map((origin) => origin.text).join(" and ");
  return {
    literals: [...one.literals, ...other.literals],
    ...(origins.length === 0 ? {} : { origin: { text, missing: origins.flatMap(({ missing }) => missing) } }),
  };
}

function narrowed(box: Box, literals: readonly Literal[]): Box {
  return literals.length === 0 ? box : { ...box, literals: [...box.literals, ...literals] };
}
