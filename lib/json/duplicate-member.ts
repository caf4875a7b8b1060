/**
 * The name of a member that an object of a JSON text has twice. `JSON.parse` silently keeps the last one; AWS refuses the policy.
 *
 * @param text - valid JSON
 * @returns undefined where there is none
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function duplicateMember(text: string): string | undefined {
  return duplicateMembers(text).next().value?.name;
}

/** A member that an object has twice. */
interface DuplicateMember {
  readonly name: string;
  /** Line of the second one, from 1. */
  readonly line: number;
  /** Where the text is a list, the position of the item that it is in. */
  readonly item: number;
}

/** All such members. */
export function* duplicateMembers(text: string): Generator<DuplicateMember, undefined> {
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
      if (names?.has(name)) yield { name, line: text.slice(0, match.index).split("\n").length, item };
      names?.add(name);
    }
  }
}
