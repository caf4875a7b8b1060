/** Findings that a construct accepts: in the synthesized contract, in annotations, and never more than was named. */
import { describe, expect, test } from "vitest";
import {
  type AcceptFindingOptions,
  BucketVersioning,
  DestinationBucket,
  KandjiDestination,
  ValidationMode,
  VendorAccess,
  VendorDestination,
  VendorPrincipal,
  VendorRole,
} from "../../lib";
import { expectDestination } from "../../lib/testing";
import { acme } from "./acme";
import { annotationsOf, KANDJI, kandji, newStack, synthesize, synthesizedOf } from "./synthesized";

const REASON = "Acme sends no external ID";
const WHOLE_ACCOUNT = "trust-account-without-external-id";

type Stack = ReturnType<typeof newStack>;

const destination = (stack: Stack, id = "Acme", props: object = {}) =>
  new VendorDestination(stack, id, {
    vendor: acme(),
    access: VendorAccess.assumedRole({ principals: [VendorPrincipal.account("222222222222")], roleName: `${id}-delivery` }),
    bucketName: "acme-vendor-logs",
    ...props,
  });

describe("acceptFinding", () => {
  test("leaves a contract without acceptances as it was", () => {
    expect(kandji().contract).not.toHaveProperty("acceptances");
    expect(kandji().only("terraform_data").triggers_replace).not.toHaveProperty("acceptances");
  });

  test("writes the acceptance into the contract, and validates again where it changes", () => {
    const options: AcceptFindingOptions = { statement: "AllowVendorToAssume", owner: "security", expires: "2027-06-30" };
    const stack = synthesizedOf((stack) => destination(stack).acceptFinding(WHOLE_ACCOUNT, REASON, options));

    expect(stack.contract.acceptances).toEqual([{ id: WHOLE_ACCOUNT, reason: REASON, ...options }]);
    expect(stack.only("terraform_data").triggers_replace.acceptances).toContain(WHOLE_ACCOUNT);
  });

  test("is seen at synthesis", () => {
    const stack = newStack();
    destination(stack).acceptFinding(WHOLE_ACCOUNT, REASON);

    expect(annotationsOf(stack, "info")).toContain(
      `FindingAccepted: '${WHOLE_ACCOUNT}' is accepted, and every report shows it as such: ${REASON}`,
    );
  });

  test("makes a destination healthy that is not", () => {
    const stack = newStack();
    const acmeDestination = destination(stack);
    expect(() => expectDestination(stack, "Acme").isHealthy()).toThrow(WHOLE_ACCOUNT);

    acmeDestination.acceptFinding(WHOLE_ACCOUNT, REASON);

    expectDestination(stack, "Acme").isHealthy();
  });

  test("of the bucket is in the contract of every destination, also of one that is defined later", () => {
    const stack = newStack();
    const bucket = new DestinationBucket(stack, "Bucket", { bucketName: "acme-vendor-logs" });
    destination(stack, "One", { bucket, bucketName: undefined, keyPrefix: "one" });
    bucket.acceptFinding("weak-external-id", "seen");
    destination(stack, "Other", { bucket, bucketName: undefined, keyPrefix: "other" });

    const contracts = synthesize(stack)
      .all("terraform_data")
      .map(({ input }) => input.acceptances);
    expect(contracts).toEqual([[{ id: "weak-external-id", reason: "seen" }], [{ id: "weak-external-id", reason: "seen" }]]);
  });

  test("of the role is in the contract of its destination alone", () => {
    const stack = newStack();
    const bucket = new DestinationBucket(stack, "Bucket", { bucketName: "acme-vendor-logs" });
    const one = destination(stack, "One", { bucket, bucketName: undefined, keyPrefix: "one" });
    destination(stack, "Other", { bucket, bucketName: undefined, keyPrefix: "other" });
    one.role!.acceptFinding(WHOLE_ACCOUNT, REASON);

    const [first, other] = synthesize(stack).all("terraform_data");
    expect(first!.input.acceptances).toHaveLength(1);
    expect(other!.input).not.toHaveProperty("acceptances");
  });
});

describe("at synthesis", () => {
  /** Everybody may assume the role: a finding of severity high. */
  const open = (accept: (destination: KandjiDestination) => void) => () => {
    const stack = newStack();
    const kandjiDestination = new KandjiDestination(stack, "Kandji", { ...KANDJI, validation: { mode: ValidationMode.OFF } });
    const { versioningConfiguration } = kandjiDestination.bucket;
    versioningConfiguration.addOverride("versioning_configuration.status", BucketVersioning.ENABLED);
    accept(kandjiDestination);
    return synthesize(stack);
  };

  test("fails where an expectation is broken and nobody accepts it", () => {
    expect(open(() => {})).toThrow("ContractBroken: the expectation 'versioning'");
  });

  test("a broken expectation is accepted by its own id", () => {
    expect(open((kandjiDestination) => kandjiDestination.acceptFinding("versioning", "backups need it"))).not.toThrow();
  });

  test.each(["setting-differs", "encryption"])("fails where %s is accepted in its place", (id) => {
    expect(open((kandjiDestination) => kandjiDestination.acceptFinding(id, "no"))).toThrow("ContractBroken: the expectation 'versioning'");
  });

  test.each(["pin-contract", "access-too-wide", "no-such-rule"])("fails where %s is accepted, which nobody can", (id) => {
    const stack = newStack();
    destination(stack).acceptFinding(id, "no");

    expect(() => synthesize(stack)).toThrow("FindingNotAcceptable: 'id' must be the ID of a finding that can be accepted: ");
  });

  test("fails where a bucket or a role of no destination accepts a finding", () => {
    const alone = newStack();
    new DestinationBucket(alone, "Bucket", { bucketName: "acme-vendor-logs" }).acceptFinding("ssl-missing", "no");
    expect(() => synthesize(alone)).toThrow(/AcceptanceOutsideDestination: .*this bucket, got "ssl-missing"/);

    const withRole = newStack();
    const role = new VendorRole(withRole, "Role", { principals: [VendorPrincipal.account("222222222222")], roleName: "delivery" });
    role.addToPolicy({ Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::acme-vendor-logs/*" });
    role.acceptFinding(WHOLE_ACCOUNT, REASON);
    expect(() => synthesize(withRole)).toThrow(/AcceptanceOutsideDestination: .*this role, got/);
  });

  test("fails on a day that is none", () => {
    expect(() => destination(newStack()).acceptFinding(WHOLE_ACCOUNT, REASON, { expires: "2027-02-30" })).toThrow(
      "MalformedDay: 'options.expires'",
    );
  });
});
