/**
 * For each argument, by the last name in its path, the attributes whose value it can only be: whatever expression a configuration uses
 * there, its value is the value of the attribute that it refers to.
 */
export const FOLLOWED: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    bucket: [
      "aws_s3_bucket.id",
      "aws_s3_bucket.bucket",
      "data.aws_s3_bucket.id",
      "data.aws_s3_bucket.bucket",
      "aws_s3_bucket_policy.id",
      "aws_s3_bucket_policy.bucket",
      "aws_s3_bucket_public_access_block.id",
      "aws_s3_bucket_public_access_block.bucket",
      "aws_s3_bucket_ownership_controls.id",
      "aws_s3_bucket_ownership_controls.bucket",
      "aws_s3_bucket_versioning.bucket",
    ],
    role: ["aws_iam_role.id", "aws_iam_role.name"],
    role_name: ["aws_iam_role.id", "aws_iam_role.name"],
    roles: ["aws_iam_role.id", "aws_iam_role.name"],
    policy_arn: ["aws_iam_policy.arn", "aws_iam_policy.id"],
    policy_arns: ["aws_iam_policy.arn", "aws_iam_policy.id"],
    policy_names: ["aws_iam_role_policy.name"],
    managed_policy_arns: ["aws_iam_policy.arn", "aws_iam_policy.id"],
    permissions_boundary: ["aws_iam_policy.arn", "aws_iam_policy.id"],
    policy: ["data.aws_iam_policy_document.json", "data.aws_iam_policy_document.minified_json"],
    assume_role_policy: ["data.aws_iam_policy_document.json", "data.aws_iam_policy_document.minified_json"],
    source_policy_documents: ["data.aws_iam_policy_document.json", "data.aws_iam_policy_document.minified_json"],
    override_policy_documents: ["data.aws_iam_policy_document.json", "data.aws_iam_policy_document.minified_json"],
    identifiers: ["aws_iam_role.arn", "aws_iam_user.arn"],
  }).map(([argument, attributes]) => [argument, new Set(attributes)]),
);
