/** `vendor-destination explain`: one request against a plan with the full reasoning, or a file of cases. */
import { existsSync } from "node:fs";
import type { Command } from "commander";
import { substituteOwnAccount } from "../../lib/contract";
import { CaseFormatError, type CaseResult, PolicyGrammarError, readCase, readCases, runCase, type Verdict } from "../../lib/evaluate";
import { PlanReadError, readPlan } from "../../lib/plan";
import { type CommandContext, type CommandModule, UsageError } from "../command";
import { EXIT, type ExitCode } from "../exit-codes";
import { readContext } from "../explain/context";
import { decideInPlan } from "../explain/decide-in-plan";
import { readInputFiles, readInputText } from "../input";
import { answerJson, answerText } from "../report/explain/text";
import { printable } from "../report/shared/printable";

interface ExplainOptions {
  readonly principal?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly context?: readonly string[];
  readonly account?: string;
  readonly expect?: string;
  readonly cases?: string;
  readonly format: string;
}

const VERDICTS: readonly Verdict[] = ["Allowed", "ExplicitlyDenied", "ImplicitlyDenied", "unknown"];
const CDKTF_OUT = "cdktf.out";

export const command: CommandModule = {
  define,
  run: async (args, options, context) => run(args[0] as string[], options as never, context),
};

function define(explain: Command): void {
  const collect = (value: string, before: string[] | undefined) => [...(before ?? []), value];
  explain
    .argument("[paths...]", `where the policies are, as for check (default: ${CDKTF_OUT}, else .)`)
    .option("--principal <arn>", "who asks: an ARN, the name of a role in the plan, a service, or * for an unsigned request")
    .option("--action <action>", "what, for example s3:PutObject")
    .option("--resource <arn>", "on what: ARN of a bucket, an object or (for sts:AssumeRole) a role, or the role's name")
    .option("--context <key=value>", "a key of the request, for example sts:ExternalId=acme; may be given many times", collect)
    .option("--account <id>", "your own account, 12 digits")
    .option("--expect <verdict>", `exit 1 unless the verdict is this: ${VERDICTS.join(", ")}`)
    .option("--cases <file>", "a file of cases instead, as an array or one a line, - for standard input; prints a JSON line for each")
    .option("--format <format>", "text or json", "text");
}

function run(paths: readonly string[], options: ExplainOptions, { stdout, stderr }: CommandContext): ExitCode {
  if (options.cases !== undefined) {
    refuseOneRequest(paths, options);
    const cases = readCaseFile(options.cases);
    if (cases.length === 0) stderr.write(`note: there was no case to run (at ${printable(options.cases)})\n`);
    return runCases(cases, stdout);
  }
  const { principal, action, resource, expect, format } = options;
  if (principal === undefined || action === undefined || resource === undefined) throw missing({ principal, action, resource });
  if (format !== "text" && format !== "json")
    throw new UsageError(`InvalidOption: '--format' must be text or json, got ${JSON.stringify(format)}`);
  if (expect !== undefined && !VERDICTS.includes(expect as Verdict))
    throw new UsageError(`InvalidOption: '--expect' must be one of ${VERDICTS.join(", ")}, got ${JSON.stringify(expect)}`);
  if (options.account !== undefined && !/^\d{12}$/.test(options.account))
    throw new UsageError(`InvalidOption: '--account' must be a 12-digit account id, got ${JSON.stringify(options.account)}`);
  if (!/^[\w-]+:[\w]+$/.test(action))
    throw new UsageError(
      `InvalidOption: '--action' must be one action with its service, got ${JSON.stringify(action)}; write for example s3:PutObject`,
    );
  const files = readInputFiles(paths.length > 0 ? paths : [existsSync(CDKTF_OUT) ? CDKTF_OUT : "."]);
  const asked = {
    principal,
    action,
    resource,
    context: readContext(options.context ?? []),
    ...(options.account && { account: options.account }),
  };
  const answers = unreadableIsUsage(() => decideInPlan(asked, substituteOwnAccount(readPlan(files), options.account), files));
  for (const { request, decision } of answers)
    stdout.write(format === "json" ? `${JSON.stringify(answerJson(request, decision, expect))}\n` : answerText(request, decision, expect));
  if (expect !== undefined) return answers.every(({ decision }) => decision.verdict === expect) ? EXIT.fine : EXIT.finding;
  return answers.some(({ decision }) => decision.verdict === "unknown") ? EXIT.unknown : EXIT.fine;
}

/** A case brings its own request and policies, so that what is said of one would be passed over. */
function refuseOneRequest(paths: readonly string[], options: ExplainOptions): void {
  const alone = (["principal", "action", "resource", "context", "account", "expect"] as const).find((name) => options[name] !== undefined);
  if (alone !== undefined)
    throw new UsageError(`InvalidOption: '--${alone}' is for one request, and means nothing for '--cases'; leave one of the two out`);
  if (paths.length > 0)
    throw new UsageError(
      `InvalidArgument: '--cases' takes no path of a plan, as each case has its policies, got ${JSON.stringify(paths[0])}; leave it out`,
    );
}

function missing(needed: Readonly<Record<string, string | undefined>>): UsageError {
  const names = Object.keys(needed)
    .filter((name) => needed[name] === undefined)
    .map((name) => `'--${name}'`);
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return new UsageError(`MissingOption: ${list} must be given; say who asks for what on what, or give a file of '--cases'`);
}

/** The cases, each read or not: of JSON lines, one that is no JSON is a malformed case, not a malformed file. */
function readCaseFile(path: string): (() => CaseResult)[] {
  const option = { name: "--cases", remedy: "name a file that is there, or - for standard input" };
  const text = path === "-" ? new TextDecoder().decode(readInputFiles(["-"])[0]!.bytes) : readInputText(path, option);
  try {
    return readCases(text).map((input) => () => runCase(input));
  } catch (error) {
    if (!(error instanceof CaseFormatError)) throw error;
    const lines = text.split(/\r?\n/).flatMap((line, index) => (line.trim() === "" ? [] : [{ ...parsed(line), number: index + 1 }]));
    if (!lines.some(({ value }) => typeof value === "object" && value !== null)) throw new UsageError(`${error.message} (at ${path})`);
    return lines.map(
      ({ value, problem, number }) =>
        () =>
          problem === undefined ? runCase(value) : { id: `line ${number}`, verdict: "error", deciding: [], error: problem },
    );
  }
}

function parsed(line: string): { readonly value?: unknown; readonly problem?: string } {
  try {
    return { value: readCase(line) };
  } catch (error) {
    return { problem: `InvalidCase: the line must be JSON: ${(error as Error).message}` };
  }
}

/** One line a case. A case that cannot be read has its line too, and makes the exit code 2. */
function runCases(cases: readonly (() => CaseResult)[], stdout: CommandContext["stdout"]): ExitCode {
  let worst: ExitCode = EXIT.fine;
  const lines = cases.map((runOne) => {
    const result = runOne();
    worst = Math.max(worst, exitCodeOf(result)) as ExitCode;
    return `${JSON.stringify(result)}\n`;
  });
  stdout.write(lines.join(""));
  return worst;
}

function exitCodeOf({ verdict, expected }: CaseResult): ExitCode {
  if (verdict === "error") return EXIT.usage;
  return expected === undefined || expected === verdict ? EXIT.fine : EXIT.finding;
}

function unreadableIsUsage<Value>(action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    if (error instanceof PlanReadError || error instanceof PolicyGrammarError) throw new UsageError(error.message);
    throw error;
  }
}
