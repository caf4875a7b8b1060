/** What a mutant is. */
import type { Example, Place, Plan } from "./plans";

export interface Mutant {
  readonly example: Example;
  /** `widened`, `narrowed`, `removed`, `retargeted`, `added`, or for harmless ones `order`, `form`, `default`, `beside`. */
  readonly kind: string;
  readonly name: string;
  readonly mutate: (plan: Plan) => void;
  /**
   * For a harmful one: 3 where it depends on what the vendor's requests have, which the plan does not tell.
   *
   * @default 1
   */
  readonly exitCode?: 1 | 3;
}

/** A change of one statement: the new one, several in its place, or none. */
export interface StatementChange {
  readonly kind: string;
  readonly name: string;
  readonly places?: readonly Place[];
  /** Which statements can be changed this way. */
  readonly suits?: (statement: Plan, place: Place) => boolean;
  /** Examples of which the plan does not tell whether the change does harm. */
  readonly unknownTo?: readonly Example[];
  readonly change: (statement: Plan, place: Place) => Plan | Plan[] | undefined;
}
