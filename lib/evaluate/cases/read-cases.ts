/** Reads the text of cases. */
import { duplicateMember, duplicateMembers } from "../../json";
import { CaseFormatError } from "./case-error";

/**
 * Reads a file of cases: a JSON array, one case, or JSON lines.
 *
 * @throws CaseFormatError where it is none of them
 */
export function readCases(text: string): unknown[] {
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (content.trim() === "") return [];
  const whole = parsed(content);
  if (whole !== undefined) {
    if (!Array.isArray(whole.value)) return [withDuplicateNoted(whole.value, content)];
    for (const { name, item } of duplicateMembers(content)) noteDuplicate(whole.value[item], name);
    return whole.value;
  }
  return content.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === "") return [];
    const one = parsed(line);
    if (one === undefined) {
      const rule = "must be a JSON array of cases, or one case on each line";
      throw new CaseFormatError(`InvalidCases: the file ${rule}, got no JSON on line ${index + 1}; check quotes, commas and brackets`);
    }
    return [withDuplicateNoted(one.value, line)];
  });
}

/** Reads the text of one case. @throws SyntaxError where it is no JSON */
export function readCase(text: string): unknown {
  return withDuplicateNoted(JSON.parse(text), text);
}

/** The case, with a note of a member that stands twice in its text. */
function withDuplicateNoted(value: unknown, text: string): unknown {
  const twice = duplicateMember(text);
  if (twice !== undefined) noteDuplicate(value, twice);
  return value;
}

/** Cases with a member that stands twice. The parsed value has only the last of the two. */
const duplicates = new WeakMap<object, string>();

function noteDuplicate(value: unknown, name: string): void {
  if (typeof value === "object" && value !== null && !duplicates.has(value)) duplicates.set(value, name);
}

/** The name of a member that stands twice in the text that the case was read from. */
export function duplicateIn(value: object): string | undefined {
  return duplicates.get(value);
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
