/** Where a text stops being JSON. For texts that `JSON.parse` refused: its messages do not name the position in every engine. */

const SPACE = /[ \t\n\r]*/y;
const WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const PLAIN_TEXT = /[^"\\\x00-\x1f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** What can come next. */
type State = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end" | "nothing";

/** The offset of the first unexpected character; the length of the text where it ends too early. */
export function findJsonError(text: string): number {
  const open: ("{" | "[")[] = [];
  let state: State = "value";
  for (let at = skip(SPACE, text, 0); at < text.length; at = skip(SPACE, text, at)) {
    const character = text[at]!;
    const inside: "{" | "[" | undefined = open.at(-1);
    const isEnd = character === (inside === "{" ? "}" : "]") && inside !== undefined;
    if (isEnd && (state === "value or end" || state === "key or end" || state === "comma or end")) {
      open.pop();
      state = open.length === 0 ? "nothing" : "comma or end";
      at++;
    } else if (state === "colon" && character === ":") {
      state = "value";
      at++;
    } else if (state === "comma or end" && character === ",") {
      state = inside === "{" ? "key" : "value";
      at++;
    } else if ((state === "value" || state === "value or end") && (character === "{" || character === "[")) {
      open.push(character);
      state = character === "{" ? "key or end" : "value or end";
      at++;
    } else {
      const isKey: boolean = state === "key" || state === "key or end";
      const end = character === '"' ? endOfText(text, at) : isKey ? at : skip(WORD, text, at);
      if (end === at || state === "colon" || state === "comma or end" || state === "nothing") return at;
      state = isKey ? "colon" : inside === undefined ? "nothing" : "comma or end";
      at = end;
    }
  }
  return text.length;
}

/** The offset after the closing quote; `start` where there is none. */
function endOfText(text: string, start: number): number {
  for (let at = skip(PLAIN_TEXT, text, start + 1); ; at = skip(PLAIN_TEXT, text, at)) {
    if (text[at] === '"') return at + 1;
    const end = skip(ESCAPE, text, at);
    if (end === at) return start;
    at = end;
  }
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
