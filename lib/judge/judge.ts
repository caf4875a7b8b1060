import { ACTION_LISTS, isAction } from "../access/data";
import {
  accountOf,
  type Callers,
  type DeliveryContract,
  type Expectation,
  isAssuming,
  type Result,
  substituteOwnAccount,
} from "../contract";
import { type Decision, type Policies, PolicyGrammarError } from "../evaluate";
import type { AccountModel, PlannedBucket, PlannedRole } from "../plan";
import { showUnknown } from "../unknown";
import { requireCompiled } from "./compiled-policies";
import { decisionsOf } from "./decisions";
import { mayUseKey } from "./encryption-key";
import { explanation } from "./explanation";
import { BucketKey, type KeyDecision } from "./key-use";
import { anyKeyLike, deliversObjects, folderOf, otherKeysLike, treatsAlike } from "./object-keys";
import { compiledControls, controlsOf, organizationRemedy } from "./organization";
import { bucketOf, callersOf, roleOf } from "./planned-resources";
import { ADD_DEFINING_PLAN, AWS_DEFAULTS, judgeSetting } from "./settings";

/**
 * One result for each expectation and each posture item, in the order of the contract.
 *
 * Never throws. What the model does not show is `unknown`, with the reason.
 */
export function judge(contract: DeliveryContract, account: AccountModel): Result[] {
  const bucket = bucketOf(contract, account);
  const judged = new JudgedAccount(contract, account);
  return [
    ...contract.expectations.map((expectation) => judged.expectation(expectation)),
    ...contract.posture.map((item) => judgeSetting(item, contract, bucket)),
  ];
}

/** Why the outcome is unknown. */
interface Obstacle {
  readonly cause: string;
  readonly remedy: string;
}

/**
 * The policies that decide a request: the trust policy, those of the role that the vendor assumed and of the bucket, or the bucket policy
 * alone.
 */
type Scope = "trust" | "role" | "others";

const NO_CONTROLS: Policies = {};

class JudgedAccount {
  private readonly bucket: PlannedBucket | undefined;
  private readonly role: PlannedRole | undefined;
  private readonly callers: Callers;
  private readonly key: BucketKey | undefined;
  private readonly known = new Map<string, readonly Policies[] | Obstacle>();

  public constructor(
    private readonly contract: DeliveryContract,
    private readonly account: AccountModel,
  ) {
    const [bucket, role] = [bucketOf(contract, account), roleOf(contract, account)];
    const { organizations, kms } = account;
    this.bucket = bucket;
    this.role = role;
    this.callers = callersOf(contract, { bucket, role, organizations });
    this.key = bucket && mayUseKey(bucket) ? new BucketKey({ bucket, role, callers: this.callers, kms }) : undefined;
  }

  public expectation(expectation: Expectation): Result {
    const { id, expected } = expectation;
    const title = showUnknown(expectation.title);
    const misspelt = misspeltAction(expectation.action);
    if (misspelt !== undefined) return { id, title, expected, outcome: "unknown", ...misspelt, deciding: [] };
    const policies = this.policies(expectation);
    if ("cause" in policies) return { id, title, expected, outcome: "unknown", ...policies, deciding: [] };
    const worst = this.worst(expectation, policies);
    if (worst === undefined) {
      const cause = "the contract names no principal of the vendor";
      return { id, title, expected, outcome: "unknown", cause, remedy: "add the vendor's principal to the contract", deciding: [] };
    }
    const outcome = outcomeOf(worst, expectation);
    const refusal = outcome === "fail" ? undefined : this.refusalOfKey(expectation, policies);
    if (refusal !== undefined && RANKS[outcomeOf(refusal.decision, expectation)] < RANKS[outcome]) {
      const { decision, remedy } = refusal;
      const isDenied = decision.verdict === "ExplicitlyDenied";
      const why = explanation(decision, outcomeOf(decision, expectation) === "fail" ? "fail" : "unknown", expectation);
      return { id, title, expected, ...why, ...(!isDenied && { remedy }) };
    }
    return outcome === "pass"
      ? { id, title, expected, outcome, evidence: "computed", deciding: worst.deciding }
      : { id, title, expected, ...explanation(worst, outcome, expectation), ...this.exemption(worst, expectation) };
  }

  /** The remedy by the organization, if one of its policies decides. */
  private exemption({ deciding }: Decision, { actor, action, resource }: Expectation): { readonly remedy?: string } {
    const assumes = isAssuming(action);
    const isOwn = !assumes && this.contract.role !== undefined;
    const request = { action, resource: substituteOwnAccount(resource), isOwn, organizations: this.account.organizations };
    for (const principal of this.callers.principalsOf(actor, assumes)) {
      const remedy = organizationRemedy(deciding, this.controlsFor(principal, assumes), { ...request, principal });
      if (remedy !== undefined) return { remedy };
    }
    return {};
  }

  /** The policies of the organization for requests to the bucket, or for those that assume the role. */
  private controlsFor(principal: string, assumes: boolean): Policies {
    if ((this.account.organizationPolicies ?? []).length === 0) return NO_CONTROLS;
    const account = accountOf(principal);
    const isOwn = account === this.callers.ownerOf(true) || account === this.callers.ownerOf(false);
    return compiledControls({
      caller: controlsOf(this.account, { account, isOwn }),
      resource: controlsOf(this.account, { account: this.callers.ownerOf(assumes), isOwn: true }),
    });
  }

