/** Functions whose arguments are not evaluated as those of others are: `try`, `can`, `templatefile` and `templatestring`. */
import { hasUnknown, isUnknown } from "../../unknown";
import { textOfFile } from "../functions/files";
import { parseTemplate } from "./parse";
import { placeholderName } from "./placeholders";
import type { Frame } from "./scope";
import { type Expression, ExpressionSyntaxError } from "./syntax";
import { asText, EvaluationFailure, entriesOf } from "./value";

type Call = Expression & { kind: "call" };
type Evaluate = (expression: Expression, frame: Frame) => unknown;

/** Each returns `undefined` where the result is unknown. */
export const SPECIAL_CALLS: ReadonlyMap<string, (call: Call, frame: Frame, evaluate: Evaluate) => unknown> = new Map([
  ["try", firstThatWorks],
  ["can", works],
  ["templatefile", templateFile],
  ["templatestring", templateString],
]);

/** The first argument that evaluates. */
function firstThatWorks({ args }: Call, frame: Frame, evaluate: Evaluate): unknown {
  for (const arg of args) {
    const result = attempt(arg, frame, evaluate);
    if (result !== undefined) return result.value;
  }
  throw new EvaluationFailure("every argument fails");
}

function works({ args }: Call, frame: Frame, evaluate: Evaluate): unknown {
  const result = args[0] && attempt(args[0], frame, evaluate);
  if (result === undefined) return false;
  return isUnknown(result.value) ? undefined : true;
}

/** `undefined` where the evaluation fails. */
function attempt(arg: Expression, frame: Frame, evaluate: Evaluate): { readonly value: unknown } | undefined {
  try {
    return { value: evaluate(arg, { ...frame, trying: true }) };
  } catch (error) {
    if (error instanceof EvaluationFailure) return undefined;
    throw error;
  }
}

/** The text of the first argument as a template, in which only the members of the second one are names. */
function templateString(call: Call, frame: Frame, evaluate: Evaluate): unknown {
  const [template] = call.args;
  return template && rendered(asText(evaluate(template, frame)), call, { frame, evaluate });
}

/** Like `templatestring`, for the file that the first argument names. */
function templateFile(call: Call, frame: Frame, evaluate: Evaluate): unknown {
  const [path] = call.args;
  return path && rendered(textOfFile(call, evaluate(path, frame), frame), call, { frame, evaluate });
}

function rendered(
  text: string | undefined,
  call: Call,
  { frame, evaluate }: { readonly frame: Frame; readonly evaluate: Evaluate },
): unknown {
  const [, names] = call.args;
  if (text === undefined || hasUnknown(text) || names === undefined) return undefined;
  const members = entriesOf(evaluate(names, frame));
  if (members === undefined) return undefined;
  const variables = new Map(members.map(([name, value]) => [String(name), value]));
  // The same text may be rendered with other values elsewhere.
  const where = placeholderName(call.source, frame);
  const scope = Object.assign(Object.create(frame.scope), { lookup: undeclared, nameOf: (source: string) => `${source} in ${where}` });
  try {
    return evaluate(parseTemplate(text), { ...frame, variables, scope });
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) throw new EvaluationFailure("the text is not a template");
    throw error;
  }
}

function undeclared(root: string): never {
  throw new EvaluationFailure(`${root} is not among the names of the template`);
}
