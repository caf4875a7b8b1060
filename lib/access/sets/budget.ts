/** Limits the work on one question. Beyond the limit the answer is "could not tell", never a guess. */
export interface BudgetLimits {
  /** States of string systems that are visited. */
  readonly steps: number;
  /** Boxes that are searched. */
  readonly boxes: number;
}

export const DEFAULT_LIMITS: BudgetLimits = { steps: 400_000, boxes: 50_000 };

/** Thrown when a question exceeds its budget. `withinBudget` catches it. */
export class BudgetExceeded extends Error {
  public constructor(public readonly unit: keyof BudgetLimits) {
    super(`exceeds the permitted number of ${unit}`);
  }
}

/** The work that one question may still do. */
export class Budget {
  private steps: number;
  private boxes: number;

  public constructor(limits: Partial<BudgetLimits> = {}) {
    this.steps = limits.steps ?? DEFAULT_LIMITS.steps;
    this.boxes = limits.boxes ?? DEFAULT_LIMITS.boxes;
  }

  public spendSteps(count: number): void {
    this.steps -= count;
    if (this.steps < 0) throw new BudgetExceeded("steps");
  }

  public spendBox(): void {
    this.boxes -= 1;
    if (this.boxes < 0) throw new BudgetExceeded("boxes");
  }
}
