/** Bounds the work on the expressions of one stack: loops inside each other, and values that hold each other, multiply it. */
import { workOf } from "./value";

/** A few seconds of work, and far above any real configuration. */
const MOST_STEPS = 5_000_000;

/** A bound far above any real configuration. Only texts that contain each other many times exceed it. */
export const LONGEST_TEXT = 4_000_000;

/** Outside of loops, nothing multiplies the work on values for which fewer steps suffice. */
const LEAST_STEPS = 500;

/** A chain of references that lead to each other is followed by recursion. Real ones are far shorter. */
const MOST_REFERENCES = 300;

export class Budget {
  private steps = 0;
  private references = 0;

  /** The result of following a reference; undefined where too many others lead to it. */
  public follow<Result>(find: () => Result): Result | undefined {
    if (this.references >= MOST_REFERENCES) return undefined;
    this.references++;
    try {
      return find();
    } finally {
      this.references--;
    }
  }

  public spend(steps: number): void {
    this.steps += steps;
  }

  /**
   * Spends the steps of going through values, and tells whether there were any left for them.
   *
   * @param isRepeated whether the values are those of one turn of a loop
   */
  public allows(values: readonly unknown[], isRepeated: boolean): boolean {
    let steps = 0;
    for (const value of values) {
      const work = workOf(value);
      if (isRepeated || work > LEAST_STEPS) steps += work;
    }
    this.steps += steps;
    return steps === 0 || !this.isSpent;
  }

  public get isSpent(): boolean {
    return this.steps > MOST_STEPS;
  }
}

/** The problem that an expression is not evaluated to its end. */
export const LOOP_LIMIT = "loop-limit";

export function reportTooFar(scope: { report(id: string, message: string): void }, source: string): void {
  scope.report(LOOP_LIMIT, `"${source}" is not evaluated: a chain of more than ${MOST_REFERENCES} references leads to it`);
}

export function reportSpent(scope: { report(id: string, message: string): void }, source: string): void {
  const bound = MOST_STEPS.toLocaleString("en");
  scope.report(LOOP_LIMIT, `"${source}" is not evaluated: the expressions of this stack take more than ${bound} steps`);
}
