/**
 * The blocks of a root module or child module in Terraform's JSON syntax, from all of its files.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
import { isObject, type JsonObject, own, pointerTo, pointerToMember, setOwn } from "../json";

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
  /** By type (`aws_s3_bucket`, `data.aws_region`), then by name. */
  public readonly resources = new Map<string, Map<string, Block>>();
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
    for (const [body, at] of bodies) {
      for (const type of Object.keys(LABELS) as BlockType[]) {
        eachBlock(own(body, type), LABELS[type], [], `${at}/${type}`, (labels, block, pointer) =>
          this.place(type, { labels, body: block, file: path, pointer }),
        );
      }
    }
  }

  private place(type: BlockType, block: Block): void {
    const [first = "", second = ""] = block.labels;
    if (type === "resource" || type === "data") {
      const kind = type === "data" ? `data.${first}` : first;
      let ofType = this.resources.get(kind);
      if (ofType === undefined) {
        ofType = new Map();
        this.resources.set(kind, ofType);
      }
      overlay(ofType, second, block);
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

type Visit = (labels: readonly string[], body: JsonObject, pointer: string) => void;

/** Each level of labels, and the body, may stand in a list. */
function eachBlock(value: unknown, labelsLeft: number, labels: readonly string[], pointer: string, visit: Visit, listsAround = 0): void {
  if (Array.isArray(value)) {
    if (listsAround > 3) return;
    for (const [index, item] of value.entries()) {
      eachBlock(item, labelsLeft, labels, pointerTo(pointer, index), visit, listsAround + 1);
    }
  } else if (isObject(value)) {
    if (labelsLeft === 0) visit(labels, value, pointer);
    else {
      for (const label of Object.keys(value)) {
        if (label !== "//") eachBlock(value[label], labelsLeft - 1, labels.concat(label), pointerToMember(pointer, label), visit);
      }
    }
  }
}
