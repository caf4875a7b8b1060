/**
 * Text that is not known yet.
 *
 * A plan holds values that only `apply` will know: `arn:aws:s3:::${aws_s3_bucket.logs.bucket}/*`. The plan reader turns such a part
 * into a placeholder: the name of what is missing between two U+0000, a character that no policy and no AWS name may hold. So a text
 * that is known in part stays one string, two texts with the same placeholder are known to be equal there, and everything else
 * about a placeholder is undecided, save for what its kind says: that stands behind the name, after U+0001.
 */
const MARK = "\u0000";
const KIND_MARK = "\u0001";
const PLACEHOLDER = /\u0000([^\u0000\u0001]*)(?:\u0001([^\u0000]*))?\u0000/g;
const LONE = /^\u0000[^\u0000\u0001]*\u0001([^\u0000]*)\u0000$/;

/**
 * What a value can be that is not known, where AWS or the delivery contract sets bounds to it, and the characters that it may hold.
 *
 * - `name`: a name of a bucket or role, or a part of one.
 * - `path`: a name of a role or user, or a part of one, maybe with its path.
 * - `bucketArn`: the ARN of a bucket.
 * - `otherAccount`: an account ID, 12 digits, of another account than the one that is judged.
 * - `otherPrincipal`: the ARN of one role or user of such an account.
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
} as const;

export type UnknownKind = keyof typeof CHARACTERS;

/** The placeholder for a value that is not known, named after where it comes from, for example `aws_s3_bucket.logs.arn`. */
export function unknownText(source: string, kind?: UnknownKind): string {
  const name = /[\u0000\u0001]/.test(source) ? source.replace(/[\u0000\u0001]/g, "") : source;
  return MARK + name + (kind === undefined ? "" : KIND_MARK + kind) + MARK;
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
  return hasUnknown(text) ? text.replace(PLACEHOLDER, (_, source: string) => `\${${source}}`) : text;
}

/** The text with something else in the place of each placeholder that has no kind yet. */
export function replaceUnknown(text: string, replacement: (source: string, placeholder: string) => string): string {
  return text.replace(PLACEHOLDER, (placeholder, source: string, kind: string | undefined) =>
    kind === undefined ? replacement(source, placeholder) : placeholder,
  );
}

/** The kind of a text that is one placeholder. */
export function kindOfUnknown(text: string): UnknownKind | undefined {
  return text.startsWith(MARK) ? (LONE.exec(text)?.[1] as UnknownKind | undefined) : undefined;
}

/** Whether the text has a placeholder of no kind, which may stand for a wildcard as well. */
export function mayHoldAnything(text: string): boolean {
  return hasUnknown(text) && [...text.matchAll(PLACEHOLDER)].some((match) => match[2] === undefined);
}

/** Whether a value of that kind may hold the character. */
export function mayHold(kind: UnknownKind | undefined, character: string): boolean {
  return kind === undefined || CHARACTERS[kind].test(character);
}

/** Lower case, save in the names of placeholders. */
export function lowerCase(text: string): string {
  if (!hasUnknown(text)) return text.toLowerCase();
  return text
    .split(MARK)
    .map((part, index) => (index % 2 === 0 ? part.toLowerCase() : part))
    .join(MARK);
}
