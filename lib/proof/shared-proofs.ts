/**
 * Equal questions share one answer. Destinations differ mostly in names, so stand-ins replace the names first.
 *
 * The replacement changes no comparison of texts as long as no wildcard can match a part of a name: two texts are equal, or one begins with
 * the other, exactly if they did before.
 */

export interface Names {
  readonly bucket: string;
  readonly role?: string;
  readonly externalIds: readonly string[];
}

interface Renaming {
  readonly name: string;
  readonly standIn: string;
}

const MOST_ANSWERS = 2_000;
const answers = new Map<string, string>();

/** The answer for some facts; computed from the renamed facts, and renamed back. */
export function sharedAnswer<Facts, Answer>(facts: Facts, names: Names, answer: (facts: Facts) => Answer): Answer {
  const text = JSON.stringify(facts);
  const renamings = renamingsOf(names);
  const renamed = renamings.reduce((sum, { name, standIn }) => sum.replaceAll(name, standIn), text);
  if (!canBeRenamed(text, renamings)) return answer(facts);
  let known = answers.get(renamed);
  if (known === undefined) {
    if (!isSafe(renamed)) return answer(facts);
    known = JSON.stringify(answer(JSON.parse(renamed) as Facts));
    if (answers.size >= MOST_ANSWERS) answers.clear();
    answers.set(renamed, known);
  }
  return JSON.parse(renamings.reduceRight((sum, { name, standIn }) => sum.replaceAll(standIn, name), known)) as Answer;
}

/** The longest first, because one name may be a part of another. */
function renamingsOf({ bucket, role, externalIds }: Names): Renaming[] {
  const named = [
    { name: bucket, standIn: "stand-in-for-the-bucket" },
    ...(role === undefined ? [] : [{ name: role, standIn: "stand-in-for-the-role" }]),
    ...externalIds.map((name, index) => ({ name, standIn: `stand-in-for-the-external-id-${index}-` })),
  ];
  return named
    .map(({ name, standIn }) => ({ name: JSON.stringify(name).slice(1, -1), standIn }))
    .sort((a, b) => b.name.length - a.name.length);
}

const BUCKET_PATTERN = /^arn:[\w-]+:s3:::stand-in-for-the-bucket\/(?:[^*?]*\/)?\*$/;
const ACTION_PATTERN = /^[\w-]+:\w*\*$/;

function canBeRenamed(text: string, renamings: readonly Renaming[]): boolean {
  // A quotation mark or a variable inside a text would hide its end.
  if (text.includes("stand-in-for-the-") || text.includes('\\"') || text.includes("${")) return false;
  if (renamings.some(({ name }) => name.length < 3 || /[*?\\:/]/.test(name))) return false;
  if (renamings.some(({ name, standIn }) => standIn.includes("external-id") && MAY_BE_OF_AWS.test(name))) return false;
  return new Set(renamings.map(({ name }) => name)).size === renamings.length;
}

function isSafe(renamed: string): boolean {
  for (const [, quoted, colon] of renamed.matchAll(/"((?:[^"\\]|\\.)*)"(:?)/g)) {
    const word = quoted!;
    if (word.includes("stand-in-for-the-") && (colon !== "" || !NAMED.test(word))) return false;
    if (/[*?]/.test(word) && word !== "*" && !ACTION_PATTERN.test(word) && !BUCKET_PATTERN.test(word)) return false;
  }
  return true;
}

/** Texts in which a name is replaced. Elsewhere it does not mean the bucket, the role or the external ID. */
const NAMED =
  /^(arn:[\w-]+:s3:::stand-in-for-the-bucket(\/(?!.*stand-in-for-the-).*)?|arn:[\w-]+:(iam|sts)::\d{12}:(role|assumed-role)\/(?:[\w+=,.@-]+\/)*stand-in-for-the-role(\/(?!.*stand-in-for-the-).*)?|stand-in-for-the-external-id-\d+-)$/;

/** An external ID that could be a word or value of AWS's own: `Allow`, `AES256`, an account, a date. */
const MAY_BE_OF_AWS = /^([a-z]+|[a-z]+[\d-]+[\da-z-]*|[\d.:-]+)$/i;
