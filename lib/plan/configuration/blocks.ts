/**
 * The blocks of a root module or child module in Terraform's JSON syntax, from all of its files.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
import { isObject, type JsonObject, own, pointerTo, setOwn } from "../json";

export interface ConfigurationFile {
  readonly path: string;
  readonly content: unknown;
}

export interface Block {
  readonly labels: readonly string[];
  readonly body: JsonObject;
  readonly file: string;
  readonly pointer: string;
}

/** How many labels the blocks of a type have. */
const LABELS = { resource: 2, data: 2, module: 1, variable: 1, output: 1, provider: 1, locals: 0 } as const;
type BlockType = keyof typeof LABELS;

/** The names that may stand at the top of a configuration. */
export const TOP_LEVEL: ReadonlySet<string> = new Set([
  ...Object.keys(LABELS),
  "terraform",
  "check",
  "import",
  "moved",
  "removed",
  "ephemeral",
  "action",
  "//",
]);

export class ModuleBlocks {
  /** `aws_s3_bucket.logs`, `data.aws_region.here` → block. */
  public readonly resources = new Map<string, Block>();
  /** Keys of `resources` by type, in order: `aws_s3_bucket`, `data.aws_region`. */
  public readonly byType = new Map<string, string[]>();
  public readonly modules = new Map<string, Block>();
  public readonly variables = new Map<string, Block>();
  public readonly outputs = new Map<string, Block>();
  public readonly locals = new Map<string, { readonly value: unknown; readonly file: string; readonly pointer: string }>();
  public readonly providers: Block[] = [];

  public constructor(
    public readonly folder: string,
    files: readonly ConfigurationFile[],
  ) {
    const isOverride = (path: string): boolean => /(?:^|[/\\_])override\.tf\.json$/.test(path);
    for (const file of [...files.filter(({ path }) => !isOverride(path)), ...files.filter(({ path }) => isOverride(path))]) this.add(file);
  }

  private add({ path, content }: ConfigurationFile): void {
    const bodies = Array.isArray(content) ? content.map((body, index) => [body, `/${index}`] as const) : [[content, ""] as const];
    for (const [body, pointer] of bodies) {
      for (const type of Object.keys(LABELS) as BlockType[]) {
        for (const block of blocks(own(body, type), LABELS[type], [], path, `${pointer}/${type}`)) this.place(type, block);
      }
    }
  }

  private place(type: BlockType, block: Block): void {
    const [first = "", second = ""] = block.labels;
    if (type === "resource" || type === "data") {
      const kind = type === "data" ? `data.${first}` : first;
      const names = this.byType.get(kind) ?? [];
      this.byType.set(kind, names);
      const key = `${kind}.${second}`;
      if (!this.resources.has(key)) names.push(key);
      overlay(this.resources, key, block);
    } else if (type === "provider") this.providers.push(block);
    else if (type === "locals") {
      for (const [name, value] of Object.entries(block.body)) {
        this.locals.set(name, { value, file: block.file, pointer: pointerTo(block.pointer, name) });
      }
    } else overlay({ module: this.modules, variable: this.variables, output: this.outputs }[type], first, block);
  }
}

/** A later block of the same name, which only an override file may hold, replaces arguments of the first. */
function overlay(map: Map<string, Block>, key: string, block: Block): void {
  const before = map.get(key);
  map.set(key, before === undefined ? block : { ...before, body: mergeBodies(before.body, block.body) });
}

function mergeBodies(first: JsonObject, second: JsonObject): JsonObject {
  const result: Record<string, unknown> = {};
  for (const body of [first, second]) for (const [key, value] of Object.entries(body)) setOwn(result, key, value);
  return result;
}

/** Each level of labels, and the body, may stand in a list. */
function* blocks(
  value: unknown,
  labelsLeft: number,
  labels: readonly string[],
  file: string,
  pointer: string,
  inList = 0,
): Generator<Block> {
  if (Array.isArray(value)) {
    if (inList > 3) return;
    for (const [index, item] of value.entries()) yield* blocks(item, labelsLeft, labels, file, pointerTo(pointer, index), inList + 1);
  } else if (isObject(value)) {
    if (labelsLeft === 0) yield { labels, body: value, file, pointer };
    else {
      for (const [label, inner] of Object.entries(value)) {
        if (label !== "//") yield* blocks(inner, labelsLeft - 1, [...labels, label], file, pointerTo(pointer, label), 0);
      }
    }
  }
}
