import { and, hasUnknown, kindOfUnknown, MAYBE, NO, not, or, showUnknown, type Ternary, unknownsIn, YES } from "../unknown";
import type { CompiledPolicy, CompiledStatement } from "./document/compiled";
import { allowReason, canAssume, canBeUnsigned, denyReason, type Evaluation, hasSessionPolicies, implicitReason } from "./evaluation";
import { nearestStatement } from "./explain/nearest";
import { evaluateLayer, type Layer, NO_LAYER } from "./layer";
import { same } from "./match/principals";
import type { Policies } from "./policies";
import { type CompiledRequest, compileRequest } from "./request";
import { aclRefusals, flagOf, impliedActions, type Refusal } from "./s3/acl";
import { isPublic } from "./s3/block-public-access";
import { missingIn } from "./statement";
import type { AccessRequest, Decision, StatementReference, Verdict } from "./types";

/** Actions on a role that its trust policy decides. */
const TRUST_ACTIONS = /^sts:(assumerole(withwebidentity|withsaml)?|tagsession|setsourceidentity|setcontext)$/;

/** Actions on a bucket's policy itself. */
const POLICY_ACTIONS: ReadonlySet<string> = new Set(["s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"]);

/** From the one that outweighs all others to the one that needs all. */
const VERDICTS: readonly Verdict[] = ["ExplicitlyDenied", "ImplicitlyDenied", "unknown", "Allowed"];

const NO_POLICIES: Policies = {};
const NO_LAYERS: readonly Layer[] = [];
const NO_REFUSALS: readonly Refusal[] = [];
const NO_STATEMENTS: readonly StatementReference[] = [];
const NOTHING_MISSING: readonly string[] = [];

/** Decides one request. Never throws. */
export function decide(request: AccessRequest, policies: Policies): Decision {
  const prepared = compileRequest(request, {
    bounded: policies.permissionsBoundary !== undefined,
    canonicalUsers: policies.canonicalUsers,
  });
  const decision = decideAction(prepared, policies);
  const implied = impliedActions(prepared, policies);
  if (implied.length === 0) return decision;
  const further = implied.map((action) => {
    const other = decideAction(
      compileRequest({ ...request, action }, { bounded: prepared.bounded, canonicalUsers: policies.canonicalUsers }),
      policies,
    );
    const reason = `The request carries an ACL, so it needs ${action} too. ${other.reason}`;
    return { verdict: other.verdict, scope: other.scope, deciding: other.deciding, missing: other.missing, nearest: other.nearest, reason };
  });
  const all = [decision, ...further];
  return VERDICTS.map((verdict) => all.find((one) => one.verdict === verdict)).find((one) => one !== undefined)!;
}

function decideAction(request: CompiledRequest, policies: Policies): Decision {
  const evaluation = evaluate(request, policies);
  const { denied } = evaluation;
  const scope = ownHalfUnknown(evaluation) && evaluation.sameAccount !== YES ? "customer" : "full";
  if (denied === YES) return new Sure("ExplicitlyDenied", scope, references(denyingIn(evaluation)), evaluation);
  const refusals = refusalsOf(evaluation);
  const refusal = refusals.find(({ refused }) => refused === YES);
  if (refusal !== undefined) return new Sure("ExplicitlyDenied", scope, refusal.deciding, evaluation, refusal);

  const allow = allowed(evaluation);
  if (allow === NO) return new Sure("ImplicitlyDenied", scope, NO_STATEMENTS, evaluation);
  const doubts = refusals.length === 0 ? NO_REFUSALS : refusals.filter(({ refused }) => refused === MAYBE);
  if (allow === YES && denied === NO && doubts.length === 0) {
    const { resource, identity } = evaluation;
    return new Sure("Allowed", scope, references(joined(resource.allowing, identity.allowing)), evaluation);
  }
  const layers = layersOf(evaluation);
  const perhapsDenying = layers.flatMap((layer) => layer.perhapsDenying);
  const perhapsAllowing = allow === YES ? [] : layers.flatMap((layer) => layer.perhapsAllowing);
  const missing = [
    ...[...perhapsDenying, ...perhapsAllowing].flatMap((statement) => missingIn(statement, request)),
    ...doubts.flatMap((doubt) => doubt.missing),
    ...(allow === YES ? [] : missingFacts(evaluation)),
  ];
  const known = [...new Set(missing)];
  const reason = `It depends on what is not known: ${known.map(showUnknown).join("; ")}.`;
  return { verdict: "unknown", scope, deciding: references([...perhapsDenying, ...perhapsAllowing]), reason, missing: known };
}

