/** One resource instance of a plan or state, with unknown values resolved as far as the expressions tell. */
import type { PolicyLocation } from "../../evaluate";
import { isObject, listOf, ownValue, pointerTo, setOwnValue } from "../../json";
import { isUnknown, sourceOf, unknownText } from "../../unknown";
import { asText, isPartlyUnknown } from "../expression/value";
import type { Instance, ProviderSettings } from "../resources/inventory";
import type { Entry } from "./entries";
import type { ShownModule } from "./shown-module";

/** What an instance needs from the file that contains it. */
export interface ShownFileContext {
  readonly file: string;
  module(address: string): ShownModule;
  provider(key: string): ProviderSettings;
  providerKeyOf(module: string, block: string): string | undefined;
  isConfigured(module: string, block: string, attribute: string): boolean;
  /** The references of an argument, for people. */
  sourcesOf(entry: Entry, path: readonly (string | number)[]): readonly string[];
  /** The name of the only bucket or role that an argument can mean. */
  onlyOwner(entry: Entry, attribute: string): string | undefined;
}

const DEEPEST = 40;

export class ShownInstance implements Instance {
  public readonly location: PolicyLocation;
  private readonly values = new Map<string, unknown>();

  public constructor(
    private readonly context: ShownFileContext,
    public readonly entry: Entry,
  ) {
    this.location = { file: context.file, address: entry.address, pointer: entry.pointer };
  }

  public get address(): string {
    return this.entry.address;
  }

  public get type(): string {
    return this.entry.type;
  }

  public get index(): string | number | undefined {
    return this.entry.index;
  }

  public get providerKey(): string {
    return this.context.providerKeyOf(this.entry.module, this.blockKey) ?? "aws";
  }

  public get provider(): ProviderSettings {
    return this.context.provider(this.providerKey);
  }

  private get blockKey(): string {
    return `${this.entry.type}.${this.entry.name}`;
  }

  public get(attribute: string): unknown {
    if (this.values.has(attribute)) return this.values.get(attribute);
    // A use during its own evaluation is a cycle.
    this.values.set(attribute, unknownText(`${this.address}.${attribute}`));
    const value = this.find(attribute);
    this.values.set(attribute, value);
    return value;
  }

  public get attributeNames(): readonly string[] {
    const { values, unknown } = this.entry;
    return [...new Set([values, unknown].flatMap((each) => (isObject(each) ? Object.keys(each) : [])))];
  }

  private find(attribute: string): unknown {
    if (attribute === "provisioner") return this.context.module(this.entry.module).provisioners(this.blockKey, this.entry.index);
    const [planned, unknown] = [ownValue(this.entry.values, attribute), ownValue(this.entry.unknown, attribute)];
    if (!holdsUnknown(unknown)) return planned;
    const written = this.context.module(this.entry.module).argument(this.blockKey, this.entry.index, attribute);
    const isReliable = written !== undefined && !conflicts({ planned, unknown, written });
    return this.fill({ planned, unknown, written: isReliable ? written : undefined }, [attribute]);
  }

