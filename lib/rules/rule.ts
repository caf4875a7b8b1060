/** What a rule is, and what it checks. */
import type { DeliveryContract } from "../contract";
import type { CompiledPolicy, CompiledStatement, PolicyKind, PolicyLocation } from "../evaluate";
import type {
  AccountModel,
  PlannedBucket,
  PlannedDataFlow,
  PlannedOrganizationPolicy,
  PlannedPolicy,
  PlannedRole,
  PlannedServiceGrant,
} from "../plan";

/** Most severe first. */
export const SEVERITIES = ["high", "medium", "low", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The description of a rule for people and reports. The page `docs/rules/<id>.md` is generated from it. */
export interface RuleInfo {
  /** Stable, kebab-case. */
  readonly id: string;
  /** A sentence without full stop. */
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters. */
  readonly reason: string;
  /** More for the page, in Markdown. */
  readonly details?: string;
  readonly remedy: string;
  /** Page of AWS or Terraform that the rule is based on. */
  readonly source: string;
}

/** One rule. Each function checks what it is named after and returns what is wrong, or undefined. */
export interface Rule extends RuleInfo {
  /** Checks every bucket and role of the plan, not only those of destinations. */
  readonly everywhere?: true;
  /** Reason code: a contract that accepts this code accepts the finding. */
  readonly acceptedBy?: string;
  /** Kinds of policy whose statements `statement` checks; all where absent. */
  readonly kinds?: readonly PolicyKind[];
  /** Effect of the statements that `statement` checks; both where absent. */
  readonly effect?: "Allow" | "Deny";
  /** `statement` reads the principals only, so the actions and resources of the statement may be unknown. */
  readonly evenUnknown?: true;
  /** Called with statements whose elements are all known, or with all statements if `evenUnknown` is set. */
  readonly statement?: (statement: CompiledStatement, policy: JudgedPolicy) => RuleAnswer;
  readonly policy?: (policy: JudgedPolicy) => string | undefined;
  /** Called with the error message for a policy that cannot be parsed. */
  readonly malformed?: (message: string) => string | undefined;
  readonly bucket?: (bucket: JudgedBucket) => RuleAnswer;
  readonly role?: (role: JudgedRole) => RuleAnswer;
  /** Called with each data flow out of a bucket. */
  readonly dataFlow?: (flow: JudgedDataFlow) => RuleAnswer;
  /** Called with each policy and grantee of a resource of another service. */
  readonly serviceGrant?: (grant: JudgedServiceGrant) => RuleAnswer;
  readonly organizationPolicy?: (policy: JudgedOrganizationPolicy) => RuleAnswer;
}

/** What is wrong, and where, if not at the bucket or role itself. */
export interface RuleFault {
  readonly detail: string;
  readonly location?: PolicyLocation;
  /** The plan does not show whether anything is wrong: the check can neither pass nor fail. */
  readonly isUnknown?: true;
}

export type RuleAnswer = string | RuleFault | readonly RuleFault[] | undefined;

/** A bucket with its contracts and policies. */
export interface JudgedBucket {
  readonly bucket: PlannedBucket;
  /** The contracts that deliver to the bucket. */
  readonly contracts: readonly DeliveryContract[];
  /** The policies that can be parsed. */
  readonly policies: readonly CompiledPolicy[];
  /** The estate to which the bucket belongs. */
  readonly model: AccountModel;
  readonly account: Account;
}

/** A data flow out of a bucket, with the destinations whose data it carries or may carry. */
export interface JudgedDataFlow {
  readonly flow: PlannedDataFlow;
  readonly destinations: readonly JudgedBucket[];
  /** Whether the plan shows which buckets the data comes from. */
  readonly isSourceKnown: boolean;
  readonly model: AccountModel;
  readonly account: Account;
}

/** What a resource of another service gives a principal, with the contracts and destinations of the estate. */
export interface JudgedServiceGrant {
  readonly grant: PlannedServiceGrant;
  readonly contracts: readonly DeliveryContract[];
  readonly destinations: readonly JudgedBucket[];
  readonly model: AccountModel;
  readonly account: Account;
}

/** A policy of the organization, with all contracts of the estate. */
export interface JudgedOrganizationPolicy {
  readonly organizationPolicy: PlannedOrganizationPolicy;
  readonly contracts: readonly DeliveryContract[];
  readonly account: Account;
}

/** A role with its contracts and policies. */
export interface JudgedRole {
  readonly role: PlannedRole;
  /** The contracts whose vendor assumes the role. */
  readonly contracts: readonly DeliveryContract[];
  /** The buckets of all destinations in the plan. */
  readonly destinations: readonly JudgedBucket[];
  /** The estate to which the role belongs. */
  readonly model: AccountModel;
  readonly account: Account;
}

/** A policy of a bucket or a role. */
export interface JudgedPolicy {
  readonly kind: PolicyKind;
  readonly planned: PlannedPolicy;
  readonly compiled: CompiledPolicy;
  readonly bucket?: JudgedBucket;
  readonly role?: JudgedRole;
  readonly contracts: readonly DeliveryContract[];
  /** The vendors' principals and the roles that they assume, for all contracts. */
  readonly vendors: ReadonlySet<string>;
  /** All contracts of the estate. */
  readonly allContracts: readonly DeliveryContract[];
  readonly model: AccountModel;
  readonly account: Account;
}

/** The customer's account. */
export interface Account {
  /** 12 digits; `OWN_ACCOUNT` if the plan does not contain the account. */
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
  /** The plan does not show whether anything is wrong. The severity is `info`. */
  readonly isUnknown?: true;
  /** The statement, if the finding is about one. */
  readonly statement?: { readonly index: number; readonly sid?: string };
  /** IDs of the affected contracts. */
  readonly contracts: readonly string[];
  /** Reason code with which a contract accepts the finding. */
  readonly acceptedAs?: string;
}
