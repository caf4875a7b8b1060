/** Writes values as HCL, in the form of `terraform fmt`. A text may hold Terraform's expressions: `${var.name}`. */

/** Members of resources that are blocks; everything else is an argument. */
const BLOCKS: ReadonlySet<string> = new Set([
  "abort_incomplete_multipart_upload",
  "apply_server_side_encryption_by_default",
  "filter",
  "lifecycle",
  "precondition",
  "rule",
  "validation",
  "versioning_configuration",
]);
/** Arguments whose texts are references. */
const REFERENCES: ReadonlySet<string> = new Set(["depends_on", "replace_triggered_by"]);

export type Body = Readonly<Record<string, unknown>>;

/** An expression of Terraform, where a text would be taken literally. */
export class Expression {
  public constructor(public readonly text: string) {}
}

/** A block with its labels: `resource "aws_s3_bucket" "this" { … }`. */
export function block(type: string, labels: readonly string[], body: Body): string {
  const head = [type, ...labels.map((label) => JSON.stringify(label))].join(" ");
  const inside = bodyLines(body).map((line) => (line === "" ? "" : `  ${line}`));
  return inside.length === 0 ? `${head} {}` : [`${head} {`, ...inside, "}"].join("\n");
}

function bodyLines(body: Body): string[] {
  const given = Object.entries(body).filter(([, value]) => value !== undefined);
  const isBlock = ([name, value]: [string, unknown]) => name === "provisioner" || (BLOCKS.has(name) && !(value instanceof Expression));
  const attributes = aligned(given.filter((entry) => !isBlock(entry)).map(([name, value]) => [name, argument(name, value)]));
  const blocks = given.filter(isBlock).flatMap(([name, value]) => {
    const bodies = (Array.isArray(value) ? value : [value]) as Body[];
    return bodies.map((inner) => {
      const [[label, labelled] = ["", {}]] = name === "provisioner" ? Object.entries(inner) : [];
      return name === "provisioner" ? block(name, [label], labelled as Body) : block(name, [], inner);
    });
  });
  const parts = [...(attributes.length > 0 ? [attributes] : []), ...blocks.map((text) => text.split("\n"))];
  return parts.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
}

function argument(name: string, value: unknown): string {
  if (!REFERENCES.has(name)) return expression(value);
  const items = (value as readonly string[]).map((item) => `  ${item},`);
  return ["[", ...items, "]"].join("\n");
}

/** `name = value`, with the signs of neighbouring lines below each other; a value of several lines stands apart. */
function aligned(entries: readonly (readonly [string, string])[]): string[] {
  const lines: string[] = [];
  let group: (readonly [string, string])[] = [];
  const close = () => {
    const width = Math.max(...group.map(([name]) => name.length));
    for (const [name, value] of group) lines.push(`${name.padEnd(width)} = ${value}`);
    group = [];
  };
  for (const entry of entries) {
    if (!entry[1].includes("\n")) {
      group.push(entry);
      continue;
    }
    if (group.length > 0) close();
    lines.push(...`${entry[0]} = ${entry[1]}`.split("\n"));
  }
  if (group.length > 0) close();
  return lines;
}

/** A value as an expression. */
export function expression(value: unknown): string {
  if (value instanceof Expression) return value.text;
  if (typeof value === "string") return template(value);
  if (Array.isArray(value)) return list(value.map(expression));
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).map(([key, item]) => [member(key), expression(item)] as const);
    return entries.length === 0 ? "{}" : ["{", ...aligned(entries).map((line) => `  ${line}`), "}"].join("\n");
  }
  return String(value);
}

/** A value as an expression on one line. */
export function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (value === null || typeof value !== "object" || value instanceof Expression) return expression(value);
  const entries = Object.entries(value).map(([key, item]) => `${member(key)} = ${inline(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** The name of a member of an object. */
function member(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
}

function list(items: readonly string[]): string {
  const line = `[${items.join(", ")}]`;
  if (line.length <= 100 && !line.includes("\n")) return line;
  return ["[", ...items.map((item) => `${item.replace(/^/gm, "  ")},`), "]"].join("\n");
}

/** A text; one that is a single expression stands by itself. */
function template(text: string): string {
  const alone = /^\$\{([\s\S]*)\}$/.exec(text);
  // The constructs write lists of words as JSON does.
  if (alone !== null && isBalanced(alone[1]!)) return alone[1]!.replace(/(?<=\["[\w-]+"(?:,"[\w-]+")*),(?=")/g, ", ");
  // Quotes and backslashes inside an expression are its own.
  return `"${parts(text)
    .map(({ text: part, isExpression }) => (isExpression ? part : JSON.stringify(part).slice(1, -1)))
    .join("")}"`;
}

/** The literal parts and the expressions of a text. */
export function parts(text: string): { readonly text: string; readonly isExpression: boolean }[] {
  const found: { text: string; isExpression: boolean }[] = [];
  let literal = "";
  for (let index = 0; index < text.length; ) {
    if (!text.startsWith("${", index)) {
      literal += text[index++];
      continue;
    }
    const end = endOfExpression(text, index + 2);
    if (literal !== "") found.push({ text: literal, isExpression: false });
    found.push({ text: text.slice(index, end), isExpression: true });
    literal = "";
    index = end;
  }
  if (literal !== "") found.push({ text: literal, isExpression: false });
  return found;
}

/** The index after the brace that closes the expression which begins there. */
function endOfExpression(text: string, begin: number): number {
  let depth = 1;
  let inText = false;
  for (let index = begin; index < text.length; index++) {
    const char = text[index];
    if (inText && char === "\\") index++;
    else if (inText && text.startsWith("${", index)) index = endOfExpression(text, index + 2) - 1;
    else if (char === '"') inText = !inText;
    else if (!inText && char === "{") depth++;
    else if (!inText && char === "}" && --depth === 0) return index + 1;
  }
  throw new Error(`no end of an expression in ${text}`);
}

function isBalanced(inner: string): boolean {
  return endOfExpression(`${inner}}`, 0) === inner.length + 1;
}
