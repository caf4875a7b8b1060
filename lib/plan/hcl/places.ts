/** Finds the node of the syntax tree that a JSON pointer into the JSON form leads to. */
import type { SyntaxTree } from "./body";
import type { Block, Body, Expression } from "./syntax";
import { TemplateWriter } from "./template-writer";

/** A node with its place in the file. Its children are computed on demand. */
class Place {
  private found: ReadonlyMap<string, Place> | undefined;

  public constructor(
    public readonly offset: number,
    private readonly find: () => ReadonlyMap<string, Place>,
  ) {}

  public child(name: string): Place | undefined {
    this.found ??= this.find();
    return this.found.get(name);
  }
}

/** The offsets at which the targets of the pointers begin. A pointer without a target gives the nearest enclosing node. */
export function offsetsOf(tree: SyntaxTree, pointers: readonly string[]): number[] {
  const root = new Place(0, () => inBody(tree.body, new TemplateWriter(tree)));
  return pointers.map((pointer) => {
    let place = root;
    for (const step of pointer.split("/").slice(1)) {
      const next = place.child(step.replaceAll("~1", "/").replaceAll("~0", "~"));
      if (next === undefined) break;
      place = next;
    }
    return place.offset;
  });
}

function inBody({ items }: Body, writer: TemplateWriter): Map<string, Place> {
  const places = inBlocks(
    items.filter((item) => item.kind === "block"),
    0,
    writer,
  );
  for (const item of items) {
    if (item.kind === "attribute") places.set(item.name, new Place(item.start, () => inExpression(item.value, writer)));
  }
  return places;
}

/** Blocks by their type or, from level 1 on, by one of their labels. */
function inBlocks(blocks: readonly Block[], level: number, writer: TemplateWriter): Map<string, Place> {
  const groups = new Map<string, Block[]>();
  for (const block of blocks) {
    const name = level === 0 ? block.type : block.labels[level - 1]!;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [block]);
    else group.push(block);
  }
  return new Map([...groups].map(([name, group]) => [name, new Place(group[0]!.start, () => inGroup(group, level, writer))]));
}

function inGroup(group: readonly Block[], level: number, writer: TemplateWriter): Map<string, Place> {
  if (group[0]!.labels.length > level) return inBlocks(group, level + 1, writer);
  return new Map(group.map(({ start, body }, index) => [String(index), new Place(start, () => inBody(body, writer))]));
}

function inExpression(expression: Expression, writer: TemplateWriter): Map<string, Place> {
  if (expression.kind === "list") {
    return new Map(expression.items.map((item, index) => [String(index), new Place(item.start, () => inExpression(item, writer))]));
  }
  if (expression.kind === "object") {
    return new Map(expression.entries.map(({ key, value }) => [writer.key(key), new Place(key.start, () => inExpression(value, writer))]));
  }
  const only = expression.kind === "template" && expression.parts.length === 1 ? expression.parts[0]! : undefined;
  return only?.kind === "interpolation" ? inExpression(only.value, writer) : new Map();
}
