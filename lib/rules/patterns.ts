/** Compares texts with wildcards. */

const WILDCARD = /[*?]/;

/** Whether the pattern matches the text. In the text, `*` and `?` are ordinary characters. */
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

/** Whether `wide` matches everything that `narrow` matches, as far as the two texts show it. */
export function covers(wide: string, narrow: string): boolean {
  // Only a `*` in `wide` covers a `*` in `narrow`, a `?` does not.
  return matches(wide, narrow) && !(wide.includes("?") && narrow.includes("*") && wide !== narrow);
}

/** `matches` without regard to case, as actions compare. */
export function matchesAction(pattern: string, action: string): boolean {
  return matches(pattern.toLowerCase(), action.toLowerCase());
}

/** `covers` without regard to case, as actions compare. */
export function coversAction(wide: string, narrow: string): boolean {
  return covers(wide.toLowerCase(), narrow.toLowerCase());
}

/** The bucket of an S3 resource, and its object key if it has one; undefined for other ARNs. */
export function s3Resource(arn: string): { readonly bucket: string; readonly key?: string } | undefined {
  if (arn === "*") return { bucket: "*", key: "*" };
  const match = /^arn:[^:]*:s3:\*?:\*?:([^/]*)(?:\/(.*))?$/s.exec(arn);
  if (match === null) return /^arn:[^:]*:s3:[^/]*\*$/.test(arn) ? { bucket: "*", key: "*" } : undefined;
  return match[2] === undefined ? { bucket: match[1]! } : { bucket: match[1]!, key: match[2] };
}
