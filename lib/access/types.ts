/** What is asked of the prover, and what it answers. */

import type { World } from "./policies";
import type { BudgetLimits } from "./sets";

/**
 * A set of requests, as a product. What is not given is everything.
 *
 * Texts may hold the project's placeholders for what is not known yet.
 */
export interface RequestSet {
  /**
   * ARNs of roles, users or sessions; an account by its 12 digits or root ARN, which means all its principals; names of services; ARNs of
   * identity providers; canonical user IDs; `anonymous`; `services` for all services of AWS.
   */
  readonly callers?: readonly string[];
  /** Names of actions, with `*` and `?`. */
  readonly actions?: readonly string[];
  /** ARNs, with `*` and `?`, which take in any character; `NO_RESOURCE` and what `otherResources` returns. */
  readonly resources?: readonly string[];
  /** Values of condition keys, one of which the request has; `null` where the key is absent. */
  readonly context?: Readonly<Record<string, string | readonly string[] | null>>;
  /** Values of condition keys with `*` and `?`, one of which the request's value matches. */
  readonly like?: Readonly<Record<string, readonly string[]>>;
}

/** A request that shows that a statement is broken, in the shape in which it can be judged again. */
export interface Witness {
  readonly principal: string;
  readonly principalAccount?: string;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount?: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * - `proved`: it holds for every request.
 * - `broken`: the witness is a request for which it does not.
 * - `couldNotExclude`: it depends on what is missing.
 * - `couldNotTell`: the question costs more than its budget.
 */
export type Outcome = "proved" | "broken" | "couldNotExclude" | "couldNotTell";

export interface Proof {
  readonly outcome: Outcome;
  /** For `broken`, and an example of what could not be excluded. */
  readonly witness?: Witness;
  /** What is missing, for `couldNotExclude`. */
  readonly missing: readonly string[];
  /** The statements that give the access, or keep it from being given, in words. */
  readonly statements: readonly string[];
}

export interface NobodyQuestion {
  readonly world: World;
  /** The requests that nobody is to make. Resources must be given. */
  readonly requests: RequestSet;
  /** What is allowed all the same. */
  readonly permitted?: readonly RequestSet[];
  readonly limits?: Partial<BudgetLimits>;
}

export interface EveryQuestion {
  readonly world: World;
  /** The requests of which each must work. Callers and resources must be given. */
  readonly requests: RequestSet;
  readonly limits?: Partial<BudgetLimits>;
}
