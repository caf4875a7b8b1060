/** Parses string templates: text with expressions between `${` and `}`. */
import { Scanner } from "./scanner";
import { type Expression, ExpressionSyntaxError } from "./syntax";

/** Text without characters that could end it or begin an escape or expression. */
const PLAIN = /[^$%"\\]+/y;

export abstract class TemplateParser extends Scanner {
  protected abstract expression(): Expression;

  protected templateParts(quoted: boolean): Expression[] {
    const parts: Expression[] = [];
    let literal = "";
    const flush = (): void => {
      if (literal !== "") parts.push({ kind: "literal", value: literal, source: literal });
      literal = "";
    };
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) {
        if (quoted) this.fail();
        break;
      }
      if (quoted && character === '"') break;
      if (quoted && character === "\\") {
        literal += this.escape();
      } else if ((character === "$" || character === "%") && this.text.startsWith(`${character}{`, this.at + 1)) {
        literal += `${character}{`;
        this.at += 3;
      } else if (character === "$" && this.text[this.at + 1] === "{") {
        flush();
        this.at += 2;
        if (this.text[this.at] === "~") this.fail();
        parts.push(this.expression());
        this.expect("}");
      } else if (character === "%" && this.text[this.at + 1] === "{") {
        throw new ExpressionSyntaxError("template directives (%{ … }) are not read", { cause: "unsupported" });
      } else {
        this.at++;
        literal += character + (this.match(PLAIN) ?? "");
      }
    }
    flush();
    return parts;
  }
}
