/** Annotations, never errors. */

export function dottedBucketName(name: string): string {
  return (
    `DottedBucketName: the name ${JSON.stringify(name)} has a dot: over virtual-hosted HTTPS the certificate of Amazon S3 does not match it, ` +
    "so clients must use path style, and Transfer Acceleration is not available; prefer a name without dots where the vendor lets you choose"
  );
}

export function findingAccepted(id: string, reason: string): string {
  return `FindingAccepted: '${id}' is accepted, and every report shows it as such: ${reason}`;
}

export function leastPrivilegeUnconfirmed(vendor: string): string {
  return `LeastPrivilegeUnconfirmed: ${vendor} documents a wider grant and has not confirmed that the narrower one suffices; watch the first delivery`;
}

export function wideGrantInSharedBucket(vendor: string): string {
  return (
    `WideGrantInSharedBucket: what ${vendor} documents covers every object of the bucket, including those of the other vendors; ` +
    "use VendorPermissions.LEAST_PRIVILEGE, or give it a bucket of its own"
  );
}

export function otherDeployer(provider: string, credentials: readonly string[]): string {
  return (
    `OtherDeployer: the provider ${provider} has '${credentials.join("' and '")}', and the validation acts with the credentials of the environment; ` +
    "set 'validation.assumeRoleArn' or 'validation.awsProfile' to what the provider uses"
  );
}
