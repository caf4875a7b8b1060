/** Renders `docs/errors.md` from the tests that read each message word for word. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..", "..");

/** Where the page is, from the root. */
export const ERRORS_PAGE = "docs/errors.md";

/** The tests of the messages, and who writes them. */
const GROUPS = [
  {
    title: "Of the constructs",
    text: "The constructs throw these at synthesis. Warnings have the same form and do not stop it.",
    test: "test/errors/errors.test.ts",
  },
  {
    title: "Of the program",
    text: "`vendor-destination` prints these on standard error and exits with 2.",
    test: "test/cli/errors.test.ts",
  },
] as const;

/** The page's text. */
export function errorsPage(): string {
  const groups = GROUPS.map(({ title, text, test }) => `## ${title}\n\n${text}\n\n${sections(messagesIn(test))}`);
  return `# Errors

Each message has a code, the value that is wrong, the rule that it breaks, and what to do:

\`\`\`text
Code: 'prop' rule, got <JSON>; <what to do> (at <construct path>)
\`\`\`

In other languages than TypeScript the code is a part of the error's text, so match it there. The values below are examples.

${groups.join("\n\n")}
`;
}

/** The texts of messages in a test, by their codes. */
function messagesIn(path: string): ReadonlyMap<string, readonly string[]> {
  const messages = new Map<string, string[]>();
  const visit = (node: ts.Node): void => {
    const code = ts.isStringLiteralLike(node) ? /^([A-Z][A-Za-z]+): ./.exec(node.text)?.[1] : undefined;
    if (code !== undefined) messages.set(code, [...(messages.get(code) ?? []), (node as ts.StringLiteralLike).text]);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(join(ROOT, path), "utf8"), ts.ScriptTarget.Latest));
  return new Map([...messages].sort(([a], [b]) => a.localeCompare(b, "en")));
}

function sections(messages: ReadonlyMap<string, readonly string[]>): string {
  const texts = [...messages].map(([code, all]) => `### ${code}\n\n\`\`\`text\n${[...new Set(all)].join("\n")}\n\`\`\``);
  return texts.join("\n\n");
}
