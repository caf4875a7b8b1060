/** The anchors that GitHub gives to headings. */

/** The anchor of a heading's text, without the number of a repeated one. */
export function slugOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}
