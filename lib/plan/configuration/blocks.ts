/**
 * The blocks of a root module or child module in Terraform's JSON syntax, from all of its files.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */

import { isObject, type JsonObject, ownValue, pointerTo, pointerToMember, setOwnValue, textOf } from "../../json";
import { isTemplate } from "../expression/parse";
import { type BlockType, type ConfigurationFile, LABELS } from "../files/block-types";
import { withoutKeys } from "../resources/unresolved-owner";

export interface Block {
  readonly labels: readonly string[];
  readonly body: JsonObject;
  readonly file: string;
  readonly pointer: string;
}

/** One body of a configuration: a file, or an element of a file that is a list. */
interface Body {
  readonly content: unknown;
  readonly file: string;
  readonly pointer: string;
}

/** Resources that exist before Terraform manages them. */
export interface Imports {
  /** Without keys. */
  readonly addresses: ReadonlySet<string>;
  /** IDs that the configuration writes out, by addresses with keys. */
  readonly ids: ReadonlyMap<string, string>;
}

/** The blocks of a module. Each type is collected on first use. */
export class ModuleBlocks {
  private readonly bodies: readonly Body[];
  private readonly found = new Map<BlockType, unknown>();

  public constructor(
    public readonly folder: string,
    files: readonly ConfigurationFile[],
  ) {
    const isLast = ({ path }: ConfigurationFile): boolean => isOverride(path);
    this.bodies = [...files.filter((file) => !isLast(file)), ...files.filter(isLast)].flatMap(bodiesOf);
  }

  /** Resources and data sources by type (`aws_s3_bucket`, `data.aws_region`), then by name. */
  public get resources(): ReadonlyMap<string, ReadonlyMap<string, Block>> {
    return this.once("resource", () => {
      const byType = new Map<string, Map<string, Block>>();
      for (const [type, prefix] of [
        ["resource", ""],
        ["data", "data."],
      ] as const) {
        this.each(type, (block) => overlay(inner(byType, prefix + block.labels[0]), block.labels[1]!, block));
      }
      return byType;
    });
  }

  public get modules(): ReadonlyMap<string, Block> {
    return this.byName("module");
  }

  public get variables(): ReadonlyMap<string, Block> {
    return this.byName("variable");
  }

  public get outputs(): ReadonlyMap<string, Block> {
    return this.byName("output");
  }

  public get locals(): ReadonlyMap<string, { readonly value: unknown; readonly file: string; readonly pointer: string }> {
    return this.once("locals", () => {
      const locals = new Map<string, { readonly value: unknown; readonly file: string; readonly pointer: string }>();
      this.each("locals", ({ body, file, pointer }) => {
        for (const [name, value] of Object.entries(body)) locals.set(name, { value, file, pointer: pointerTo(pointer, name) });
      });
      return locals;
    });
  }

  public get providers(): readonly Block[] {
    return this.once("provider", () => {
      const blocks: Block[] = [];
      this.each("provider", (block) => {
        const index = isOverride(block.file) ? blocks.findIndex((each) => isSameProvider(each, block)) : -1;
        if (index < 0) blocks.push(block);
        else blocks[index] = { ...blocks[index]!, body: mergeBodies(blocks[index]!.body, block.body) };
      });
      return blocks;
    });
  }

  /** The resources that `import` blocks take over. */
  public get imported(): Imports {
    return this.once("import", () => {
      const addresses = new Set<string>();
      const ids = new Map<string, string>();
      this.each("import", ({ body }) => {
        const to = textOf(ownValue(body, "to")) ?? "";
        const id = textOf(ownValue(body, "id"));
        addresses.add(withoutKeys(to));
        if (id !== undefined && !isTemplate(id)) ids.set(to, id);
      });
      return { addresses, ids };
    });
  }

  /** Blocks for what Terraform stops managing. */
  public get removed(): readonly Block[] {
    return this.once("removed", () => {
      const blocks: Block[] = [];
      this.each("removed", (block) => blocks.push(block));
      return blocks;
    });
  }

  private byName(type: BlockType): ReadonlyMap<string, Block> {
    return this.once(type, () => {
      const blocks = new Map<string, Block>();
      this.each(type, (block) => overlay(blocks, block.labels[0]!, block));
      return blocks;
    });
  }

  private once<Blocks>(type: BlockType, find: () => Blocks): Blocks {
    if (!this.found.has(type)) this.found.set(type, find());
    return this.found.get(type) as Blocks;
  }

