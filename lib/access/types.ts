/** The questions that the prover takes, and its answers. */

import type { World } from "./policies";
import type { BudgetLimits } from "./sets";

/**
 * A set of requests, as a product. A member that is not given stands for everything.
 *
 * Texts may contain placeholders for values that are not known yet.
 */
export interface RequestSet {
  /**
   * ARNs of roles, users or sessions; an account ID of 12 digits or a root ARN, for all principals of the account; names of services; ARNs
   * of identity providers; canonical user IDs; `anonymous`; `services` for all services of AWS.
   */
  readonly callers?: readonly string[];
  /** Names of actions, with `*` and `?`. */
  readonly actions?: readonly string[];
  /** ARNs, with `*` and `?`, which match any character; `NO_RESOURCE` and what `otherResources` returns. */
  readonly resources?: readonly string[];
  /** Values of condition keys, one of which the request has; `null` where the key is absent. */
  readonly context?: Readonly<Record<string, string | readonly string[] | null>>;
  /** Values of condition keys with `*` and `?`, one of which the request's value matches. */
  readonly like?: Readonly<Record<string, readonly string[]>>;
}

/** A request that shows that a statement does not hold, in a form that the evaluator can judge again. */
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
 * - `couldNotTell`: the question exceeded its budget.
 */
export type Outcome = "proved" | "broken" | "couldNotExclude" | "couldNotTell";

export interface Proof {
  readonly outcome: Outcome;
  /** For `broken`. For `couldNotExclude`, an example of what could not be excluded. */
  readonly witness?: Witness;
  /** What is missing, for `couldNotExclude`. */
  readonly missing: readonly string[];
  /** The statements that allow or deny the request, in words. */
  readonly statements: readonly string[];
}

export interface NobodyQuestion {
  readonly world: World;
  /** The requests that nobody may make. Resources must be given. */
  readonly requests: RequestSet;
  /** Exceptions, which may be allowed. */
  readonly permitted?: readonly RequestSet[];
  readonly limits?: Partial<BudgetLimits>;
}

export interface EveryQuestion {
  readonly world: World;
  /** The requests that must all work. Callers and resources must be given. */
  readonly requests: RequestSet;
  readonly limits?: Partial<BudgetLimits>;
}
