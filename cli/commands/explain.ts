/** `vendor-destination explain`: one request against a plan with the full reasoning, or a file of cases. */
import { CaseFormatError, type CaseResult, PolicyGrammarError, readCase, readCases, runCase, type Verdict } from "../../lib/evaluate";
import { withAccount } from "../../lib/judge";
import { PlanReadError, readEstate } from "../../lib/plan";
import { actionFault } from "../../lib/rules";
import { isGiven } from "../check";
import type { CommandContext, Output } from "../command";
import { casesAreUnreadable, invalidOption, optionOfOneRequest, pathWithCases, requestIsIncomplete, unreadableInput } from "../errors";
import { EXIT, type ExitCode } from "../exit-codes";
import { type AskedRequest, decideInPlan, readContext } from "../explain";
import {
  DEFAULT_PATH,
  ORGANIZATION_OPTIONS,
  pathsOrDefault,
  projectFiles,
  readInputFiles,
  readInputText,
  readOrganization,
  textOfInput,
  withOrganization,
} from "../input";
import { accountId, defineCommand, oneOf, optionName, text, textOr, texts, type Values, withChoices } from "../options";
import { answerJson, answerText } from "../report/explain";
import { jsonText, printableLine } from "../report/shared";

const VERDICTS: readonly Verdict[] = ["Allowed", "ExplicitlyDenied", "ImplicitlyDenied", "unknown"];
const FORMATS = ["text", "json"] as const;

const OPTIONS = {
  principal: text("<arn>", "the caller: an ARN, the name of a role in the plan, a service, or * for an unsigned request"),
  action: text("<action>", "the action, for example s3:PutObject"),
  resource: text(
    "<arn>",
    "the resource: the ARN of a bucket, an object, a KMS key or (for sts:AssumeRole) a role, the role's name, or the key's address",
  ),
  context: texts("<key=value>", "a condition key of the request, for example sts:ExternalId=acme; may be given several times"),
  account: text("<id>", "your own account, 12 digits"),
  ...ORGANIZATION_OPTIONS,
  expect: withChoices(VERDICTS, text("<verdict>", "exit 1 unless the verdict is this")),
  cases: text("<file>", "a file of cases instead, as an array or one a line, - for standard input; prints a JSON line for each"),
  format: withChoices(FORMATS, textOr("text", "<format>", "format of the answer")),
};

export const command = defineCommand({
  paths: `where the policies are, as for check (default: ${DEFAULT_PATH}, else .)`,
  options: OPTIONS,
  run,
});

type ExplainOptions = Values<typeof OPTIONS>;

function run(paths: readonly string[], options: ExplainOptions, { stdout, stderr }: CommandContext): ExitCode {
  if (options.cases !== undefined) {
    refuseOneRequest(paths, options);
    const cases = readCaseFile(options.cases);
    if (cases.length === 0) stderr.write(printableLine(`note: there was no case to run (at ${options.cases})`));
    return runCases(cases, stdout);
  }
  const asked = readRequest(options);
  const format = oneOf({ name: "--format", value: options.format }, FORMATS);
  const expect = options.expect === undefined ? undefined : oneOf({ name: "--expect", value: options.expect }, VERDICTS);
  const files = readInputFiles(pathsOrDefault(paths));
  const answers = withUsageErrors(() => {
    const model = withAccount(readEstate(files, [], projectFiles(paths, files)), options.account);
    return decideInPlan(asked, withOrganization(model, readOrganization(options, model)), files);
  });
  const show = format === "json" ? answerJson : answerText;
  for (const { request, decision } of answers) stdout.write(show(request, decision, expect));
  if (expect !== undefined) return answers.every(({ decision }) => decision.verdict === expect) ? EXIT.fine : EXIT.finding;
  return answers.some(({ decision }) => decision.verdict === "unknown") ? EXIT.unknown : EXIT.fine;
}

function readRequest({ principal, action, resource, context, account }: ExplainOptions): AskedRequest {
  if (principal === undefined || action === undefined || resource === undefined) {
    const needed = { principal, action, resource };
    const missing = (["principal", "action", "resource"] as const).filter((name) => needed[name] === undefined);
    throw requestIsIncomplete(missing.map(optionName));
  }
  if (!/^[\w-]+:[\w]+$/.test(action))
    throw invalidOption({
      name: "--action",
      rule: "must be one action with its service",
      got: action,
      remedy: "write for example s3:PutObject",
    });
  refuseUnknownAction(action);
  return {
    principal,
    action,
    resource,
    context: readContext(context),
    ...(account !== undefined && { account: accountId({ name: "--account", value: account }) }),
  };
}

/** A misspelt action would be denied, or allowed by a wildcard, and `--expect` would accept that as the answer. */
function refuseUnknownAction(action: string): void {
  const { needed, listDate } = actionFault(action);
  if (needed === undefined && listDate === undefined) return;
  const remedy = needed === undefined ? `write it as AWS's list of ${listDate} does` : `write ${needed}, which the request needs`;
  throw invalidOption({ name: "--action", rule: "must be an action that AWS has", got: action, remedy });
}

/** Each case has its own request and policies, so options of one request would have no effect. */
function refuseOneRequest(paths: readonly string[], options: ExplainOptions): void {
  const alone = (["principal", "action", "resource", "context", "account", "expect", "scp", "rcp", "organization"] as const).find((name) =>
    isGiven(options[name]),
  );
  if (alone !== undefined) throw optionOfOneRequest(optionName(alone));
  if (paths[0] !== undefined) throw pathWithCases(paths[0]);
}

/** The cases, readable or not. In a file of JSON lines, a line that is not JSON is a malformed case, not a malformed file. */
function readCaseFile(path: string): (() => CaseResult)[] {
  const option = { name: "--cases", remedy: "name a file that exists, or - for standard input" };
  const content = path === "-" ? textOfInput(readInputFiles(["-"])[0]!) : readInputText(path, option);
  try {
    return readCases(content).map((input) => () => runCase(input));
  } catch (error) {
    if (!(error instanceof CaseFormatError)) throw error;
    const lines = content.split(/\r?\n/).flatMap((line, index) => (line.trim() === "" ? [] : [{ ...parsed(line), number: index + 1 }]));
    if (!lines.some(({ value }) => typeof value === "object" && value !== null)) throw casesAreUnreadable(path, error.message);
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
function runCases(cases: readonly (() => CaseResult)[], stdout: Output): ExitCode {
  let worst: ExitCode = EXIT.fine;
  for (const runOne of cases) {
    const result = runOne();
    const code = exitCodeOf(result);
    if (code > worst) worst = code;
    stdout.write(jsonText(result));
  }
  return worst;
}

function exitCodeOf({ verdict, expected }: CaseResult): ExitCode {
  if (verdict === "error") return EXIT.usage;
  return expected === undefined || expected === verdict ? EXIT.fine : EXIT.finding;
}

function withUsageErrors<Value>(action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    if (error instanceof PlanReadError || error instanceof PolicyGrammarError) throw unreadableInput(error);
    throw error;
  }
}