  /** Replaces each unknown value with the value of its expression, or with a placeholder. */
  private fill({ planned, unknown, written }: Parts, path: readonly (string | number)[]): unknown {
    if (unknown === true) return written === undefined ? this.placeholder(path) : written;
    if (!holdsUnknown(unknown) || path.length > DEEPEST) return planned;
    if (Array.isArray(unknown)) {
      const items = listOf(planned);
      return unknown.map((flag, index) =>
        this.fill({ planned: items[index] ?? null, unknown: flag, written: itemOf(written, index) }, [...path, index]),
      );
    }
    const result: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(isObject(planned) ? planned : {})) setOwnValue(result, key, item);
    for (const [key, flag] of Object.entries(unknown as object)) {
      const filled = this.fill({ planned: ownValue(planned, key), unknown: flag, written: ownValue(written, key) }, [...path, key]);
      if (filled !== undefined) setOwnValue(result, key, filled);
    }
    return result;
  }

  private placeholder(path: readonly (string | number)[]): string {
    const owner = path.length === 1 ? this.context.onlyOwner(this.entry, String(path[0])) : undefined;
    if (owner !== undefined) return owner;
    const references = this.context.sourcesOf(this.entry, path);
    return unknownText(sourceOf(`${this.address}${path.map(showStep).join("")}`, references));
  }

  public before(attribute: string): unknown {
    return ownValue(this.entry.before, attribute);
  }

  /** A plan lists the resources that will exist. */
  public readonly isCertain = true;

  public get isExisting(): boolean {
    return !this.entry.isNew;
  }

  public locate(...path: readonly (string | number)[]): PolicyLocation {
    const { pointer } = this.entry;
    if (!isObject(this.entry.values) || !Object.hasOwn(this.entry.values, String(path[0]))) return this.location;
    const isForgotten = this.entry.values === this.entry.before;
    const values = pointer.startsWith("/resource_changes") ? ["change", isForgotten ? "before" : "after"] : ["values"];
    return { ...this.location, pointer: pointerTo(pointer, ...values, ...path) };
  }

  /** `false` in a state, which has no configuration: the values that AWS returned count there. */
  public isConfigured(attribute: string): boolean {
    return this.context.isConfigured(this.entry.module, this.blockKey, attribute);
  }
}

interface Parts {
  readonly planned: unknown;
  /** `true` in the place of each unknown value. */
  readonly unknown: unknown;
  /** The value of the expression; undefined if it is unknown. */
  readonly written: unknown;
}

function showStep(step: string | number): string {
  return typeof step === "number" ? `[${step}]` : `.${step}`;
}

function holdsUnknown(flags: unknown, depth = 0): boolean {
  if (typeof flags !== "object" || flags === null) return flags === true;
  return depth <= DEEPEST && Object.values(flags).some((flag) => holdsUnknown(flag, depth + 1));
}

/** The configuration may have an object for a single block, the values have a list of one. */
function itemOf(written: unknown, index: number): unknown {
  return Array.isArray(written) ? written[index] : isObject(written) && index === 0 ? written : undefined;
}

/**
 * Whether the value of an expression differs from the part that the plan knows.
 *
 * If there are several elements, each known part must be equal: a set may have another order, and an unknown part would otherwise get the
 * value of another element.
 */
function conflicts({ planned, unknown, written }: Parts, { depth = 0, isOneOfMany = false } = {}): boolean {
  if (unknown === true || depth > DEEPEST) return false;
  if (written === undefined || written === null || isUnknown(written)) return isOneOfMany && !isUnset(planned) && !holdsUnknown(unknown);
  const inside = { depth: depth + 1, isOneOfMany };
  if (Array.isArray(unknown)) {
    const length = Array.isArray(written) ? written.length : isObject(written) ? 1 : undefined;
    if (length !== unknown.length) return true;
    const ofItem = { ...inside, isOneOfMany: isOneOfMany || length > 1 };
    return unknown.some((flag, index) =>
      conflicts({ planned: listOf(planned)[index], unknown: flag, written: itemOf(written, index) }, ofItem),
    );
  }
  if (isObject(unknown)) {
    const keys = new Set([...Object.keys(isObject(planned) ? planned : {}), ...Object.keys(unknown)]);
    return [...keys].some((key) =>
      conflicts({ planned: ownValue(planned, key), unknown: ownValue(unknown, key), written: ownValue(written, key) }, inside),
    );
  }
  const [one, other] = [asText(planned), asText(written)];
  if (one !== undefined && other !== undefined) return one !== other && (isOneOfMany || !isPartlyUnknown(other));
  if (Array.isArray(planned) && Array.isArray(written))
    return (
      planned.length !== written.length ||
      planned.some((item, index) => conflicts({ planned: item, unknown: undefined, written: written[index] }, inside))
    );
  return false;
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
