/**
 * Line numbers for JSON pointers.
 *
 * Models hold only pointers. A report looks up the lines of its findings, so that reading a plan does not pay for positions.
 */
import type { PolicyLocation } from "../../evaluate";
import { hclPositions } from "../hcl";
import type { PlanFile } from "../types";
import { textOfFile } from "./decode";
import { isHclFile } from "./file-kind";
import { fileNameOf } from "./paths";

/** The line, from 1, where the value at the pointer begins; that of the nearest enclosing value where the file has no such value. */
export function lineOf(text: string, pointer: string): number {
  return linesOf(text, [pointer])[0]!;
}

/** The lines of several pointers, found in one pass over the text. */
export function linesOf(text: string, pointers: readonly string[]): number[] {
  const offsets = new PointerScan(text).offsets(pointers);
  const sorted = [...new Set(offsets)].sort((left, right) => left - right);
  const lines = new Map<number, number>();
  let line = 1;
  // A plan is often one long line, which is searched for its end once.
  let end = text.indexOf("\n");
  for (const offset of sorted) {
    for (; end >= 0 && end < offset; end = text.indexOf("\n", end + 1)) line++;
    lines.set(offset, line);
  }
  return offsets.map((offset) => lines.get(offset)!);
}

/** The location with its line. Unchanged where the file is not among those given or the location has no pointer. */
export function withLine(location: PolicyLocation, files: readonly PlanFile[]): PolicyLocation {
  return withLines([location], files)[0]!;
}

/** Like `withLine` for many locations, in one pass over each file. */
export function withLines(locations: readonly PolicyLocation[], files: readonly PlanFile[]): PolicyLocation[] {
  const result = [...locations];
  for (const file of files) {
    const wanted = locations.flatMap((location, index) => (location.file === file.path && location.pointer !== undefined ? [index] : []));
    if (wanted.length === 0) continue;
    const pointers = wanted.map((index) => locations[index]!.pointer!);
    const text = textOfFile(file);
    const lines = isHclFile(fileNameOf(file.path)) ? hclPositions(text, pointers).map(({ line }) => line) : linesOf(text, pointers);
    for (const [position, index] of wanted.entries()) result[index] = { ...locations[index]!, line: lines[position]! };
  }
  return result;
}

/** The pointers as a tree, so that the scan skips values that no pointer leads into. */
interface Wanted {
  readonly children: Map<string, Wanted>;
  offset: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Scans valid JSON once. It descends only where a pointer leads, and stops when all pointers are found. */
class PointerScan {
  private at = 0;
  private missing = 0;

  public constructor(private readonly text: string) {}

  public offsets(pointers: readonly string[]): number[] {
    const root = this.wanted();
    const paths = pointers.map((pointer) => this.path(root, pointer));
    this.value(root);
    return paths.map((path) => path.findLast((node) => node.offset >= 0)?.offset ?? 0);
  }

  private wanted(): Wanted {
    this.missing++;
    return { children: new Map(), offset: -1 };
  }

  private path(root: Wanted, pointer: string): Wanted[] {
    const path = [root];
    for (const step of pointer.split("/").slice(1)) {
      const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
      const { children } = path.at(-1)!;
      const next = children.get(name) ?? this.wanted();
      children.set(name, next);
      path.push(next);
    }
    return path;
  }

  private value(wanted: Wanted): void {
    this.space();
    if (wanted.offset < 0) this.missing--;
    wanted.offset = this.at;
    const opening = this.text[this.at];
    if (this.missing === 0) return;
    if (wanted.children.size === 0 || (opening !== "{" && opening !== "[")) this.skipValue();
    else this.members(wanted, opening);
  }

  private members(wanted: Wanted, opening: "{" | "["): void {
    this.at++;
    for (let index = 0; ; index++) {
      this.space();
      const character = this.text[this.at];
      if (character === undefined || character === "}" || character === "]") break;
      const next = wanted.children.get(opening === "{" ? this.key() : String(index));
      if (next === undefined) this.skipValue();
      else this.value(next);
      if (this.missing === 0) return;
      this.space();
      if (this.text[this.at] === ",") this.at++;
    }
    this.at++;
  }

  private key(): string {
    const from = this.at;
    this.skipText();
    const quoted = this.text.slice(from, this.at);
    this.space();
    this.at++;
    return quoted.includes("\\") ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  }

  private skipValue(): void {
    let depth = 0;
    this.space();
    do {
      const code = this.text.charCodeAt(this.at);
      if (code === QUOTE) this.skipText();
      else if (code === 0x7b || code === 0x5b) {
        depth++;
        this.at++;
      } else if (code === 0x7d || code === 0x5d) {
        depth--;
        this.at++;
      } else if (depth === 0) this.skipWord();
      else this.at++;
    } while (depth > 0 && this.at < this.text.length);
  }

  /** A number, `true`, `false` or `null`. */
  private skipWord(): void {
    do this.at++;
    while (this.at < this.text.length && !",]} \n\r\t".includes(this.text[this.at]!));
  }

  private skipText(): void {
    let end = this.at;
    do end = this.text.indexOf('"', end + 1);
    while (end >= 0 && this.isEscaped(end));
    this.at = end < 0 ? this.text.length : end + 1;
  }

  private isEscaped(at: number): boolean {
    let from = at;
    while (this.text.charCodeAt(from - 1) === BACKSLASH) from--;
    return (at - from) % 2 === 1;
  }

  private space(): void {
    for (let code = this.text.charCodeAt(this.at); code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09; ) {
      code = this.text.charCodeAt(++this.at);
    }
  }
}
