/** Everything that applies to one request. */
import { kindOfUnknown, MAYBE, NO, or, type Ternary, YES } from "../unknown";
import type { CompiledPolicy, CompiledStatement } from "./document/compiled-policy";
import { evaluateLayer, type Layer, NO_LAYER } from "./layer";
import { isFederatedAction } from "./match/caller";
import { same } from "./match/glob";
import type { Policies } from "./policies";
import type { CompiledRequest } from "./request";

/** Actions on a role that its trust policy decides. */
const TRUST_ACTIONS = /^sts:(assumerole(withwebidentity|withsaml)?|tagsession|setsourceidentity|setcontext)$/;

/** Actions on a bucket's policy itself. */
const POLICY_ACTIONS: ReadonlySet<string> = new Set(["s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"]);

const NO_POLICIES: Policies = {};
const NO_LAYERS: readonly Layer[] = [];

export interface Evaluation {
  readonly request: CompiledRequest;
  readonly policies: Policies;
  /** Whether the trust policy of a role decides the request. */
  readonly isTrust: boolean;
  readonly isRoot: boolean;
  /** Whether the caller's account owns the resource. */
  readonly sameAccount: Ternary;
  readonly identity: Layer;
  readonly boundary: Layer;
  readonly session: Layer;
  readonly serviceControls: readonly Layer[];
  readonly resource: Layer;
  readonly resourceControl: Layer;
  /** Whether a Deny of any of them applies. */
  readonly denied: Ternary;
}

export function evaluate(request: CompiledRequest, policies: Policies): Evaluation {
  const { caller, hasAccount } = request;
  const isTrust = TRUST_ACTIONS.test(request.action);
  const isRoot = caller.kind === "root";
  // Root users have no identity policies, and no organization policies restrict service-linked roles.
  const own = hasAccount && !isRoot ? policies : NO_POLICIES;
  const organization =
    (policies.serviceControlPolicies ?? policies.resourceControlPolicies) !== undefined && !isServiceLinked(request)
      ? policies
      : NO_POLICIES;
  const resourcePolicy = isTrust ? policies.trustPolicy : isOwnerOfPolicy(request) ? undefined : policies.resourcePolicy;
  const resource = resourcePolicy === undefined ? NO_LAYER : evaluateLayer([resourcePolicy], request);
  const identity = own.identityPolicies === undefined ? NO_LAYER : evaluateLayer(own.identityPolicies, request);
  const boundary = own.permissionsBoundary === undefined ? NO_LAYER : evaluateLayer([own.permissionsBoundary], request);
  const session = own.sessionPolicies === undefined ? NO_LAYER : evaluateLayer(own.sessionPolicies, request);
  const serviceControls =
    hasAccount && organization.serviceControlPolicies !== undefined
      ? organization.serviceControlPolicies.map((level) => evaluateLayer(Array.isArray(level) ? level : [level as CompiledPolicy], request))
      : NO_LAYERS;
  const resourceControl =
    organization.resourceControlPolicies === undefined ? NO_LAYER : evaluateLayer(organization.resourceControlPolicies, request);
  const ofCaller = or(or(identity.deny, boundary.deny), session.deny);
  const denied = serviceControls.reduce((sum, { deny }) => or(sum, deny), or(or(resource.deny, resourceControl.deny), ofCaller));
  return {
    request,
    policies,
    isTrust,
    isRoot,
    sameAccount: hasAccount ? sameAccount(request) : NO,
    resource,
    identity,
    boundary,
    session,
    serviceControls,
    resourceControl,
    denied,
  };
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

/** S3 accepts unsigned requests, STS does not. */
export function acceptsSignature({ request }: Evaluation): boolean {
  return request.caller.kind !== "anonymous" || !request.action.startsWith("sts:");
}

/**
 * Whether STS accepts the request from this type of caller. It accepts none from root users and federated users, and a token of an identity
 * provider only in the two requests that are made for it.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
export function canAssume({ isTrust, isRoot, request: { caller, hasAccount, action } }: Evaluation): boolean {
  if (!isTrust) return true;
  if (isFederatedAction(action)) return !hasAccount;
  return !isRoot && caller.kind !== "federatedUser" && !(caller.kind === "federated" && action === "sts:assumerole");
}

export function hasSessionPolicies(policies: Policies): boolean {
  return policies.sessionPolicies !== undefined && policies.sessionPolicies.length > 0;
}

export function layersOf({ resource, identity, boundary, session, serviceControls, resourceControl }: Evaluation): Layer[] {
  return [resource, identity, boundary, session, ...serviceControls, resourceControl];
}

export function denyingIn(evaluation: Evaluation): readonly CompiledStatement[] {
  return layersOf(evaluation).reduce((sum, { denying }) => joined(sum, denying), NO_LAYER.denying);
}

/** Both lists, without a copy where one is empty, as it nearly always is. */
export function joined(first: readonly CompiledStatement[], second: readonly CompiledStatement[]): readonly CompiledStatement[] {
  return second.length === 0 ? first : first.length === 0 ? second : [...first, ...second];
}
