import { accountOf, EVERY_REQUEST, OWN_ACCOUNT, substituteOwnAccount } from "../../lib/contract";
import { type AccessRequest, type CompiledPolicy, type Decision, decide, type Policies, type PolicyKind } from "../../lib/evaluate";
import { AWS_DEFAULTS, compiledControls, controlsOf, requireCompiled, withAccount, withAwsText } from "../../lib/judge";
import { type AccountModel, type PlanFile, type PlannedBucket, type PlannedPolicy, type PlannedRole, withLine } from "../../lib/plan";
import { accountOfKey, arnOfKey, type DescribedKey, describedKeyOf, describedKeys } from "../../lib/proof";
import { showUnknown } from "../../lib/unknown";
import { invalidOption, type ResourceKind, unknownResource } from "../errors";
import { type GivenContext, refuseOtherCaller } from "./context";

export interface AskedRequest {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: GivenContext;
  /** The customer's account. */
  readonly account?: string;
}

export interface Answer {
  readonly request: AccessRequest;
  readonly decision: Decision;
}

/** One answer, or one for each policy if a bucket has several. Throws `UsageError` if the plan does not define the resource. */
export function decideInPlan(given: AskedRequest, model: AccountModel, files: readonly PlanFile[]): Answer[] {
  const account = given.account ?? accountFrom(given, model);
  const asked = account === undefined ? given : { ...given, account };
  const estate = withAccount(model, account);
  const target = targetOf(asked, estate);
  const caller = callerOf(asked, estate);
  const isDecidedByCaller = caller !== undefined && needsRoleAlone(asked.action);
  if (target !== undefined || isDecidedByCaller) return answers(asked, { estate, caller, target, files });
  const { what, known } = resourcesFor(asked.action, estate);
  throw unknownResource(asked.resource, what, known.map(showUnknown));
}

function targetOf({ action, resource }: AskedRequest, { roles, buckets, kms }: AccountModel): Found["target"] {
  switch (serviceOf(action)) {
    case "sts":
      return roles.find((role) => isRole(role, resource));
    case "kms":
      return describedKeyOf(resource, kms);
    default:
      return buckets.find((bucket) => isBucket(bucket, resource));
  }
}

/** What the action can be asked about in the plan. */
function resourcesFor(action: string, { roles, buckets, kms }: AccountModel): { what: ResourceKind; known: readonly string[] } {
  switch (serviceOf(action)) {
    case "sts":
      return { what: "roles", known: roles.map(({ arn }) => arn) };
    case "kms":
      return { what: "KMS keys", known: describedKeys(kms).map(({ address, names }) => address ?? names[0]!) };
    default:
      return { what: "buckets", known: buckets.map(({ arn }) => arn) };
  }
}

function serviceOf(action: string): string {
  return action.split(":")[0]!.toLowerCase();
}

/** The account from the caller's ARN, if that is a role of the plan whose account is unknown. */
function accountFrom({ principal }: AskedRequest, { roles }: AccountModel): string | undefined {
  const caller = roles.find((role) => isRole(role, principal));
  return caller !== undefined && accountOf(substituteOwnAccount(caller.arn)) === OWN_ACCOUNT ? accountOf(principal) : undefined;
}

/** Whether the role's own policies suffice for the action. For buckets, roles and keys, other policies decide too. */
export function needsRoleAlone(action: string): boolean {
  return !/^(s3|sts|kms):/i.test(action);
}

/** The calling role, if one of the plans defines it. Throws `UsageError` for a text that cannot be a caller. */
function callerOf({ principal }: AskedRequest, { roles }: AccountModel): PlannedRole | undefined {
  const caller = roles.find((role) => isRole(role, principal));
  if (caller !== undefined || CALLER.test(principal)) return caller;
  throw invalidOption({
    name: "--principal",
    rule: "must be an ARN, a 12-digit account ID, a canonical user ID, a service, * or a role of the plan",
    got: principal,
    remedy: "write for example arn:aws:iam::123456789012:role/name",
  });
}

const CALLER = /^(\*|arn:[a-z-]+:(iam|sts)::.+|\d{12}|[0-9a-f]{64}|[\w.-]+\.[\w.-]+)$/i;

interface Found {
  readonly estate: AccountModel;
  readonly caller: PlannedRole | undefined;
  /** Undefined where the caller's own policies decide. */
  readonly target: PlannedBucket | PlannedRole | DescribedKey | undefined;
  readonly files: readonly PlanFile[];
}

function answers(asked: AskedRequest, found: Found): Answer[] {
  const { estate, caller, target } = found;
  const account = asked.account ?? accountOfTarget(target, accountOf(substituteOwnAccount(caller?.arn ?? "")) ?? OWN_ACCOUNT);
  const principal = caller === undefined || asked.principal.includes(":assumed-role/") ? asked.principal : substituteOwnAccount(caller.arn);
  const who = asked.principal.startsWith("arn:") ? asked.principal : principal;
  refuseOtherCaller(who, asked.context, (arn) => caller !== undefined && arn.includes(":role/") && isRole(caller, arn));
  const request: AccessRequest = {
    principal,
    action: asked.action,
    resource: requestedArn(target, { asked, principal, account }),
    resourceAccount: account,
    context: {
      ...EVERY_REQUEST,
      ...usualContext(principal, asked, caller),
      ...organizationContext(estate, principal, account),
      ...tagContext(target, caller),
      ...asked.context,
    },
  };
  const controls = compiledControls({
    caller: controlsOf(estate, { account: accountOf(principal), isOwn: caller !== undefined || accountOf(principal) === account }),
    resource: controlsOf(estate, { account, isOwn: true }),
  });
  return policiesFor(found).map((policies) => ({ request, decision: decide(request, { ...policies, ...controls }) }));
}

