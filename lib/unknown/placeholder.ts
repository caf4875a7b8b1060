/**
 * Text that is not known yet.
 *
 * A plan holds values that only `apply` will know: `arn:aws:s3:::${aws_s3_bucket.logs.bucket}/*`. The plan reader replaces such a part
 * by a placeholder: the name of what is missing between two U+0000, a character that no policy and no AWS name can contain. A text that
 * is partly known therefore stays one string, and two texts with the same placeholder are known to be equal there. Everything else
 * about a placeholder is undecided, except what its kind says. The kind follows the name, after U+0001.
 *
 * No other room writes these two characters.
 */
export const MARK = "\u0000";
const KIND_MARK = "\u0001";
const PLACEHOLDER = /\u0000([^\u0000\u0001]*)(?:\u0001([^\u0000]*))?\u0000/g;
const WHOLE_PLACEHOLDER = /\u0000[^\u0000]*\u0000/g;
const LONE_WITH_KIND = /^\u0000[^\u0000\u0001]*\u0001([^\u0000]*)\u0000$/;

/**
 * What an unknown value can be, where AWS or the delivery contract limits it, and the characters that it can contain.
 *
 * - `name`: the name of a bucket or role, or a part of one.
 * - `path`: the name of a role or user, or a part of one, possibly with its path.
 * - `bucketArn`: the ARN of a bucket.
 * - `otherAccount`: the ID, 12 digits, of an account other than the one that is judged.
 * - `otherPrincipal`: the ARN of one role or user of such an account.
 * - `requestTime`: a time at which a request is made, which is not in the past.
 * - `publicAddress`: the address of a caller from the internet, which is in no private range.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const CHARACTERS = {
  name: /[^*?/:]/,
  path: /[^*?:]/,
  bucketArn: /[^*?/]/,
  otherAccount: /\d/,
  otherPrincipal: /[^*?]/,
  requestTime: /[\dTZ:.+-]/,
  publicAddress: /[\da-fA-F:.]/,
} as const;

export type UnknownKind = keyof typeof CHARACTERS;

/** The placeholder for a value that is not known, named after its source, for example `aws_s3_bucket.logs.arn`. */
export function unknownText(source: string, kind?: UnknownKind): string {
  const name = /[\u0000\u0001]/.test(source) ? source.replace(/[\u0000\u0001]/g, "") : source;
  return MARK + name + (kind === undefined ? "" : KIND_MARK + kind) + MARK;
}

/** Whether any part of the text is not known. */
export function hasUnknown(text: string): boolean {
  return text.includes(MARK);
}

/** Whether the value is one placeholder: nothing of it is known. */
export function isUnknown(value: unknown): value is string {
  return typeof value === "string" && value.length > 1 && value[0] === MARK && value.indexOf(MARK, 1) === value.length - 1;
}

/** Whether the value is one placeholder, with nothing but white space around it. */
export function isWhollyUnknown(value: unknown): value is string {
  return typeof value === "string" && hasUnknown(value) && isUnknown(value.trim());
}

/** The names of what is missing in the text, in order of appearance, each once. */
export function unknownsIn(text: string): string[] {
  return hasUnknown(text) ? [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1]!))] : [];
}

/** The kind of a text that is one placeholder. */
export function kindOfUnknown(text: string): UnknownKind | undefined {
  return text.startsWith(MARK) ? (LONE_WITH_KIND.exec(text)?.[1] as UnknownKind | undefined) : undefined;
}

/** Whether the text has a placeholder without a kind, which can stand for a wildcard as well. */
export function mayHoldAnything(text: string): boolean {
  return hasUnknown(text) && [...text.matchAll(PLACEHOLDER)].some((match) => match[2] === undefined);
}

/** Whether a value of that kind can contain the character. */
export function mayHold(kind: UnknownKind | undefined, character: string): boolean {
  return kind === undefined || CHARACTERS[kind].test(character);
}

/** Source of a pattern that matches any part of a placeholder's name. */
export const ANY_NAME = "[^\\u0000\\u0001]*";

/** A pattern for placeholders without a kind whose names match the pattern given. */
export function unknownPattern(name: RegExp, flags = ""): RegExp {
  return new RegExp(`${MARK}(?:${name.source})${MARK}`, flags);
}

/** The text for people: each placeholder as `${source}`. */
export function showUnknown(text: string): string {
  return hasUnknown(text) ? text.replace(PLACEHOLDER, (_, source: string) => `\${${source}}`) : text;
}

/** The text with a replacement for each placeholder that has no kind yet. */
export function replaceUnknown(text: string, replacement: (source: string, placeholder: string) => string): string {
  return text.replace(PLACEHOLDER, (placeholder, source: string, kind: string | undefined) =>
    kind === undefined ? replacement(source, placeholder) : placeholder,
  );
}

/** The text with another name for each placeholder, which keeps its kind. */
export function renameUnknown(text: string, rename: (source: string) => string): string {
  return text.replace(PLACEHOLDER, (_, source: string, kind: UnknownKind | undefined) => unknownText(rename(source), kind));
}

/** The text with the same filler for each placeholder. */
export function fillUnknown(text: string, filler: string): string {
  return hasUnknown(text) ? text.replace(WHOLE_PLACEHOLDER, () => filler) : text;
}

/** The known parts of the text, joined. */
export function stripUnknown(text: string): string {
  return fillUnknown(text, "");
}

/** A text of the same length, with spaces for each placeholder, to find positions in: a placeholder's name can hold any character. */
export function maskUnknown(text: string): string {
  return hasUnknown(text) ? text.replace(WHOLE_PLACEHOLDER, (placeholder) => " ".repeat(placeholder.length)) : text;
}

/** The text with the name of each placeholder in its place. */
export function nameUnknown(text: string): string {
  return hasUnknown(text) ? text.replace(PLACEHOLDER, (_, source: string) => source) : text;
}

/** The text with placeholders that have no kind. */
export function withoutKinds(text: string): string {
  return text.includes(KIND_MARK) ? text.replace(/\u0001[^\u0000]*(?=\u0000)/g, "") : text;
}

/** The offset of the first placeholder; -1 where there is none. */
export function indexOfUnknown(text: string): number {
  return text.indexOf(MARK);
}

/** Known text and placeholders in turn, beginning with known text, which may be empty. */
export function splitAtUnknown(text: string): string[] {
  return hasUnknown(text) ? text.split(MARK).map((part, index) => (index % 2 === 1 ? MARK + part + MARK : part)) : [text];
}

/** Known texts with a sign between them that something unknown separates them. */
export function joinAtUnknown(parts: readonly string[]): string {
  return parts.join(MARK);
}

/** Lower case, except in placeholders. */
export function lowerCase(text: string): string {
  if (!hasUnknown(text)) return text.toLowerCase();
  return text
    .split(MARK)
    .map((part, index) => (index % 2 === 0 ? part.toLowerCase() : part))
    .join(MARK);
}
