/** A report as a terminal shows it, as SVG. */

const COLOURS: Readonly<Record<string, string>> = { "31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "36": "#79c0ff", "90": "#8b949e" };
const LINE = 18;
const CHARACTER = 7.83;
const PADDING = 16;
const COLUMNS = 110;
const INDENT = " ".repeat(16);
const SEQUENCE = /(\u001b\[\d+m)/;

/** The picture of a text with the ANSI sequences that reports use. */
export function terminalPicture(text: string, label: string): string {
  const lines = text
    .trimEnd()
    .split("\n")
    .flatMap((line) => wrapped(line));
  const style: Style = { colour: "", bold: false };
  const width = Math.ceil(Math.max(...lines.map((line) => plain(line).length)) * CHARACTER + 2 * PADDING);
  const height = lines.length * LINE + 2 * PADDING;
  const rows = lines.map(
    (line, index) => `<text x="${PADDING}" y="${PADDING + 13 + index * LINE}" xml:space="preserve">${spans(line, style)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(label)}">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g fill="#e6edf3" font-size="13" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace">
${rows.join("\n")}
</g>
</svg>
`;
}

interface Style {
  colour: string;
  bold: boolean;
}

/** The line in pieces that fit, broken between words. */
function wrapped(line: string): readonly string[] {
  const lines = [""];
  for (const word of line.split(/(?<= )(?! )/)) {
    if (plain(lines.at(-1)! + word.trimEnd()).length > COLUMNS) lines.push(INDENT);
    lines[lines.length - 1] += word;
  }
  return lines;
}

function plain(line: string): string {
  return line
    .split(SEQUENCE)
    .filter((_, index) => index % 2 === 0)
    .join("");
}

/** @param style changes with the sequences of the line, and lasts beyond its end. */
function spans(line: string, style: Style): string {
  const pieces = line.split(SEQUENCE);
  return pieces
    .map((piece, index) => {
      if (index % 2 === 0) return piece === "" ? "" : `<tspan${attributes(style)}>${escaped(piece)}</tspan>`;
      const code = piece.slice(2, -1);
      if (code === "0") Object.assign(style, { colour: "", bold: false });
      else if (code === "1") style.bold = true;
      else style.colour = COLOURS[code] ?? "";
      return "";
    })
    .join("");
}

function attributes({ colour, bold }: Style): string {
  return `${colour === "" ? "" : ` fill="${colour}"`}${bold ? ' font-weight="bold"' : ""}`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
