/** What an unknown argument is made of: its placeholder lists the references after the argument's own address. */

const FROM = ", from ";
const SEPARATOR = ", ";
const MOST_LISTED = 6;
/** Stands for the references that are not listed. It is none of any resource. */
const OTHERS = "other references";

/** The source of a placeholder for an argument. */
export function sourceOf(argument: string, references: readonly string[]): string {
  if (references.length === 0) return argument;
  const listed = references.length > MOST_LISTED ? [...references.slice(0, MOST_LISTED), OTHERS] : references;
  return argument + FROM + listed.join(SEPARATOR);
}

/** The references that a source lists; none where it stands for itself. */
export function referencesIn(source: string): readonly string[] {
  const at = source.indexOf(FROM);
  return at === -1 ? [] : source.slice(at + FROM.length).split(SEPARATOR);
}
