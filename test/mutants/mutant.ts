/** What a mutant is. */
import type { Example, Place, Plan } from "./plans";

export interface Mutant {
  readonly example: Example;
  /** `widened`, `narrowed`, `removed`, `retargeted`, `added`, or for harmless ones `order`, `form`, `default`, `beside`. */
  readonly kind: string;
  readonly name: string;
  readonly mutate: (plan: Plan) => void;
}

/** A change of one statement: the new one, several in its place, or none. */
export interface StatementChange {
  readonly kind: string;
  readonly name: string;
  readonly places?: readonly Place[];
  /** Which statements can be changed this way. */
  readonly suits?: (statement: Plan, place: Place) => boolean;
  readonly change: (statement: Plan, place: Place) => Plan | Plan[] | undefined;
}
