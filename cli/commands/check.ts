/** `vendor-destination check`: the offline verdict over what Terraform is about to do. */
import { createHash } from "node:crypto";
import { ContractError } from "../../lib/contract";
import { type Pin, PinError, pinOf, readPin, withAccount } from "../../lib/judge";
import { type Estate, type PlanFile, type PlannedContract, PlanReadError, readEstate } from "../../lib/plan";
import { accessHashes } from "../../lib/reach";
import { SEVERITIES } from "../../lib/rules";
import { VENDOR_PROFILES, VendorProfile } from "../../lib/vendors";
import {
  type Assignment,
  addLines,
  contractsIn,
  isGiven,
  knownProfile,
  readAcceptances,
  runCheck,
  VENDOR_OPTION_NAMES,
  VENDOR_OPTIONS,
  vendorContract,
  withoutUnknownContracts,
} from "../check";
import { systemClock } from "../clock";
import type { CommandContext, Output } from "../command";
import {
  nothingToApprove,
  optionNeedsVendor,
  pinIsNotJson,
  pinTogetherWithWritePin,
  profileIsNotJson,
  UsageError,
  unreadableInput,
  vendorAndProfile,
} from "../errors";
import { EXIT, type ExitCode } from "../exit-codes";
import {
  CONFIGURATION_NAMES,
  DEFAULT_PATH,
  type GivenOrganization,
  ORGANIZATION_OPTIONS,
  organizationArguments,
  pathsOrDefault,
  priorStatesIn,
  projectFiles,
  readInputFile,
  readInputFiles,
  readInputText,
  readOrganization,
  sourcesOfPlans,
  textOfInput,
  unreadFiles,
  WRITABLE,
  withOrganization,
  writeOutputText,
} from "../input";
import {
  accountId,
  COLOR,
  defineCommand,
  flag,
  oneOf,
  onlyAsOption,
  optionName,
  reportFormats,
  text,
  textOr,
  texts,
  type Values,
  withChoices,
} from "../options";
import { askedReports, isColoured } from "../outputs";
import { FORMATS, renderCheck } from "../report/check";
import { jsonText, plural, printableLine } from "../report/shared";
import { docsPage, VERSION } from "../version";

const PRIOR_STATE = "prior-state";
const FAIL_ON = [...SEVERITIES.slice(0, 3), "none"] as const;

export const OPTIONS = {
  format: reportFormats(FORMATS),
  output: text("<file>", "file for the report whose --format names none"),
  failOn: withChoices(FAIL_ON, textOr("medium", "<severity>", "lowest severity of a finding that fails the check")),
  allowUnknown: flag(
    "exit 0 although some expectations are not known; the exit code is still 3 where only a part of the input was read, or nothing was judged",
  ),
  quiet: flag("in text, show only what is not as expected"),
  color: COLOR,
  full: flag("print the whole matrix of every destination, however many there are"),
  account: text("<id>", "your own account, 12 digits: its principals are not strangers"),
  accept: texts("<file>", "findings that are accepted with a reason; may be given several times"),
  pin: text("<file>", "compare with what the team has approved"),
  against: withChoices(
    [PRIOR_STATE],
    text("<file>", `compare with what was there before: a folder, plan or state, or ${PRIOR_STATE} for the state in the plan itself`),
  ),
  ...ORGANIZATION_OPTIONS,
  vendorOrganization: text(
    "<id>",
    "the vendor's organization, for example o-a1b2c3d4e5: decides aws:PrincipalOrgID, and whether it opens anything to its other accounts",
  ),
  writePin: onlyAsOption(text("<file>", "write what is to be approved")),
  vendor: withChoices(
    VENDOR_PROFILES.map(({ facts }) => facts.id),
    text("<name>", `the vendor, for plans without a contract; ${docsPage("vendors/known.md")} says how each delivers`),
  ),
  vendorProfile: text("<file>", "any vendor, for plans without a contract: its profile as JSON (schemas/vendor-profile.schema.json)"),
  ...VENDOR_OPTIONS,
};

export const command = defineCommand({
  paths: `cdktf.out, folders with Terraform files (${CONFIGURATION_NAMES.join(", ")}), plans or states as JSON, - for standard input (default: ${DEFAULT_PATH}, else .)`,
  options: OPTIONS,
  configuredAs: "check",
  run,
});

type CheckOptions = Values<typeof OPTIONS>;

