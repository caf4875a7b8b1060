/** Converts the value of a variable to the type of the variable, as Terraform does. */

import { isObject, ownValue, setOwnValue, textOf } from "../../json";
import { isUnknown, unknownText } from "../../unknown";
import { evaluateConstant } from "../expression/constants";
import { parseExpression } from "../expression/parse";
import { type Expression, ExpressionSyntaxError } from "../expression/syntax";
import { asText, EvaluationFailure, Reference, setOf } from "../expression/value";
import { numberInText } from "../values/numbers";
import { orderedLike } from "../values/order";
import { unified } from "../values/unify";

/** Throws `EvaluationFailure` for a value that Terraform cannot convert. */
type Convert = (value: unknown) => unknown;

/**
 * The converted value.
 *
 * @param type as the configuration writes it: `bool`, `list(string)`, `object({ a = optional(string, "x") })`
 * @see https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
function converted(value: unknown, type: string): unknown {
  const source = type.replace(/^\s*\$\{|\}\s*$/g, (end) => (type.trim().startsWith("${") ? "" : end));
  return source.trim() === "" ? value : typeOf(parseExpression(source))(value);
}

/** The conversion to a type. Nulls and unknown values stay what they are. */
function typeOf(type: Expression): Convert {
  const convert = conversionTo(type);
  return (value) => (value === null || value === undefined || isUnknown(value) || value instanceof Reference ? value : convert(value));
}

function conversionTo(type: Expression): Convert {
  if (type.kind === "traversal") return PRIMITIVES[type.root] ?? collectionOf(type.root, undefined);
  if (type.kind !== "call") return fail("the type is not known");
  const [of] = type.args;
  if (type.name === "object" && of?.kind === "object") return objectOf(of.entries);
  if (type.name === "tuple" && of?.kind === "list") return tupleOf(of.items.map((item) => typeOf(item)));
  return collectionOf(type.name, of);
}

const PRIMITIVES: Readonly<Record<string, Convert>> = {
  any: (value) => value,
  string: (value) => asText(value) ?? fail("the value is not a text"),
  number: (value) => (typeof value === "number" ? value : numberInText(asText(value) ?? "")) ?? fail("the value is not a number"),
  bool: (value) => {
    if (value === true || value === "true" || value === "1") return true;
    return value === false || value === "false" || value === "0" ? false : fail("the value is not a boolean");
  },
};

function collectionOf(kind: string, of: Expression | undefined): Convert {
  const isAny = of === undefined || (of.kind === "traversal" && of.root === "any");
  const item = isAny ? PRIMITIVES.any! : typeOf(of);
  const converted = (items: readonly unknown[]): readonly unknown[] => (isAny ? unified(items) : items.map(item));
  switch (kind) {
    case "list":
      return (value) => orderedLike([...converted(listFrom(value))], value);
    case "set":
      return (value) => setOf(converted(listFrom(value)));
    case "map":
      return (value) => {
        const map = isObject(value) ? value : fail("the value is not a map");
        const items = converted(Object.values(map));
        return objectFrom(Object.keys(map).map((key, index) => [key, items[index]]));
      };
    default:
      return fail("the type is not known");
  }
}

function tupleOf(types: readonly Convert[]): Convert {
  return (value) => {
    const items = listFrom(value);
    return items.length === types.length ? items.map((item, index) => types[index]!(item)) : fail("the number of items is wrong");
  };
}

interface Attribute {
  readonly name: string;
  readonly convert: Convert;
  readonly isOptional: boolean;
  readonly fallback: unknown;
}

/** Attributes that the type does not have are left out. */
function objectOf(entries: readonly (readonly [Expression, Expression])[]): Convert {
  const attributes = entries.map(([key, type]): Attribute => {
    const name = String(key.kind === "literal" ? key.value : key.source);
    if (type.kind !== "call" || type.name !== "optional") {
      return { name, convert: typeOf(type), isOptional: false, fallback: null };
    }
    const [inner, fallback] = type.args;
    const convert = inner === undefined ? PRIMITIVES.any! : typeOf(inner);
    return {
      name,
      convert,
      isOptional: true,
      fallback: fallback === undefined ? null : evaluateConstant(fallback, "the type of a variable"),
    };
  });
  return (value) => {
    const given = isObject(value) ? value : fail("the value is not an object");
    return objectFrom(
      attributes.map(({ name, convert, isOptional, fallback }) => {
        const own = ownValue(given, name);
        if (own === undefined && !isOptional) fail(`the attribute ${JSON.stringify(name)} is missing`);
        return [name, convert((own ?? null) === null && isOptional ? fallback : own)];
      }),
    );
  };
}

function listFrom(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : fail("the value is not a list");
}

function objectFrom(entries: readonly (readonly [string, unknown])[]): object {
  const result: Record<string, unknown> = {};
  for (const [key, value] of entries) setOwnValue(result, key, value);
  return result;
}

function fail(reason: string): never {
  throw new EvaluationFailure(reason);
}

/**
 * The value of a variable. It is unknown where Terraform would refuse the one that is given.
 *
 * @param given undefined where the variable is not given
 * @param name for the placeholder
 */
export function variableValue(body: unknown, given: unknown, name: string): unknown {
  const isGiven = given !== undefined && (given !== null || ownValue(body, "nullable") !== false);
  const value = isGiven ? given : ownValue(body, "default");
  if (value === undefined) return unknownText(name);
  try {
    return converted(value, textOf(ownValue(body, "type")) ?? "");
  } catch (error) {
    if (error instanceof EvaluationFailure || error instanceof ExpressionSyntaxError) return unknownText(name);
    throw error;
  }
}
