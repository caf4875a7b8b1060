/**
 * The actions that statements name, each once. Bucket actions take the bucket's ARN, object actions an object's.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const S3_ALL = "s3:*";
export const ASSUME_ROLE = "sts:AssumeRole";

export const LIST_BUCKET = "s3:ListBucket";
export const GET_BUCKET_POLICY = "s3:GetBucketPolicy";
export const PUT_BUCKET_POLICY = "s3:PutBucketPolicy";
export const DELETE_BUCKET = "s3:DeleteBucket";

export const PUT_OBJECT = "s3:PutObject";
export const GET_OBJECT = "s3:GetObject";
export const DELETE_OBJECT = "s3:DeleteObject";
export const ABORT_MULTIPART_UPLOAD = "s3:AbortMultipartUpload";

// Security Hub's S3.6 and most reviews look for ACL permissions.
export const PUT_OBJECT_ACL = "s3:PutObjectAcl";

export const SQS_ALL = "sqs:*";
export const SEND_MESSAGE = "sqs:SendMessage";

export const KMS_ALL = "kms:*";
// An upload in parts needs the second, too.
export const GENERATE_DATA_KEY = "kms:GenerateDataKey";
export const DECRYPT = "kms:Decrypt";
