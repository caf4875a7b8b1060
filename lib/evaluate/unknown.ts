/**
 * Text that is not known yet.
 *
 * A plan holds values that only `apply` will know: `arn:aws:s3:::${aws_s3_bucket.logs.bucket}/*`. The plan reader turns such a part
 * into a placeholder: the name of what is missing between two U+0000, a character that no policy and no AWS name may hold. So a text
 * that is known in part stays one string, two texts with the same placeholder are known to be equal there, and everything else
 * about a placeholder is undecided.
 */
const MARK = "\u0000";
const PLACEHOLDER = /\u0000([^\u0000]*)\u0000/g;

/** The placeholder for a value that is not known, named after where it comes from, for example `aws_s3_bucket.logs.arn`. */
export function unknownText(source: string): string {
  return MARK + source.replaceAll(MARK, "") + MARK;
}

/** Whether any part of the text is not known. */
export function hasUnknown(text: string): boolean {
  return text.includes(MARK);
}

/** What is missing in the text, in order of appearance, each once. */
export function unknownsIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1]!))];
}

/** The text for people: each placeholder as `${source}`. */
export function showUnknown(text: string): string {
  return text.replace(PLACEHOLDER, (_, source: string) => `\${${source}}`);
}

/** Lower case, save in the names of placeholders. */
export function lowerCase(text: string): string {
  if (!hasUnknown(text)) return text.toLowerCase();
  return text
    .split(MARK)
    .map((part, index) => (index % 2 === 0 ? part.toLowerCase() : part))
    .join(MARK);
}
