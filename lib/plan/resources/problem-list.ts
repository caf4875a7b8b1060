import { withoutKinds } from "../../unknown";
import type { PlanProblem } from "../types";

/** A problem, with what it concerns. */
interface NewProblem extends PlanProblem {
  /** Names and addresses of buckets and roles that may differ from what was read. */
  readonly about?: readonly string[];
  /** Texts that may name buckets or roles that differ from what was read. Called once everything is read. */
  readonly mentions?: () => readonly string[];
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
    const isMentioned = mentionOf(destinations);
    // What the texts are made of may add problems.
    const mentioned = new Map([...this.known.values()].map((each) => [each, (each.mentions?.() ?? []).some(isMentioned)]));
    return [...this.known.values()].map((problem) => {
      const { id, message, location, about = [] } = problem;
      const isConcerned = mentioned.get(problem) === true || about.some((name) => destinations.has(name));
      return { id: isConcerned ? "plan-incomplete" : id, message, location };
    });
  }
}

/** Tests whether a text holds one of the names or addresses, as a whole. */
function mentionOf(names: ReadonlySet<string>): (text: string) => boolean {
  const wanted = [...names].filter((name) => name !== "").map((name) => withoutKeys(withoutKinds(name)));
  return (text) => {
    const searched = withoutKeys(withoutKinds(text));
    return wanted.some((name) => {
      for (let at = searched.indexOf(name); at >= 0; at = searched.indexOf(name, at + 1)) {
        if (!/[\w.-]/.test(searched[at - 1] ?? " ") && !/[\w-]/.test(searched[at + name.length] ?? " ")) return true;
      }
      return false;
    });
  };
}

/** Without the keys of instances: a reference to all of them has none. */
function withoutKeys(text: string): string {
  return text.includes("[") ? text.replace(/(?<=\w)\[(?:\d+|"[^"\]]*")\]/g, "") : text;
}
