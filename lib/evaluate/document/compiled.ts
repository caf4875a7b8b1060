/** What a policy document becomes when it is compiled. */
import type { ArnPattern } from "../match/arn";
import type { Condition } from "../match/conditions";
import type { Glob } from "../match/glob";
import type { PolicyKind, PolicyLocation, StatementReference } from "../types";
import type { PrincipalEntry } from "./principal-entries";
import type { TemplatePiece } from "./templates";

/** A policy, compiled. */
export interface CompiledPolicy {
  readonly kind: PolicyKind;
  readonly name?: string;
  readonly location?: PolicyLocation;
  /** For people: the name, or the kind. */
  readonly label: string;
  readonly statements: readonly CompiledStatement[];
  /** The statements by effect; one whose effect is not known is in both. */
  readonly denies: readonly CompiledStatement[];
  readonly allows: readonly CompiledStatement[];
}

/** `Action` or `NotAction`. */
export interface ActionElement {
  readonly texts: readonly string[];
  readonly not: boolean;
  readonly globs: readonly Glob[];
}

/** `Resource` or `NotResource`. */
export interface ResourceElement {
  readonly texts: readonly string[];
  readonly not: boolean;
  /** A pattern, or a template where it holds policy variables. */
  readonly patterns: readonly (ArnPattern | readonly TemplatePiece[])[];
}

/** `Principal` or `NotPrincipal`. */
export interface PrincipalElement {
  readonly not: boolean;
  readonly entries: readonly PrincipalEntry[];
  readonly texts: readonly string[];
}

export interface CompiledStatement {
  readonly reference: StatementReference;
  readonly policy: PolicyKind;
  /** What stands in the place of whole elements that are not known. Such an element may match anything. */
  readonly unknowns: readonly string[];
  /** Undefined where the kind of policy has none, or where it is not known. */
  readonly principal?: PrincipalElement;
  readonly action?: ActionElement;
  readonly resource?: ResourceElement;
  readonly conditions: readonly Condition[];
  /** Whether `${…}` is a variable. */
  readonly variables: boolean;
}

export interface CompileOptions {
  /** For reports. */
  readonly name?: string;
  readonly location?: PolicyLocation;
}

/** Among a statement's unknowns: its effect is not known either. */
export const EFFECT_UNKNOWN = "";
