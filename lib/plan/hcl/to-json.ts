/**
 * Writes a syntax tree in Terraform's JSON syntax.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
import { type JsonObject, setOwn } from "../json";
import type { SyntaxTree } from "./body";
import { HclSyntaxError } from "./hcl-syntax-error";
import { positionsAt } from "./position";
import type { Block, Body, Expression } from "./syntax";
import { TemplateWriter } from "./template-writer";

/** The JSON form: blocks nested by their labels, each in a list, and expressions as `${…}`. */
export function toJson(tree: SyntaxTree): JsonObject {
  return new JsonWriter(tree).body(tree.body);
}

class JsonWriter {
  private readonly templates: TemplateWriter;

  public constructor(private readonly tree: SyntaxTree) {
    this.templates = new TemplateWriter(tree);
  }

  public body({ items }: Body): JsonObject {
    const result: Record<string, unknown> = {};
    for (const item of items) {
      if (item.kind === "attribute") setOwn(result, item.name, this.expression(item.value));
      else this.addBlock(result, item);
    }
    return result;
  }

  private addBlock(into: Record<string, unknown>, block: Block): void {
    let parent = into;
    const path = [block.type, ...block.labels];
    for (const [index, name] of path.entries()) {
      const found = Object.hasOwn(parent, name) ? parent[name] : undefined;
      const isBody = index === path.length - 1;
      if (found !== undefined && isBody !== Array.isArray(found)) this.failFewerLabels(block);
      if (!isBody) {
        const next = found ?? {};
        if (found === undefined) setOwn(parent, name, next);
        parent = next as Record<string, unknown>;
      } else if (found === undefined) setOwn(parent, name, [this.body(block.body)]);
      else (found as unknown[]).push(this.body(block.body));
    }
  }

  private failFewerLabels({ type, start }: Block): never {
    const [position] = positionsAt(this.tree.text, [start]);
    const reason = `the block ${JSON.stringify(type)} has another number of labels than one before it`;
    throw new HclSyntaxError(reason, position!.line, position!.column);
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
      case "object": {
        const result: Record<string, unknown> = {};
        for (const { key, value } of expression.entries) setOwn(result, this.templates.key(key), this.expression(value));
        return result;
      }
      default:
        return this.templates.interpolated(expression);
    }
  }
}
