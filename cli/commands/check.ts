/** `vendor-destination check`: the offline verdict over what Terraform is about to do. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import type { Command } from "commander";
import { ContractError, substituteOwnAccount } from "../../lib/contract";
import { type Pin, PinError, pinOf, readPin } from "../../lib/judge";
import { type AccountModel, type PlanFile, PlanReadError, readPlan } from "../../lib/plan";
import { SEVERITIES, type Severity } from "../../lib/rules";
import { addLines } from "../check/lines";
import { type Assignment, contractsIn } from "../check/models";
import { runCheck } from "../check/run";
import { type VendorOptions, vendorContract } from "../check/vendor-contract";
import { type CommandContext, type CommandModule, UsageError } from "../command";
import { EXIT, type ExitCode } from "../exit-codes";
import { readInputFiles, readInputText, unreadBeside, writeOutputText } from "../input";
import { checkJunit } from "../report/check/junit";
import { checkMarkdown } from "../report/check/markdown";
import { checkSarif } from "../report/check/sarif";
import { checkText } from "../report/check/text";
import type { CheckReport } from "../report/check/types";
import { plural } from "../report/shared/plural";
import { printable } from "../report/shared/printable";
import { VERSION } from "../version";

interface CheckOptions extends VendorOptions {
  readonly account?: string;
  readonly pin?: string;
  readonly writePin?: string;
  readonly format: string;
  readonly output?: string;
  readonly failOn: string;
  readonly allowUnknown?: boolean;
  readonly full?: boolean;
}

const FORMATS = ["text", "json", "sarif", "junit", "markdown"] as const;
const CDKTF_OUT = "cdktf.out";

export const command: CommandModule = {
  define,
  run: async (args, options, context) => run(args[0] as string[], options as never, context),
};

function define(check: Command): void {
  const collect = (value: string, before: string[] | undefined) => [...(before ?? []), value];
  check
    .argument(
      "[paths...]",
      `cdktf.out, folders with *.tf.json, plans or states as JSON, - for standard input (default: ${CDKTF_OUT}, else .)`,
    )
    .option("--format <format>", FORMATS.join(", "), "text")
    .option("--output <file>", "write the report into a file")
    .option(
      "--fail-on <severity>",
      `lowest severity of a finding that fails the check: ${SEVERITIES.slice(0, 3).join(", ")}, none`,
      "medium",
    )
    .option(
      "--allow-unknown",
      "exit 0 although some expectations could not be told; not where input was read in part only, or nothing was judged",
    )
    .option("--full", "print the whole matrix of every destination, however many there are")
    .option("--account <id>", "your own account, 12 digits: its principals are no strangers")
    .option("--pin <file>", "compare with what the team has approved")
    .option("--write-pin <file>", "write what is to be approved")
    .option("--vendor <name>", "the vendor, for plans without a contract: kandji, 6sense")
    .option("--bucket <name>", "with --vendor: the bucket (default: the only one)")
    .option("--role <name>", "with --vendor: the role that it assumes (default: the one that trusts it)")
    .option("--vendor-account-id <id>", "with --vendor: its AWS account")
    .option("--vendor-role-name <name>", "with --vendor: the name of its role")
    .option("--vendor-role-arn <arn>", "with --vendor: its role, in place of account and name")
    .option("--external-id <id>", "with --vendor: an external ID that it presents; may be given twice", collect)
    .option("--destination-path <path>", "with --vendor kandji: the destination path")
    .option("--data-packs-path <path>", "with --vendor 6sense: the file path of data packs")
    .option("--audit-logs-path <path>", "with --vendor 6sense: the file path of audit logs")
    .option("--least-privilege", "with --vendor: expect the least permissions, not the documented ones");
}

function run(paths: readonly string[], options: CheckOptions, { stdout, stderr, env }: CommandContext): ExitCode {
  const settings = readSettings(options);
  const files = readInputFiles(paths.length > 0 ? paths : [existsSync(CDKTF_OUT) ? CDKTF_OUT : "."]);
  const { models, assignments } = usage(() => read(files, options));
  if (options.writePin !== undefined) return writePin(options.writePin, assignments, stdout);
  const report = addLines(
    runCheck({
      program: `vendor-destination ${VERSION}`,
      models,
      assignments,
      ...(options.pin !== undefined && { pin: loadPin(options.pin) }),
      hash: sha256,
      unread: unreadBeside(files),
      ...(options.account !== undefined && { account: options.account }),
      failOn: settings.failOn,
      allowUnknown: options.allowUnknown === true,
    }),
    files,
    { accepted: settings.format === "json" || settings.format === "sarif" },
  );
  const colour = options.output === undefined && stdout.isTerminal && env.NO_COLOR === undefined;
  const text = render(report, settings, { colour, full: options.full === true });
  if (options.output === undefined) stdout.write(text);
  else {
    writeOutputText(options.output, text, { name: "--output", remedy: "name a file in a folder that is there and may be written to" });
    for (const note of report.notes) stderr.write(`note: ${printable(note)}\n`);
  }
  return report.exitCode as ExitCode;
}

function read(files: readonly PlanFile[], options: CheckOptions): { models: AccountModel[]; assignments: Assignment[] } {
  const models = settled(readPlan(files), options.account);
  const assignments = contractsIn(models);
  const { vendor } = options;
  return { models, assignments: vendor === undefined ? assignments : [...assignments, vendorContract({ ...options, vendor }, models)] };
}

/** The models with your own account in them, where it is told. */
function settled(models: AccountModel[], account: string | undefined): AccountModel[] {
  return account === undefined ? models : substituteOwnAccount(models, account);
}

