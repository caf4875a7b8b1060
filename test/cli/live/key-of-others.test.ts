/** The key policy beside the plan that defines it, and before a stand-in role, which is another role than the one that it names. */
import { describe, expect, test } from "vitest";
import { readBack } from "../../../cli/live/read-back";
import type { DestinationReport } from "../../../cli/report/validate/types";
import { denied } from "../fake-aws";
import { CUSTOMER, statement } from "../fake-destination";
import { FaultAccount } from "../faults/account";

const ROLE = `arn:aws:iam::${CUSTOMER}:role/kandji-delivery`;
const ENABLE_IAM = { Principal: { AWS: `arn:aws:iam::${CUSTOMER}:root` }, Action: "kms:*", Resource: "*" };
const NAMES_ROLE = { Principal: { AWS: ROLE }, Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: "*" };

const put = (report: DestinationReport | undefined) => report!.results.find(({ id }) => id === "vendor-can-put");

describe("a stand-in role", () => {
  /** A run in which AWS refuses uploads by the stand-in, because of the key. */
  const refused = async (...statements: object[]) => {
    const { place, ...account } = standIn(...statements);
    const allows = place.allows;
    place.allows = (call) => {
      if (call.who === "role" && call.operation === "s3:PutObject") throw denied("not authorized to perform: kms:GenerateDataKey");
      return allows(call);
    };
    return put(await account.validate());
  };

  function standIn(...statements: object[]) {
    const account = new FaultAccount({ as: "stand-in", door: "role", isVersioned: false, hasKey: true });
    account.place.inline = statement({ Action: ["s3:*", "kms:*"], Resource: "*" });
    account.place.aws.plan("kms:GetKeyPolicy", () => ({ Policy: JSON.stringify(statement(...statements)) }));
    return { place: account.place, validate: () => account.validate() };
  }

  test("shows nothing where the key policy names the role and AWS refuses the stand-in", async () => {
    expect(await refused(ENABLE_IAM, NAMES_ROLE)).toMatchObject({
      outcome: "unknown",
      cause: expect.stringContaining("a stand-in cannot show it, as the key policy may tell the role from others"),
      remedy: expect.stringContaining("--as vendor"),
    });
  });

  test.each(["aws:PrincipalTag/team", "aws:principaltag/team", "aws:PrincipalArn"])(
    "shows nothing where the key policy depends on %s",
    async (key) => {
      const byTag = { ...NAMES_ROLE, Principal: "*", Condition: { StringEquals: { [key]: "data", "aws:PrincipalAccount": CUSTOMER } } };

      expect(await refused(ENABLE_IAM, byTag)).toMatchObject({ outcome: "unknown" });
    },
  );

  test("fails where the policies leave it to IAM and AWS refuses the stand-in", async () => {
    expect(await refused(ENABLE_IAM)).toMatchObject({ outcome: "fail", evidence: "simulated" });
  });

  test("passes where AWS allows it and the live policies agree", async () => {
    expect(put(await standIn(ENABLE_IAM, NAMES_ROLE).validate())).toMatchObject({ outcome: "pass", evidence: "simulated" });
  });
});

describe("the key policy differs from the state", () => {
  const drift = async (...live: object[]) => {
    const account = new FaultAccount({ as: "deployer", door: "role", isVersioned: false, hasKey: true });
    const { place } = account;
    const where = { region: "eu-west-1", owner: CUSTOMER };
    const signal = new AbortController().signal;
    const planned = (await readBack(place.contract, { aws: place.aws.as("environment"), place: where, signal })).account;
    place.aws.plan("kms:GetKeyPolicy", () => ({ Policy: JSON.stringify(statement(...live)) }));
    return (await place.validate({ asked: "deployer" }, planned)).results.find(({ id }) => id === "drift-key-policy");
  };

  test("by a statement that was added", async () => {
    const added = { Principal: { AWS: `arn:aws:iam::${CUSTOMER}:role/reader` }, Action: "kms:Decrypt", Resource: "*" };

    expect(await drift(ENABLE_IAM, NAMES_ROLE, added)).toMatchObject({
      outcome: "fail",
      title: "the policy of the KMS key is as it was planned",
      difference: { planned: [], live: [expect.stringContaining("role/reader")] },
    });
  });

  test("by a statement that was removed", async () => {
    expect(await drift(ENABLE_IAM)).toMatchObject({ outcome: "fail", difference: { live: [] } });
  });

  test("not by the order of its statements", async () => {
    expect(await drift(NAMES_ROLE, ENABLE_IAM)).toBeUndefined();
  });
});

describe("the key of the bucket differs from the state", () => {
  const KEY = `arn:aws:kms:eu-west-1:${CUSTOMER}:key/00000000-0000-4000-8000-000000000000`;
  const setting =
    (KMSMasterKeyID: string | undefined, SSEAlgorithm = "aws:kms") =>
    () => ({
      ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID } }] },
    });

  const drift = async (planned: string, live: string | undefined, algorithm?: string) => {
    const { place } = new FaultAccount({ as: "deployer", door: "role", isVersioned: false, hasKey: true });
    const where = { region: "eu-west-1", owner: CUSTOMER };
    const signal = new AbortController().signal;
    place.aws.plan("s3:GetBucketEncryption", setting(planned));
    const { account } = await readBack(place.contract, { aws: place.aws.as("environment"), place: where, signal });
    // A plan knows no key of the account that it does not define.
    const { kms: _, ...state } = account;
    place.aws.plan("s3:GetBucketEncryption", setting(live, algorithm));
    return (await place.validate({ asked: "deployer" }, state)).results.find(({ id }) => id === "drift-encryption-key");
  };

  test.each([
    ["another key", KEY.replace("0000-4000", "0001-4000"), KEY, undefined],
    ["the default key of AWS", KEY, undefined, undefined],
    ["no key", KEY, undefined, "AES256"],
  ])("by %s", async (_, planned, live, algorithm) => {
    expect(await drift(planned, live, algorithm)).toMatchObject({
      outcome: "fail",
      title: "the KMS key of the bucket is as it was planned",
      difference: { planned: [planned] },
    });
  });

  test.each([
    ["is the same", KEY, KEY],
    ["is named by its ID", KEY.split("/")[1]!, KEY],
    ["is named by an alias", "alias/deliveries", `arn:aws:kms:eu-west-1:${CUSTOMER}:alias/deliveries`],
    ["may be the target of an alias", "alias/deliveries", KEY],
  ])("not where it %s", async (_, planned, live) => {
    expect(await drift(planned, live)).toBeUndefined();
  });
});
