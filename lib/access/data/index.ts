/** AWS's own lists of actions, with their dates. */
export { KMS } from "./kms";
export { S3 } from "./s3";
export type { ServiceData } from "./service-data";
export { STS } from "./sts";
