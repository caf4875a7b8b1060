/** Small helpers for JSON whose shape nobody promised. */

export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of an own property; nothing from the prototype, whatever the key is called. */
export function own(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined;
}

/** Sets an own property, also when it is called `__proto__`. */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

/** Follows own properties and list positions, as long as there are any. */
export function dig(value: unknown, ...path: readonly (string | number)[]): unknown {
  let current = value;
  for (const step of path) current = typeof step === "number" ? (Array.isArray(current) ? current[step] : undefined) : own(current, step);
  return current;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Adds steps to a JSON pointer (RFC 6901). */
export function pointerTo(parent: string, ...steps: readonly (string | number)[]): string {
  let pointer = parent;
  for (const step of steps) pointer += `/${typeof step === "string" ? escapeStep(step) : step}`;
  return pointer;
}

/** Adds one name to a JSON pointer. */
export function pointerToMember(parent: string, name: string): string {
  return `${parent}/${escapeStep(name)}`;
}

function escapeStep(step: string): string {
  return step.includes("/") || step.includes("~") ? step.replaceAll("~", "~0").replaceAll("/", "~1") : step;
}

/** Whether lists and objects lie in each other more than `limit` deep. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (limit === 0) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === "object" && isDeeperThan(item, limit - 1)) return true;
    return false;
  }
  for (const key in value) {
    const child = (value as JsonObject)[key];
    if (typeof child === "object" && isDeeperThan(child, limit - 1)) return true;
  }
  return false;
}

/**
 * Parses JSON and replaces each U+0000 in it: that character marks what is not known (`../evaluate/unknown.ts`), and input must not
 * be able to pretend it.
 */
export function parseJson(text: string): unknown {
  return text.includes("\\u0000") ? JSON.parse(text, withoutMark) : JSON.parse(text);
}

function withoutMark(this: unknown, _key: string, value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\u0000", "\ufffd");
  if (!isObject(value)) return value;
  for (const key of Object.keys(value)) {
    if (!key.includes("\u0000")) continue;
    const target = value as Record<string, unknown>;
    setOwn(target, key.replaceAll("\u0000", "\ufffd"), target[key]);
    delete target[key];
  }
  return value;
}
