/** The exports of the KMS client that the program uses. Only these are in the bundle. */
export { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient, ListGrantsCommand } from "@aws-sdk/client-kms";
