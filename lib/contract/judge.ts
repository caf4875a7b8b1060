/** Judges the account that a plan or a live account describes by a delivery contract. */
import { decide, type Policies, PolicyGrammarError, type PreparedPolicy, preparePolicy } from "../evaluate";
import type { AccessRequest, Decision, PolicyKind } from "../evaluate/types";
import { hasUnknown, showUnknown } from "../evaluate/unknown";
import type { AccountModel, PlannedBucket, PlannedPolicy, PlannedRole } from "../plan/types";
import { contextOf, customerAccount, principalsOf } from "./actors";
import type { DeliveryContract, Expectation, PostureExpectation, Result } from "./types";

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

class JudgedAccount {
  private readonly bucket: PlannedBucket | undefined;
  private readonly role: PlannedRole | undefined;
  private readonly prepared = new Map<PlannedPolicy, PreparedPolicy | PolicyGrammarError>();

  public constructor(
    private readonly contract: DeliveryContract,
    account: AccountModel,
  ) {
    const { bucket, role } = contract;
    this.bucket = account.buckets.find(({ name, arn }) => name === bucket.name || arn === bucket.arn);
    this.role = role && account.roles.find(({ name, arn }) => name === role.name || arn === role.arn);
  }

  public expectation(expectation: Expectation): Result {
    const { contract } = this;
    const base = { id: expectation.id, title: expectation.title, expected: expectation.expected };
    const assumes = expectation.action.startsWith("sts:");
    if (assumes ? this.role === undefined : this.bucket === undefined) {
      const what = assumes ? `the role ${showUnknown(contract.role?.name ?? "")}` : `the bucket ${showUnknown(contract.bucket.name)}`;
      return {
        ...base,
        outcome: "unknown",
        cause: `${what} is not described here`,
        remedy: "judge the plan that defines it",
        deciding: [],
      };
    }
    if (!assumes && expectation.actor === "vendor" && contract.role !== undefined && this.role === undefined) {
      const cause = `the role ${showUnknown(contract.role.name)} is not described here`;
      return { ...base, outcome: "unknown", cause, remedy: "judge the plan that defines it", deciding: [] };
    }
    const decisions = principalsOf(expectation.actor, contract, expectation.action).map((principal) =>
      this.decision(expectation, principal),
    );
    const worst = decisions.sort((one, other) => rank(one, expectation) - rank(other, expectation))[0];
    if (worst === undefined) {
      return { ...base, outcome: "unknown", cause: "the contract names no principal for it", remedy: "name the vendor", deciding: [] };
    }
    if (worst instanceof PolicyGrammarError) {
      return { ...base, outcome: "unknown", cause: worst.message, remedy: "correct the policy", deciding: [] };
    }
    return { ...base, ...this.explained(worst, expectation) };
  }

  private explained(decision: Decision, expectation: Expectation): Omit<Result, "id" | "title" | "expected"> {
    const outcome = outcomeOf(decision, expectation);
    const { deciding, nearest } = decision;
    const location = (deciding[0] ?? nearest?.statement)?.location;
    if (outcome === "pass") return { outcome, evidence: "computed", deciding };
    if (outcome === "unknown") {
      const missing = decision.missing.map(showUnknown).join(", ");
      return { outcome, cause: `${decision.reason}${missing === "" ? "" : ` (not known: ${missing})`}`, deciding, location };
    }
    const mismatch = nearest === undefined ? "" : `; nearest: ${statementName(nearest.statement)}: ${nearest.mismatches.join("; ")}`;
    return {
      outcome,
      evidence: "computed",
      cause: `${decision.reason}${mismatch}`,
      remedy: remedyOf(decision, expectation),
      deciding,
      location,
    };
  }

  private decision(expectation: Expectation, principal: string): Decision | PolicyGrammarError {
    const request: AccessRequest = {
      principal,
      action: expectation.action,
      resource: expectation.resource,
      resourceAccount: customerAccount(this.contract),
      context: contextOf(expectation, this.contract, principal),
    };
    try {
      const decisions = this.policies(expectation).map((policies) => decide(request, policies));
      return decisions.sort((one, other) => rank(one, expectation) - rank(other, expectation))[0]!;
    } catch (error) {
      if (error instanceof PolicyGrammarError) return error;
      throw error;
    }
  }

