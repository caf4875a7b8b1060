/** The result of `check`, as data. `schemas/check-report.schema.json` describes it. */

import type { Acceptance, AccessMethod, Result } from "../../../lib/contract";
import type { PolicyLocation } from "../../../lib/evaluate";
import type { ScannerIds, Severity } from "../../../lib/rules";
import type { ExitCode } from "../../exit-codes";
import type { CellSource, CheckedRequest } from "../shared";

/** Version of this format. */
export const CHECK_REPORT_SCHEMA_VERSION = 1;

/** The result for one expectation or setting of a contract, or for what it says about all requests. */
export interface CheckedResult extends Result {
  readonly kind: "expectation" | "posture" | "proof";
  /** Of expectations. */
  readonly request?: CheckedRequest;
  /** The command that decides the witness again. */
  readonly explain?: string;
  /** Why the user accepts that it is broken or not known. */
  readonly accepted?: string;
}

/** A finding that the contract accepts, because the vendor's own documentation makes it unavoidable. */
export interface Accepted {
  readonly code: string;
  readonly reason: string;
  readonly source: string;
  /** The IDs under which scanners report it. */
  readonly reportedAs: ScannerIds;
  /** Where this program's own rules find it. */
  readonly seen: readonly { readonly ruleId: string; readonly detail: string; readonly location: PolicyLocation }[];
}

export interface CheckedDestination {
  /** Id of the contract. */
  readonly contract: string;
  /** The stack, plan or state that it was judged in. */
  readonly model: string;
  readonly vendor: string;
  readonly product: string;
  readonly door: AccessMethod;
  readonly bucket: string;
  readonly role?: string;
  readonly vendorPrincipals: readonly string[];
  /** Where the vendor delivers: empty for the whole bucket. */
  readonly keyPrefix: string;
  readonly location: PolicyLocation;
  /** The worst of the results that are not accepted, and of the findings that concern the destination. */
  readonly outcome: Result["outcome"];
  /** The rules of those findings. Not in the JSON, where the findings name the contract. */
  readonly findingRules?: readonly string[];
  readonly results: readonly CheckedResult[];
  readonly accepted: readonly Accepted[];
  /** Fills cells of the matrix that the contract does not ask about. Not in the JSON. */
  readonly cellOf?: CellSource;
}

/** A finding of a rule, a broken expectation, or a difference from the pin. */
export interface ReportedFinding {
  readonly ruleId: string;
  readonly severity: Severity;
  /** What is wrong here. */
  readonly detail: string;
  /** Why it matters. */
  readonly reason: string;
  readonly remedy: string;
  readonly location: PolicyLocation;
  /** The plan does not show whether anything is wrong: the exit code is 3. */
  readonly isUnknown?: true;
  readonly statement?: { readonly index: number; readonly sid?: string };
  /** IDs of the contracts that it concerns. */
  readonly contracts: readonly string[];
  /** Id of the expectation or setting that is broken or unknown. */
  readonly expectation?: string;
  /** Page that explains the rule. */
  readonly help: string;
  /** Stable from run to run: it depends on neither lines nor order. */
  readonly fingerprint: string;
}

/** A finding that the user accepts with a reason. */
export interface ReportedAcceptance extends Acceptance {
  /** Id of the only contract that it is about. */
  readonly contract?: string;
  /** Where it was written. */
  readonly location: PolicyLocation;
  /** Whether it travels with the contract, and was not given in a file. */
  readonly inContract: boolean;
  /** `refused`: nobody can accept a finding with this id. Only one that is `used` covers anything. */
  readonly state: "used" | "unused" | "expired" | "refused";
  /** The findings that it covers. They are not among the findings of the report. */
  readonly findings: readonly ReportedFinding[];
}

export interface CheckTotals {
  readonly destinations: number;
  /** Accepted results are not counted here. */
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  /** Findings by severity; broken expectations are not among them. */
  readonly findings: Readonly<Record<Severity, number>>;
  /** Findings that are accepted because the vendor asks for them. */
  readonly accepted: number;
  /** Findings, broken and unknown expectations that the user accepts. */
  readonly acceptedFindings: number;
}

export interface CheckReport {
  readonly schemaVersion: typeof CHECK_REPORT_SCHEMA_VERSION;
  readonly program: string;
  /** What was read. */
  readonly models: readonly { readonly name: string; readonly source: string; readonly buckets: number; readonly roles: number }[];
  readonly destinations: readonly CheckedDestination[];
  /** By rules, by the pin, by the reader; accepted ones are with their destination. */
  readonly findings: readonly ReportedFinding[];
  /** Acceptances of the user, used or not. */
  readonly acceptances: readonly ReportedAcceptance[];
  /** What cannot be seen in a plan. */
  readonly notChecked: readonly string[];
  /** What the reader should know about this run. */
  readonly notes: readonly string[];
  /** The notes because of which the check as a whole is undecided. Not in the JSON, whose notes and exit code show it. */
  readonly undecided: readonly string[];
  readonly totals: CheckTotals;
  readonly exitCode: ExitCode;
}