function evaluate(request: CompiledRequest, policies: Policies): Evaluation {
  const { caller, hasAccount } = request;
  const isTrust = TRUST_ACTIONS.test(request.action);
  const isRoot = caller.kind === "root";
  // Root users have no policies of their own, service-linked roles no organization's.
  const own = hasAccount && !isRoot ? policies : NO_POLICIES;
  const organization =
    (policies.serviceControlPolicies ?? policies.resourceControlPolicies) !== undefined && !isServiceLinked(request)
      ? policies
      : NO_POLICIES;
  const resourcePolicy = isTrust ? policies.trustPolicy : isOwnerOfPolicy(request) ? undefined : policies.resourcePolicy;
  let denied: Ternary = NO;
  const layer = (list: readonly CompiledPolicy[]) => {
    const evaluated = evaluateLayer(list, request);
    if (evaluated.deny > denied) denied = evaluated.deny;
    return evaluated;
  };
  return {
    request,
    policies,
    isTrust,
    isRoot,
    sameAccount: hasAccount ? sameAccount(request) : NO,
    resource: resourcePolicy === undefined ? NO_LAYER : layer([resourcePolicy]),
    identity: own.identityPolicies === undefined ? NO_LAYER : layer(own.identityPolicies),
    boundary: own.permissionsBoundary === undefined ? NO_LAYER : layer([own.permissionsBoundary]),
    session: own.sessionPolicies === undefined ? NO_LAYER : layer(own.sessionPolicies),
    serviceControls:
      hasAccount && organization.serviceControlPolicies !== undefined
        ? organization.serviceControlPolicies.map((level) => layer(Array.isArray(level) ? level : [level as CompiledPolicy]))
        : NO_LAYERS,
    resourceControl: organization.resourceControlPolicies === undefined ? NO_LAYER : layer(organization.resourceControlPolicies),
    denied,
  };
}

/** Whether the policies allow, explicit denials apart. */
function allowed(evaluation: Evaluation): Ternary {
  const { request, resource, serviceControls, sameAccount: same_ } = evaluation;
  if (!request.hasAccount) return canBeUnsigned(evaluation) && canAssume(evaluation) ? resource.allow : NO;
  if (!canAssume(evaluation)) return NO;
  const halves = same_ === YES ? allowedWithin(evaluation) : same_ === NO ? allowedAcross(evaluation) : allowedEitherWay(evaluation);
  return serviceControls.length === 0 ? halves : and(halves, organizationAllows(evaluation));
}

/** Where it is not known whether the caller's account owns the resource. */
function allowedEitherWay(evaluation: Evaluation): Ternary {
  const within = allowedWithin(evaluation);
  return within === allowedAcross(evaluation) ? within : MAYBE;
}

/**
 * Within one account, either half suffices; the policies of roles and KMS keys must allow in any case. How the resource policy names the caller decides
 * which of the caller's caps apply.
 */
function allowedWithin(evaluation: Evaluation): Ternary {
  const { reach } = evaluation.resource;
  const own = ownHalf(evaluation, MAYBE);
  const byResource = reach.role === NO ? reach.direct : or(reach.direct, and(reach.role, caps(evaluation)));
  return or(byResource, resourceMustAllow(evaluation) ? and(reach.account, own) : own);
}

