/**
 * Writes a syntax tree in Terraform's JSON syntax.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
import { type JsonObject, setOwnValue } from "../../json";
import type { SyntaxTree } from "./body";
import { syntaxErrorAt } from "./hcl-syntax-error";
import { isLiteral, isReference } from "./references";
import type { Block, Body, Expression } from "./syntax";
import { TemplateWriter } from "./template-writer";

/** Whether an argument is a reference, in a block nested in blocks of these types. */
type IsReference = (path: readonly string[], argument: string) => boolean;

/** Arguments with a special form. */
interface Exceptions {
  readonly isReference: IsReference;
  /** Whether the texts of an argument are not templates. */
  readonly isLiteral: IsReference;
}

/** The JSON form: blocks nested by their labels, each in a list, references as their names, and other expressions as `${…}`. */
export function toJson(tree: SyntaxTree, exceptions: Exceptions = { isReference, isLiteral }): JsonObject {
  return new JsonWriter(tree, exceptions).body(tree.body, []);
}

class JsonWriter {
  private readonly templates: TemplateWriter;

  public constructor(
    private readonly tree: SyntaxTree,
    private readonly exceptions: Exceptions,
  ) {
    this.templates = new TemplateWriter(tree);
  }

  public body({ items }: Body, path: readonly string[]): JsonObject {
    const result: Record<string, unknown> = {};
    for (const item of items) {
      if (item.kind === "block") this.addBlock(result, item, path);
      else if (this.exceptions.isLiteral(path, item.name)) setOwnValue(result, item.name, this.literal(item.value));
      else if (this.exceptions.isReference(path, item.name)) setOwnValue(result, item.name, this.reference(item.value));
      else setOwnValue(result, item.name, this.expression(item.value));
    }
    return result;
  }

  private addBlock(into: Record<string, unknown>, block: Block, around: readonly string[]): void {
    let parent = into;
    const body = this.body(block.body, [...around, block.type]);
    const names = [block.type, ...block.labels];
    for (const [index, name] of names.entries()) {
      const found = Object.hasOwn(parent, name) ? parent[name] : undefined;
      const isBody = index === names.length - 1;
      if (found !== undefined && isBody !== Array.isArray(found)) this.failOtherLabels(block);
      if (!isBody) {
        const next = found ?? {};
        if (found === undefined) setOwnValue(parent, name, next);
        parent = next as Record<string, unknown>;
      } else if (found === undefined) setOwnValue(parent, name, [body]);
      else (found as unknown[]).push(body);
    }
  }

  private failOtherLabels({ type, start }: Block): never {
    const reason = `the block ${JSON.stringify(type)} has another number of labels than one before it`;
    throw syntaxErrorAt(this.tree.text, start, reason);
  }

  /** Names without `${…}`, also inside lists and objects. */
  private reference(expression: Expression): unknown {
    if (expression.kind === "list") return expression.items.map((item) => this.reference(item));
    if (expression.kind === "object") return this.object(expression.entries, (value) => this.reference(value));
    return expression.kind === "traversal" || expression.kind === "other" ? this.templates.source(expression) : this.expression(expression);
  }

  /** Texts as they are. Everything except texts, lists and objects is still an expression. */
  private literal(expression: Expression): unknown {
    if (expression.kind === "list") return expression.items.map((item) => this.literal(item));
    if (expression.kind === "object") return this.object(expression.entries, (value) => this.literal(value));
    if (expression.kind !== "template") return this.expression(expression);
    const texts = expression.parts.map((part) => (part.kind === "text" ? part.text : undefined));
    return texts.every((text) => text !== undefined) ? texts.join("") : this.expression(expression);
  }

  private expression(expression: Expression): unknown {
    switch (expression.kind) {
      case "literal":
        return expression.value;
      case "template": {
        const only = expression.parts.length === 1 ? expression.parts[0]! : undefined;
        // `"${x}"` is x itself, not a text.
        return only?.kind === "interpolation" ? this.expression(only.value) : this.templates.bare(expression.parts);
      }
      case "list":
        return expression.items.map((item) => this.expression(item));
      case "object":
        return this.object(expression.entries, (value) => this.expression(value));
      default:
        return this.templates.interpolated(expression);
    }
  }

  private object(entries: (Expression & { kind: "object" })["entries"], write: (value: Expression) => unknown): JsonObject {
    const result: Record<string, unknown> = {};
    for (const { key, value } of entries) setOwnValue(result, this.templates.key(key), write(value));
    return result;
  }
}
