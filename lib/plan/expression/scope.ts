import type { ProjectFiles } from "../files/project-files";
import type { Budget } from "./budget";

/** The names that an expression may use, at one place of a configuration. */
export interface Scope {
  /** Resolves a name with as many steps as needed, and returns the value with the remaining steps. Throws `EvaluationFailure`. */
  lookup(root: string, steps: readonly (string | number)[]): { readonly value: unknown; readonly rest: readonly (string | number)[] };
  /** The name of the placeholder for an expression, unique where the same expression has another value elsewhere. */
  nameOf(source: string): string;
  /** Cached values of plain references that have the same value in the whole module. */
  readonly shared: Map<string, unknown>;
  /** Whether the value of a name depends on this place, such as `each`. */
  isOwnName(root: string): boolean;
  /** Shared by the whole stack. */
  readonly budget: Budget;
  /** The files that functions such as `file` may read; undefined where none are known. */
  readonly files: ProjectFiles | undefined;
  report(id: string, message: string): void;
}

/** The context in which an expression is evaluated. */
export interface Frame {
  readonly scope: Scope;
  /** Names that `for` expressions define. */
  readonly variables: ReadonlyMap<string, unknown>;
  /** Whether failures are thrown instead of reported, as inside `try`. */
  readonly trying: boolean;
}
