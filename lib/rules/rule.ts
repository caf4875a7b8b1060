/** What a hygiene rule is, and what it looks at. */
import type { DeliveryContract } from "../contract";
import type { CompiledPolicy, CompiledStatement, PolicyKind, PolicyLocation } from "../evaluate";
import type { PlannedBucket, PlannedPolicy, PlannedRole } from "../plan";

/** From the worst. */
export const SEVERITIES = ["high", "medium", "low", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What people and reports are told of a rule. `docs/rules/<id>.md` tells more. */
export interface RuleInfo {
  /** Stable, kebab-case. */
  readonly id: string;
  /** A sentence without full stop. */
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters. */
  readonly reason: string;
  readonly remedy: string;
  /** Page of AWS that it rests on. */
  readonly source: string;
}

/** One rule. Each member is called with what it is named after; a text that it returns is a finding: what is wrong here. */
export interface Rule extends RuleInfo {
  /** Looks at every bucket and role of the plan, not only at those of destinations. */
  readonly everywhere?: true;
  /** A contract that accepts this code accepts the finding. */
  readonly acceptedBy?: string;
  /** Policies whose statements `statement` is called with. */
  readonly kinds?: readonly PolicyKind[];
  /** Effect of the statements that it is called with. */
  readonly effect?: "Allow" | "Deny";
  /** Looks at the principals alone: actions or resources of the statement need not be known. */
  readonly evenUnknown?: true;
  /** Called with statements of which every element is known, unless `evenUnknown` says otherwise. */
  readonly statement?: (statement: CompiledStatement, policy: JudgedPolicy) => string | undefined;
  readonly policy?: (policy: JudgedPolicy) => string | undefined;
  /** A policy that cannot be read: the message of the error. */
  readonly malformed?: (message: string) => string | undefined;
  readonly bucket?: (bucket: JudgedBucket) => RuleAnswer;
  readonly role?: (role: JudgedRole) => RuleAnswer;
}

/** A finding, and where it is if not at the resource itself. */
export type RuleAnswer = string | { readonly detail: string; readonly location: PolicyLocation } | undefined;

/** A bucket with all that is expected of it. */
export interface JudgedBucket {
  readonly bucket: PlannedBucket;
  /** The contracts of the deliveries into it. */
  readonly contracts: readonly DeliveryContract[];
  /** The policies that can be read. */
  readonly policies: readonly CompiledPolicy[];
  readonly account: Account;
}

/** A role with all that is expected of it. */
export interface JudgedRole {
  readonly role: PlannedRole;
  /** The contracts whose vendor assumes it. */
  readonly contracts: readonly DeliveryContract[];
  /** The buckets of all destinations in the plan. */
  readonly destinations: readonly JudgedBucket[];
  readonly account: Account;
}

/** A policy of a bucket or a role. */
export interface JudgedPolicy {
  readonly kind: PolicyKind;
  readonly planned: PlannedPolicy;
  readonly prepared: CompiledPolicy;
  readonly bucket?: JudgedBucket;
  readonly role?: JudgedRole;
  readonly contracts: readonly DeliveryContract[];
  /** The principals of vendors, and the roles that they assume, of all contracts. */
  readonly vendors: ReadonlySet<string>;
  readonly account: Account;
}

/** The customer's account. */
export interface Account {
  /** 12 digits; the stand-in where the plan does not tell. */
  readonly id: string;
  readonly isKnown: boolean;
}

/** One finding. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  /** What is wrong here. */
  readonly detail: string;
  readonly remedy: string;
  readonly location: PolicyLocation;
  /** The statement, where it is about one. */
  readonly statement?: { readonly index: number; readonly sid?: string };
  /** Ids of the contracts that it concerns. */
  readonly contracts: readonly string[];
  /** The reason code by which a contract accepts it. */
  readonly acceptedAs?: string;
}
