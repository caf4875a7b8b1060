/**
 * Texts of a policy with policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and `${*}`, `${?}`, `${$}` for the
 * characters themselves.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { fillUnknown, hasUnknown, MAYBE, maskUnknown, showUnknown, type Ternary, unknownText } from "../../unknown";
import type { PossibleValue } from "../types";
import { type Piece, piecesOf } from "./pieces";

/** A reference to a key of the request. */
export interface VariablePiece {
  /** Lower case. */
  readonly variable: string;
  readonly defaultValue?: string;
}

export type TemplatePiece = Piece | VariablePiece;

/** The context of a request: keys in lower case, each with at least one value. */
export interface ContextValues {
  get(key: string): readonly string[] | undefined;
  /** The values that a key without a value here can have; undefined where it is absent. */
  possible(key: string): readonly PossibleValue[] | undefined;
}

const VARIABLE = /\$\{[^{}]*\}/g;
const WITH_DEFAULT = /^([^,]*?)\s*,\s*'(.*)'$/s;

/** Splits a text at its variables, wildcards and placeholders. */
export function parseTemplate(text: string, options: { readonly variables: boolean; readonly wildcards: boolean }): TemplatePiece[] {
  if (!options.variables || !text.includes("${")) return piecesOf(text, options.wildcards);
  const open = openVariable(text);
  if (open !== undefined) return [...parseTemplate(text.slice(0, open), options), { unknown: unknownText("where a policy variable ends") }];
  const pieces: TemplatePiece[] = [];
  let end = 0;
  // The name of a placeholder can look like a variable.
  for (const { 0: variable, index } of maskUnknown(text).matchAll(VARIABLE)) {
    pieces.push(...piecesOf(text.slice(end, index), options.wildcards));
    end = index + variable.length;
    pieces.push(variablePiece(text.slice(index + "${".length, end - "}".length).trim()));
  }
  pieces.push(...piecesOf(text.slice(end), options.wildcards));
  return pieces;
}

/** Where a variable begins whose brace may be in a placeholder: nothing is known of the text from there on. */
function openVariable(text: string): number | undefined {
  for (const { 0: variable, index } of maskUnknown(text).matchAll(OPEN_VARIABLE)) {
    const end = index + variable.length;
    if (text[end] !== "}" && hasUnknown(text.slice(index, end))) return index;
  }
  return undefined;
}

const OPEN_VARIABLE = /\$\{[^{}]*/g;

function variablePiece(body: string): TemplatePiece {
  if (body === "*" || body === "?" || body === "$") return body;
  if (hasUnknown(body)) return { unknown: unknownText(`the policy variable ${showUnknown(body)}`) };
  const match = WITH_DEFAULT.exec(body);
  return match === null ? { variable: body.toLowerCase() } : { variable: match[1]!.toLowerCase(), defaultValue: match[2]! };
}

/**
 * The rule that the variables of a text break, if any.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function variableRule(text: string): string | undefined {
  for (const [, body] of fillUnknown(text.slice(0, openVariable(text)), "x").matchAll(/\$\{([^{}]*\}?)/g)) {
    if (!body!.endsWith("}")) return "must close the brace of a policy variable";
    const [name = ""] = body!.slice(0, -1).split(",");
    if (name === "") return "must name a key in a policy variable";
    if (name !== name.trim()) return "must not have a space around the name in a policy variable";
  }
  return undefined;
}

export function isVariable(piece: TemplatePiece): piece is VariablePiece {
  return typeof piece === "object" && "variable" in piece;
}

/** Alternatives of one text beyond this number count as one that is not known. */
const MOST_ALTERNATIVES = 16;

/**
 * What the pieces can be with each variable replaced by its value, which is literal: a `*` in it is no wildcard. More than one where the
 * request does not settle a variable.
 *
 * An alternative is undefined where a variable has no value in the request and no default; such a text matches nothing.
 */
export function resolveTemplate(pieces: readonly TemplatePiece[], context: ContextValues): readonly (Piece[] | undefined)[] {
  let resolved: (Piece[] | undefined)[] = [[]];
  for (const piece of pieces) {
    const next: (Piece[] | undefined)[] = isVariable(piece) ? valuesOf(piece, context).map(literalPieces) : [[piece]];
    resolved = resolved.flatMap((before) => next.map((after) => before && after && [...before, ...after]));
    if (resolved.length > MOST_ALTERNATIVES) resolved = [piecesOf(unknownText("the values of several policy variables"), false), undefined];
  }
  return resolved;
}

function literalPieces(value: string | undefined): Piece[] | undefined {
  return value === undefined ? undefined : piecesOf(value, false);
}

/** The values that the variable can have. The default is for an absent key. A key with several values has no single one. */
function valuesOf({ variable, defaultValue }: VariablePiece, context: ContextValues): (string | undefined)[] {
  const values = context.get(variable);
  const possible = values === undefined ? (context.possible(variable) ?? [undefined]) : [values];
  return possible.map((value) => {
    if (value === undefined) return defaultValue;
    return typeof value === "string" ? value : value.length === 1 ? value[0] : undefined;
  });
}

/** The answer that all possibilities share; `MAYBE` where they differ. */
export function sameOf<Possibility>(possibilities: readonly Possibility[], answerOf: (possibility: Possibility) => Ternary): Ternary {
  let common: Ternary | undefined;
  for (const possibility of possibilities) {
    const answer = answerOf(possibility);
    if (answer === MAYBE || (common !== undefined && answer !== common)) return MAYBE;
    common = answer;
  }
  return common ?? MAYBE;
}