function resourceMustAllow({ isTrust, request }: Evaluation): boolean {
  return isTrust || request.action.startsWith("kms:");
}

/** Across accounts, both halves must allow. Where the caller's half is not known, the customer's is all that is judged. */
function allowedAcross(evaluation: Evaluation): Ternary {
  const { allow } = evaluation.resource;
  return allow === NO ? NO : and(allow, ownHalf(evaluation, YES));
}

/** The caller's own policies, within their caps. */
function ownHalf(evaluation: Evaluation, whereUnknown: Ternary): Ternary {
  const { request, policies, identity } = evaluation;
  if (evaluation.isRoot) return YES;
  const granted = policies.identityPolicies === undefined ? whereUnknown : identity.allow;
  // A federated user has only what the session policies repeat.
  const passed: Ternary = request.caller.kind === "federatedUser" && !hasSessionPolicies(policies) && granted !== NO ? NO : YES;
  return and(and(granted, passed), caps(evaluation));
}

/** Permissions boundary and session policies, where there are any. */
function caps({ policies, boundary, session, isRoot }: Evaluation): Ternary {
  if (isRoot) return YES;
  const bounded = policies.permissionsBoundary === undefined ? YES : boundary.allow;
  return and(bounded, hasSessionPolicies(policies) ? session.allow : YES);
}

/** Every level of the organization must allow. */
function organizationAllows({ serviceControls }: Evaluation): Ternary {
  return serviceControls.reduce<Ternary>((sum, level) => and(sum, level.allow), YES);
}

function ownHalfUnknown({ policies, request, isRoot }: Evaluation): boolean {
  return policies.identityPolicies === undefined && request.hasAccount && !isRoot;
}

function sameAccount({ callerAccount, resourceAccount }: CompiledRequest): Ternary {
  if (callerAccount !== undefined && kindOfUnknown(callerAccount) === "otherAccount") return NO;
  return callerAccount === undefined || resourceAccount === undefined ? MAYBE : same(callerAccount, resourceAccount);
}

/**
 * The root user of the account that owns a bucket can always read, replace and delete its policy, whatever that denies.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
function isOwnerOfPolicy(request: CompiledRequest): boolean {
  return request.caller.kind === "root" && POLICY_ACTIONS.has(request.action) && sameAccount(request) === YES;
}

/** Neither SCPs nor RCPs restrict service-linked roles. */
function isServiceLinked({ caller, facts }: CompiledRequest): boolean {
  if (caller.kind !== "session") return false;
  return caller.path?.startsWith("aws-service-role/") === true || /:role\/aws-service-role\//.test(facts.principalArn ?? "");
}

/** `RestrictPublicBuckets`: while the policy is public, only services and the owner's account come in. */
function publicRefusal({ request, policies, sameAccount: same_ }: Evaluation): readonly Refusal[] {
  const { resourcePolicy, blockPublicAccess } = policies;
  const flag = blockPublicAccess?.restrictPublicBuckets;
  const restricted = flagOf(flag);
  if (restricted === NO || resourcePolicy === undefined || !request.action.startsWith("s3:") || request.caller.kind === "service")
    return NO_REFUSALS;
  const status = isPublic(resourcePolicy);
  if (status.isPublic === "no") return NO_REFUSALS;
  const open: Ternary = status.isPublic === "yes" ? YES : MAYBE;
  const refused = and(and(restricted, open), not(same_));
  const reasons = status.statements.map(({ reason }) => showUnknown(reason));
  return [
    {
      refused,
      reason: `Block Public Access (RestrictPublicBuckets) shuts out other accounts, because the bucket policy is public: ${reasons.join("; ")}`,
      missing: [...unknownsIn(String(flag)), ...(open === MAYBE ? reasons : []), ...(same_ === MAYBE ? missingAccounts(request) : [])],
      deciding: status.statements.map(({ statement }) => statement),
    },
  ];
}

