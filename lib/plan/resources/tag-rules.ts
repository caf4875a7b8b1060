/** The tags that AWS refuses. */
import { isObject } from "../../json";
import { hasUnknown } from "../../unknown";
import { asText } from "../expression/value";

const MOST_TAGS = 50;
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const PHRASE = "letters, digits, spaces and _.:/=+-@";

/**
 * The rule that a map of tags breaks; undefined if it breaks none, or if that depends on unknown parts.
 *
 * @param ignoresCase whether the service takes keys that differ only in case for the same, as IAM does
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html
 */
export function brokenTagRule({ ignoresCase }: { readonly ignoresCase: boolean }): (tags: unknown) => string | undefined {
  return (tags) => {
    if (!isObject(tags)) return undefined;
    const keys = Object.keys(tags).filter((key) => !hasUnknown(key));
    if (keys.length > MOST_TAGS) return `must hold at most ${MOST_TAGS} tags`;
    if (ignoresCase && new Set(keys.map((key) => key.toLowerCase())).size < keys.length)
      return "must not hold keys that differ only in case";
    const values = Object.values(tags).flatMap((value) => asText(value) ?? []);
    return first(keys, brokenKeyRule) ?? first(values, (value) => (hasUnknown(value) ? undefined : brokenValueRule(value)));
  };
}

function first(texts: readonly string[], broken: (text: string) => string | undefined): string | undefined {
  for (const text of texts) {
    const rule = broken(text);
    if (rule !== undefined) return rule;
  }
  return undefined;
}

function brokenKeyRule(key: string): string | undefined {
  if (/^aws:/i.test(key)) return 'must not hold a key that begins with "aws:", which AWS reserves';
  if (key === "" || key.length > 128) return "must hold keys of 1 to 128 characters";
  return CHARACTERS.test(key) ? undefined : `must hold keys out of ${PHRASE}`;
}

function brokenValueRule(value: string): string | undefined {
  if (value.length > 256) return "must hold values of at most 256 characters";
  return CHARACTERS.test(value) ? undefined : `must hold values out of ${PHRASE}`;
}