  /** What keeps the vendor from using the key that the bucket encrypts with. */
  private refusalOfKey(expectation: Expectation, [policies]: readonly Policies[]): KeyDecision | undefined {
    if (this.key === undefined || expectation.actor !== "vendor") return undefined;
    const { identityPolicies, permissionsBoundary } = policies ?? {};
    const resource = substituteOwnAccount(expectation.resource);
    // Without an S3 Bucket Key, the encryption context names the object.
    const resources = deliversObjects(expectation) ? [resource, ...otherKeysLike(resource), anyKeyLike(resource)] : [resource];
    const hasRole = this.contract.role !== undefined;
    const caller = { identityPolicies, permissionsBoundary };
    return this.key.refusal({ expectation, resources, caller, hasRole, organization: this.account });
  }

  /** The verdict furthest from what is expected. */
  private worst(expectation: Expectation, policies: readonly Policies[]): Decision | undefined {
    const resource = substituteOwnAccount(expectation.resource);
    if (!deliversObjects(expectation)) return this.worstFor(expectation, resource, policies);
    // The vendor chooses its keys, so it must be able to use any key under the prefix.
    const sample = this.worstFor(expectation, resource, policies);
    const controls = this.callers.principalsOf(expectation.actor, false).map((principal) => this.controlsFor(principal, false));
    if (sample?.verdict !== "Allowed" || [...policies, ...controls].every((set) => treatsAlike(set, folderOf(resource)))) return sample;
    const others = otherKeysLike(resource).map((other) => this.worstFor(expectation, other, policies));
    const refused = others.find((other) => other?.verdict === "ExplicitlyDenied" || other?.verdict === "ImplicitlyDenied");
    return refused ?? this.worstFor(expectation, anyKeyLike(resource), policies);
  }

  /** Of the verdicts for all principals of the actor, the one furthest from what is expected. */
  private worstFor(expectation: Expectation, resource: string, policies: readonly Policies[]): Decision | undefined {
    const { actor, action } = expectation;
    let worst: Decision | undefined;
    let worstRank = Number.POSITIVE_INFINITY;
    for (const principal of this.callers.principalsOf(actor, isAssuming(action))) {
      const controls = this.controlsFor(principal, isAssuming(action));
      for (const set of policies) {
        const all = controls === NO_CONTROLS ? set : { ...set, ...controls };
        for (const decision of decisionsOf({ callers: this.callers, expectation, principal, resource }, all)) {
          const rank = RANKS[outcomeOf(decision, expectation)];
          if (rank >= worstRank) continue;
          worst = decision;
          worstRank = rank;
        }
      }
    }
    return worst;
  }

  /** The policies that apply to a request: one set for each bucket policy, because the last one written takes effect. */
  private policies({ action, actor }: Expectation): readonly Policies[] | Obstacle {
    const scope = isAssuming(action) ? "trust" : actor === "vendor" && this.contract.role !== undefined ? "role" : "others";
    let found = this.known.get(scope);
    if (found === undefined) {
      found = this.missing(scope) ?? this.readPolicies(scope);
      this.known.set(scope, found);
    }
    return found;
  }

  /** What the request needs and the model does not contain. */
  private missing(scope: Scope): Obstacle | undefined {
    const { role, bucket } = this.contract;
    const what =
      scope !== "others" && this.role === undefined
        ? `the role ${showUnknown(role?.name ?? "")}`
        : scope !== "trust" && this.bucket === undefined
          ? `the bucket ${showUnknown(bucket.name)}`
          : undefined;
    return what === undefined ? undefined : { cause: `${what} is not in the input`, remedy: ADD_DEFINING_PLAN };
  }

  private readPolicies(scope: Scope): readonly Policies[] | Obstacle {
    try {
      return this.findPolicies(scope);
    } catch (error) {
      if (!(error instanceof PolicyGrammarError)) throw error;
      return { cause: error.message, remedy: "correct the policy" };
    }
  }

  private findPolicies(scope: Scope): readonly Policies[] {
    const { bucket, role } = this;
    if (scope === "trust") return [{ trustPolicy: requireCompiled(role!.trustPolicy, "trust") }];
    const identity = scope === "role" && {
      identityPolicies: [...role!.inlinePolicies, ...role!.managedPolicies].map((policy) => requireCompiled(policy, "identity")),
      ...(role!.permissionsBoundary && { permissionsBoundary: requireCompiled(role!.permissionsBoundary, "permissionsBoundary") }),
    };
    const { blockPublicAccess, objectOwnership = AWS_DEFAULTS.objectOwnership } = bucket!;
    const resourcePolicies = bucket!.policies.length === 0 ? [undefined] : bucket!.policies;
    return resourcePolicies.map((policy) => ({
      ...identity,
      ...(policy && { resourcePolicy: requireCompiled(policy, "resource") }),
      blockPublicAccess,
      objectOwnership,
    }));
  }
}

/** Nobody can perform an action that AWS does not have, whatever pattern matches its name. */
function misspeltAction(action: string): Obstacle | undefined {
  if (isAction(action)) return undefined;
  const date = ACTION_LISTS.find(({ service }) => action.toLowerCase().startsWith(`${service}:`))?.date;
  if (date === undefined) return undefined;
  return { cause: `AWS's list of ${date} has no action ${action}`, remedy: "correct the action in the contract" };
}

function outcomeOf(decision: Decision, { expected }: Expectation): Result["outcome"] {
  if (decision.verdict === "unknown") return "unknown";
  return (decision.verdict === "Allowed") === (expected === "allowed") ? "pass" : "fail";
}

/** The worst outcome decides: a failure before an unknown. */
const RANKS = { fail: 0, unknown: 1, pass: 2 } as const;
