import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";

const resolver = new DefaultTokenResolver(new StringConcat());

/**
 * The value as in the synthesized JSON: tokens become Terraform expressions.
 *
 * cdktf resolves only the texts that hold a token, each once, because its own traversal takes longer than everything that the constructs
 * do. Values without tokens are not copied.
 *
 * @param preparing whether this is the round in which cdktf finds references between stacks.
 */
export function resolveTokens(scope: IConstruct, value: unknown, preparing = false): unknown {
  const resolve = (part: unknown) => Tokenization.resolve(part, { scope, resolver, preparing });
  const known = new Map<string, unknown>();

  const walk = (part: unknown): unknown => {
    if (typeof part === "string") {
      if (!part.includes("TfToken[")) return part;
      if (!known.has(part)) known.set(part, resolve(part));
      return known.get(part);
    }
    if (typeof part === "number") return Token.isUnresolved(part) ? resolve(part) : part;
    if (part === null || typeof part !== "object") return part;
    if (Array.isArray(part)) return part.some(isEncodedList) ? resolve(part) : walkList(part);
    return isPlain(part) ? walkObject(part as Record<string, unknown>) : resolve(part);
  };

  const walkList = (list: readonly unknown[]): readonly unknown[] => {
    const walked = list.map(walk);
    return walked.every((item, index) => item === list[index] && item !== undefined) ? list : walked.filter((item) => item !== undefined);
  };

  const walkObject = (object: Record<string, unknown>): unknown => {
    let changed: Record<string, unknown> | undefined;
    for (const key of Object.keys(object)) {
      if (key.includes("TfToken[")) return resolve(object);
      const item = walk(object[key]);
      if (item === object[key] && item !== undefined) continue;
      changed ??= { ...object };
      if (item === undefined) delete changed[key];
      else changed[key] = item;
    }
    return changed ?? object;
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
