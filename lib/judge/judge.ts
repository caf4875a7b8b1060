import {
  accountNamedBy,
  Callers,
  type DeliveryContract,
  type Expectation,
  isAssuming,
  type PostureExpectation,
  type Result,
  substituteOwnAccount,
} from "../contract";
import {
  type AccessRequest,
  type CompiledPolicy,
  type Decision,
  decide,
  type Policies,
  PolicyGrammarError,
  type PolicyKind,
  type StatementReference,
} from "../evaluate";
import type { AccountModel, PlannedBucket, PlannedPolicy, PlannedRole, Setting } from "../plan";
import { hasUnknown, showUnknown, unknownText } from "../unknown";
import { compiledPolicy } from "./compiled-policies";
import { bucketOf, roleOf } from "./planned-resources";

/**
 * One result for each expectation and each posture item, in the contract's order.
 *
 * Nothing is thrown: what the model does not tell is `unknown`, with the reason.
 */
export function judge(contract: DeliveryContract, account: AccountModel): Result[] {
  const judged = new JudgedAccount(contract, account);
  return [
    ...contract.expectations.map((expectation) => judged.expectation(expectation)),
    ...contract.posture.map((item) => judged.posture(item)),
  ];
}

/** Why nothing can be told. */
interface Obstacle {
  readonly cause: string;
  readonly remedy: string;
}

/** A key below the prefix, whichever the vendor chooses. */
const ANY_KEY = unknownText("the key that the vendor chooses");
const OTHER_KEYS = ["2027/01/31/23/events-0001.json.gz", "Ab.csv"];

/** Whether each resource in the policies covers every key below the folder or none, as far as the texts show it. */
function treatsAlike({ resourcePolicy, identityPolicies = [], permissionsBoundary }: Policies, folder: string): boolean {
  for (const policy of [resourcePolicy, permissionsBoundary, ...identityPolicies]) {
    for (const { resource } of policy?.statements ?? []) {
      for (const text of resource?.texts ?? []) if (!coversAllOrNone(text, folder)) return false;
    }
  }
  return true;
}

function coversAllOrNone(pattern: string, folder: string): boolean {
  const fixed = pattern.endsWith("*") ? pattern.slice(0, -1) : pattern;
  if (hasUnknown(fixed) || /[*?$]/.test(fixed)) return pattern !== fixed && folder.startsWith(fixed) && !/[*?$]/.test(fixed);
  return !fixed.startsWith(folder) || fixed === folder;
}

/** Whether it is about objects that the vendor must be able to handle. */
function deliversObjects({ actor, action, expected, resource }: Expectation): boolean {
  return actor === "vendor" && expected === "allowed" && action.startsWith("s3:") && resource.includes("/");
}

class JudgedAccount {
  private readonly bucket: PlannedBucket | undefined;
  private readonly role: PlannedRole | undefined;
  private readonly cast: Callers;
  private readonly known = new Map<string, readonly Policies[] | Obstacle>();

  public constructor(
    private readonly contract: DeliveryContract,
    account: AccountModel,
  ) {
    this.bucket = bucketOf(contract, account);
    this.role = roleOf(contract, account);
    this.cast = new Callers(contract, this.bucket?.account);
  }

  public expectation(expectation: Expectation): Result {
    const { id, expected } = expectation;
    const title = showUnknown(expectation.title);
    const policies = this.policies(expectation);
    if ("cause" in policies) return { id, title, expected, outcome: "unknown", ...policies, deciding: [] };
    const worst = this.worst(expectation, policies);
    if (worst === undefined) {
      const cause = "the contract names no principal for it";
      return { id, title, expected, outcome: "unknown", cause, remedy: "name the vendor", deciding: [] };
    }
    const outcome = outcomeOf(worst, expectation);
    return outcome === "pass"
      ? { id, title, expected, outcome, evidence: "computed", deciding: worst.deciding }
      : { id, title, expected, ...explained(worst, outcome, expectation) };
  }

