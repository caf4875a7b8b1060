/**
 * Texts of a policy with policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and `${*}`, `${?}`, `${$}` for the
 * characters themselves.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { type Piece, piecesOf } from "../match/glob";

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
}

/** A variable, or a placeholder, whose name may look as if it held one. */
const VARIABLE = /\u0000[^\u0000]*\u0000|\$\{([^{}]*)\}/g;
const WITH_DEFAULT = /^([^,]*?)\s*,\s*'(.*)'$/s;

/** Cuts a text at its variables, wildcards and placeholders. */
export function parseTemplate(text: string, options: { readonly variables: boolean; readonly wildcards: boolean }): TemplatePiece[] {
  if (!options.variables || !text.includes("${")) return piecesOf(text, options.wildcards);
  const pieces: TemplatePiece[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    if (match[1] === undefined) continue;
    pieces.push(...piecesOf(text.slice(end, match.index), options.wildcards));
    pieces.push(variablePiece(match[1].trim()));
    end = match.index + match[0].length;
  }
  pieces.push(...piecesOf(text.slice(end), options.wildcards));
  return pieces;
}

function variablePiece(body: string): TemplatePiece {
  if (body === "*" || body === "?" || body === "$") return body;
  const match = WITH_DEFAULT.exec(body);
  return match === null ? { variable: body.toLowerCase() } : { variable: match[1]!.toLowerCase(), defaultValue: match[2]! };
}

/**
 * What is wrong with the variables of a text; undefined where nothing is.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function variableRule(text: string): string | undefined {
  for (const [, body] of text.replace(/\u0000[^\u0000]*\u0000/g, "x").matchAll(/\$\{([^{}]*\}?)/g)) {
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

/**
 * The pieces with each variable replaced by its value, which is literal: a `*` in it is no wildcard.
 *
 * @returns undefined where a variable has no value in the request and no default: such a text matches nothing.
 */
export function resolveTemplate(pieces: readonly TemplatePiece[], context: ContextValues): Piece[] | undefined {
  const resolved: Piece[] = [];
  for (const piece of pieces) {
    if (!isVariable(piece)) {
      resolved.push(piece);
      continue;
    }
    const values = context.get(piece.variable);
    // The default is for a key that is absent; one with several values has no single one to put here.
    const value = values === undefined ? piece.defaultValue : values.length === 1 ? values[0] : undefined;
    if (value === undefined) return undefined;
    resolved.push(...piecesOf(value, false));
  }
  return resolved;
}
