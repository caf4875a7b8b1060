import type { PlanProblem } from "../types";

/** A problem, with what it concerns. */
interface NewProblem extends PlanProblem {
  /** Names and addresses of buckets and roles that may differ from what was read. */
  readonly about?: readonly string[];
}

/** The problems found so far, each once. */
export class ProblemList {
  private readonly known = new Map<string, NewProblem>();

  public add(problem: NewProblem): void {
    const { id, message, location } = problem;
    const key = JSON.stringify([id, message, location.file, location.pointer, location.address]);
    if (!this.known.has(key)) this.known.set(key, problem);
  }

  /**
   * The problems. One that concerns a destination becomes `plan-incomplete`: the destination may differ from the model.
   *
   * @param destinations names and addresses
   */
  public list(destinations: ReadonlySet<string>): readonly PlanProblem[] {
    return [...this.known.values()].map(({ id, message, location, about = [] }) => ({
      id: about.some((name) => destinations.has(name)) ? "plan-incomplete" : id,
      message,
      location,
    }));
  }
}