  /** The verdict furthest from what is expected. */
  private worst(expectation: Expectation, policies: readonly Policies[]): Decision | undefined {
    const resource = substituteOwnAccount(expectation.resource);
    if (!deliversObjects(expectation)) return this.worstFor(expectation, resource, policies);
    // The vendor chooses its keys, so it must be able to use any below the prefix.
    const folder = resource.slice(0, resource.lastIndexOf("/") + 1);
    const sample = this.worstFor(expectation, resource, policies);
    if (sample?.verdict !== "Allowed" || policies.every((set) => treatsAlike(set, folder))) return sample;
    const others = OTHER_KEYS.map((key) => this.worstFor(expectation, folder + key, policies));
    const refused = others.find((other) => other?.verdict === "ExplicitlyDenied" || other?.verdict === "ImplicitlyDenied");
    return refused ?? this.worstFor(expectation, folder + ANY_KEY, policies);
  }

  /** Of the verdicts for all who may be the actor, the one furthest from what is expected. */
  private worstFor(expectation: Expectation, resource: string, policies: readonly Policies[]): Decision | undefined {
    const { actor, action } = expectation;
    const assumes = isAssuming(action);
    let worst: Decision | undefined;
    let worstRank = Number.POSITIVE_INFINITY;
    for (const principal of this.cast.principalsOf(actor, assumes)) {
      const request: AccessRequest = {
        principal,
        principalAccount: hasUnknown(principal) ? accountNamedBy(principal) : undefined,
        action,
        resource,
        resourceAccount: this.cast.ownerOf(assumes),
        context: this.cast.contextOf(expectation, assumes, principal),
      };
      for (const set of policies) {
        const decision = decide(request, set);
        const rank = RANKS[outcomeOf(decision, expectation)];
        if (rank < worstRank) [worst, worstRank] = [decision, rank];
      }
    }
    return worst;
  }

  /** The policies that bear on a request: once for each bucket policy, because of several the last one written wins. */
  private policies({ action, actor }: Expectation): readonly Policies[] | Obstacle {
    const who = isAssuming(action) ? "trust" : actor === "vendor" && this.contract.role !== undefined ? "role" : "others";
    let found = this.known.get(who);
    if (found === undefined) {
      found = this.missing(who) ?? this.readPolicies(who);
      this.known.set(who, found);
    }
    return found;
  }

  /** What such a request needs and the model does not describe. */
  private missing(who: "trust" | "role" | "others"): Obstacle | undefined {
    const { role, bucket } = this.contract;
    const what =
      who !== "others" && this.role === undefined
        ? `the role ${showUnknown(role?.name ?? "")}`
        : who !== "trust" && this.bucket === undefined
          ? `the bucket ${showUnknown(bucket.name)}`
          : undefined;
    return what === undefined ? undefined : { cause: `${what} is not described here`, remedy: "judge the plan that defines it" };
  }

  private readPolicies(who: "trust" | "role" | "others"): readonly Policies[] | Obstacle {
    try {
      return this.findPolicies(who);
    } catch (error) {
      if (!(error instanceof PolicyGrammarError)) throw error;
      return { cause: error.message, remedy: "correct the policy" };
    }
  }

  private findPolicies(who: "trust" | "role" | "others"): readonly Policies[] {
    const { bucket, role } = this;
    if (who === "trust") return [{ trustPolicy: prepare(role!.trustPolicy, "trust") }];
    const identity = who === "role" && {
      identityPolicies: [...role!.inlinePolicies, ...role!.managedPolicies].map((policy) => prepare(policy, "identity")),
      ...(role!.permissionsBoundary && { permissionsBoundary: prepare(role!.permissionsBoundary, "permissionsBoundary") }),
    };
    const { blockPublicAccess, objectOwnership = AWS_DEFAULTS.objectOwnership } = bucket!;
    const resourcePolicies = bucket!.policies.length === 0 ? [undefined] : bucket!.policies;
    return resourcePolicies.map((policy) => ({
      ...identity,
      ...(policy && { resourcePolicy: prepare(policy, "resource") }),
      blockPublicAccess,
      objectOwnership,
    }));
  }

