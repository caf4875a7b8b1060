/** ARN of a role in the partition of the bucket. */
export function roleArn(bucketArn: string, account: string, name: string): string {
  const partition = /^arn:([a-z-]+):/.exec(bucketArn)?.[1] ?? "aws";
  return `arn:${partition}:iam::${account}:role/${name}`;
}
