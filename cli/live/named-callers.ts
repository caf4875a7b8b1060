/**
 * Judges by name every caller that the live policies and ACL name and no contract expects.
 *
 * The strangers of a contract are made-up principals. A policy that names one account lets that account in and no made-up one, so "another
 * account cannot put an object" needs an answer for each name.
 */

import type { Result } from "../../lib/contract";
import { accountOf, Callers, type DeliveryContract, type Expectation, isAssuming, isWholeAccount } from "../../lib/contract";
import { type CompiledStatement, type Decision, OUTSIDE_ROLE_NAME, type Policies } from "../../lib/evaluate";
import { AWS_DEFAULTS, closestToAllow, decisionsOf, readablePolicies } from "../../lib/judge";
import type { AccountModel, PlannedBucket, PlannedRole } from "../../lib/plan";
import { unexpectedCallers } from "../../lib/rules";
import { showUnknown } from "../../lib/unknown";
import { REMOVE_GRANT } from "./bucket-findings";
import { type AclGrant, grantsAction } from "./read-back";

/** What was read of one destination. */
export interface NamedCallersInput {
  readonly account: AccountModel;
  /** All known contracts of the bucket. */
  readonly contracts: readonly DeliveryContract[];
  /** The account that owns the bucket and the role. */
  readonly owner: string | undefined;
  /** Grants of the bucket's ACL to others than the owner. */
  readonly aclGrants: readonly AclGrant[];
  /** Set if ACLs are enabled and the bucket's ACL could not be read: the right that is missing. */
  readonly aclUnread?: string;
}

/** The results. Those about strangers also cover every caller that is named. */
export function judgeNamedCallers(contract: DeliveryContract, results: readonly Result[], input: NamedCallersInput): Result[] {
  const named = new Named(contract, input);
  const byId = new Map(contract.expectations.map((expectation) => [expectation.id, expectation]));
  return results.map((result) => {
    const expectation = byId.get(result.id);
    return expectation === undefined || result.outcome === "fail" ? result : named.judge(expectation, result);
  });
}

class Named {
  private readonly callers: Callers;
  private readonly bucket: PlannedBucket | undefined;
  private readonly role: PlannedRole | undefined;
  private readonly ofBucket: readonly NamedBy[];
  private readonly ofTrust: readonly NamedBy[];

  constructor(
    private readonly contract: DeliveryContract,
    private readonly input: NamedCallersInput,
  ) {
    const { account, contracts, owner } = input;
    this.bucket = account.buckets.find(({ name }) => name === contract.bucket.name);
    this.role = account.roles.find(({ name }) => name === contract.role?.name);
    this.callers = new Callers(contract, { bucketAccount: owner });
    const own = { id: owner ?? this.callers.account, isKnown: owner !== undefined };
    const named = (policies: PlannedBucket["policies"], kind: "resource" | "trust") =>
      readablePolicies(policies, kind).flatMap((policy) =>
        policy.allows.flatMap((statement) =>
          unexpectedCallers(statement, { kind, contracts, account: own }).map((name) => ({ name, statement })),
        ),
      );
    this.ofBucket = named(this.bucket?.policies ?? [], "resource");
    this.ofTrust = named(this.role ? [this.role.trustPolicy] : [], "trust");
  }

  judge(expectation: Expectation, result: Result): Result {
    if (expectation.expected !== "denied" || !expectation.actor.startsWith("stranger")) return this.anonymous(expectation, result);
    const assumes = isAssuming(expectation.action);
    let worst = result;
    for (const by of assumes ? this.ofTrust : this.ofBucket) {
      if (by.name === "*" || this.actorOf(by.name) !== expectation.actor) continue;
      const found = this.answer(expectation, result, by);
      if (found?.outcome === "fail") return found;
      worst = found ?? worst;
    }
    return assumes || expectation.actor !== "strangerAccount" ? worst : this.byAcl(expectation, worst, "account");
  }

  private anonymous(expectation: Expectation, result: Result): Result {
    return expectation.actor === "anonymous" && !isAssuming(expectation.action) ? this.byAcl(expectation, result, "everybody") : result;
  }

  private actorOf(name: string): Expectation["actor"] {
    const account = accountOf(name);
    const isVendors = account !== undefined && this.contract.vendorPrincipals.some((principal) => accountOf(principal) === account);
    return isVendors ? "strangerInVendorAccount" : "strangerAccount";
  }