  /** Whether one object without lists holds all blocks of a type, so that no two have the same labels. */
  public hasOneObject(type: BlockType): boolean {
    const values = this.bodies.map(({ content }) => ownValue(content, type)).filter((value) => value !== undefined);
    return values.length === 0 || (values.length === 1 && LABELS[type] > 0 && isWithoutLists(values[0], LABELS[type]));
  }

  /** Visits the blocks of a type, those of override files last. */
  public each(type: BlockType, visit: (block: Block) => void): void {
    for (const { content, file, pointer: at } of this.bodies) {
      const visitor = new BlockVisitor(LABELS[type], (labels, body, pointer) => visit({ labels, body, file, pointer }));
      visitor.visitAll(ownValue(content, type), [], `${at}/${type}`);
    }
  }
}

function bodiesOf({ path, content }: ConfigurationFile): Body[] {
  if (!Array.isArray(content)) return [{ content, file: path, pointer: "" }];
  return content.map((body, index) => ({ content: body, file: path, pointer: `/${index}` }));
}

function inner(map: Map<string, Map<string, Block>>, key: string): Map<string, Block> {
  let found = map.get(key);
  if (found === undefined) {
    found = new Map();
    map.set(key, found);
  }
  return found;
}

/** A later block of the same name, which only an override file may hold (see `duplicate-blocks`), replaces arguments of the first. */
function overlay(map: Map<string, Block>, key: string, block: Block): void {
  const before = map.get(key);
  map.set(key, before === undefined ? block : { ...before, body: mergeBodies(before.body, block.body) });
}

export function isOverride(path: string): boolean {
  return /(?:^|[/\\_])override\.(?:tf|tofu)(?:\.json)?$/.test(path);
}

function isSameProvider(one: Block, other: Block): boolean {
  return one.labels[0] === other.labels[0] && ownValue(one.body, "alias") === ownValue(other.body, "alias");
}

/**
 * Arguments and nested blocks of the second body replace those of the first, whether written out or by `dynamic`. Only the contents of
 * `lifecycle` are merged.
 *
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
function mergeBodies(first: JsonObject, second: JsonObject): JsonObject {
  const result: Record<string, unknown> = {};
  const replaced = new Set([...Object.keys(second), ...labelsOf(second.dynamic)]);
  const dynamic = [...listed(first.dynamic).flatMap((each) => without(each, replaced)), ...listed(second.dynamic)];
  for (const [key, value] of Object.entries(first)) if (!replaced.has(key) && key !== "dynamic") setOwnValue(result, key, value);
  for (const [key, value] of Object.entries(second)) if (key !== "dynamic") setOwnValue(result, key, value);
  if (dynamic.length > 0) result.dynamic = dynamic;
  const [before, after] = [listed(first.lifecycle)[0], listed(second.lifecycle)[0]];
  if (isObject(before) && isObject(after)) result.lifecycle = [{ ...before, ...after }];
  return result;
}

/** The blocks of one type in a body. The JSON syntax writes a single one without its list. */
export function listed(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

/** The names of the blocks that a member `dynamic` generates. */
function labelsOf(dynamic: unknown): string[] {
  return listed(dynamic).flatMap((each) => (isObject(each) ? Object.keys(each) : []));
}

function without(dynamic: unknown, labels: ReadonlySet<string>): unknown[] {
  if (!isObject(dynamic)) return [dynamic];
  const kept = Object.entries(dynamic).filter(([label]) => !labels.has(label));
  return kept.length === 0 ? [] : [Object.fromEntries(kept)];
}

/** Visits the blocks of one type. Each level of labels, and the body, may stand in a list. */
class BlockVisitor {
  private listsAround = 0;

  public constructor(
    private readonly labelCount: number,
    private readonly visit: (labels: readonly string[], body: JsonObject, pointer: string) => void,
  ) {}

  public visitAll(value: unknown, labels: readonly string[], pointer: string): void {
    if (Array.isArray(value)) {
      if (this.listsAround > 3) return;
      this.listsAround++;
      for (const [index, item] of value.entries()) this.visitAll(item, labels, pointerTo(pointer, index));
      this.listsAround--;
    } else if (isObject(value)) {
      if (labels.length === this.labelCount) this.visit(labels, value, pointer);
      else {
        for (const label of Object.keys(value)) {
          if (label !== "//") this.visitAll(value[label], labels.concat(label), pointerToMember(pointer, label));
        }
      }
    }
  }
}

function isWithoutLists(value: unknown, labelsLeft: number): boolean {
  if (Array.isArray(value)) return false;
  if (labelsLeft === 0 || !isObject(value)) return true;
  for (const label of Object.keys(value)) if (!isWithoutLists(value[label], labelsLeft - 1)) return false;
  return true;
}