/** Input that cannot be read is the user's to correct. */
function usage<Value>(action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    if (error instanceof PlanReadError || error instanceof ContractError || error instanceof PinError) throw new UsageError(error.message);
    throw error;
  }
}

function render(report: CheckReport, { format, failOn }: Settings, look: { readonly colour: boolean; readonly full: boolean }): string {
  switch (format) {
    case "json":
      return `${JSON.stringify({ ...report, notTold: undefined }, null, 2)}\n`;
    case "sarif":
      return checkSarif(report, VERSION);
    case "junit":
      return checkJunit(report, (severity) => failOn !== "none" && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn));
    case "markdown":
      return checkMarkdown(report);
    default:
      return checkText(report, look);
  }
}

interface Settings {
  readonly format: (typeof FORMATS)[number];
  readonly failOn: Severity | "none";
}

function readSettings(options: CheckOptions): Settings {
  const oneOf = <Value extends string>(name: string, value: string, values: readonly Value[]): Value => {
    const found = values.find((candidate) => candidate === value);
    if (found === undefined)
      throw new UsageError(`InvalidOption: '${name}' must be one of ${values.join(", ")}, got ${JSON.stringify(value)}`);
    return found;
  };
  if (options.account !== undefined && !/^\d{12}$/.test(options.account))
    throw new UsageError(`InvalidOption: '--account' must be a 12-digit account id, got ${JSON.stringify(options.account)}`);
  if (options.pin !== undefined && options.writePin !== undefined)
    throw new UsageError(
      "InvalidOption: '--write-pin' approves what is there and compares nothing, so it cannot be given with '--pin'; " +
        "compare with --pin first, then write with --write-pin alone",
    );
  const needsVendor = [
    "bucket",
    "role",
    "vendorAccountId",
    "vendorRoleName",
    "vendorRoleArn",
    "externalId",
    "destinationPath",
    "dataPacksPath",
    "auditLogsPath",
    "leastPrivilege",
  ] as const;
  const alone = needsVendor.find((name) => options.vendor === undefined && options[name] !== undefined);
  if (alone !== undefined)
    throw new UsageError(
      `MissingOption: '--${alone.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}' is for a plan without a contract; name the vendor with --vendor`,
    );
  return {
    format: oneOf("--format", options.format, FORMATS),
    failOn: oneOf("--fail-on", options.failOn, [...SEVERITIES.slice(0, 3), "none"] as const),
  };
}

function writePin(path: string, assignments: readonly Assignment[], stdout: CommandContext["stdout"]): ExitCode {
  if (assignments.length === 0)
    throw new UsageError("MissingContract: there is no delivery contract to approve; name the vendor with --vendor");
  const contracts = assignments.map(({ contract }) => contract);
  const pin = pinOf(contracts, sha256);
  const remedy = "name a file in a folder that is there and may be written to";
  writeOutputText(path, `${JSON.stringify(pin, null, 2)}\n`, { name: "--write-pin", remedy });
  stdout.write(`wrote ${path}: ${plural(Object.keys(pin.destinations).length, "destination")}\n`);
  return EXIT.fine;
}

function loadPin(path: string): Pin {
  let value: unknown;
  try {
    value = JSON.parse(readInputText(path, { name: "--pin", remedy: "name the file that --write-pin wrote" }));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`InvalidPin: the file must hold JSON: ${(error as Error).message}; write it with --write-pin (at ${path})`);
  }
  return usage(() => readPin(value, path));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
