/** What an expression needs to know of the place where it stands. */

/** What names mean at one place of a configuration. */
export interface Scope {
  /** The value that the name and as many of the steps as needed lead to, and the steps that are left. Throws `EvaluationFailure`. */
  lookup(root: string, steps: readonly (string | number)[]): { readonly value: unknown; readonly rest: readonly (string | number)[] };
  /** The name for a placeholder, unique for what the expression means at this place. */
  nameOf(source: string): string;
  /** Values of plain references that mean the same everywhere around: a configuration repeats the same few over and over. */
  readonly shared: Map<string, unknown>;
  /** Whether a name has a meaning of its own at this place, such as `each`. */
  isOwnName(root: string): boolean;
  report(id: string, message: string): void;
}

/** Where an expression is evaluated. */
export interface Frame {
  readonly scope: Scope;
  /** Names that `for` expressions define. */
  readonly variables: ReadonlyMap<string, unknown>;
  /** Inside `try`, failures are thrown, not reported. */
  readonly trying: boolean;
}
