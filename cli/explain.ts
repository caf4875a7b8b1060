/** `vendor-destination explain`: one request against a plan with the full reasoning, or a file of cases. */
import { existsSync } from "node:fs";
import type { Command } from "commander";
import { settleAccount } from "../lib/contract/own-account";
import {
  CaseFormatError,
  type CaseResult,
  type Decision,
  explainDecision,
  PolicyGrammarError,
  readCase,
  readCases,
  runCase,
  showUnknown,
} from "../lib/evaluate";
import type { AccessRequest, Verdict } from "../lib/evaluate/types";
import { PlanReadError, readPlan } from "../lib/plan";
import { type CommandContext, type CommandModule, UsageError } from "./command";
import { EXIT, type ExitCode } from "./exit-codes";
import { decideInPlan } from "./explain/decide-in-plan";
import { readInputFiles, readInputText } from "./input-files";

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

function run(paths: readonly string[], options: ExplainOptions, { stdout }: CommandContext): ExitCode {
  if (options.cases !== undefined) return runCases(readCaseFile(options.cases), stdout);
  const { principal, action, resource, expect, format } = options;
  if (principal === undefined || action === undefined || resource === undefined)
    throw new UsageError("MissingOption: '--principal', '--action' and '--resource' must be given, or '--cases'; see --help");
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
  const answers = unreadableIsUsage(() => decideInPlan(asked, settleAccount(readPlan(files), options.account), files));
  for (const { request, decision } of answers)
    stdout.write(format === "json" ? `${JSON.stringify(toJson(request, decision))}\n` : toText(request, decision));
  if (expect !== undefined) return answers.every(({ decision }) => decision.verdict === expect) ? EXIT.fine : EXIT.finding;
  return answers.some(({ decision }) => decision.verdict === "unknown") ? EXIT.unknown : EXIT.fine;
}

/** The cases, each read or not: of JSON lines, one that is no JSON is a malformed case, not a malformed file. */
function readCaseFile(path: string): (() => CaseResult)[] {
  const text = path === "-" ? new TextDecoder().decode(readInputFiles(["-"])[0]!.bytes) : readInputText(path);
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

function readContext(pairs: readonly string[]): Record<string, readonly string[]> {
  const context: Record<string, string[]> = {};
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1)
      throw new UsageError(
        `InvalidOption: '--context' must be key=value, got ${JSON.stringify(pair)}; write for example sts:ExternalId=acme`,
      );
    const key = pair.slice(0, at);
    context[key] = [...(context[key] ?? []), pair.slice(at + 1)];
  }
  return context;
}

function unreadableIsUsage<Value>(action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    if (error instanceof PlanReadError || error instanceof PolicyGrammarError) throw new UsageError(error.message);
    throw error;
  }
}

function toText(request: AccessRequest, decision: Decision): string {
  const { principal, action, resource, context } = request;
  const keys = Object.entries(context).map(
    ([key, value]) => `  ${key} = ${showUnknown(Array.isArray(value) ? value.join(", ") : String(value))}`,
  );
  return `${showUnknown(principal)}\n  ${action} on ${showUnknown(resource)}\n${keys.join("\n")}\n\n${explainDecision(decision)}\n`;
}

function toJson(request: AccessRequest, { verdict, scope, reason, deciding, missing, nearest }: Decision) {
  const { principal, action, resource, context } = request;
  return {
    request: { principal, action, resource, context },
    verdict,
    scope,
    reason: showUnknown(reason),
    deciding,
    missing: missing.map(showUnknown),
    ...(nearest && { nearest }),
  };
}
