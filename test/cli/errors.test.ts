/** The exact text of every message about usage and input. Elsewhere tests name the code alone. */
import { describe, expect, test } from "vitest";
import * as errors from "../../cli/errors";

const VALUE = { name: "--format", rule: "must be one of text, json", got: "xml", remedy: "write for example --format text" };
const FILE = { name: "--pin", remedy: "name the file that --write-pin wrote" };

const { UsageError, ownAccountUnknown, ...messages } = errors;

const TEXTS: { readonly [Name in keyof typeof messages]: readonly (readonly [errors.UsageError, string])[] } = {
  invalidOption: [
    [errors.invalidOption(VALUE), `InvalidOption: '--format' must be one of text, json, got "xml"; write for example --format text`],
  ],
  invalidConfig: [
    [
      errors.invalidConfig({ member: "check.quiet", rule: "must be true or false", got: "yes", path: "a.json" }),
      `InvalidConfig: 'check.quiet' must be true or false, got "yes"; see schemas/config.schema.json (at a.json)`,
    ],
  ],
  optionGivenTwice: [
    [errors.optionGivenTwice("--pin", ["a", "b"]), `InvalidOption: '--pin' must be given once, got "a" and "b"; leave one of the two out`],
  ],
  formatWithoutFileTwice: [
    [
      errors.formatWithoutFileTwice(["sarif", "json"]),
      "InvalidOption: '--format' must name a file for all reports but one, got sarif and json; write for example --format sarif=report",
    ],
  ],
  twoReportsInOneFile: [
    [
      errors.twoReportsInOneFile("a.json"),
      `InvalidOption: '--format' must name another file for each report, got "a.json" twice; rename one of the two`,
    ],
  ],
  invalidOrganizationPolicy: [
    [
      errors.invalidOrganizationPolicy({ option: "--scp", rule: "must hold a policy document or a list of them", path: "scp.json" }),
      "InvalidPolicy: '--scp' must hold a policy document or a list of them; copy the policy from AWS Organizations (at scp.json)",
    ],
  ],
  accountOfPoliciesIsMissing: [
    [
      errors.accountOfPoliciesIsMissing("--scp", 2),
      "MissingOption: '--scp' must come with the account that the policies apply to, because the input has 2 accounts; name it with --account",
    ],
  ],
  pinTogetherWithWritePin: [
    [
      errors.pinTogetherWithWritePin(),
      "InvalidOption: '--write-pin' approves what is there and compares nothing, so it cannot be given with '--pin'; compare with --pin first, then write with --write-pin alone",
    ],
  ],
  optionNeedsVendor: [
    [
      errors.optionNeedsVendor("--role"),
      "MissingOption: '--role' is for a plan without a contract; name the vendor with --vendor or --vendor-profile",
    ],
  ],
  nothingToApprove: [
    [
      errors.nothingToApprove(),
      "MissingContract: there is no delivery contract to approve; name the vendor with --vendor or --vendor-profile",
    ],
  ],
  nothingToDo: [
    [errors.nothingToDo("watch", "CONTRACT"), "MissingContract: there is nothing to watch; name a path, --contract FILE, or set CONTRACT"],
  ],
  pinIsNotJson: [
    [
      errors.pinIsNotJson("pin.json", "it is empty"),
      "InvalidPin: the file must hold JSON: it is empty; write it with --write-pin (at pin.json)",
    ],
  ],
  invalidAcceptances: [
    [
      errors.invalidAcceptances({ rule: "the file must hold JSON: it is empty", path: "accepted.json" }),
      "InvalidAcceptances: the file must hold JSON: it is empty; see schemas/acceptances.schema.json (at accepted.json)",
    ],
    [
      errors.invalidAcceptances({ rule: "'acceptances[0]' must be an object", got: 1, path: "accepted.json" }),
      "InvalidAcceptances: 'acceptances[0]' must be an object, got 1; see schemas/acceptances.schema.json (at accepted.json)",
    ],
  ],
  incompleteCredentials: [
    [
      errors.incompleteCredentials("VENDOR_"),
      "InvalidCredentials: 'VENDOR_AWS_ACCESS_KEY_ID' and 'VENDOR_AWS_SECRET_ACCESS_KEY' must both be set, got one; set or unset both",
    ],
  ],
  requestIsIncomplete: [
    [
      errors.requestIsIncomplete(["--action"]),
      "MissingOption: '--action' must be given; name the caller, the action and the resource of one request, or give a file of '--cases'",
    ],
    [
      errors.requestIsIncomplete(["--principal", "--action", "--resource"]),
      "MissingOption: '--principal', '--action' and '--resource' must be given; name the caller, the action and the resource of one request, or give a file of '--cases'",
    ],
  ],
  optionOfOneRequest: [
    [
      errors.optionOfOneRequest("--expect"),
      "InvalidOption: '--expect' is for one request and cannot be given with '--cases'; leave one of the two out",
    ],
  ],
  pathWithCases: [
    [
      errors.pathWithCases("plan.json"),
      `InvalidArgument: '--cases' takes no path of a plan, as each case has its policies, got "plan.json"; leave it out`,
    ],
  ],
  casesAreUnreadable: [[errors.casesAreUnreadable("cases.json", "InvalidCase: no"), "InvalidCase: no (at cases.json)"]],
  unknownResource: [
    [
      errors.unknownResource("logs", "roles", []),
      `UnknownResource: '--resource' must be one that the plan defines, got "logs"; its roles are none`,
    ],
    [
      errors.unknownResource("logs", "buckets", ["a", "b"]),
      `UnknownResource: '--resource' must be one that the plan defines, got "logs"; its buckets are a, b`,
    ],
  ],
  unknownVendor: [
    [
      errors.unknownVendor("acme", ["kandji", "6sense"], undefined),
      `UnknownVendor: '--vendor' must be one of kandji, 6sense, got "acme"; write for example --vendor kandji`,
    ],
    [
      errors.unknownVendor("kanji", ["6sense", "kandji"], "kandji"),
      `UnknownVendor: '--vendor' must be one of 6sense, kandji, got "kanji"; write --vendor kandji`,
    ],
  ],
  optionOfAnotherVendor: [
    [
      errors.optionOfAnotherVendor("--data-packs-path", "kandji"),
      "InvalidOption: '--data-packs-path' has no meaning for --vendor kandji; leave it out",
    ],
  ],
  unknownBucket: [[errors.unknownBucket("logs", ["a"]), `UnknownBucket: '--bucket' must be in the plan, got "logs"; it has a`]],
  unknownRole: [[errors.unknownRole("logs", ["a"]), `UnknownRole: '--role' must be in the plan, got "logs"; it has a`]],
  bucketIsNotNamed: [
    [errors.bucketIsNotNamed([]), "MissingOption: '--bucket' must name the bucket, as the plan has no bucket; give its name"],
    [
      errors.bucketIsNotNamed(["a", "b"]),
      "MissingOption: '--bucket' must name the bucket, as the plan has the buckets a, b; give its name",
    ],
  ],
  roleIsNotNamed: [
    [
      errors.roleIsNotNamed([]),
      "MissingOption: '--role' must name the role that the vendor assumes, as the plan has no role; give its name",
    ],
    [
      errors.roleIsNotNamed(["a", "b"]),
      "MissingOption: '--role' must name the role that the vendor assumes, as the plan has the roles a, b; give its name",
    ],
  ],
  vendorRoleGivenTwice: [
    [
      errors.vendorRoleGivenTwice("--vendor-role-arn"),
      "InvalidOption: '--vendor-role-arn' takes the place of '--vendor-account-id' and '--vendor-role-name'; give one of them",
    ],
    [
      errors.vendorRoleGivenTwice("--vendor-principal"),
      "InvalidOption: '--vendor-principal' takes the place of '--vendor-account-id' and '--vendor-role-name', or '--vendor-role-arn'; give one of them",
    ],
  ],
  vendorAndProfile: [
    [errors.vendorAndProfile(), "InvalidOption: '--vendor' names a known vendor and '--vendor-profile' a file; give one of the two"],
  ],
  profileIsNotJson: [
    [
      errors.profileIsNotJson("acme.json", "no"),
      "InvalidProfile: the file must hold JSON: no; write it as schemas/vendor-profile.schema.json describes (at acme.json)",
    ],
  ],
  accessMethodIsNotNamed: [
    [
      errors.accessMethodIsNotNamed("Acme", ["assumedRole", "bucketPolicy"]),
      "MissingOption: '--access-method' must be given, as Acme documents assumedRole and bucketPolicy; write for example --access-method assumedRole",
    ],
  ],
  undocumentedAccessMethod: [
    [
      errors.undocumentedAccessMethod("role", "Acme", ["assumedRole"]),
      `InvalidOption: '--access-method' must be one that Acme documents, got "role"; write for example --access-method assumedRole`,
    ],
  ],
  optionOfAssumedRole: [
    [errors.optionOfAssumedRole("--role", "Acme"), "InvalidOption: '--role' has no meaning for Acme, which assumes no role; leave it out"],
  ],
  externalIdIsMissing: [
    [
      errors.externalIdIsMissing("Acme"),
      "MissingOption: '--external-id' must be given, as Acme always sends one; copy it from the vendor's screen",
    ],
  ],
  externalIdIsNotUsed: [
    [errors.externalIdIsNotUsed("Acme"), "InvalidOption: '--external-id' must not be given, as Acme sends none; leave it out"],
  ],
  principalIsMissing: [
    [
      errors.principalIsMissing("Acme", []),
      "MissingOption: '--vendor-principal' must name the principal of Acme; copy its ARN or account ID from the vendor's screen",
    ],
    [
      errors.principalIsMissing("Acme", ["eu", "us"]),
      "MissingOption: '--vendor-principal' must name the principal of Acme; write one of eu, us",
    ],
  ],
  invalidPrincipal: [
    [
      errors.invalidPrincipal("eu", []),
      `InvalidOption: '--vendor-principal' must be the ARN of an IAM principal or an account ID, got "eu"; copy it from the vendor's screen`,
    ],
    [
      errors.invalidPrincipal("eu1", ["eu", "us"]),
      `InvalidOption: '--vendor-principal' must be the ARN of an IAM principal, an account ID or a site of the vendor (eu, us), got "eu1"; copy it from the vendor's screen`,
    ],
  ],
  vendorRoleIsMissing: [
    [
      errors.vendorRoleIsMissing(),
      "MissingOption: '--vendor' needs '--vendor-account-id' and '--vendor-role-name', or '--vendor-role-arn'; copy them from the vendor's screen",
    ],
  ],
  folderWithoutTerraformFiles: [
    [
      errors.folderWithoutTerraformFiles("src", ["*.tf", "*.tofu", "*.tf.json", "*.tofu.json"]),
      "NoTerraformFiles: the folder holds none of *.tf, *.tofu, *.tf.json, *.tofu.json; synthesize first, or name a plan or state file (at src)",
    ],
  ],
  unreadablePath: [
    [
      errors.unreadablePath("x", { code: "ENOENT" }),
      "UnreadableFile: the path cannot be read: there is no such file or folder; name a folder or file that exists and can be read (at x)",
    ],
    [
      errors.unreadablePath("cdktf.out/stacks/kandji", { code: "ENOENT" }),
      "UnreadableFile: the path cannot be read: there is no such file or folder; synthesize first (at cdktf.out/stacks/kandji)",
    ],
  ],
  unreadableFile: [
    [
      errors.unreadableFile("x", { code: "EACCES" }),
      "UnreadableFile: the file cannot be read: you have no permission; name a file that exists and can be read (at x)",
    ],
  ],
  unreadableOptionFile: [
    [
      errors.unreadableOptionFile("x", FILE, { code: "EISDIR" }),
      `UnreadableFile: '--pin' must name a file that can be read, got "x"; name the file that --write-pin wrote (it is a folder)`,
    ],
  ],
  terraformFileAsOutput: [
    [
      errors.terraformFileAsOutput("plan.json", "--output"),
      "UnwritableFile: '--output' must not name a file of Terraform, which would be lost, got \"plan.json\"; name another file; what should be checked stands without an option",
    ],
  ],
  unwritableOptionFile: [
    [
      errors.unwritableOptionFile("x", FILE, { code: "EACCES" }),
      `UnwritableFile: '--pin' must name a file that can be written, got "x"; name the file that --write-pin wrote (you have no permission)`,
    ],
  ],
  noJournal: [
    [
      errors.noJournal("/tmp/x: EACCES"),
      "UnwritableJournal: what validate writes must be recorded first, and no file can be written: /tmp/x: EACCES; name a file with --journal or VENDOR_DESTINATION_JOURNAL, or write nothing with --read-only",
    ],
  ],
  contractIsNotJson: [
    [
      errors.contractIsNotJson("c.json", "it is empty"),
      "UnreadableContract: 'c.json' must hold JSON: it is empty; write the contract as the construct's output has it",
    ],
  ],
  noContractIn: [
    [
      errors.noContractIn(["a", "b"]),
      "MissingContract: the input holds no delivery contract; name cdktf.out of a stack with a destination, terraform show -json of its plan or state, or terraform output -json after apply (at a, b)",
    ],
  ],
  contractIsUnresolved: [
    [
      errors.contractIsUnresolved("${x}", "c.json"),
      "UnresolvedContract: the contract holds ${x}, which only Terraform knows; validate after apply, with the state (terraform show -json) or the outputs (terraform output -json) (at c.json)",
    ],
  ],
  unreadableInput: [[errors.unreadableInput(new Error("NoPlan: no")), "NoPlan: no"]],
};

describe.each(Object.entries(TEXTS))("%s", (_, cases) => {
  test.each(cases)("%s", (error, text) => {
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe(text);
  });
});

test("an account that AWS does not tell is not wrong usage", () => {
  const error = ownAccountUnknown({ problem: "the credentials have expired: ExpiredToken", remedy: "renew them" });

  expect(error).not.toBeInstanceOf(UsageError);
  expect(`${error.name}: ${error.message}`).toBe(
    "UnknownAccount: the contract needs your account ID, and AWS did not return it: the credentials have expired: ExpiredToken; renew them",
  );
});
