/** `vendor-destination access`: who can do what to each bucket, by the policies of the input. */
import { withAccount } from "../../lib/judge";
import { PlanReadError, readEstate } from "../../lib/plan";
import { accessToBuckets } from "../../lib/reach";
import type { CommandContext } from "../command";
import { unreadableInput } from "../errors";
import { EXIT, type ExitCode } from "../exit-codes";
import {
  DEFAULT_PATH,
  ORGANIZATION_OPTIONS,
  pathsOrDefault,
  projectFiles,
  readInputFiles,
  readOrganization,
  sourcesOfPlans,
  withOrganization,
  writeOutputText,
} from "../input";
import { accountId, defineCommand, oneOf, text, textOr, type Values, withChoices } from "../options";
import { ACCESS_FORMATS, renderAccess } from "../report/access";
import { VERSION } from "../version";

const OPTIONS = {
  format: withChoices(ACCESS_FORMATS, textOr("text", "<format>", "format of the answer")),
  output: text("<file>", "write the answer to a file"),
  account: text("<id>", "your own account, 12 digits"),
  ...ORGANIZATION_OPTIONS,
};

export const command = defineCommand({
  paths: `where the policies are, as for check (default: ${DEFAULT_PATH}, else .)`,
  options: OPTIONS,
  run,
});

const NOT_SHOWN = [
  "what principals of your own account can do through policies that are not in the input",
  "the side of callers from other accounts: their identity policies and their organization's policies",
  "what service and resource control policies deny that neither the input nor --scp and --rcp hold",
  "access over plain HTTP, which check covers",
];

function run(paths: readonly string[], options: Values<typeof OPTIONS>, { stdout, env }: CommandContext): ExitCode {
  const format = oneOf({ name: "--format", value: options.format }, ACCESS_FORMATS);
  const account = options.account === undefined ? undefined : accountId({ name: "--account", value: options.account });
  const files = readInputFiles(pathsOrDefault(paths));
  const model = withUsageErrors(() => withAccount(readEstate(files, sourcesOfPlans(files), projectFiles(paths, files)), account));
  const buckets = accessToBuckets(withOrganization(model, readOrganization(options, model)));
  const isComplete =
    buckets.length > 0 && buckets.every(({ problem, others }) => problem === undefined && others.extent !== "couldNotTell");
  const exitCode = isComplete ? EXIT.fine : EXIT.unknown;
  const report = { schemaVersion: 1 as const, program: `vendor-destination ${VERSION}`, buckets, notShown: NOT_SHOWN, exitCode };
  const colour = options.output === undefined && stdout.isTerminal && env.NO_COLOR === undefined;
  const rendered = renderAccess(report, { format, colour });
  if (options.output === undefined) stdout.write(rendered);
  else writeOutputText(options.output, rendered, { name: "--output", remedy: "name a file in a folder that exists and can be written to" });
  return exitCode;
}

function withUsageErrors<Value>(action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    if (error instanceof PlanReadError) throw unreadableInput(error);
    throw error;
  }
}
