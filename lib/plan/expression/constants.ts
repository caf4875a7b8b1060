/** Evaluates what cannot refer to anything: the values in variable files, and defaults in the types of variables. */
import { Budget } from "./budget";
import { evaluate } from "./evaluate";
import type { Scope } from "./scope";
import type { Expression } from "./syntax";
import { EvaluationFailure } from "./value";

/** @param place where the values stand, for the names of placeholders */
export function constantScope(place: string): Scope {
  return {
    lookup(root) {
      throw new EvaluationFailure(`${root} cannot be used in ${place}`);
    },
    nameOf: (source) => `${source} in ${place}`,
    isOwnName: () => false,
    report() {},
    shared: new Map(),
    budget: new Budget(),
    files: undefined,
  };
}

export function evaluateConstant(expression: Expression, place: string): unknown {
  return evaluate(expression, { scope: constantScope(place), variables: new Map(), trying: false });
}
