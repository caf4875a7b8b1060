/** Errors in the usage or the input of the program. Every such message is in this file, which makes it long. A test reads each message. */

/** Wrong usage or unreadable input: the program prints the message alone and exits with 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** An option, an environment variable or an argument whose value breaks a rule. */
export interface InvalidValue {
  /** `--timeout-seconds`, or the environment variable that holds the value. */
  readonly name: string;
  readonly rule: string;
  readonly got: string;
  readonly remedy: string;
}

/** `Code: 'name' rule, got <JSON>; remedy`. */
function message(code: string, { name, rule, got, remedy }: InvalidValue): UsageError {
  return new UsageError(`${code}: '${name}' ${rule}, got ${JSON.stringify(got)}; ${remedy}`);
}

export function invalidOption(value: InvalidValue): UsageError {
  return message("InvalidOption", value);
}

/** What is wrong with the configuration file. */
export interface InvalidConfig {
  /** `check.failOn`. */
  readonly member: string;
  readonly rule: string;
  readonly got?: unknown;
  /** @default - a reference to the schema */
  readonly remedy?: string;
  readonly path: string;
}

export function invalidConfig({ member, rule, got, remedy = "see schemas/config.schema.json", path }: InvalidConfig): UsageError {
  const shown = got === undefined ? "" : `, got ${JSON.stringify(got).slice(0, 120)}`;
  return new UsageError(`InvalidConfig: '${member}' ${rule}${shown}; ${remedy} (at ${path})`);
}

export function optionGivenTwice(name: string, [first, second]: readonly [string, string]): UsageError {
  const got = `${JSON.stringify(first)} and ${JSON.stringify(second)}`;
  return new UsageError(`InvalidOption: '${name}' must be given once, got ${got}; leave one of the two out`);
}

export function formatWithoutFileTwice(formats: readonly string[]): UsageError {
  return new UsageError(
    `InvalidOption: '--format' must name a file for all reports but one, got ${formats.join(" and ")}; write for example --format ${formats[0]}=report`,
  );
}

export function twoReportsInOneFile(file: string): UsageError {
  return new UsageError(
    `InvalidOption: '--format' must name another file for each report, got ${JSON.stringify(file)} twice; rename one of the two`,
  );
}

export function invalidOrganizationPolicy({
  option,
  rule,
  path,
}: {
  readonly option: string;
  readonly rule: string;
  readonly path: string;
}): UsageError {
  return new UsageError(`InvalidPolicy: '${option}' ${rule}; copy the policy from AWS Organizations (at ${path})`);
}

export function accountOfPoliciesIsMissing(option: string, accounts: number): UsageError {
  return new UsageError(
    `MissingOption: '${option}' must come with the account that the policies apply to, because the input has ${accounts} accounts; name it with --account`,
  );
}

export function pinTogetherWithWritePin(): UsageError {
  return new UsageError(
    "InvalidOption: '--write-pin' approves what is there and compares nothing, so it cannot be given with '--pin'; " +
      "compare with --pin first, then write with --write-pin alone",
  );
}

export function optionNeedsVendor(option: string): UsageError {
  return new UsageError(`MissingOption: '${option}' is for a plan without a contract; name the vendor with --vendor or --vendor-profile`);
}

export function nothingToApprove(): UsageError {
  return new UsageError("MissingContract: there is no delivery contract to approve; name the vendor with --vendor or --vendor-profile");
}

export function nothingToDo(verb: "validate" | "watch", contractVariable: string): UsageError {
  return new UsageError(`MissingContract: there is nothing to ${verb}; name a path, --contract FILE, or set ${contractVariable}`);
}

export function pinIsNotJson(path: string, problem: string): UsageError {
  return new UsageError(`InvalidPin: the file must hold JSON: ${problem}; write it with --write-pin (at ${path})`);
}

/** What is wrong with the file of `--accept`. */
export interface InvalidAcceptances {
  /** A sentence about the file or an acceptance in it. */
  readonly rule: string;
  readonly got?: unknown;
  readonly path: string;
}

export function invalidAcceptances({ rule, got, path }: InvalidAcceptances): UsageError {
  const shown = got === undefined ? "" : `, got ${JSON.stringify(got).slice(0, 120)}`;
  return new UsageError(`InvalidAcceptances: ${rule}${shown}; see schemas/acceptances.schema.json (at ${path})`);
}

/** A part of the credentials in environment variables. */
export function incompleteCredentials(prefix: string): UsageError {
  return new UsageError(
    `InvalidCredentials: '${prefix}AWS_ACCESS_KEY_ID' and '${prefix}AWS_SECRET_ACCESS_KEY' must both be set, got one; set or unset both`,
  );
}

// explain

export function requestIsIncomplete(options: readonly string[]): UsageError {
  const names = options.map((option) => `'${option}'`);
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return new UsageError(
    `MissingOption: ${list} must be given; name the caller, the action and the resource of one request, or give a file of '--cases'`,
  );
}

