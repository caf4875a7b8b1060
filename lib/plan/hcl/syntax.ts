/** The syntax tree of an HCL file, as far as its JSON form depends on it. Most expressions are kept as text only. */

/** Offsets in the text. */
export interface Span {
  readonly start: number;
  /** The offset after the last character. */
  readonly end: number;
}

export interface Body {
  /** In the order of the file. */
  readonly items: readonly (Attribute | Block)[];
}

export interface Attribute extends Span {
  readonly kind: "attribute";
  readonly name: string;
  readonly value: Expression;
}

export interface Block extends Span {
  readonly kind: "block";
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
}

export type Expression = Span &
  (
    | { readonly kind: "literal"; readonly value: number | boolean | null; readonly isNegated?: true }
    | Template
    | { readonly kind: "list"; readonly items: readonly Expression[] }
    | { readonly kind: "object"; readonly entries: readonly { readonly key: Expression; readonly value: Expression }[] }
    /** A name, maybe with steps whose keys are written out: `var.tags["Name"]`. As the key of an object it stands for its text. */
    | { readonly kind: "traversal" }
    | { readonly kind: "conditional" }
    /** Any other expression: its JSON form is its text. */
    | { readonly kind: "other" }
  );

/** A quoted string or a heredoc. */
export interface Template {
  readonly kind: "template";
  readonly parts: readonly TemplatePart[];
}

export type TemplatePart =
  /** With escape sequences resolved. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "interpolation"; readonly value: Expression }
  | { readonly kind: "if"; readonly condition: Expression; readonly yes: readonly TemplatePart[]; readonly no: readonly TemplatePart[] }
  | {
      readonly kind: "for";
      /** `item` or `key, value`. */
      readonly names: readonly string[];
      readonly over: Expression;
      readonly each: readonly TemplatePart[];
    };