/** What is missing beyond the texts of statements. */
function missingFacts(evaluation: Evaluation): string[] {
  const missing = evaluation.sameAccount === MAYBE ? missingAccounts(evaluation.request) : [];
  if (ownHalfUnknown(evaluation) && evaluation.sameAccount !== NO)
    missing.push(`the identity policies of ${evaluation.request.request.principal}`);
  return missing;
}

function missingAccounts({ request, callerAccount, resourceAccount }: CompiledRequest): string[] {
  const missing = [callerAccount ?? "", resourceAccount ?? ""].filter(hasUnknown).flatMap(unknownsIn);
  if (callerAccount === undefined) missing.push(`the account of ${request.principal}`);
  if (resourceAccount === undefined) missing.push(`the account that owns ${request.resource}`);
  return missing;
}

/** The layers in which an Allow was missing, the one to look at first in front. */
function missingLayers(evaluation: Evaluation): Layer[] {
  const { resource, identity, boundary, session, serviceControls, sameAccount: same_, isTrust } = evaluation;
  const capped = [boundary, session, ...serviceControls].filter((layer) => layer !== NO_LAYER && layer.allow === NO);
  if (resource.allow === NO && (same_ === NO || resourceMustAllow(evaluation))) return [resource];
  if (identity.allow === NO && same_ === NO) return [identity];
  if (resource.allow === NO && identity.allow === NO) return [resource, identity];
  if (identity.allow === NO && isTrust) return [identity];
  return capped;
}

/** A decision with nothing missing. Reason and nearest statement are sought when asked for: that costs more than the decision. */
class Sure implements Decision {
  public readonly missing = NOTHING_MISSING;
  private readonly evaluation: Evaluation;
  private readonly refusal: Refusal | undefined;

  public constructor(
    public readonly verdict: Exclude<Verdict, "unknown">,
    public readonly scope: Decision["scope"],
    public readonly deciding: Decision["deciding"],
    evaluation: Evaluation,
    refusal?: Refusal,
  ) {
    this.evaluation = evaluation;
    this.refusal = refusal;
  }

  public get reason(): string {
    if (this.refusal !== undefined) return `${this.refusal.reason}.`;
    if (this.verdict === "Allowed") return allowReason(this.evaluation, this.scope);
    if (this.verdict === "ImplicitlyDenied") return implicitReason(this.evaluation);
    return denyReason(denyingIn(this.evaluation), this.evaluation.request);
  }

  public get nearest(): Decision["nearest"] {
    if (this.verdict !== "ImplicitlyDenied") return undefined;
    return nearestStatement(missingLayers(this.evaluation), this.evaluation.request);
  }

  public toJSON(): Decision {
    const { verdict, scope, deciding, reason, missing, nearest } = this;
    return { verdict, scope, deciding, reason, missing, ...(nearest === undefined ? {} : { nearest }) };
  }
}

function refusalsOf(evaluation: Evaluation): readonly Refusal[] {
  const byAcl = aclRefusals(evaluation.request, evaluation.policies);
  const byPublicAccess = publicRefusal(evaluation);
  return byAcl.length === 0 ? byPublicAccess : [...byAcl, ...byPublicAccess];
}

function layersOf({ resource, identity, boundary, session, serviceControls, resourceControl }: Evaluation): Layer[] {
  return [resource, identity, boundary, session, ...serviceControls, resourceControl];
}

function denyingIn(evaluation: Evaluation): readonly CompiledStatement[] {
  return layersOf(evaluation).reduce((sum, { denying }) => joined(sum, denying), NO_LAYER.denying);
}

/** Without a copy where one of the two is empty, as nearly always. */
function joined(first: readonly CompiledStatement[], second: readonly CompiledStatement[]): readonly CompiledStatement[] {
  return second.length === 0 ? first : first.length === 0 ? second : [...first, ...second];
}

function references(statements: readonly CompiledStatement[]): readonly StatementReference[] {
  return statements.map(({ reference }) => reference);
}
