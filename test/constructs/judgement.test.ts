/** Synthesis judges what the resources will say, users' statements and overrides included, by the delivery contract. */
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { Aspects, type TerraformStack } from "cdktf";
import { describe, expect, test } from "vitest";
import { KandjiDestination, SixSenseDestination, type VendorDestination } from "../../lib";
import { KANDJI, newStack, SIX_SENSE, synthesize } from "./synthesized";

const BUCKET = "arn:aws:s3:::acme-kandji-activity";
const OBJECTS = `${BUCKET}/*`;
const ROLE = "arn:aws:iam::222222222222:role/kandji-activity";
const NOBODY = { Version: "2012-10-17", Statement: [] };

type Change = (kandji: KandjiDestination) => void;

/** What synthesis of a Kandji destination says after a change; empty where it has nothing to say. */
function complaintsAbout(change: Change): string {
  const stack = newStack();
  change(new KandjiDestination(stack, "Kandji", KANDJI));
  return complaintsOf(stack);
}

function complaintsOf(stack: TerraformStack): string {
  try {
    synthesize(stack);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

const document = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

describe("synthesis fails, and names the expectation, the cause and the statement,", () => {
  test.each<[string, Change, RegExp[]]>([
    [
      "when a statement opens the bucket to another principal of the vendor's account",
      ({ bucket }) =>
        bucket.addToResourcePolicy({
          Sid: "AllowReports",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::222222222222:root" },
          Action: "s3:GetObject",
          Resource: OBJECTS,
        }),
      [
        /'stranger-in-vendor-account-cannot-get' \(another principal of the vendor's account cannot get an object\) does not hold/,
        /AllowReports/,
      ],
    ],
    [
      "when a statement opens the bucket to everybody",
      ({ bucket }) =>
        bucket.addToResourcePolicy({ Sid: "AllowAll", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: OBJECTS }),
      [/PublicBucketPolicy: .*AllowAll/],
    ],
    [
      "when a statement locks the account out of its bucket",
      ({ bucket }) =>
        bucket.addToResourcePolicy({ Sid: "DenyAll", Effect: "Deny", Principal: "*", Action: "s3:PutBucketPolicy", Resource: BUCKET }),
      [/PolicyFinding: 'lock-out' .* s3:PutBucketPolicy/, /at stack\/Kandji/],
    ],
    [
      "when another account may change the bucket policy",
      ({ bucket }) =>
        bucket.addToResourcePolicy({
          Sid: "AllowControl",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::444444444444:role/admin" },
          Action: "s3:PutBucketPolicy",
          Resource: BUCKET,
        }),
      [/PolicyFinding: 'control-rights-for-others'/],
    ],
    [
      "when any account may assume the role that has a role of the vendor's name",
      ({ role }) =>
        role!.role.addOverride(
          "assume_role_policy",
          document(
            { Effect: "Allow", Principal: { AWS: ROLE }, Action: "sts:AssumeRole" },
            {
              Effect: "Allow",
              Principal: "*",
              Action: "sts:AssumeRole",
              Condition: { StringLike: { "aws:PrincipalArn": "*role/kandji-activity" } },
            },
          ),
        ),
      [/PolicyFinding: 'trust-everyone'/],
    ],
    [
      "when a statement denies the vendor to put",
      ({ bucket }) =>
        bucket.addToResourcePolicy({
          Sid: "DenyUnencrypted",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:PutObject",
          Resource: OBJECTS,
          Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
        }),
      [
        /'vendor-can-put' \(the vendor can put an object\) does not hold: A Deny applies/,
        /narrow statement "DenyUnencrypted" of the resource policy/,
      ],
    ],
    [
      "when a statement of the role denies the vendor to delete",
      ({ role }) => role!.addToPolicy({ Sid: "DenyDelete", Effect: "Deny", Action: "s3:DeleteObject", Resource: OBJECTS }),
      [
        /'vendor-can-delete' \(the vendor can delete an object\) does not hold/,
        /narrow statement "DenyDelete" of the vendor-delivery policy/,
      ],
    ],
    [
      "when the role may reach another bucket",
      ({ role }) => role!.addToPolicy({ Sid: "AllowEverywhere", Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::*" }),
      [/'vendor-cannot-put-into-another-bucket'.*does not hold/, /narrow or remove statement "AllowEverywhere"/],
    ],
    [
      "when the role may change the bucket policy",
      ({ role }) => role!.addToPolicy({ Sid: "AllowPolicy", Effect: "Allow", Action: "s3:*BucketPolicy", Resource: BUCKET }),
      [/'vendor-cannot-put-bucket-policy'/, /'vendor-cannot-delete-bucket-policy'/, /AllowPolicy/],
    ],
    [
      "when an override widens the trust to the vendor's whole account",
      ({ role }) =>
        role!.role.addOverride(
          "assume_role_policy",
          document({ Sid: "AllowAccount", Effect: "Allow", Principal: { AWS: "222222222222" }, Action: "sts:AssumeRole" }),
        ),
      [/'stranger-in-vendor-account-cannot-assume-role'.*does not hold/, /AllowAccount/],
    ],
    [
      "when an override widens the trust to everybody",
      ({ role }) =>
        role!.role.addOverride(
          "assume_role_policy",
          document({ Sid: "AllowAnybody", Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }),
        ),
      [/'stranger-cannot-assume-role'.*does not hold/, /'stranger-in-vendor-account-cannot-assume-role'/, /AllowAnybody/],
    ],
    [
      "when an override takes the trust away from the vendor",
      ({ role }) =>
        role!.role.addOverride(
          "assume_role_policy",
          document({ Sid: "Other", Effect: "Allow", Principal: { AWS: `${ROLE}-other` }, Action: "sts:AssumeRole" }),
        ),
      [/'vendor-can-assume-role' \(the vendor can assume the role\) does not hold/, /nearest: statement "Other" of the trust policy/],
    ],
    [
      "when an override asks the vendor for an external ID that it does not have",
      ({ role }) =>
        role!.role.addOverride(
          "assume_role_policy",
          document({
            Sid: "WithId",
            Effect: "Allow",
            Principal: { AWS: ROLE },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "sts:ExternalId": "acme" } },
          }),
        ),
      [/'vendor-can-assume-role'.*does not hold/, /sts:ExternalId/],
    ],
    [
      "when an override empties the bucket policy, and HTTP is refused no more",
      ({ bucket }) => bucket.policy.addOverride("policy", JSON.stringify(NOBODY)),
      [
        /'vendor-cannot-put-over-http' \(the vendor cannot put an object over plain HTTP\) does not hold/,
        /let the bucket policy refuse plain HTTP: Deny, Principal \*, Action s3:\*/,
      ],
    ],
    [
      "when the public access block is switched off",
      ({ bucket }) => {
        bucket.publicAccessBlock.blockPublicAcls = false;
        bucket.publicAccessBlock.addOverride("restrict_public_buckets", false);
      },
      [
        /'block-public-acls' \(public ACLs are refused\) does not hold: 'blockPublicAcls' is false/,
        /'restrict-public-buckets'.*is false; set it to true/,
      ],
    ],
    [
      "when the public access block is removed",
      ({ bucket }) => {
        bucket.node.tryRemoveChild(bucket.publicAccessBlock.node.id);
      },
      [/'block-public-acls' \(public ACLs are refused\) does not hold: 'blockPublicAcls' is not set/],
    ],
    [
      "when an override changes the encryption or the versioning that the vendor documents",
      ({ bucket }) => {
        bucket.encryptionConfiguration.putRule([{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }]);
        bucket.versioningConfiguration.addOverride("versioning_configuration.status", "Enabled");
      },
      [/'encryption'.*'encryption' is aws:kms; set it to AES256/, /'bucket-key'/, /'versioning'.*is Enabled; set it to Disabled/],
    ],
  ])("%s", (_, change, texts) => {
    const complaints = complaintsAbout(change);

    for (const text of texts) expect(complaints).toMatch(text);
    expect(complaints).toMatch(/\(at stack\/Kandji(\/Bucket)?\)/);
  });

  test.each<[string, (stack: TerraformStack, kandji: KandjiDestination) => void, RegExp]>([
    [
      "another inline policy",
      (stack, { role }) =>
        new IamRolePolicy(stack, "More", {
          role: role!.role.name,
          policy: document({ Sid: "AllowEverywhere", Effect: "Allow", Action: "s3:PutObject", Resource: "*" }),
        }),
      /'vendor-cannot-put-into-another-bucket'.*AllowEverywhere/,
    ],
    [
      "a managed policy whose document is a data source",
      (stack, { role }) => {
        const statement = [{ sid: "DenyPut", effect: "Deny", actions: ["s3:PutObject"], resources: ["*"] }];
        const policy = new IamPolicy(stack, "Managed", { policy: new DataAwsIamPolicyDocument(stack, "Document", { statement }).json });
        new IamRolePolicyAttachment(stack, "Attachment", { role: role!.role.name, policyArn: policy.arn });
      },
      /'vendor-can-put'.*DenyPut/,
    ],
    [
      "another public access block, in the place of ours",
      (stack, { bucket }) => {
        bucket.node.tryRemoveChild(bucket.publicAccessBlock.node.id);
        new S3BucketPublicAccessBlock(stack, "Block", {
          bucket: bucket.bucket.id,
          blockPublicAcls: true,
          ignorePublicAcls: true,
          blockPublicPolicy: true,
        });
      },
      /'restrict-public-buckets' .* does not hold: 'restrictPublicBuckets' is (not set|false)/,
    ],
  ])("when %s of the user's own does it", (_, change, text) => {
    const stack = newStack();
    change(stack, new KandjiDestination(stack, "Kandji", KANDJI));

    expect(complaintsOf(stack)).toMatch(text);
  });

  test("when an aspect does it", () => {
    const stack = newStack();
    const { bucket } = new SixSenseDestination(stack, "SixSense", SIX_SENSE);
    Aspects.of(stack).add({
      visit: (node) => {
        if (node === bucket.ownershipControls) bucket.ownershipControls.addOverride("rule.object_ownership", "BucketOwnerEnforced");
      },
    });

    expect(complaintsOf(stack)).toMatch(/ContractBroken: the expectation 'object-ownership'.*'objectOwnership' is BucketOwnerEnforced/);
  });

  test("for the destination that it breaks, not for its neighbours", () => {
    const stack = newStack();
    new KandjiDestination(stack, "Kandji", KANDJI);
    const other = new KandjiDestination(stack, "Other", { ...KANDJI, bucketName: "acme-other" });
    other.bucket.addToResourcePolicy({
      Sid: "DenyAll",
      Effect: "Deny",
      Principal: { AWS: ROLE.replace("role/kandji-activity", "root") },
      Action: "s3:*",
      Resource: "arn:aws:s3:::acme-other/*",
    });
    other.bucket.addToResourcePolicy({
      Sid: "DenyList",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:ListBucket",
      Resource: "arn:aws:s3:::acme-other",
    });

    const complaints = complaintsOf(stack);

    expect(complaints).toContain("(at stack/Other)");
    expect(complaints).not.toContain("(at stack/Kandji)");
  });
});

describe("synthesis has nothing against", () => {
  test.each<[string, (destination: VendorDestination) => void]>([
    ["a destination as it is", () => {}],
    [
      "a right for the customer's own auditors",
      ({ bucket }) =>
        bucket.addToResourcePolicy({
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:role/auditors" },
          Action: ["s3:GetObject", "s3:ListBucket"],
          Resource: [bucket.bucketArn, `${bucket.bucketArn}/*`],
        }),
    ],
    [
      "a right for an AWS service with its source account",
      ({ bucket }) =>
        bucket.addToResourcePolicy({
          Effect: "Allow",
          Principal: { Service: "logging.s3.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: `${bucket.bucketArn}/access-logs/*`,
          Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
        }),
    ],
    [
      "a deny of what the vendor never does",
      ({ bucket }) =>
        bucket.addToResourcePolicy({
          Effect: "Deny",
          Principal: "*",
          Action: ["s3:PutBucketPolicy", "s3:DeleteBucket"],
          Resource: bucket.bucketArn,
          Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/admin" } },
        }),
    ],
    [
      "a deny of old TLS versions",
      ({ bucket }) =>
        bucket.addToResourcePolicy({
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [bucket.bucketArn, `${bucket.bucketArn}/*`],
          Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
        }),
    ],
    ["a tag by override", ({ bucket }) => bucket.bucket.addOverride("tags.owner", "security")],
    ["a lifecycle by override", ({ bucket }) => bucket.bucket.addOverride("lifecycle.prevent_destroy", true)],
  ])("%s", (_, change) => {
    const stack = newStack();
    change(new KandjiDestination(stack, "Kandji", KANDJI));
    change(new SixSenseDestination(stack, "SixSense", SIX_SENSE));

    expect(complaintsOf(stack)).toBe("");
  });

  test("a destination that was taken out of the tree again", () => {
    const stack = newStack();
    const { bucket, node } = new KandjiDestination(stack, "Kandji", KANDJI);
    bucket.publicAccessBlock.blockPublicAcls = false;
    stack.node.tryRemoveChild(node.id);

    expect(complaintsOf(stack)).toBe("");
  });

  test("a public access block of the user's own that is as strict", () => {
    const stack = newStack();
    const { bucket } = new KandjiDestination(stack, "Kandji", KANDJI);
    bucket.node.tryRemoveChild(bucket.publicAccessBlock.node.id);
    const all = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };
    new S3BucketPublicAccessBlock(stack, "Block", { bucket: bucket.bucket.id, ...all });

    expect(complaintsOf(stack)).toBe("");
  });

  test("another permission of the role on the same objects", () => {
    const tagging: Change = ({ role }) => role!.addToPolicy({ Effect: "Allow", Action: "s3:PutObjectTagging", Resource: OBJECTS });

    expect(complaintsAbout(tagging)).toBe("");
  });
});
