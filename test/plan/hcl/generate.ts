/** Generates HCL files that Terraform's parser accepts, from all of the grammar. */
import fc, { type Arbitrary } from "fast-check";

const NAME = fc.constantFrom(
  "a",
  "b",
  "bucket",
  "for_each",
  "with-dash",
  "_x",
  "if",
  "in",
  "größe",
  "aws_s3_bucket",
  "dynamic",
  "__proto__",
);
const ROOT = fc.constantFrom("var", "local", "each", "aws_s3_bucket", "module", "data", "é");
const SPACE = fc.constantFrom("", " ", "  ", "\t", "/* c */");
const BREAK = fc.constantFrom("\n", "\r\n", " # end\n", " // end\r\n", "\n\n", "\n  # a line\n", " /* a\n b */\n");
const NUMBER = fc.constantFrom("0", "7", "42", "007", "1.5", "2.50", "1e3", "1.5E-2", "123456789012");
const WORD = fc.constantFrom("true", "false", "null");
/** Text that means the same in strings of all kinds. None ends with a sign, which would make a sequence with what follows. */
const TEXT = fc.constantFrom(
  ...["x", "two words", " ", "$.", "%,", "$$5", "$ a", "100%.", "{", "}", "$${a}", "%%{if}", "$$${b}", "$%.", "ü€😀", "#", "//", "/*"],
  ...["e\u0301", "~", "s3:*", "'"],
);
const ESCAPE = fc.constantFrom('\\"', "\\\\", "\\n", "\\r", "\\t", "\\u00e9", "\\U0001F600");
const OPERATOR = fc.constantFrom("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||");

/** Whether line breaks mean nothing at a place, so that they may stand anywhere. */
type Place = "on one line" | "in brackets";

const join = (parts: Arbitrary<string>, separator = "", constraints: fc.ArrayConstraints = { maxLength: 3 }): Arbitrary<string> =>
  fc.array(parts, constraints).map((all) => all.join(separator));
const both = (...parts: readonly Arbitrary<string>[]): Arbitrary<string> => fc.tuple(...parts).map((all) => all.join(""));
const gap = (place: Place): Arbitrary<string> => (place === "on one line" ? SPACE : fc.oneof(SPACE, BREAK));
const text = (value: string): Arbitrary<string> => fc.constant(value);

const EXPRESSIONS = new Map<string, Arbitrary<string>>();

/** An expression, with no more than `depth` levels of others in it. */
function expression(depth: number, place: Place): Arbitrary<string> {
  const key = `${depth} ${place}`;
  const known = EXPRESSIONS.get(key) ?? newExpression(depth, place);
  EXPRESSIONS.set(key, known);
  return known;
}

function newExpression(depth: number, place: Place): Arbitrary<string> {
  if (depth === 0) return fc.oneof(NUMBER, WORD, traversal(0), quoted(0), both(text("-"), NUMBER), fc.constantFrom("!true", "!false"));
  return fc.oneof(
    { weight: 3, arbitrary: expression(0, place) },
    { weight: 2, arbitrary: quoted(depth - 1) },
    traversal(depth - 1),
    list(depth - 1),
    object(depth - 1),
    call(depth - 1),
    operation(depth - 1, place),
    conditional(depth - 1, place),
    both(text("("), gap("in brackets"), expression(depth - 1, "in brackets"), gap("in brackets"), text(")")),
    comprehension(depth - 1),
    both(text("trimspace("), heredoc(depth - 1), text("\n)")),
  );
}

function traversal(depth: number): Arbitrary<string> {
  const key = depth === 0 ? fc.constantFrom("0", '"k"', "each.key", "-1") : expression(depth - 1, "in brackets");
  const step = fc.oneof(both(text("."), NAME), both(text("["), key, text("]")), text("[*]"), text(".x.0"));
  const splat = both(text(".*"), join(both(text("."), NAME)));
  return both(ROOT, text("."), NAME, join(step), fc.oneof({ weight: 4, arbitrary: text("") }, splat));
}

function list(depth: number): Arbitrary<string> {
  const item = both(gap("in brackets"), expression(depth, "in brackets"), gap("in brackets"));
  return both(text("["), join(item, ","), fc.constantFrom("]", "\n]"));
}

function object(depth: number): Arbitrary<string> {
  const key = fc.oneof(
    NAME,
    NUMBER,
    WORD,
    quoted(depth),
    both(text("("), expression(depth, "in brackets"), text(")")),
    text("a.b"),
    text('m["x"]'),
  );
  const entry = both(key, SPACE, fc.constantFrom("=", ":"), text(" "), expression(depth, "on one line"));
  const separator = fc.oneof(text(","), BREAK, both(text(","), BREAK));
  const entries = fc.array(both(entry, separator), { maxLength: 3 }).map((all) => all.join(""));
  return both(text("{"), fc.oneof(text(" "), BREAK), entries, text("}"));
}

