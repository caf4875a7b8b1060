/**
 * Reads Terraform's native syntax into the JSON syntax: every expression becomes a template, `"${…}"`.
 *
 * A plan lists the references of an expression, not the expression. The files that it was made of tell the rest.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
import { type JsonObject, setOwnValue } from "../../json";
import { LABELS } from "../files/block-types";
import { ExpressionText } from "./expression-text";

const DEEPEST = 50;
/** Arguments that name something without quotes, where the JSON syntax has a plain text. */
const BARE: ReadonlySet<string> = new Set(["iterator"]);

/** The content of a file in the JSON syntax. Throws `ExpressionSyntaxError`. */
export function readHcl(text: string): JsonObject {
  return new BodyReader(text).file();
}

interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: JsonObject;
}

class BodyReader extends ExpressionText {
  private depth = 0;

  public file(): JsonObject {
    const result: Record<string, unknown[]> = {};
    this.space();
    while (this.at < this.text.length) {
      const { type, labels, body } = this.block(this.identifier());
      if (Object.hasOwn(LABELS, type)) {
        const labelled = labels.reduceRight<unknown>((inner, label) => ({ [label]: inner }), body);
        setOwnValue(result, type, [...(result[type] ?? []), labelled]);
      }
      this.space();
    }
    return result;
  }

  private block(type: string): Block {
    const labels: string[] = [];
    this.space();
    while (this.text[this.at] !== "{") {
      labels.push(this.text[this.at] === '"' ? this.quoted().slice(1, -1) : this.identifier());
      this.space();
    }
    this.at++;
    if (++this.depth > DEEPEST) this.fail();
    const body = this.body();
    this.depth--;
    return { type, labels, body };
  }

  /** The content of a block, with the brace that ends it. */
  private body(): JsonObject {
    const result: Record<string, unknown> = {};
    for (;;) {
      this.space();
      if (this.text[this.at] === "}") break;
      const name = this.identifier();
      if (this.accept("=")) setOwnValue(result, name, toTemplate(this.expressionText(), name));
      else {
        const { labels, body } = this.block(name);
        const labelled = labels.reduceRight<unknown>((inner, label) => ({ [label]: inner }), body);
        const before = Object.hasOwn(result, name) ? (result[name] as unknown[]) : [];
        setOwnValue(result, name, [...before, labelled]);
      }
    }
    this.at++;
    return result;
  }
}

/** Plain values as they are, so that `source = "./m"` stays readable without evaluation. */
function toTemplate(expression: string, name: string): unknown {
  if (/^"[^"\\]*"$/.test(expression) && !/[$%]\{/.test(expression)) return expression.slice(1, -1);
  if (expression === "true" || expression === "false") return expression === "true";
  if (expression === "null") return null;
  if (/^\d{1,15}$/.test(expression)) return Number(expression);
  return BARE.has(name) ? expression : `\${${expression}}`;
}