export function optionOfOneRequest(option: string): UsageError {
  return new UsageError(`InvalidOption: '${option}' is for one request and cannot be given with '--cases'; leave one of the two out`);
}

export function pathWithCases(path: string): UsageError {
  return new UsageError(
    `InvalidArgument: '--cases' takes no path of a plan, as each case has its policies, got ${JSON.stringify(path)}; leave it out`,
  );
}

export function casesAreUnreadable(path: string, problem: string): UsageError {
  return new UsageError(`${problem} (at ${path})`);
}

export type ResourceKind = "roles" | "buckets" | "KMS keys";

export function unknownResource(resource: string, what: ResourceKind, known: readonly string[]): UsageError {
  const remedy = `its ${what} are ${known.join(", ") || "none"}`;
  return message("UnknownResource", { name: "--resource", rule: "must be one that the plan defines", got: resource, remedy });
}

// check --vendor

/** @param nearest the one that is probably meant */
export function unknownVendor(vendor: string, known: readonly string[], nearest: string | undefined): UsageError {
  const remedy = nearest === undefined ? `write for example --vendor ${known[0]}` : `write --vendor ${nearest}`;
  return message("UnknownVendor", { name: "--vendor", rule: `must be one of ${known.join(", ")}`, got: vendor, remedy });
}

export function optionOfAnotherVendor(option: string, vendor: string): UsageError {
  return new UsageError(`InvalidOption: '${option}' has no meaning for --vendor ${vendor}; leave it out`);
}

export function unknownBucket(bucket: string, known: readonly string[]): UsageError {
  return message("UnknownBucket", { name: "--bucket", rule: "must be in the plan", got: bucket, remedy: `it has ${known.join(", ")}` });
}

export function unknownRole(role: string, known: readonly string[]): UsageError {
  return message("UnknownRole", { name: "--role", rule: "must be in the plan", got: role, remedy: `it has ${known.join(", ")}` });
}

export function bucketIsNotNamed(known: readonly string[]): UsageError {
  const found = known.length === 0 ? "no bucket" : `the buckets ${known.join(", ")}`;
  return new UsageError(`MissingOption: '--bucket' must name the bucket, as the plan has ${found}; give its name`);
}

export function roleIsNotNamed(known: readonly string[]): UsageError {
  const found = known.length === 0 ? "no role" : `the roles ${known.join(", ")}`;
  return new UsageError(`MissingOption: '--role' must name the role that the vendor assumes, as the plan has ${found}; give its name`);
}

/** @param option that stands alone */
export function vendorRoleGivenTwice(option: "--vendor-principal" | "--vendor-role-arn"): UsageError {
  const others = ["'--vendor-account-id' and '--vendor-role-name'", ...(option === "--vendor-principal" ? ["'--vendor-role-arn'"] : [])];
  return new UsageError(`InvalidOption: '${option}' takes the place of ${others.join(", or ")}; give one of them`);
}

export function vendorRoleIsMissing(): UsageError {
  return new UsageError(
    "MissingOption: '--vendor' needs '--vendor-account-id' and '--vendor-role-name', or '--vendor-role-arn'; copy them from the vendor's screen",
  );
}

export function vendorAndProfile(): UsageError {
  return new UsageError("InvalidOption: '--vendor' names a known vendor and '--vendor-profile' a file; give one of the two");
}

export function profileIsNotJson(path: string, problem: string): UsageError {
  return new UsageError(
    `InvalidProfile: the file must hold JSON: ${problem}; write it as schemas/vendor-profile.schema.json describes (at ${path})`,
  );
}

export function accessMethodIsNotNamed(vendorName: string, documented: readonly string[]): UsageError {
  const remedy = `write for example --access-method ${documented[0]}`;
  return new UsageError(
    `MissingOption: '--access-method' must be given, as ${vendorName} documents ${documented.join(" and ")}; ${remedy}`,
  );
}

export function undocumentedAccessMethod(got: string, vendorName: string, documented: readonly string[]): UsageError {
  const rule = `must be one that ${vendorName} documents`;
  return message("InvalidOption", { name: "--access-method", rule, got, remedy: `write for example --access-method ${documented[0]}` });
}

export function optionOfAssumedRole(option: string, vendorName: string): UsageError {
  return new UsageError(`InvalidOption: '${option}' has no meaning for ${vendorName}, which assumes no role; leave it out`);
}

export function externalIdIsMissing(vendorName: string): UsageError {
  return new UsageError(
    `MissingOption: '--external-id' must be given, as ${vendorName} always sends one; copy it from the vendor's screen`,
  );
}

export function externalIdIsNotUsed(vendorName: string): UsageError {
  return new UsageError(`InvalidOption: '--external-id' must not be given, as ${vendorName} sends none; leave it out`);
}

