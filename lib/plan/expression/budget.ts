/** Bounds the work on the expressions of one stack: loops inside each other multiply it. */

/** A few seconds of work, and far above any real configuration. */
const MOST_STEPS = 5_000_000;

export class Budget {
  private steps = 0;

  public spend(steps: number): void {
    this.steps += steps;
  }

  public get isSpent(): boolean {
    return this.steps > MOST_STEPS;
  }
}

/** The problem that a loop is not evaluated to its end. */
export const LOOP_LIMIT = "loop-limit";

export function reportSpent(scope: { report(id: string, message: string): void }, source: string): void {
  const bound = MOST_STEPS.toLocaleString("en");
  scope.report(LOOP_LIMIT, `"${source}" is not evaluated: the loops of this stack take more than ${bound} steps`);
}
