import { expect, test } from "vitest";
import { HclSyntaxError, parseHcl } from "../../../lib/plan/hcl";

/** The error as people read it. */
function errorIn(text: string): string {
  try {
    parseHcl(text);
    return "";
  } catch (error) {
    expect(error).toBeInstanceOf(HclSyntaxError);
    return (error as HclSyntaxError).message;
  }
}

test.each([
  ["a", 'expected "=" or "{" after "a", got the end of the file at line 1, column 2'],
  ["a = ", "expected an expression, got the end of the file at line 1, column 5"],
  ["a = 1 b = 2", 'expected a line break after the argument, got "b" at line 1, column 7'],
  ["a = 1,\n", "arguments must be separated by line breaks, not by commas at line 1, column 6"],
  ["a = 1\na = 2\n", '"a" stands here twice at line 2, column 1'],
  ["a = 1\na {\n}\n", '"a" stands here as an argument and as a block at line 2, column 1'],
  ['a "x" {\n}\na {\n}\n', 'the block "a" has another number of labels than one before it at line 3, column 1'],
  ["= 1", 'expected an argument or a block, got "=" at line 1, column 1'],
  ['"a" = 1', "the name of an argument or block must not be quoted at line 1, column 1"],
  ["a {\n  b = 1\n", 'expected an argument, a block or "}", got the end of the file at line 3, column 1'],
  ["a {", 'the block is not closed by "}" at line 1, column 3'],
  ["a {} b {}", 'expected a line break after the block, got "b" at line 1, column 6'],
  ["a { b = 1, c = 2 }", 'expected "}"; a block on one line can hold only one argument, got "," at line 1, column 10'],
  ["a { b {} }", 'expected "="; a block on one line can hold only one argument, got "{" at line 1, column 7'],
  ['a "b\n" {}', "the label is not closed by a double quote at line 1, column 3"],
  ['a "${b}" {}', 'a label must not hold "${" at line 1, column 4'],
  ["a b = 1", 'expected a label or "{", got "=" at line 1, column 5'],
  ['a = "b', "the string is not closed by a double quote at line 1, column 5"],
  ['a = "b\n"', 'a quoted string must end on its line; write "\\n" for a line break, or "<<EOT" for several lines at line 1, column 7'],
  ['a = "\\x"', '"\\x" is no escape sequence; a backslash is written "\\\\" at line 1, column 6'],
  ['a = "\\u12"', '"\\u" must be followed by 4 hexadecimal digits at line 1, column 6'],
  ['a = "\\ud800"', '"\\ud800" is no character at line 1, column 6'],
  ['a = "${b"', 'expected "}" at the end of "${"; a literal "${" is written "$${", got a double quote at line 1, column 9'],
  ['a = "${b c}"', 'expected "}" at the end of "${"; a literal "${" is written "$${", got "c" at line 1, column 10'],
  ['a = "%{ if b }"', '"%{ if }" is not closed by "%{ endif }" at line 1, column 6'],
  ['a = "%{ endfor }"', '"%{ endfor }" has nothing to end here at line 1, column 6'],
  ['a = "%{ while b }"', '"%{ while }" is no directive; use "if", "else", "endif", "for" or "endfor" at line 1, column 9'],
  ['a = "%{ }"', 'expected "if", "else", "endif", "for" or "endfor" in "%{", got "}" at line 1, column 9'],
  ["a = <<EOT\nb\n", 'the heredoc is not closed by a line with "EOT" at line 1, column 5'],
  ["a = <<EOT\nb\nEOT", 'the heredoc is not closed by a line with "EOT" at line 1, column 5'],
  ["a = <<EOT b\n", 'the marker behind "<<" must be a name, and the line must end there at line 1, column 5'],
  ["a = <<EOT\nb\rc\nEOT\n", "a carriage return must be followed by a line feed at line 2, column 2"],
  ["a = [1 2]", 'expected "," or "]" after the item of a list, got "2" at line 1, column 8'],
  ["a = { b }", 'expected "=" after the key of an object, got "}" at line 1, column 9'],
  ["a = { b = 1 c = 2 }", 'expected a line break, "," or "}" after the value of an object, got "c" at line 1, column 13'],
  ["a = f(1 2)", 'expected "," or ")" after the argument of a function, got "2" at line 1, column 9'],
  ["a = f(b..., c)", 'expected ")" after "...", got "," at line 1, column 11'],
  ["a = f::1", 'expected the name of a function after "::", got "1" at line 1, column 8'],
  ["a = f::g", 'expected "(" after the name of a function, got the end of the file at line 1, column 9'],
  ["a = (1", 'expected ")", got the end of the file at line 1, column 7'],
  ["a = b ? 1", 'expected ":" and the other result of the condition, got the end of the file at line 1, column 10'],
  ["a = b.", 'expected the name of an attribute after ".", got the end of the file at line 1, column 7'],
  ["a = b.0.1", 'two indexes after each other are written "[0][1]" at line 1, column 7'],
  ["a = b.*.*", 'a splat ".*" must not follow another one; use "[*]", got "*" at line 1, column 9'],
  ["a = b[*", 'expected "]" after "*", got the end of the file at line 1, column 8'],
  ["a = b[1", 'expected "]" after the key, got the end of the file at line 1, column 8'],
  ["a = [for b : c]", 'expected "in" after the names of "for", got ":" at line 1, column 12'],
  ["a = [for 1 in b : c]", 'expected a name after "for", got "1" at line 1, column 10'],
  ["a = [for b in c d]", 'expected ":" after what "for" goes through, got "d" at line 1, column 17'],
  ["a = {for b in c : d}", 'expected "=>" between the key and the value of "for", got "}" at line 1, column 20'],
  ["a = [for b in c : d => e]", 'expected "]" at the end of the "for" expression, got "=>" at line 1, column 21'],
  ["a = 1.2.3", "the number is not valid at line 1, column 5"],
  ["a = 'b'", "single quotes are not valid; use double quotes for strings at line 1, column 5"],
  ["a = `b`", 'backquotes are not valid; use double quotes, or "<<EOT" for several lines at line 1, column 5'],
  ["a = 1;", 'semicolons are not valid; separate arguments by line breaks and items by "," at line 1, column 6'],
  ["a = b & c", '"&" is no operator; "and" is written "&&" at line 1, column 7'],
  ["a = b | c", '"|" is no operator; "or" is written "||" at line 1, column 7'],
  ["a = ~b", '"~" is no operator; "not" is written "!" at line 1, column 5'],
  ["a = b ^ c", '"^" is no operator at line 1, column 7'],
  ["a = “b”", "curly quotes are not valid; use straight double quotes at line 1, column 5"],
  ["a = @", 'unexpected character "@" at line 1, column 5'],
  ["a = 1 /* b", 'the comment is not closed by "*/" at line 1, column 7'],
])("%j fails", (text, message) => {
  expect(errorIn(text)).toBe(message);
});

