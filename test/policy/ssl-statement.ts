/** The statement of every bucket policy that denies plain HTTP, as AWS and both vendors publish it. */
export function allowSslRequestsOnly(bucketArn: string) {
  return {
    Sid: "AllowSSLRequestsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
