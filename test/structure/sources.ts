/** The sources as a graph: files, what they import, and the rooms that docs/architecture.md lists. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export const ROOT = join(__dirname, "..", "..");

/** Every TypeScript source below a folder, by its path from the root. */
export function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.m?ts$/.test(path) && !path.endsWith(".d.ts") && !/(^|[\\/])(fixtures|cdktf\.out)[\\/]/.test(path))
    .map((path) => join(folder, path).replaceAll("\\", "/"))
    .sort();
}

const CODE = new Map<string, string>();

/** The text of a file without comments. */
export function codeOf(path: string): string {
  let code = CODE.get(path);
  if (code === undefined) {
    code = readFileSync(join(ROOT, path), "utf8")
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .replace(/^\s*\/\/.*$/gm, "");
    CODE.set(path, code);
  }
  return code;
}

/** The package under its own name. */
const OWN: Readonly<Record<string, string>> = {
  "cdktf-vendor-destination": "lib/index.ts",
  "cdktf-vendor-destination/testing": "lib/testing/index.ts",
};

/** What a file imports: paths from the root, or names of modules. */
export function importsOf(path: string): string[] {
  const specifiers = [...codeOf(path).matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*"([^"\s]+)"/g)].map((match) => match[1]!);
  return specifiers.map((specifier) => (specifier.startsWith(".") ? resolveImport(path, specifier) : (OWN[specifier] ?? specifier)));
}

function resolveImport(from: string, specifier: string): string {
  const target = relative(ROOT, join(ROOT, dirname(from), specifier.replace(/\.js$/, ""))).replaceAll("\\", "/") || ".";
  const candidates = [`${target}.ts`, `${target}.mts`, `${target}/index.ts`, target];
  return candidates.find((candidate) => existsSync(join(ROOT, candidate))) ?? target;
}

export const isModule = (target: string) => !/\.m?(ts|js)$/.test(target) && !existsSync(join(ROOT, target));
export const within = (folder: string) => (target: string) => target.startsWith(`${folder}/`);

/** The number of lines of a file. */
export function linesIn(path: string): number {
  return readFileSync(join(ROOT, path), "utf8").trimEnd().split("\n").length;
}

export interface Room {
  readonly path: string;
  readonly mayImport: readonly string[];
}

/** The rows of the table of rooms in docs/architecture.md. */
export function documentedRooms(): Room[] {
  const page = readFileSync(join(ROOT, "docs/architecture.md"), "utf8");
  return [...page.matchAll(/^\| `((?:lib|cli)[a-z/-]*)` \|[^|]*\|([^|]*)\|$/gm)].map(([, path, mayImport]) => ({
    path: path!,
    mayImport: [...mayImport!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!),
  }));
}

/** The circles of imports: each a list of files that reach each other. */
export function circlesAmong(files: readonly string[]): string[][] {
  const known = new Set(files);
  const index = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    lowest.set(file, index.get(file)!);
    open.push(file);
    for (const target of importsOf(file)) {
      if (!known.has(target)) continue;
      if (!index.has(target)) visit(target);
      if (open.includes(target)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(target)!));
    }
    if (lowest.get(file) !== index.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1 || importsOf(file).includes(file)) circles.push(circle);
  };
  for (const file of files) if (!index.has(file)) visit(file);
  return circles;
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** The functions, methods and types of functions that have more than three parameters, by name. */
export function longSignaturesIn(code: string): string[] {
  return [...code.matchAll(/([\w$]*)(?:<[^()<>]*>)?\s*(?:[:=]\s*(?:async )?)?\(/g)].flatMap((match) => {
    const list = listAt(code, match.index + match[0].length);
    const isSignature = list.items > 3 && !/^(if|for|while|switch|catch)$/.test(match[1]!) && isBody(code.slice(list.end, list.end + 200));
    return isSignature ? [match[1]!] : [];
  });
}

/** What follows the parameters of a function: its body, its type, or the arrow. */
function isBody(rest: string): boolean {
  return /^\s*(\{|=>|:\s*[\w("[{][^;]*?(\{|=>|;))/.test(rest);
}

/** The number of items in the list that begins at an offset, and the offset behind its closing parenthesis. */
function listAt(code: string, start: number): { readonly items: number; readonly end: number } {
  const open: string[] = [")"];
  let items = 0;
  let isEmpty = true;
  let at = start;
  for (; at < code.length && open.length > 0; at++) {
    const character = code[at]!;
    if (character === open.at(-1)) open.pop();
    else if (CLOSING[character] !== undefined) open.push(CLOSING[character]);
    else if (character === "<" && /\w/.test(code[at - 1]!)) open.push(">");
    if (open.length === 1 && character === ",") {
      items++;
      isEmpty = true;
    } else if (open.length > 0 && character.trim() !== "") isEmpty = false;
  }
  return { items: isEmpty ? items : items + 1, end: at };
}
