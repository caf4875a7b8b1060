export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be";

/** The encoding of a text that begins with a byte order mark or with an ASCII character, as JSON does. PowerShell redirects in UTF-16. */
export function encodingOf([first, second]: Uint8Array): TextEncoding {
  if (first === undefined || second === undefined) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  // A zero byte beside the first character.
  return second === 0 ? "utf-16le" : first === 0 ? "utf-16be" : "utf-8";
}

/** The text without its byte order mark. Bytes that are invalid in the encoding become replacement characters. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}