  /** The result for one name; undefined if it is denied. */
  private answer(expectation: Expectation, result: Result, { name, statement }: NamedBy): Result | undefined {
    const assumes = isAssuming(expectation.action);
    let unknown: Decision | undefined;
    for (const resource of assumes ? [expectation.resource] : this.resourcesOf(expectation, statement)) {
      const decision = this.decide(expectation, name, resource);
      if (decision.verdict === "Allowed") {
        return {
          ...result,
          outcome: "fail",
          evidence: "computed",
          cause: `the live ${assumes ? "trust" : "bucket"} policy allows ${showUnknown(name)} ${expectation.action} on ${resource}`,
          remedy: `remove ${showUnknown(name)} from ${statementName(statement)}, or define a destination for it`,
          deciding: decision.deciding,
        };
      }
      if (decision.verdict === "unknown") unknown = decision;
    }
    if (unknown === undefined) return undefined;
    const cause = `${statementName(statement)} names ${showUnknown(name)}: ${showUnknown(unknown.reason)}`;
    const { evidence: _, ...rest } = result;
    return { ...rest, outcome: "unknown", cause, remedy: `remove ${showUnknown(name)}`, deciding: unknown.deciding };
  }

  private decide(expectation: Expectation, name: string, resource: string): Decision {
    const principal = isWholeAccount(name) ? `arn:${this.contract.partition}:iam::${accountOf(name)}:role/${OUTSIDE_ROLE_NAME}` : name;
    const policies = isAssuming(expectation.action) ? this.trustPolicies() : this.bucketPolicies();
    return closestToAllow(decisionsOf({ callers: this.callers, expectation, principal, resource }, policies));
  }

  private trustPolicies(): Policies {
    const [trustPolicy] = readablePolicies([this.role!.trustPolicy], "trust");
    return { ...(trustPolicy && { trustPolicy }) };
  }

  private bucketPolicies(): Policies {
    const { policies, blockPublicAccess, objectOwnership = AWS_DEFAULTS.objectOwnership } = this.bucket!;
    const [resourcePolicy] = readablePolicies(policies, "resource");
    return { ...(resourcePolicy && { resourcePolicy }), blockPublicAccess, objectOwnership };
  }

  /** The expectation's sample, and a resource of the same kind for each pattern of the statement. */
  private resourcesOf({ resource }: Expectation, { resource: element }: CompiledStatement): string[] {
    const isObject = resource.includes("/");
    const patterns = element === undefined || element.not ? [] : element.texts;
    const samples = patterns
      .map((pattern) => pattern.replace(/[*?]+/g, "x"))
      .filter((text) => text.startsWith(`${this.contract.bucket.arn}/`) && isObject);
    return [resource, ...samples];
  }

  private byAcl(expectation: Expectation, result: Result, to: AclGrant["to"]): Result {
    const { aclGrants, aclUnread } = this.input;
    const ignoresPublic = this.bucket?.blockPublicAccess.ignorePublicAcls === "true";
    const grant = aclGrants.find((one) => one.to === to && !(one.isPublic && ignoresPublic) && grantsAction(one, expectation.action));
    if (grant !== undefined) {
      return {
        ...result,
        outcome: "fail",
        evidence: "computed",
        cause: `the bucket's ACL gives ${grant.who} ${grant.permission}`,
        remedy: REMOVE_GRANT,
        deciding: [],
      };
    }
    if (
      aclUnread === undefined ||
      (to === "everybody" && ignoresPublic) ||
      result.outcome !== "pass" ||
      !grantsAction({ permission: "FULL_CONTROL" }, expectation.action)
    )
      return result;
    const { evidence: _, ...rest } = result;
    const cause = `the bucket's ACL could not be read: ${aclUnread} is missing`;
    return { ...rest, outcome: "unknown", cause, remedy: `give the deployer ${aclUnread}`, deciding: [] };
  }
}

interface NamedBy {
  readonly name: string;
  readonly statement: CompiledStatement;
}

function statementName({ reference: { sid, index, location } }: CompiledStatement): string {
  return `${sid === undefined ? `statement ${index + 1}` : JSON.stringify(sid)} of the ${location?.address ?? "policy"}`;
}