/** @param ofCaller used where the plan does not tell the account of the target */
function accountOfTarget(target: Found["target"], ofCaller: string): string {
  if (target === undefined) return ofCaller;
  return isKey(target) ? accountOfKey(target, ofCaller) : (accountOf(substituteOwnAccount(target.arn)) ?? ofCaller);
}

interface Requested {
  readonly asked: AskedRequest;
  readonly principal: string;
  readonly account: string;
}

function requestedArn(target: Found["target"], { asked, principal, account }: Requested): string {
  if (isRoleOfPlan(target)) return substituteOwnAccount(target.arn);
  return isKey(target) ? arnOfKey(target, { partition: principal.split(":")[1] ?? "aws", account }) : asked.resource;
}

/** The context of every request, unless the user gives other values. */
function usualContext(
  principal: string,
  { action, context }: AskedRequest,
  caller: PlannedRole | undefined,
): Record<string, readonly string[]> {
  const overHttp = Object.entries(context).some(([key, [value]]) => key.toLowerCase() === "aws:securetransport" && value === "false");
  const account = accountOf(principal);
  const session = /^(arn:[^:]*:)sts(::\d{12}:)assumed-role\/([^/]+)\//.exec(principal);
  const role =
    caller === undefined ? session && `${session[1]}iam${session[2]}role/${session[3]}` : substituteOwnAccount(caller.arn, account);
  return {
    ...(!overHttp && { "aws:SecureTransport": ["true"] }),
    ...(!overHttp && action.toLowerCase().startsWith("s3:") && { "s3:TlsVersion": ["1.2"] }),
    ...(principal.startsWith("arn:") && { "aws:PrincipalArn": [role ?? principal] }),
    ...(account !== undefined && { "aws:PrincipalAccount": [account] }),
    ...(account !== undefined && serviceOf(action) === "kms" && { "kms:CallerAccount": [account] }),
  };
}

/** The customer's organization, of the caller and of the resource. */
function organizationContext({ organizations }: AccountModel, principal: string, account: string): Record<string, readonly string[]> {
  const { own } = organizations ?? {};
  if (own === undefined) return {};
  return { "aws:ResourceOrgID": [own], ...(accountOf(principal) === account && { "aws:PrincipalOrgID": [own] }) };
}

/** The tags that AWS compares: those of the calling role, and those of the requested bucket or role. */
function tagContext(target: Found["target"], caller: PlannedRole | undefined): Record<string, readonly string[]> {
  const keysOf = (prefix: string, tags: Readonly<Record<string, string>> = {}) =>
    Object.entries(tags).map(([name, value]) => [`${prefix}/${name}`, [value]] as const);
  if (isKey(target)) return Object.fromEntries(keysOf("aws:PrincipalTag", caller?.tags));
  const ofTarget = isRoleOfPlan(target)
    ? [...keysOf("aws:ResourceTag", target.tags), ...keysOf("iam:ResourceTag", target.tags)]
    : [...keysOf("aws:ResourceTag", target?.accessTags), ...keysOf("s3:BucketTag", target?.accessTags)];
  return Object.fromEntries([...keysOf("aws:PrincipalTag", caller?.tags), ...ofTarget]);
}

function policiesFor({ target, caller, files }: Found): Policies[] {
  const prepare = (policy: PlannedPolicy, kind: PolicyKind) => prepareWithLine(policy, kind, files);
  const own = caller && {
    identityPolicies: [...caller.inlinePolicies, ...caller.managedPolicies].map((policy) => prepare(policy, "identity")),
    ...(caller.permissionsBoundary && { permissionsBoundary: prepare(caller.permissionsBoundary, "permissionsBoundary") }),
  };
  if (target === undefined) return [{ ...own }];
  if (isKey(target)) return target.policies.map((policy) => ({ ...own, resourcePolicy: prepare(policy, "resource") }));
  if (isRoleOfPlan(target)) return [{ ...own, trustPolicy: prepare(target.trustPolicy, "trust") }];
  const { policies, blockPublicAccess, objectOwnership = AWS_DEFAULTS.objectOwnership } = target;
  return (policies.length === 0 ? [undefined] : policies).map((policy) => ({
    ...own,
    ...(policy && { resourcePolicy: prepare(policy, "resource") }),
    blockPublicAccess,
    objectOwnership,
  }));
}

function prepareWithLine(policy: PlannedPolicy, kind: PolicyKind, files: readonly PlanFile[]): CompiledPolicy {
  return requireCompiled({ ...withAwsText(policy), location: withLine(policy.location, files) }, kind);
}

function isRole({ name, arn }: PlannedRole, text: string): boolean {
  if (text === name || text === arn || text === substituteOwnAccount(arn)) return true;
  // A session's ARN, and an ARN with the account that the plan does not know.
  const asked = /^arn:[^:]*:(?:iam::\d{12}:role\/(?:.*\/)?([^/]+)|sts::\d{12}:assumed-role\/([^/]+)\/.+)$/.exec(text);
  const known = accountOf(substituteOwnAccount(arn));
  return (asked?.[1] ?? asked?.[2]) === name && (known === OWN_ACCOUNT || accountOf(text) === known);
}

function isRoleOfPlan(target: Found["target"]): target is PlannedRole {
  return target !== undefined && "trustPolicy" in target;
}

function isKey(target: Found["target"]): target is DescribedKey {
  return target !== undefined && "names" in target;
}

function isBucket({ arn }: PlannedBucket, text: string): boolean {
  return text === arn || text.startsWith(`${arn}/`);
}
