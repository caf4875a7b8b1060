import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * The value as it will stand in the synthesized JSON: tokens become Terraform expressions.
 *
 * Only texts that hold a token are handed to cdktf, each once: its own walk costs more than all that the constructs do.
 */
export function resolveTokens(scope: IConstruct, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolve = (part: unknown) => Tokenization.resolve(part, { scope, resolver });
  const known = new Map<string, unknown>();

  const walk = (part: unknown): unknown => {
    if (typeof part === "string") {
      if (!part.includes("TfToken[")) return part;
      if (!known.has(part)) known.set(part, resolve(part));
      return known.get(part);
    }
    if (typeof part === "number") return Token.isUnresolved(part) ? resolve(part) : part;
    if (part === null || typeof part !== "object") return part;
    if (Array.isArray(part)) return part.some(isEncodedList) ? resolve(part) : part.map(walk).filter((item) => item !== undefined);
    if (!isPlain(part) || Object.keys(part).some((key) => key.includes("TfToken["))) return resolve(part);
    const entries = Object.entries(part).map(([key, item]) => [key, walk(item)] as const);
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
  };
  return walk(value);
}

function isEncodedList(item: unknown): boolean {
  return typeof item === "string" && item.startsWith("#{TfToken[");
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && !Tokenization.isResolvable(value);
}
