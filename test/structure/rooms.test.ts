/** The tree is as docs/architecture.md describes it: rooms that fit on one screen, with one door each, and no circles. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { circlesAmong, codeOf, documentedRooms, importsOf, isModule, linesIn, longSignaturesIn, ROOT, sourcesIn } from "./sources";

const FILES = [...sourcesIn("lib"), ...sourcesIn("cli")];
const ROOMS = documentedRooms();

/** The documented room that a file belongs to: the deepest one above it. */
function roomOf(file: string): string {
  const above = ROOMS.map(({ path }) => path).filter((path) => file.startsWith(`${path}/`));
  return above.sort((a, b) => b.length - a.length)[0] ?? "";
}

/** Files that are longer than 250 lines; the first comment of each says why. */
const LONG_FILES: readonly string[] = ["lib/access/data/other-services.ts", "cli/aws/causes.ts", "cli/errors.ts"];

describe("docs/architecture.md", () => {
  test("lists every folder that has a door, and no folder that does not exist", () => {
    const folders = new Set(FILES.map((file) => file.slice(0, file.lastIndexOf("/"))));
    const top = [...folders].filter((folder) => folder.split("/").length === 2);

    expect(top.filter((folder) => !ROOMS.some(({ path }) => path === folder))).toEqual([]);
    expect(ROOMS.map(({ path }) => path).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test("says which room may import which, and every import agrees", () => {
    const broken = FILES.flatMap((file) => {
      const from = roomOf(file);
      const allowed = ROOMS.find(({ path }) => path === from)?.mayImport ?? [];
      return importsOf(file)
        .filter((target) => !isModule(target))
        .map((target) => ({ target, to: roomOf(target) }))
        .filter(({ to }) => to !== from && !allowed.includes(to))
        .map(({ target }) => `${file} > ${target}`);
    });

    expect(broken).toEqual([]);
  });
});

describe("rooms", () => {
  test("are entered by an index: their own, or that of a folder inside them", () => {
    const beside = FILES.flatMap((file) =>
      importsOf(file)
        .filter((target) => !isModule(target) && roomOf(target) !== roomOf(file))
        .filter((target) => roomOf(target).includes("/") && !target.endsWith("/index.ts"))
        .map((target) => `${file} > ${target}`),
    );

    expect(beside).toEqual([]);
  });

  test("hold at most 16 files", () => {
    const folders = [...new Set(FILES.map((file) => file.slice(0, file.lastIndexOf("/"))))];
    const crowded = folders
      .map((folder) => ({ folder, files: readdirSync(join(ROOT, folder)).filter((name) => /(?<!\.d)\.ts$/.test(name)).length }))
      .filter(({ files }) => files > 16);

    expect(crowded).toEqual([]);
  });

  test("have no circle of imports", () => {
    expect(circlesAmong(FILES)).toEqual([]);
  });
});

describe("files", () => {
  test("have at most 250 lines, save those that say why", () => {
    expect(FILES.filter((file) => linesIn(file) > 250)).toEqual(LONG_FILES);
    expect(
      LONG_FILES.filter((file) => !/^\/\*\*[\s\S]*?\b(long|data|table)\b[\s\S]*?\*\//.test(readFileSync(join(ROOT, file), "utf8"))),
    ).toEqual([]);
  });

  test("have kebab-case names", () => {
    expect(FILES.filter((path) => !/^[a-z0-9/-]+\.ts$/.test(path))).toEqual([]);
  });

  test("leave the marks of placeholders to lib/unknown", () => {
    // `\x00-` begins a range of control characters.
    const marks = /\\u000[01]|\\x0[01](?!-)|\\0(?!\d)|[\x00\x01]|fromCharCode\([01]\)|charCodeAt\(0\) === 0/;

    expect(FILES.filter((file) => !file.startsWith("lib/unknown/")).filter((file) => marks.test(codeOf(file)))).toEqual([]);
  });

  test("have functions with at most three parameters: more become one named object", () => {
    const sources = [...FILES, ...sourcesIn("scripts")];

    expect(sources.flatMap((file) => longSignaturesIn(codeOf(file)).map((name) => `${file} ${name}`))).toEqual([]);
  });

  test("never silence the compiler with a cast to never or any", () => {
    expect(FILES.filter((file) => /\bas (never|any)\b/.test(codeOf(file)))).toEqual([]);
  });

  test("have one function that is called isUnknown", () => {
    expect(FILES.filter((file) => /(function|const) isUnknown\b/.test(codeOf(file)))).toEqual(["lib/unknown/placeholder.ts"]);
  });
});

test("a folder of test mirrors a room, or CONTRIBUTING.md says what it tests", () => {
  const page = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
  const others = [...page.matchAll(/^\| `(test\/[\w/-]+)` \|/gm)].map((match) => match[1]!);
  const roomFor = (folder: string) => folder.replace(/^test\/(cli\b)?/, (_, cli) => cli ?? "lib/");
  const folders = [...new Set(sourcesIn("test").map((file) => file.slice(0, file.lastIndexOf("/"))))];
  const isOther = (folder: string) => others.some((other) => folder === other || folder.startsWith(`${other}/`));

  expect(folders.filter((folder) => !existsSync(join(ROOT, roomFor(folder))) && !isOther(folder))).toEqual([]);
  expect(others.filter((other) => !existsSync(join(ROOT, other)) || existsSync(join(ROOT, roomFor(other))))).toEqual([]);
});

test("the count of parameters sees functions, methods, constructors, arrows and types of functions", () => {
  const code = `
    function one(a: string, { b, c, d }: Parts, e: Map<string, number>) {}
    function two(a: string, b = [1, 2, 3], c: (d: number, e: number) => void, f?: string): string {}
    class Three { constructor(private readonly a: string, b: number, c: number, d: number) {} four(a, b, c, d, ): void {} }
    const five = async (a: string, b: string, c: string, d: string): Promise<void> => {};
    interface Six { seven(a: string, b: string, c: string, d: string): void; eight: (a: string, b: string, c: string, d: string) => void }
    if (isOne(a, b, c, d)) { call(a, b, c, d); }
  `;

  expect(longSignaturesIn(code)).toEqual(["two", "constructor", "four", "five", "seven", "eight"]);
});

test("no test has a time limit of its own: on a busy machine a test takes as long as it takes", () => {
  const limited = sourcesIn("test").filter((file) =>
    /\{ timeout: [\d_]+|^\s*\}, [\d_]{4,}\);$|^\s*(\}, )?\w+_MS(,\n\s*)?\);$/m.test(codeOf(file)),
  );

  expect(limited.filter((file) => file.endsWith(".test.ts"))).toEqual([]);
});