/** @param sites that the profile publishes principals for */
export function principalIsMissing(vendorName: string, sites: readonly string[]): UsageError {
  const remedy = sites.length === 0 ? "copy its ARN or account ID from the vendor's screen" : `write one of ${sites.join(", ")}`;
  return new UsageError(`MissingOption: '--vendor-principal' must name the principal of ${vendorName}; ${remedy}`);
}

/** @param sites that the profile publishes principals for */
export function invalidPrincipal(got: string, sites: readonly string[]): UsageError {
  const forms = [
    "the ARN of an IAM principal",
    "an account ID",
    ...(sites.length === 0 ? [] : [`a site of the vendor (${sites.join(", ")})`]),
  ];
  const rule = `must be ${forms.slice(0, -1).join(", ")} or ${forms.at(-1)}`;
  return message("InvalidOption", { name: "--vendor-principal", rule, got, remedy: "copy it from the vendor's screen" });
}

// files

/** What the operating system says, by the codes of Node.js. */
const REASONS: ReadonlyMap<string | undefined, string> = new Map([
  ["EACCES", "you have no permission"],
  ["ELOOP", "its symbolic links go round in a circle"],
  ["EISDIR", "it is a folder"],
  ["ENOENT", "there is no such file or folder"],
  ["ENOTDIR", "a part of its path is not a folder"],
]);

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS.get(code) ?? message;
}

/** @param option that names the folder, if it is not an argument */
export function folderWithoutTerraformFiles(path: string, names: readonly string[], option?: FileOption): UsageError {
  const where = option === undefined ? "the folder holds" : `'${option.name}' names a folder that holds`;
  return new UsageError(
    `NoTerraformFiles: ${where} none of ${names.join(", ")}; synthesize first, or name a plan or state file (at ${path})`,
  );
}

export function unreadablePath(path: string, error: unknown): UsageError {
  const isUnsynthesized = /\bcdktf\.out\b/.test(path) && (error as NodeJS.ErrnoException).code === "ENOENT";
  const remedy = isUnsynthesized ? "synthesize first" : "name a folder or file that exists and can be read";
  return new UsageError(`UnreadableFile: the path cannot be read: ${reasonOf(error)}; ${remedy} (at ${path})`);
}

export function unreadableFile(path: string, error: unknown): UsageError {
  return new UsageError(
    `UnreadableFile: the file cannot be read: ${reasonOf(error)}; name a file that exists and can be read (at ${path})`,
  );
}

/** An option that names a file, and what to do where the file cannot be read or written. */
export interface FileOption {
  readonly name: string;
  readonly remedy: string;
}

export function unreadableOptionFile(path: string, { name, remedy }: FileOption, error: unknown): UsageError {
  return message("UnreadableFile", {
    name,
    rule: "must name a file that can be read",
    got: path,
    remedy: `${remedy} (${reasonOf(error)})`,
  });
}

export function terraformFileAsOutput(path: string, option: string): UsageError {
  const remedy = "name another file; what should be checked stands without an option";
  return message("UnwritableFile", { name: option, rule: "must not name a file of Terraform, which would be lost", got: path, remedy });
}

export function unwritableOptionFile(path: string, { name, remedy }: FileOption, error: unknown): UsageError {
  return message("UnwritableFile", {
    name,
    rule: "must name a file that can be written",
    got: path,
    remedy: `${remedy} (${reasonOf(error)})`,
  });
}

export function noJournal(problem: string): UsageError {
  return new UsageError(
    `UnwritableJournal: what validate writes must be recorded first, and no file can be written: ${problem}; ` +
      "name a file with --journal or VENDOR_DESTINATION_JOURNAL, or write nothing with --read-only",
  );
}

// contracts

export function contractIsNotJson(where: string, problem: string): UsageError {
  return new UsageError(`UnreadableContract: '${where}' must hold JSON: ${problem}; write the contract as the construct's output has it`);
}

export function noContractIn(paths: readonly string[]): UsageError {
  return new UsageError(
    "MissingContract: the input holds no delivery contract; name cdktf.out of a stack with a destination, " +
      `terraform show -json of its plan or state, or terraform output -json after apply (at ${paths.join(", ")})`,
  );
}

/** Not a mistake of the user: the program could not tell. */
export function ownAccountUnknown({ problem, remedy }: { readonly problem: string; readonly remedy: string | undefined }): Error {
  const name = "UnknownAccount";
  const what = "the contract needs your account ID, and AWS did not return it";
  return Object.assign(new Error(`${what}: ${problem}; ${remedy ?? "run it with credentials of the account"}`), { name });
}

export function contractIsUnresolved(unresolved: string, where: string): UsageError {
  return new UsageError(
    `UnresolvedContract: the contract holds ${unresolved}, which only Terraform knows; validate after apply, ` +
      `with the state (terraform show -json) or the outputs (terraform output -json) (at ${where})`,
  );
}

/** An error whose message comes from the library. */
export function unreadableInput({ message: problem }: Error): UsageError {
  return new UsageError(problem);
}
