/** Writes plain text line by line. Every report for a terminal goes through this class, which escapes all text and then colours it. */
import { type EscapedText, printable } from "./printable";

const COLOURS = { pass: 32, fail: 31, unknown: 33, high: 31, medium: 33, low: 36, info: 90, grey: 90, bold: 1 } as const;
export type Colour = keyof typeof COLOURS;

/** A part of a line: text, or text in a colour. */
export type Piece = string | { readonly text: string; readonly colour: Colour };

export function paint(text: string, colour: Colour): Piece {
  return { text, colour };
}

export interface TextOptions {
  readonly colour: boolean;
}

export class TextWriter {
  private readonly lines: string[] = [];

  constructor(private readonly options: TextOptions) {}

  /** One line, whatever its pieces hold. */
  line(...pieces: readonly Piece[]): this {
    this.lines.push(pieces.map((piece) => this.render(piece)).join(""));
    return this;
  }

  /** An empty line between two parts, none before the first. */
  gap(): this {
    if (this.lines.length > 0) this.lines.push("");
    return this;
  }

  /** `      cause     …`, unless there is no text. */
  field(label: string, text: string | undefined): this {
    return text === undefined || text === "" ? this : this.line(`      ${label.padEnd(9)} ${text}`);
  }

  get text(): EscapedText {
    return this.lines.map((line) => `${line}\n`).join("") as EscapedText;
  }

  private render(piece: Piece): string {
    if (typeof piece === "string") return printable(piece);
    const text = printable(piece.text);
    return this.options.colour ? `\u001b[${COLOURS[piece.colour]}m${text}\u001b[0m` : text;
  }
}

const ERASE_LINE = "\r\u001b[K";

/** Replaces the line that a terminal shows. */
export function progressText(text: string): EscapedText {
  return `${ERASE_LINE}${printable(text).slice(0, 100)}` as EscapedText;
}

/** Removes the line that `progressText` wrote. */
export const NO_PROGRESS = ERASE_LINE as EscapedText;
