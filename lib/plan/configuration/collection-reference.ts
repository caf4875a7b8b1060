import { memoizeByObject } from "../../evaluate";
import { unknownText } from "../../unknown";
import { EvaluationFailure, Reference } from "../expression/value";
import type { Expansion, Key } from "./instance-keys";

interface Collection extends Pick<Expansion, "kind" | "keys"> {
  readonly instance: (key: Key) => unknown;
  /** The key of the instance that represents an unknown number of them. */
  readonly unknownKey: Key;
}

/** `aws_s3_bucket.x` or `module.x` of a block with `count` or `for_each`. */
export class CollectionReference extends Reference {
  public constructor(
    public readonly name: string,
    private readonly collection: Collection,
  ) {
    super();
  }

  public member(key: string | number): unknown {
    const { kind, keys, instance, unknownKey } = this.collection;
    const wanted = kind === "count" && /^\d+$/.test(String(key)) ? Number(key) : key;
    if (keys !== undefined && setOf(keys).has(wanted)) return instance(wanted);
    if (keys !== undefined) throw new EvaluationFailure(`${this.name} has no instance ${JSON.stringify(key)}`);
    // The instance that represents an unknown number of them counts as the first. Instances with other keys may differ from it.
    return wanted === 0 ? instance(unknownKey) : unknownText(`${this.name}[${JSON.stringify(key)}]`);
  }

  public override entries(): readonly (readonly [string | number, unknown])[] | undefined {
    const { keys, instance } = this.collection;
    return keys?.map((key) => [key ?? 0, instance(key)] as const);
  }
}

/** All references to one collection share the set. */
const setOf = memoizeByObject((keys: readonly Key[]): ReadonlySet<Key> => new Set(keys));