function run(paths: readonly string[], options: CheckOptions, context: CommandContext): ExitCode {
  const { stdout, stderr } = context;
  const settings = readSettings(options);
  const files = readInputFiles(pathsOrDefault(paths));
  const { estate, assignments, organization, unknownContracts } = withUsageErrors(() => read(paths, files, options));
  if (options.writePin !== undefined) return writePin(options.writePin, { estate, assignments }, stdout);
  const acceptanceFiles = options.accept.map((path) => readInputFile(path, { name: "--accept", remedy: "name a file that exists" }));
  const report = addLines(
    runCheck({
      ...settings,
      program: `vendor-destination ${VERSION}`,
      estate,
      assignments,
      unknownContracts,
      ...(options.against !== undefined && {
        base: withOrganization(readBase(options.against, files, options.account), organization),
      }),
      paths: [...paths, ...organizationArguments(options)],
      ...(options.pin !== undefined && { pin: loadPin(options.pin) }),
      hash: sha256,
      acceptances: acceptanceFiles.flatMap((file) => readAcceptances(textOfInput(file), file.path)),
      today: new Date(systemClock.now()).toISOString().slice(0, 10),
      unread: unreadFiles(files),
      allowUnknown: options.allowUnknown,
    }),
    [...files, ...acceptanceFiles],
    { accepted: settings.reports.some(({ format }) => format === "json" || format === "sarif") },
  );
  for (const { format, file } of settings.reports) {
    const colour = file === undefined && isColoured(options.color, context);
    const rendered = renderCheck(report, { ...options, ...settings, format, version: VERSION, colour });
    if (file === undefined) stdout.write(rendered);
    else writeOutputText(file, rendered, { name: file === options.output ? "--output" : "--format", remedy: WRITABLE });
  }
  if (settings.reports.every(({ file }) => file !== undefined)) {
    for (const note of report.notes) stderr.write(printableLine(`note: ${note}`));
  }
  return report.exitCode;
}

interface Input {
  readonly estate: Estate;
  readonly assignments: readonly Assignment[];
  readonly organization: GivenOrganization;
  readonly unknownContracts: readonly PlannedContract[];
}

function read(paths: readonly string[], files: readonly PlanFile[], options: CheckOptions): Input {
  const model = withAccount(readEstate(files, sourcesOfPlans(files), projectFiles(paths, files)), options.account);
  const organization = readOrganization(options, model);
  const whole = withOrganization(model, organization);
  // A pin is written and compared for all contracts or none.
  const isPinned = (options.pin ?? options.writePin) !== undefined;
  const { estate, unknownContracts } = isPinned ? { estate: whole, unknownContracts: [] } : withoutUnknownContracts(whole);
  const assignments = contractsIn(estate);
  const { vendor, vendorProfile } = options;
  const profile = vendorProfile !== undefined ? loadProfile(vendorProfile) : vendor === undefined ? undefined : knownProfile(vendor);
  const all = profile === undefined ? assignments : [...assignments, vendorContract(profile, options, estate)];
  return { estate, assignments: all, organization, unknownContracts };
}

/** Input that cannot be read is a usage error. */
function withUsageErrors<Value>(action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    if (error instanceof PlanReadError || error instanceof ContractError || error instanceof PinError) throw unreadableInput(error);
    throw error;
  }
}

/** The estate before the change. */
function readBase(against: string, files: readonly PlanFile[], account: string | undefined): Estate {
  const option = { name: "--against", remedy: `name the earlier plan, state or folder, or write ${PRIOR_STATE}` };
  const base = against === PRIOR_STATE ? priorStatesIn(files) : readInputFiles([against], option);
  return withUsageErrors(() => withAccount(readEstate(base, sourcesOfPlans(base), projectFiles([against], base)), account));
}

function readSettings(options: CheckOptions) {
  const { account, pin, writePin: pinToWrite, vendor, vendorProfile, format, output, failOn } = options;
  if (pin !== undefined && pinToWrite !== undefined) throw pinTogetherWithWritePin();
  if (vendor !== undefined && vendorProfile !== undefined) throw vendorAndProfile();
  const alone = (vendor ?? vendorProfile) === undefined ? VENDOR_OPTION_NAMES.find((name) => isGiven(options[name])) : undefined;
  if (alone !== undefined) throw optionNeedsVendor(optionName(alone));
  return {
    reports: askedReports(format, FORMATS, output),
    failOn: oneOf({ name: "--fail-on", value: failOn }, FAIL_ON),
    ...(account !== undefined && { account: accountId({ name: "--account", value: account }) }),
  };
}

function writePin(path: string, { estate, assignments }: Pick<Input, "estate" | "assignments">, stdout: Output): ExitCode {
  if (assignments.length === 0) throw nothingToApprove();
  const contracts = assignments.map(({ contract }) => contract);
  const pin = pinOf(contracts, sha256, accessHashes(estate, sha256));
  writeOutputText(path, jsonText(pin, 2), { name: "--write-pin", remedy: WRITABLE });
  stdout.write(printableLine(`wrote ${path}: ${plural(Object.keys(pin.destinations).length, "destination")}`));
  return EXIT.fine;
}

function loadPin(path: string): Pin {
  let value: unknown;
  try {
    value = JSON.parse(readInputText(path, { name: "--pin", remedy: "name the file that --write-pin wrote" }));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw pinIsNotJson(path, (error as Error).message);
  }
  return withUsageErrors(() => readPin(value, path));
}

function loadProfile(path: string): VendorProfile {
  const text = readInputText(path, { name: "--vendor-profile", remedy: "name a file that holds the profile of the vendor" });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw profileIsNotJson(path, (error as Error).message);
  }
  try {
    return VendorProfile._fromJson(value, path);
  } catch (error) {
    throw unreadableInput(error as Error);
  }
}

function sha256(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}
