/** Renders `schemas/vendor-profile.schema.json` from the types of a profile: their members, words and doc comments. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const VENDORS = join(__dirname, "..", "lib", "vendors");

/** Where the schema is, from the root. */
export const SCHEMA = "schemas/vendor-profile.schema.json";

type Schema = Readonly<Record<string, unknown>>;

/** Text of one line without blank edges that is not empty. */
const TEXT = { type: "string", pattern: "^(?![\\s\\S]*[\\u0000-\\u001f\\u007f-\\u009f])\\S(?:[\\s\\S]*\\S)?$" };
const FREE_TEXT = { type: "string" };
const MINUTES = { type: "integer", minimum: 1, maximum: 525_600 };
const AT_LEAST_ONE = { minItems: 1 };
const ACTION = { ...TEXT, pattern: "^s3:[A-Za-z*?]+$" };

/** What the types cannot say, by interface and member; one with a type takes the place of the member's own. `lib/vendors/profile-json.ts` holds the same rules; a test compares them. */
const RULES: Readonly<Record<string, Schema>> = {
  "VendorProfileProps.id": { type: "string", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" },
  "VendorProfileProps.accessMethods": AT_LEAST_ONE,
  "VendorProfileProps.regions": AT_LEAST_ONE,
  "VendorProfileProps.encryptions": AT_LEAST_ONE,
  "VendorProfileProps.vendorFolder": FREE_TEXT,
  "VendorProfileProps.unknowns": { items: FREE_TEXT },
  "VendorFact.fact": FREE_TEXT,
  "VendorFact.source": FREE_TEXT,
  "VendorSource.readOn": { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
  "VendorCadence.firstDeliveryWithinMinutes": MINUTES,
  "VendorCadence.everyMinutes": MINUTES,
  "VendorCadence.lateByMinutes": { ...MINUTES, minimum: 0 },
  "VendorCadence.dailyAtUtc": { type: "string", pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" },
  "VendorPermissionSet.bucketActions": { items: ACTION },
  "VendorPermissionSet.objectActions": { items: ACTION },
};

/** The schema, as the file holds it. */
export function profileSchema(): string {
  const declarations = new Map(
    readdirSync(VENDORS)
      .filter((name) => /(?<!\.d)\.ts$/.test(name))
      .flatMap((name) => [...ts.createSourceFile(name, readFileSync(join(VENDORS, name), "utf8"), ts.ScriptTarget.ES2022, true).statements])
      .filter((statement) => ts.isInterfaceDeclaration(statement) || ts.isEnumDeclaration(statement))
      .map((statement) => [statement.name.text, statement]),
  );
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `https://github.com/cdktf-vendor-destination/cdktf-vendor-destination/raw/main/${SCHEMA}`,
    title: "Profile of a vendor",
    ...structSchema("VendorProfileProps", declarations),
  };
  const { properties, ...rest } = schema as unknown as Schema & { readonly properties: Schema };
  const withSchema = { ...rest, properties: { $schema: { type: "string", description: "URL or path of this schema" }, ...properties } };
  return `${JSON.stringify(withSchema, undefined, 2)}\n`;
}

type Declarations = ReadonlyMap<string, ts.InterfaceDeclaration | ts.EnumDeclaration>;

function structSchema(name: string, declarations: Declarations): Schema {
  const declaration = declarations.get(name);
  if (declaration === undefined || !ts.isInterfaceDeclaration(declaration)) throw new Error(`${name} is no interface of lib/vendors`);
  const members = declaration.members.filter(ts.isPropertySignature);
  const properties = members.map((member) => {
    const key = member.name.getText();
    const rule = RULES[`${name}.${key}`];
    const schema = rule?.type === undefined ? { ...typeSchema(member.type!, declarations), ...rule } : rule;
    return [key, { ...schema, description: descriptionOf(member, declarations) }];
  });
  return {
    description: descriptionOf(declaration, declarations),
    type: "object",
    required: members.filter(({ questionToken }) => questionToken === undefined).map((member) => member.name.getText()),
    additionalProperties: false,
    properties: Object.fromEntries(properties),
  };
}

function typeSchema(type: ts.TypeNode, declarations: Declarations): Schema {
  if (ts.isArrayTypeNode(type)) return { type: "array", items: typeSchema(type.elementType, declarations) };
  // `{ readonly [site: string]: string }`
  if (ts.isTypeLiteralNode(type)) return { type: "object", additionalProperties: TEXT };
  const name = type.getText();
  if (name === "string") return TEXT;
  if (name === "boolean") return { type: "boolean" };
  if (name === "number") return { type: "integer" };
  const declaration = declarations.get(name);
  if (declaration === undefined) throw new Error(`no schema for the type ${name}`);
  if (!ts.isEnumDeclaration(declaration)) return structSchema(name, declarations);
  return { enum: Object.values(wordsOf(declaration)) };
}

function wordsOf(declaration: ts.InterfaceDeclaration | ts.EnumDeclaration): Readonly<Record<string, string>> {
  if (!ts.isEnumDeclaration(declaration)) throw new Error(`${declaration.name.text} is no enum`);
  return Object.fromEntries(declaration.members.map(({ name, initializer }) => [name.getText(), (initializer as ts.StringLiteral).text]));
}

/** The doc comment, with the default at its end. */
function descriptionOf(node: ts.Node, declarations: Declarations): string {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(doc?.comment) ?? "";
  const fallback = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === "default");
  const value = ts
    .getTextOfJSDocComment(fallback?.comment)
    ?.replace(/^- /, "")
    .replace(/\b(\w+)\.([A-Z_]+)\b/g, (_, name, word) => JSON.stringify(wordsOf(declarations.get(name)!)[word]));
  const parts = [text, value && `Default: ${value}.`].filter(Boolean);
  return parts.join(" ").replace(/\s+/g, " ");
}