  public posture({ id, title: words, property, oneOf, why }: PostureExpectation): Result {
    const title = showUnknown(words);
    const expected = showUnknown(oneOf.length === 1 ? oneOf[0]! : oneOf.join(" or "));
    const deciding: Result["deciding"] = [];
    const { bucket } = this;
    if (bucket === undefined) {
      const cause = `the bucket ${showUnknown(this.contract.bucket.name)} is not described here`;
      return { id, title, expected, outcome: "unknown", cause, remedy: "judge the plan that defines it", deciding };
    }
    const location = bucket.locations[property] ?? bucket.location;
    const value = settingOf(bucket, property) ?? AWS_DEFAULTS[property];
    if (value !== undefined && oneOf.includes(value)) {
      return { id, title, expected, outcome: "pass", evidence: "computed", deciding, location };
    }
    // A region that no one sets comes from where Terraform runs.
    const known = value === undefined ? property !== "region" : !hasUnknown(value) && !oneOf.some(hasUnknown);
    const is = value === undefined ? "not set" : known ? value : `not known yet: ${showUnknown(value)}`;
    const cause = showUnknown(`'${property}' is ${is}`);
    const remedy = showUnknown(`set it to ${expected}: ${why}`);
    return known
      ? { id, title, expected, outcome: "fail", evidence: "computed", cause, remedy, deciding, location }
      : { id, title, expected, outcome: "unknown", cause, remedy, deciding, location };
  }
}

/**
 * What AWS does where a plan sets nothing. Block Public Access is not here: only new buckets have it by default, so it has to be set.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
 */
const AWS_DEFAULTS: Readonly<Record<string, string>> = {
  encryption: "AES256",
  bucketKeyEnabled: "false",
  objectOwnership: "BucketOwnerEnforced",
  versioning: "Disabled",
};

function settingOf(bucket: PlannedBucket, property: string): Setting {
  const value = bucket.blockPublicAccess[property as "blockPublicAcls"] ?? bucket[property as "encryption"];
  return typeof value === "string" ? value : undefined;
}

function prepare(policy: PlannedPolicy, kind: PolicyKind): CompiledPolicy {
  const prepared = compiledPolicy(policy, kind);
  if (prepared instanceof PolicyGrammarError) throw prepared;
  return prepared;
}

function outcomeOf(decision: Decision, { expected }: Expectation): Result["outcome"] {
  if (decision.verdict === "unknown") return "unknown";
  return (decision.verdict === "Allowed") === (expected === "allowed") ? "pass" : "fail";
}

/** Failures first, then what is not known: the worst decides. */
const RANKS = { fail: 0, unknown: 1, pass: 2 } as const;

function explained(decision: Decision, outcome: "fail" | "unknown", expectation: Expectation): Omit<Result, "id" | "title" | "expected"> {
  const { deciding, nearest, reason } = decision;
  const location = (deciding[0] ?? nearest?.statement)?.location;
  const where = location === undefined ? {} : { location };
  if (outcome === "unknown") return { outcome, cause: showUnknown(reason), deciding, ...where };
  const mismatch = nearest === undefined ? "" : `; nearest: ${statementName(nearest.statement)}: ${nearest.mismatches.join("; ")}`;
  return {
    outcome,
    evidence: "computed",
    cause: `${showUnknown(reason)}${mismatch}`,
    remedy: showUnknown(remedyOf(decision, expectation)),
    deciding,
    ...where,
  };
}

/** Narrowing what allows the request would keep it out over HTTPS too. */
const SSL_ONLY =
  'let the bucket policy refuse plain HTTP: Deny, Principal *, Action s3:*, Resource bucket and bucket/*, Condition Bool aws:SecureTransport "false"';

function statementName({ policy, policyName, sid, index }: StatementReference): string {
  return `statement ${sid === undefined ? index + 1 : JSON.stringify(sid)} of the ${policyName ?? policy} policy`;
}

function remedyOf(decision: Decision, { expected, action, context }: Expectation): string {
  const [deciding] = decision.deciding;
  if (expected === "denied") {
    if (context["aws:SecureTransport"] === "false") return SSL_ONLY;
    return deciding ? `narrow or remove ${statementName(deciding)}` : `deny ${action}`;
  }
  if (decision.verdict === "ExplicitlyDenied" && deciding) return `narrow ${statementName(deciding)} so that it spares the vendor`;
  return decision.nearest ? `widen ${statementName(decision.nearest.statement)}` : `allow ${action}`;
}
