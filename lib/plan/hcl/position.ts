/** Lines and columns of offsets in a text. */

/** A place in a text, as editors and SARIF count: both from 1, columns in UTF-16 code units. */
export interface HclPosition {
  readonly line: number;
  readonly column: number;
}

/** The positions of several offsets, found in one pass over the text. */
export function positionsAt(text: string, offsets: readonly number[]): HclPosition[] {
  const found = new Map<number, HclPosition>();
  let line = 1;
  let lineStart = 0;
  for (const offset of [...new Set(offsets)].sort((left, right) => left - right)) {
    for (let end = text.indexOf("\n", lineStart); end >= 0 && end < offset; end = text.indexOf("\n", lineStart)) {
      line++;
      lineStart = end + 1;
    }
    found.set(offset, { line, column: offset - lineStart + 1 });
  }
  return offsets.map((offset) => found.get(offset)!);
}
