/** The syntax tree of expressions, for the supported part of HCL. */

interface Node {
  /** The text as written. It names the placeholder where the expression is unknown. */
  readonly source: string;
}

/** The name of the item inside a splat. No source can contain it as a name. */
export const SPLAT_ITEM = "*";

export type Step = { readonly attribute: string } | { readonly key: Expression };

export type Expression = Node &
  (
    | { readonly kind: "literal"; readonly value: string | number | boolean | null }
    | { readonly kind: "template"; readonly parts: readonly Expression[] }
    | { readonly kind: "traversal"; readonly root: string; readonly steps: readonly Step[] }
    | { readonly kind: "relative"; readonly of: Expression; readonly steps: readonly Step[] }
    | { readonly kind: "splat"; readonly of: Expression; readonly each: Expression }
    | { readonly kind: "list"; readonly items: readonly Expression[] }
    | { readonly kind: "object"; readonly entries: readonly (readonly [Expression, Expression])[] }
    | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[]; readonly expand: boolean }
    | { readonly kind: "conditional"; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
    | { readonly kind: "unary"; readonly operator: string; readonly of: Expression }
    | { readonly kind: "binary"; readonly operator: string; readonly left: Expression; readonly right: Expression }
    | ForExpression
  );

export interface ForExpression {
  readonly kind: "for";
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly over: Expression;
  /** Only for objects. */
  readonly key: Expression | undefined;
  readonly value: Expression;
  readonly condition: Expression | undefined;
  readonly grouped: boolean;
}

/** The text is not an expression. */
export class ExpressionSyntaxError extends Error {}
