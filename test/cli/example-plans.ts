/** Plans for the tests of check: the examples', and one written by hand without any contract. */
import { readContract } from "../../lib/contract/read";
import { type Plan, planOf, policyOf, setPolicy } from "../mutants/plans";
import { allowSslRequestsOnly } from "../policy/ssl-statement";
import { folder } from "./run-program";

/** Both examples as the CDK for Terraform CLI lays them out. */
export function examplesFolder(change: { kandji?: (plan: Plan) => void; sixsense?: (plan: Plan) => void } = {}): string {
  const [kandji, sixsense] = [planOf("kandji"), planOf("sixsense")];
  change.kandji?.(kandji);
  change.sixsense?.(sixsense);
  return folder({
    "manifest.json": { version: "0.21.0", stacks: {} },
    "stacks/kandji/cdk.tf.json": kandji,
    "stacks/sixsense/cdk.tf.json": sixsense,
  });
}

/** What a contract has that lists by itself what is expected: all, or the first few, of what follows from the terms. */
export function listed(terms: Plan, most?: number): Plan {
  const contract = readContract(terms, "test");
  return JSON.parse(JSON.stringify({ ...contract, expectations: contract.expectations.slice(0, most) }));
}

/** The vendor's statements without a bucket to write into. */
export function withoutStatement(sid: string, place: "bucket" | "trust" | "role") {
  return (plan: Plan) => {
    const policy = policyOf(plan, place);
    policy.Statement = policy.Statement.filter(({ Sid }: Plan) => Sid !== sid);
    setPolicy(plan, place, policy);
  };
}

const encode = (policy: object) => `\${jsonencode(${JSON.stringify(policy)})}`;

/** Kandji's destination as its page asks for it, by hand. */
export const BY_HAND = {
  provider: { aws: { region: "eu-central-1" } },
  resource: {
    aws_s3_bucket: { kandji: { bucket: "acme-kandji" } },
    aws_s3_bucket_public_access_block: {
      kandji: {
        bucket: "${aws_s3_bucket.kandji.id}",
        block_public_acls: true,
        ignore_public_acls: true,
        block_public_policy: true,
        restrict_public_buckets: true,
      },
    },
    aws_s3_bucket_server_side_encryption_configuration: {
      kandji: {
        bucket: "${aws_s3_bucket.kandji.id}",
        rule: { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" }, bucket_key_enabled: true },
      },
    },
    aws_s3_bucket_policy: {
      kandji: {
        bucket: "${aws_s3_bucket.kandji.id}",
        policy: encode({
          Version: "2012-10-17",
          Statement: [allowSslRequestsOnly("${aws_s3_bucket.kandji.arn}")],
        }),
      },
    },
    aws_iam_role: {
      kandji: {
        name: "kandji-delivery",
        assume_role_policy: encode({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::222222222222:role/kandji-activity" }, Action: "sts:AssumeRole" }],
        }),
      },
    },
    aws_iam_role_policy: {
      kandji: {
        name: "delivery",
        role: "${aws_iam_role.kandji.id}",
        policy: encode({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Action: "s3:ListBucket", Resource: "${aws_s3_bucket.kandji.arn}" },
            { Effect: "Allow", Action: "s3:*", Resource: "${aws_s3_bucket.kandji.arn}/*" },
          ],
        }),
      },
    },
  },
};

/** 6sense's destination by hand. */
export const SIX_SENSE_BY_HAND = {
  provider: { aws: { region: "eu-west-1" } },
  resource: {
    aws_s3_bucket: { sixsense: { bucket: "acme-6sense" } },
    aws_s3_bucket_ownership_controls: {
      sixsense: { bucket: "${aws_s3_bucket.sixsense.id}", rule: { object_ownership: "BucketOwnerPreferred" } },
    },
    aws_s3_bucket_public_access_block: {
      sixsense: {
        bucket: "${aws_s3_bucket.sixsense.id}",
        block_public_acls: true,
        ignore_public_acls: true,
        block_public_policy: true,
        restrict_public_buckets: true,
      },
    },
    aws_s3_bucket_policy: {
      sixsense: {
        bucket: "${aws_s3_bucket.sixsense.id}",
        policy: encode({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Deny",
              Principal: "*",
              Action: "s3:*",
              Resource: ["${aws_s3_bucket.sixsense.arn}", "${aws_s3_bucket.sixsense.arn}/*"],
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
            {
              Effect: "Allow",
              Principal: { AWS: "arn:aws:iam::222222222222:role/6sense" },
              Action: ["s3:ListBucket", "s3:PutObject", "s3:PutObjectAcl"],
              Resource: ["${aws_s3_bucket.sixsense.arn}", "${aws_s3_bucket.sixsense.arn}/*"],
            },
          ],
        }),
      },
    },
  },
};
