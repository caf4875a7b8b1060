/** `vendor-destination init`: a new project for one vendor, in an empty folder. */
import { join } from "node:path";
import { brokenBucketNameRule, brokenRoleNameWithPathRule, parseIamArn } from "../../lib/names";
import { isRegion } from "../../lib/policy";
import { findVendor, nearestVendor } from "../../lib/vendors";
import type { CommandContext } from "../command";
import { invalidOption } from "../errors";
import { EXIT, type ExitCode } from "../exit-codes";
import {
  DIALECTS,
  defaultValues,
  folderNamedAsVendor,
  INIT_VENDORS,
  type InitValues,
  initVendorIsMissing,
  optionOfOtherInitVendor,
  projectFiles,
  unknownInitVendor,
  vendorWithoutExample,
  writeNewFiles,
} from "../init";
import { readInputText } from "../input";
import { accountId, defineCommand, oneOf, text, textOr, type Values, withChoices } from "../options";
import { printableLine } from "../report/shared";
import { VERSION } from "../version";

const OPTIONS = {
  dialect: withChoices(DIALECTS, textOr("cdktf", "<dialect>", "the language of the project")),
  bucket: text("<name>", "name of the bucket (default: that of the example)"),
  region: text("<region>", "AWS Region of the bucket"),
  vendorAccountId: text("<id>", "kandji: KANDJI_AWS_ACCOUNT_ID, 12 digits"),
  vendorRoleName: text("<name>", "kandji: KANDJI_IAM_ROLE"),
  vendorRoleArn: text("<arn>", "6sense: the ARN of its common IAM role"),
};

export const command = defineCommand({
  firstArgument: { name: "vendor", help: "the vendor that delivers", choices: INIT_VENDORS },
  paths: "where the project is written (default: .)",
  pathsName: "folder",
  usage: "[options] <vendor> [folder]",
  options: OPTIONS,
  notes: "\nWrites a stack, its test, a CI workflow and a README. No file is ever overwritten.",
  run,
});

function run([name = "", folder = ".", ...more]: readonly string[], options: Values<typeof OPTIONS>, { stdout }: CommandContext): ExitCode {
  const vendor = INIT_VENDORS.find((known) => known === name.toLowerCase());
  if (name === "") throw initVendorIsMissing(INIT_VENDORS);
  const nearest = vendor ?? nearestVendor(name);
  const meant = INIT_VENDORS.find((known) => known === nearest);
  if (nearest !== undefined && meant === undefined) throw vendorWithoutExample(name, INIT_VENDORS);
  if (vendor === undefined || more.length > 0)
    throw unknownInitVendor(more.length > 0 ? [name, folder, ...more].join(" ") : name, INIT_VENDORS, meant);
  if (findVendor(folder) !== undefined) throw folderNamedAsVendor(folder);
  const files = projectFiles({
    vendor,
    dialect: oneOf({ name: "--dialect", value: options.dialect }, DIALECTS),
    values: readValues(vendor, options),
    version: VERSION,
    // The bundle is this file.
    program: () => readInputText(__filename),
  });
  writeNewFiles(folder, files);
  for (const path of Object.keys(files)) stdout.write(printableLine(`wrote ${join(folder, path)}`));
  stdout.write(printableLine(`next steps: ${join(folder, "README.md")}`));
  return EXIT.fine;
}

function readValues(vendor: (typeof INIT_VENDORS)[number], options: Values<typeof OPTIONS>): InitValues {
  const { bucket, region, vendorAccountId, vendorRoleName, vendorRoleArn } = options;
  if (vendor === "kandji" && vendorRoleArn !== undefined) throw optionOfOtherInitVendor("--vendor-role-arn", vendor);
  if (vendor === "6sense" && vendorAccountId !== undefined) throw optionOfOtherInitVendor("--vendor-account-id", vendor);
  if (vendor === "6sense" && vendorRoleName !== undefined) throw optionOfOtherInitVendor("--vendor-role-name", vendor);
  check("--bucket", bucket, bucket === undefined ? undefined : brokenBucketNameRule(bucket));
  const regions = findVendor(vendor)!.facts.regions;
  if (regions !== undefined && region !== undefined) oneOf({ name: "--region", value: region }, regions);
  check("--region", region, region === undefined || isRegion(region) ? undefined : "must be the code of an AWS Region");
  check("--vendor-role-name", vendorRoleName, vendorRoleName === undefined ? undefined : brokenRoleNameWithPathRule(vendorRoleName));
  const role = vendorRoleArn === undefined ? undefined : parseIamArn(vendorRoleArn);
  const isRole = vendorRoleArn === undefined || (role?.partition === "aws" && role.resource.startsWith("role/"));
  check("--vendor-role-arn", vendorRoleArn, isRole ? undefined : "must be the ARN of an IAM role (arn:aws:iam::<account>:role/<name>)");
  const example = defaultValues(vendor);
  return {
    bucket: bucket ?? example.bucket,
    region: region ?? example.region,
    vendorAccountId:
      vendorAccountId === undefined
        ? (vendorRoleArn?.split(":")[4] ?? example.vendorAccountId)
        : accountId({ name: "--vendor-account-id", value: vendorAccountId }),
    vendorRoleName: vendorRoleName ?? role?.resource.slice("role/".length) ?? example.vendorRoleName,
  };
}

function check(name: string, value: string | undefined, rule: string | undefined): void {
  if (value !== undefined && rule !== undefined) throw invalidOption({ name, rule, got: value, remedy: "copy or choose another value" });
}
