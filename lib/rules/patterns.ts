/** Texts with wildcards, compared with each other. */

const WILDCARD = /[*?]/;

/** Whether the pattern matches the text, in which `*` and `?` are characters like others. */
export function matches(pattern: string, text: string): boolean {
  if (pattern === text || pattern === "*") return true;
  const first = pattern.search(WILDCARD);
  if (first === -1 || !text.startsWith(pattern.slice(0, first))) return false;
  if (first === pattern.length - 1 && pattern[first] === "*") return true;
  const source = pattern
    .replace(/[\\^$.|+(){}[\]]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

/** Whether everything that the one pattern matches is matched by the other, as far as can be seen from the two. */
export function covers(wide: string, narrow: string): boolean {
  // A `*` of the narrow one can be met by a `*` of the wide one only, never by a `?`.
  return matches(wide, narrow) && !(wide.includes("?") && narrow.includes("*") && wide !== narrow);
}

/** Like `matches`, whatever the case: for actions. */
export function matchesAction(pattern: string, action: string): boolean {
  return matches(pattern.toLowerCase(), action.toLowerCase());
}

/** Like `covers`, whatever the case: for actions. */
export function coversAction(wide: string, narrow: string): boolean {
  return covers(wide.toLowerCase(), narrow.toLowerCase());
}

/** The bucket's part of an S3 resource, and the object's key if it has one; undefined for other ARNs. */
export function s3Resource(arn: string): { readonly bucket: string; readonly key?: string } | undefined {
  if (arn === "*") return { bucket: "*", key: "*" };
  const match = /^arn:[^:]*:s3:\*?:\*?:([^/]*)(?:\/(.*))?$/s.exec(arn);
  if (match === null) return /^arn:[^:]*:s3:[^/]*\*$/.test(arn) ? { bucket: "*", key: "*" } : undefined;
  return match[2] === undefined ? { bucket: match[1]! } : { bucket: match[1]!, key: match[2] };
}