test("lines and columns count from 1, columns in UTF-16 code units, in files with both sorts of line breaks", () => {
  expect(errorIn('# 😀\r\na = "😀${b c}"\n')).toContain("at line 2, column 12");
  expect(errorIn("\ufeffa = @")).toContain("at line 1, column 5");
});

test.each(["(", "[", "{ a = ", '"${', "f(", "!(", "a[", "b ? ", '"%{ if '])("%j, a thousand times, is an error that says so", (opening) => {
  expect(errorIn(`a = ${opening.repeat(1000)}`)).toMatch(/^more than 150 blocks, brackets and templates lie in each other at line 1/);
});

test("blocks, or directives, that lie in each other a thousand times are an error that says so", () => {
  expect(errorIn("a {\n".repeat(1000))).toMatch(/^more than 150 blocks/);
  expect(errorIn(`a = "${"%{ if b }".repeat(1000)}${"%{ endif }".repeat(1000)}"\n`)).toMatch(/^more than 150 blocks/);
});

test("long chains are not deep", () => {
  expect(errorIn(`a = ${"b ? c : ".repeat(5000)}d\n`)).toBe("");
  expect(errorIn(`a = ${"!".repeat(5000)}b${" + 1".repeat(5000)}${"[*]".repeat(5000)}${".c".repeat(5000)}\n`)).toBe("");
});
