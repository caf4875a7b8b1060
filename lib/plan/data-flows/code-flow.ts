/** Flows of objects that are run or trusted. */
import { isUnknown, replaceUnknown } from "../../unknown";
import type { Flow } from "./flow";

/** @param key of the object; ends in `/` for a folder, and is empty for the whole bucket */
export function code(means: string, source: string, key: string): Flow {
  return { kind: "code", means, source, key, recipients: [] };
}

/** The flow, where the reader may make something else of the object than code. */
export function asPossible(flow: Flow): Flow {
  return { ...flow, kind: "possibleCode" };
}

export function asFolder(key: string, isFolder: boolean | undefined): string {
  return isFolder && key !== "" && !key.endsWith("/") ? `${key}/` : key;
}

/** The object at a URL, URI or ARN, or at a bucket and a key with a slash between them. Of a list in one text, each counts. */
export function codeAt(means: string, given: string | undefined, isFolder?: true): Flow[] {
  if (given === undefined) return [];
  return itemsOf(given).map((text) => {
    const isOpen: boolean = isUnknown(text);
    if (isOpen) return code(means, text, text);
    const end = endOfBucket(text);
    return code(means, text.slice(0, end), asFolder(text.slice(end + 1), isFolder));
  });
}

function itemsOf(text: string): string[] {
  return [...masking(text).matchAll(/[^,]+/g)].map(({ 0: item, index }) => text.slice(index, index + item.length).trim());
}

function endOfBucket(text: string): number {
  const masked = masking(text);
  const [scheme = ""] = /^(?:s3[an]?:\/\/|https?:\/\/(?:s3[\w.-]*\.amazonaws\.com(?:\.cn)?\/)?|arn:[^:]*:s3:::)/.exec(masked) ?? [];
  const slash = masked.indexOf("/", scheme.length);
  return slash === -1 ? masked.length : slash;
}

/** The text with letters in place of what is unknown, of the same length. */
export function masking(text: string): string {
  return replaceUnknown(text, (_, placeholder) => "x".repeat(placeholder.length));
}
