/** The JSON texts of policies. */
import { hasUnknown } from "../unknown";

/** The parsed text, or what is wrong with it. Text that placeholders make unreadable stands for itself. */
export function parseDocument(
  text: string,
): { readonly value: unknown } | { readonly element: string; readonly rule: string; readonly advice: string } {
  const trimmed = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (/^\s*\u0000[^\u0000]*\u0000\s*$/.test(trimmed)) return { value: trimmed };
  const json = trimmed.replace(/\u0000[^\u0000]*\u0000?/g, (placeholder) => JSON.stringify(placeholder).slice(1, -1));
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    if (hasUnknown(trimmed)) return { value: trimmed };
    return { element: "", rule: "must be JSON", advice: "check quotes, commas and brackets" };
  }
  if (typeof value === "string") return { element: "", rule: "must be an object", advice: "write the policy, not a text about it" };
  const twice = duplicateMember(json);
  return twice === undefined ? { value } : { element: twice, rule: "must stand only once in its object", advice: "join the two into one" };
}

/**
 * Finds a member that an object of a JSON text has twice. `JSON.parse` would keep the last one and say nothing; AWS refuses the policy.
 *
 * @param text - valid JSON
 * @returns the name, or undefined where there is none
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function duplicateMember(text: string): string | undefined {
  return duplicateMembers(text).next().value?.name;
}

/** All of them, each with the position of the item that it is in, where the text is a list. */
export function* duplicateMembers(text: string): Generator<{ readonly name: string; readonly item: number }, undefined> {
  const open: (Set<string> | undefined)[] = [];
  let item = 0;
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\],]/gs)) {
    const token = match[0];
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ",") item += open.length === 1 ? 1 : 0;
    else if (match[1] !== undefined) {
      const name = JSON.parse(token.slice(0, -match[1].length)) as string;
      const names = open.at(-1);
      if (names?.has(name)) yield { name, item };
      names?.add(name);
    }
  }
}
