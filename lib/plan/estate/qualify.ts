/** Placeholders that name their stack, because two stacks may use the same address for different resources. */
import { setOwnValue } from "../../json";
import { hasUnknown, renameUnknown, unknownsIn } from "../../unknown";
import { isAccountOfCredentials } from "../resources/provider";

/** Rewrites texts at any depth. Parts that do not change are shared with the original. */
export class Qualifier {
  private readonly done = new Map<object, unknown>();

  /** @param isAmbiguous whether a name needs the stack in order to be unique; by default all do */
  public constructor(
    private readonly stack: string,
    private readonly isAmbiguous: (source: string) => boolean = () => true,
  ) {}

  public qualify<Value>(value: Value): Value {
    if (typeof value === "string") return (hasUnknown(value) ? this.text(value) : value) as Value;
    if (typeof value !== "object" || value === null) return value;
    // A value that contains itself ends here.
    if (!this.done.has(value)) {
      this.done.set(value, value);
      this.done.set(value, Array.isArray(value) ? this.list(value) : this.object(value));
    }
    return this.done.get(value) as Value;
  }

  private text(text: string): string {
    return renameUnknown(text, (source) =>
      isShared(source) || QUALIFIED.test(source) || !this.isAmbiguous(source) ? source : `${source} of the stack ${this.stack}`,
    );
  }

  private list(list: readonly unknown[]): readonly unknown[] {
    const qualified = list.map((item) => this.qualify(item));
    return qualified.some((item, index) => item !== list[index]) ? qualified : list;
  }

  private object(object: object): object {
    let changed = false;
    const qualified: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(object)) {
      const [newKey, newValue] = [this.qualify(key), this.qualify(value)];
      changed ||= newKey !== key || newValue !== value;
      setOwnValue(qualified, newKey, newValue);
    }
    return changed ? qualified : object;
  }
}

/** The parts with placeholders that name their part, where another part has the same one or refers to this one. */
export function withUniqueNames<Part extends { readonly name: string }>(parts: readonly Part[]): Part[] {
  if (parts.length < 2) return [...parts];
  const partsOf = new Map<string, number>();
  for (const part of parts) {
    const sources = new Set<string>();
    collectSources(part, sources, new Set());
    for (const source of sources) partsOf.set(source, (partsOf.get(source) ?? 0) + 1);
  }
  return parts.map((part) => {
    const isAmbiguous = (source: string) => partsOf.get(source)! > 1 || partsOf.has(`${source} of the stack ${part.name}`);
    return new Qualifier(part.name, isAmbiguous).qualify(part);
  });
}

function collectSources(value: unknown, into: Set<string>, seen: Set<object>): void {
  if (typeof value === "string") for (const source of unknownsIn(value)) into.add(source);
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  for (const [key, item] of Object.entries(value)) {
    if (hasUnknown(key)) collectSources(key, into, seen);
    collectSources(item, into, seen);
  }
}

const QUALIFIED = / of the stack ./;

/** Whether the same name means the same in all stacks: the account of credentials that are known by name. */
function isShared(source: string): boolean {
  return isAccountOfCredentials(source) && !source.includes("${");
}