  /** The policies that bear on a request: once for each bucket policy, because of several the last one written wins. */
  private policies(expectation: Expectation): Policies[] {
    const { bucket, role, contract } = this;
    if (expectation.action.startsWith("sts:")) return [{ trustPolicy: this.prepare(role!.trustPolicy, "trust") }];
    const byRole = expectation.actor === "vendor" && contract.role !== undefined ? role : undefined;
    const identity = byRole && {
      identityPolicies: [...byRole.inlinePolicies, ...byRole.managedPolicies].map((policy) => this.prepare(policy, "identity")),
      ...(byRole.permissionsBoundary && { permissionsBoundary: this.prepare(byRole.permissionsBoundary, "permissionsBoundary") }),
    };
    const settings = bucket!.blockPublicAccess;
    const blockPublicAccess = {
      blockPublicAcls: settings.blockPublicAcls === "true",
      ignorePublicAcls: settings.ignorePublicAcls === "true",
      blockPublicPolicy: settings.blockPublicPolicy === "true",
      restrictPublicBuckets: settings.restrictPublicBuckets === "true",
    };
    const resourcePolicies = bucket!.policies.length === 0 ? [undefined] : bucket!.policies;
    return resourcePolicies.map((policy) => ({
      ...identity,
      ...(policy && { resourcePolicy: this.prepare(policy, "resource") }),
      blockPublicAccess,
    }));
  }

  private prepare(policy: PlannedPolicy, kind: PolicyKind): PreparedPolicy {
    let prepared = this.prepared.get(policy);
    if (prepared === undefined) {
      try {
        prepared = preparePolicy(policy.document, kind, { name: policy.name, location: policy.location });
      } catch (error) {
        if (!(error instanceof PolicyGrammarError)) throw error;
        prepared = error;
      }
      this.prepared.set(policy, prepared);
    }
    if (prepared instanceof PolicyGrammarError) throw prepared;
    return prepared;
  }

  public posture(item: PostureExpectation): Result {
    const base = { id: item.id, title: item.title, expected: item.oneOf.join(" or "), deciding: [] };
    const { bucket } = this;
    if (bucket === undefined) {
      const cause = `the bucket ${showUnknown(this.contract.bucket.name)} is not described here`;
      return { ...base, outcome: "unknown", cause, remedy: "judge the plan that defines it" };
    }
    const location = bucket.locations[item.property] ?? bucket.location;
    const set = settingOf(bucket, item.property);
    const value = set ?? AWS_DEFAULTS[item.property];
    const remedy = `set it to ${item.oneOf.join(" or ")}: ${item.why}`;
    if (value === undefined) {
      const outcome = item.property === "region" ? "unknown" : "fail";
      return {
        ...base,
        outcome,
        evidence: outcome === "fail" ? "computed" : undefined,
        cause: `'${item.property}' is not set`,
        remedy,
        location,
      };
    }
    if (item.oneOf.includes(value)) return { ...base, outcome: "pass", evidence: "computed", location };
    if (hasUnknown(value) || item.oneOf.some(hasUnknown)) {
      return { ...base, outcome: "unknown", cause: `'${item.property}' is not known yet: ${showUnknown(value)}`, location };
    }
    return { ...base, outcome: "fail", evidence: "computed", cause: `'${item.property}' is ${value}`, remedy, location };
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

function settingOf(bucket: PlannedBucket, property: string): string | undefined {
  const settings: Readonly<Record<string, unknown>> = { ...bucket, ...bucket.blockPublicAccess };
  const value = settings[property];
  return typeof value === "string" ? value : undefined;
}

function outcomeOf(decision: Decision, { expected }: Expectation): Result["outcome"] {
  if (decision.verdict === "unknown") return "unknown";
  return (decision.verdict === "Allowed") === (expected === "allowed") ? "pass" : "fail";
}

/** Failures first, then what is not known: the worst decides. */
function rank(decision: Decision | PolicyGrammarError, expectation: Expectation): number {
  if (decision instanceof PolicyGrammarError) return 1;
  return { fail: 0, unknown: 1, pass: 2 }[outcomeOf(decision, expectation)];
}

function statementName({ policy, policyName, sid, index }: { policy: string; policyName?: string; sid?: string; index: number }): string {
  return `statement ${sid ?? index} of the ${policyName ?? policy} policy`;
}

function remedyOf(decision: Decision, { expected, action }: Expectation): string {
  const [deciding] = decision.deciding;
  if (expected === "denied") {
    return deciding ? `narrow or remove ${statementName(deciding)}` : `deny ${action}`;
  }
  if (decision.verdict === "ExplicitlyDenied" && deciding) return `narrow ${statementName(deciding)} so that it spares the vendor`;
  return decision.nearest ? `widen ${statementName(decision.nearest.statement)}` : `allow ${action}`;
}
