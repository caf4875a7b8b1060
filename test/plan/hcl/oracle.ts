/** Compares the JSON form with that of hcl2json, which is built from Terraform's own parser. */
import { createRequire } from "node:module";
import { parseSyntax, type SyntaxTree } from "../../../lib/plan/hcl/body";
import { Scanner } from "../../../lib/plan/hcl/scanner";
import type { Body, Expression, Span, TemplatePart } from "../../../lib/plan/hcl/syntax";
import { TemplateWriter } from "../../../lib/plan/hcl/template-writer";
import { toJson } from "../../../lib/plan/hcl/to-json";

export type Oracle = (text: string) => Promise<unknown>;

/** Undefined where the package is not installed. `NODE_PATH` may name another folder of packages. */
export function loadOracle(): Oracle | undefined {
  const load = createRequire(__filename);
  try {
    load.resolve("@cdktn/hcl2json");
  } catch {
    return undefined;
  }
  const { parse } = load("@cdktn/hcl2json") as { parse: (name: string, text: string) => Promise<unknown> };
  // hcl2json writes -0, which JSON does not tell from 0.
  return async (text) => JSON.parse(JSON.stringify(await parse("main.tf", text)));
}

export function syntaxOf(text: string): SyntaxTree {
  return parseSyntax(new Scanner(text));
}

/** Two JSON forms that must be equal. */
export interface Comparison {
  readonly ours: unknown;
  readonly theirs: unknown;
}

/**
 * The JSON forms of a text, with three differences on purpose taken out of it.
 *
 * hcl2json makes directives of the conditionals in a template, which are left as they are here if they stand in brackets. And it
 * keeps the lines of a heredoc within an expression, for which a quoted string is given to it. References are expressions to it.
 */
export async function compare(text: string, oracle: Oracle): Promise<Comparison> {
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  const source = withBrackets(text.slice(mark.length));
  return {
    ours: toJson(syntaxOf(source), { isReference: () => false, isLiteral: () => false }),
    theirs: await oracle(mark + withoutInnerHeredocs(source).text),
  };
}

/** The heredocs within expressions: as they are, and as the quoted strings that stand for them. */
export function innerHeredocs(text: string): { readonly heredoc: string; readonly quoted: string }[] {
  return withoutInnerHeredocs(text.replace(/^\ufeff/, "")).replaced;
}

function withBrackets(text: string): string {
  const found: Expression[] = [];
  collectConditionals(syntaxOf(text).body, found);
  const inserts = found.flatMap(({ start, end }) => [
    { at: start, sign: "(" },
    { at: end, sign: ")" },
  ]);
  return splice(
    text,
    inserts.map(({ at, sign }) => ({ start: at, end: at, replacement: sign })),
  );
}

function withoutInnerHeredocs(text: string): { text: string; replaced: { heredoc: string; quoted: string }[] } {
  const tree = syntaxOf(text);
  const written: Span[] = [];
  collectTexts(tree.body, written);
  const outer = tree.heredocs.filter((heredoc) => written.some(({ start, end }) => start <= heredoc.start && heredoc.end <= end));
  const outermost = outer.filter((heredoc) => !outer.some(({ start, end }) => start < heredoc.start && heredoc.end <= end));
  const quote = new TemplateWriter(tree);
  const edits = outermost.map(({ start, end }) => ({
    start,
    end,
    replacement: quote.interpolated({ kind: "other", start, end }).slice(2, -1),
  }));
  return {
    text: splice(text, edits),
    replaced: edits.map(({ start, end, replacement }) => ({ heredoc: text.slice(start, end), quoted: replacement })),
  };
}

function splice(text: string, edits: readonly { start: number; end: number; replacement: string }[]): string {
  let result = "";
  let from = 0;
  for (const { start, end, replacement } of [...edits].sort((left, right) => left.start - right.start)) {
    result += text.slice(from, start) + replacement;
    from = end;
  }
  return result + text.slice(from);
}

function expressionsIn(body: Body): Expression[] {
  return body.items.flatMap((item) => (item.kind === "block" ? expressionsIn(item.body) : [item.value]));
}

/** Conditionals that stand in a template with other parts beside them. */
function collectConditionals(body: Body, into: Expression[]): void {
  const inParts = (parts: readonly TemplatePart[]): void => {
    for (const part of parts) {
      if (part.kind === "if") inParts([...part.yes, ...part.no]);
      if (part.kind === "for") inParts(part.each);
      if (part.kind !== "interpolation") continue;
      if (part.value.kind === "conditional") into.push(part.value);
      if (part.value.kind === "template") inParts(part.value.parts);
    }
  };
  const visit = (expression: Expression): void => {
    if (expression.kind === "list") expression.items.forEach(visit);
    if (expression.kind === "object") {
      for (const { key, value } of expression.entries) {
        if (key.kind === "conditional") into.push(key);
        if (key.kind === "template") inParts(key.parts);
        visit(value);
      }
    }
    if (expression.kind !== "template") return;
    const [only, ...more] = expression.parts;
    if (only?.kind === "interpolation" && more.length === 0) visit(only.value);
    else inParts(expression.parts);
  };
  expressionsIn(body).forEach(visit);
}

/** Expressions of which the JSON form holds the text. */
function collectTexts(body: Body, into: Span[]): void {
  const inParts = (parts: readonly TemplatePart[]): void => {
    for (const part of parts) {
      if (part.kind === "interpolation") visit(part.value);
      if (part.kind === "if") {
        into.push(part.condition);
        inParts([...part.yes, ...part.no]);
      }
      if (part.kind === "for") {
        into.push(part.over);
        inParts(part.each);
      }
    }
  };
  const visit = (expression: Expression): void => {
    if (expression.kind === "list") expression.items.forEach(visit);
    else if (expression.kind === "object") expression.entries.flatMap(({ key, value }) => [key, value]).forEach(visit);
    else if (expression.kind === "template") inParts(expression.parts);
    else into.push(expression);
  };
  expressionsIn(body).forEach(visit);
}
