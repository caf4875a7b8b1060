/**
 * The blocks of a root module or child module in Terraform's JSON syntax, from all of its files.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */

import { isObject, type JsonObject, ownValue, pointerTo, pointerToMember, setOwnValue } from "../../json";
import { type BlockType, type ConfigurationFile, LABELS } from "../files/block-types";

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

/** The blocks of a module. Each type is collected on first use. */
export class ModuleBlocks {
  private readonly bodies: readonly Body[];
  private readonly found = new Map<BlockType, unknown>();

  public constructor(
    public readonly folder: string,
    files: readonly ConfigurationFile[],
  ) {
    const isOverride = (path: string): boolean => /(?:^|[/\\_])override\.(?:tf|tofu)(?:\.json)?$/.test(path);
    this.bodies = [...files.filter(({ path }) => !isOverride(path)), ...files.filter(({ path }) => isOverride(path))].flatMap(bodiesOf);
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
      this.each("provider", (block) => blocks.push(block));
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

  private each(type: BlockType, visit: (block: Block) => void): void {
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

/** A later block of the same name, which only an override file may hold, replaces arguments of the first. */
function overlay(map: Map<string, Block>, key: string, block: Block): void {
  const before = map.get(key);
  map.set(key, before === undefined ? block : { ...before, body: mergeBodies(before.body, block.body) });
}

function mergeBodies(first: JsonObject, second: JsonObject): JsonObject {
  const result: Record<string, unknown> = {};
  for (const body of [first, second]) for (const [key, value] of Object.entries(body)) setOwnValue(result, key, value);
  return result;
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