function call(depth: number): Arbitrary<string> {
  const name = fc.constantFrom("upper", "merge", "jsonencode", "provider::aws::arn_parse", "core::max");
  const args = fc.array(both(gap("in brackets"), expression(depth, "in brackets"), gap("in brackets")), { minLength: 1, maxLength: 3 });
  return both(
    name,
    text("("),
    fc.oneof(
      text(""),
      both(
        args.map((all) => all.join(",")),
        fc.constantFrom("", ",", "...", "\n"),
      ),
    ),
    text(")"),
  );
}

function operation(depth: number, place: Place): Arbitrary<string> {
  return both(
    expression(depth, place),
    text(" "),
    OPERATOR,
    text(" "),
    fc.constantFrom("", "-", "!"),
    gap(place),
    expression(depth, place),
  );
}

function conditional(depth: number, place: Place): Arbitrary<string> {
  const operand = expression(depth, place);
  return both(operand, text(" ?"), gap(place), operand, gap(place), text(" : "), operand);
}

function comprehension(depth: number): Arbitrary<string> {
  const inner = expression(depth, "in brackets");
  const head = both(fc.constantFrom("for x in ", "for k, v in ", "\nfor i,x in "), inner, text(" : "));
  const end = fc.oneof(text(""), both(text(" if "), inner));
  return fc.oneof(
    both(text("["), head, inner, end, text("]")),
    both(text("{"), head, inner, text(" => "), inner, fc.constantFrom("", "..."), end, text("}")),
  );
}

function quoted(depth: number): Arbitrary<string> {
  return both(text('"'), join(fc.oneof(TEXT, ESCAPE, ...sequences(depth)), "", { maxLength: 4 }), text('"'));
}

/** Interpolations and directives. */
function sequences(depth: number): Arbitrary<string>[] {
  if (depth === 0) return [text("${var.a}"), text("${~ var.b ~}"), text("%{ if var.a }yes%{ endif }")];
  // Terraform refuses null there when it evaluates, and so does hcl2json in some places.
  const value = expression(depth - 1, "in brackets").filter((written) => written !== "null");
  const inner = join(fc.oneof(TEXT, ...sequences(depth - 1)), "", { maxLength: 2 });
  const open = fc.constantFrom("%{ ", "%{~ ");
  const close = fc.constantFrom(" }", " ~}");
  return [
    both(fc.constantFrom("${", "${ ", "${~ ", "${\n"), value, fc.constantFrom("}", " }", " ~}")),
    both(open, text("if "), value, close, inner, fc.oneof(text(""), both(open, text("else"), close, inner)), open, text("endif"), close),
    both(open, text("for x in "), value, close, inner, open, text("endfor"), close),
  ];
}

function heredoc(depth: number): Arbitrary<string> {
  const indent = fc.constantFrom("", " ", "  ", "    ", "\t");
  const piece = fc.oneof(TEXT, fc.constantFrom("\\n", '"', "\\"), ...sequences(depth));
  const line = both(indent, join(piece), fc.constantFrom("\n", "\r\n"));
  return both(fc.constantFrom("<<", "<<-"), text("EOT\n"), join(line, "", { maxLength: 5 }), indent, text("EOT"));
}

const ATTRIBUTE = both(
  both(SPACE, text("= ")),
  fc.oneof(
    { weight: 5, arbitrary: both(expression(2, "on one line"), BREAK) },
    { weight: 1, arbitrary: both(heredoc(2), fc.constantFrom("\n", "\r\n")) },
  ),
);

/** A body in which no name stands for an argument and for blocks, and blocks of a type have as many labels each. */
function body(depth: number): Arbitrary<string> {
  const items = fc.uniqueArray(NAME, { maxLength: 4 }).chain((names) => {
    const each = names.map((name) => {
      const argument = both(text(name), ATTRIBUTE);
      return depth === 0 ? argument : fc.oneof({ weight: 2, arbitrary: argument }, { weight: 1, arbitrary: blocks(name, depth - 1) });
    });
    return both(...each);
  });
  return both(fc.constantFrom("", "\n", "# first\n"), items);
}

function blocks(type: string, depth: number): Arbitrary<string> {
  const label = fc.oneof(NAME, fc.constantFrom('"q"', '"a \\"b\\""', '"$${x}"', '"ü"'));
  return fc.nat({ max: 3 }).chain((labels) => {
    const head = fc.tuple(...Array.from({ length: labels }, () => label)).map((all) => [type, ...all].join(" "));
    const full = both(text("{"), BREAK, body(depth), SPACE, text("}"));
    const oneLine = both(text("{ "), NAME, text(" = "), expression(1, "on one line"), text(" }"));
    return join(both(head, text(" "), fc.oneof({ weight: 3, arbitrary: full }, oneLine, text("{}")), BREAK), "", {
      minLength: 1,
      maxLength: 3,
    });
  });
}

export const FILE: Arbitrary<string> = body(3);
