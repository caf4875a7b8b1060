/** Placeholders that name their stack, because two stacks may use the same address for different resources. */
import { setOwnValue } from "../../json";
import { hasUnknown, replaceUnknown, unknownText } from "../../unknown";

/** Rewrites texts at any depth. Parts that do not change are shared with the original. */
export class Qualifier {
  private readonly done = new Map<object, unknown>();

  public constructor(private readonly stack: string) {}

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
    return replaceUnknown(text, (source, placeholder) =>
      isShared(source) || QUALIFIED.test(source) ? placeholder : unknownText(`${source} of the stack ${this.stack}`),
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

const QUALIFIED = / of the stack ./;

/** Whether the same name means the same in all stacks: the account of credentials that are known by name. */
function isShared(source: string): boolean {
  return /^account(?: of the |$)/.test(source) && !source.includes("${");
}
