/** A policy document, compiled. */
import type { ArnPattern } from "../match/arn";
import type { Condition } from "../match/conditions";
import type { Glob } from "../match/glob";
import type { PrincipalEntry } from "../match/principal-entries";
import type { TemplatePiece } from "../match/templates";
import type { PolicyKind, PolicyLocation, StatementReference } from "../types";

export interface CompiledPolicy {
  readonly kind: PolicyKind;
  readonly name?: string;
  readonly location?: PolicyLocation;
  /** For people: the name, or the kind. */
  readonly label: string;
  readonly statements: readonly CompiledStatement[];
  /** The statements by effect. One whose effect is not known is in both. */
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
  /** The names of whole elements that are not known. Such an element may match anything. */
  readonly unknowns: readonly string[];
  /** Undefined where the kind of policy has none, or where it is not known. */
  readonly principal?: PrincipalElement;
  readonly action?: ActionElement;
  readonly resource?: ResourceElement;
  readonly conditions: readonly Condition[];
  /** Set where the operator or all keys of a condition are not known. `conditions` does not hold that one. */
  readonly hasUnknownConditions?: true;
  /** Whether `${…}` is a variable. */
  readonly variables: boolean;
}

export interface CompileOptions {
  /** For reports. */
  readonly name?: string;
  readonly location?: PolicyLocation;
}

/** Marks, among a statement's unknowns, that its effect is not known. */
export const EFFECT_UNKNOWN = "";
