/** The harmful mutants of which the proofs show no witness, each by its name and with the reason. All others are shown by one. */
import type { Mutant } from "./mutant";
import type { Example } from "./plans";

type Table = Readonly<Record<string, Partial<Record<Example, readonly string[]>>>>;

/** They let nobody do anything more. Rules, sample requests and settings find them. */
export const NOT_OF_ACCESS: Table = {
  "it restricts only the owner": {
    kandji: ["bucket policy: lock-out from the policy"],
    sixsense: [
      "bucket policy: every account except the vendor's is locked out",
      "bucket policy: everybody except the vendor is locked out",
      "bucket policy: lock-out from the policy",
    ],
  },
  "beside sts:AssumeRole an assumer needs nothing that it does not have": {
    kandji: [
      "trust policy, AllowVendorToAssumeRole: NotAction",
      "trust policy, AllowVendorToAssumeRole: every action",
      "trust policy, AllowVendorToAssumeRole: sts:*",
    ],
  },
  "it holds for every request without tags": {
    kandji: [
      "role policy, AllowVendorOnBucket: ForAllValues",
      "role policy, AllowVendorOnObjects: ForAllValues",
      "trust policy, AllowVendorToAssumeRole: ForAllValues",
    ],
    sixsense: ["bucket policy, AllowVendorOnBucket: ForAllValues", "bucket policy, AllowVendorOnObjects: ForAllValues"],
  },
  "the contract grants every action on objects": {
    kandji: ["role policy, AllowVendorOnObjects: NotAction"],
  },
  "Block Public Access is a second line of defence: no policy lets anybody in": {
    kandji: [
      "Block Public Access",
      "Block Public Access disabled by a second resource, which comes first",
      "block_public_acls",
      "block_public_acls false",
      "block_public_policy",
      "block_public_policy false",
      "ignore_public_acls",
      "ignore_public_acls false",
      "restrict_public_buckets",
      "restrict_public_buckets false",
    ],
    sixsense: [
      "block_public_acls",
      "block_public_acls false",
      "block_public_policy",
      "block_public_policy false",
      "ignore_public_acls",
      "ignore_public_acls false",
      "restrict_public_buckets",
      "restrict_public_buckets false",
    ],
  },
  "a setting that decides about no request of anybody else": {
    kandji: [
      "Object Lock",
      "another region",
      "another region than the vendor was given",
      "encryption by KMS",
      "encryption with the bucket key",
      "the bucket key",
      "versioning enabled",
      "versioning of the bucket itself, in addition to the resource that disables it",
      "versioning suspended",
    ],
    sixsense: [
      "Requester Pays",
      "another region",
      "another region than the vendor was given",
      "versioning of the bucket itself, in addition to the resource that disables it",
    ],
  },
  "who owns objects; a public ACL is refused by Block Public Access": {
    kandji: ["ACLs enabled", "ObjectWriter", "a public ACL"],
    sixsense: ["ACLs disabled", "Object Ownership", "a public ACL"],
  },
  "the Deny still holds for every request of the vendor": {
    sixsense: ["bucket policy, AllowSSLRequestsOnly: a further condition in a Deny"],
  },
  "RestrictPublicBuckets refuses what a public policy gives to others": {
    kandji: [
      "bucket policy: organizations that begin alike may s3:DeleteObject, by a condition",
      "bucket policy: organizations that begin alike may s3:GetObject, by a condition",
      "bucket policy: organizations that begin alike may s3:GetObjectVersion, by a condition",
      "bucket policy: roles of a name in any account may s3:DeleteObject, by a condition",
      "bucket policy: roles of a name in any account may s3:GetObject, by a condition",
      "bucket policy: roles of a name in any account may s3:GetObjectVersion, by a condition",
      "bucket policy: roles of accounts that begin alike may s3:DeleteObject, by a condition",
      "bucket policy: roles of accounts that begin alike may s3:GetObject, by a condition",
      "bucket policy: roles of accounts that begin alike may s3:GetObjectVersion, by a condition",
    ],
  },
  "Object Ownership refuses ACLs": {
    kandji: ["an ACL for another account"],
  },
  "nobody is allowed the one action": {
    sixsense: ["bucket policy: plain HTTP is denied for all actions except one"],
  },
};

/** The proofs cannot exclude that they do harm, because the input does not tell what it depends on. */
export const NOT_DECIDED: Table = {
  "the number of the own account is not known": {
    kandji: [
      "bucket policy, AllowSSLRequestsOnly: a further condition in a Deny",
      "bucket policy: every account except the vendor's is locked out",
    ],
  },
  "AWS refuses the policy, and the input does not show which one is in force": {
    kandji: [
      "bucket policy, AllowSSLRequestsOnly: an effect in lower case",
      "bucket policy, AllowSSLRequestsOnly: an operator that does not exist",
      "role policy, AllowVendorOnBucket: an effect in lower case",
      "role policy, AllowVendorOnObjects: an effect in lower case",
      "trust policy, AllowVendorToAssumeRole: an effect in lower case",
      "trust policy: a Sid that IAM rejects",
    ],
    sixsense: [
      "bucket policy, AllowSSLRequestsOnly: an effect in lower case",
      "bucket policy, AllowSSLRequestsOnly: an operator that does not exist",
      "bucket policy, AllowVendorOnBucket: an effect in lower case",
      "bucket policy, AllowVendorOnObjects: an effect in lower case",
    ],
  },
  "which headers the vendor sends is not known": {
    kandji: ["bucket policy: uploads without KMS denied"],
    sixsense: [
      "bucket policy, AllowVendorOnObjects: an ACL that the vendor does not have to send",
      "bucket policy: uploads without KMS denied",
    ],
  },
  "where the vendor's requests come from is not known": {
    kandji: [
      "bucket policy: everything except a VPC endpoint denied",
      "role policy, AllowVendorOnBucket: aws:SourceVpce",
      "role policy, AllowVendorOnObjects: aws:SourceVpce",
      "trust policy, AllowVendorToAssumeRole: aws:SourceVpce",
    ],
    sixsense: [
      "bucket policy, AllowVendorOnBucket: aws:SourceVpce",
      "bucket policy, AllowVendorOnObjects: aws:SourceVpce",
      "bucket policy: everything except a VPC endpoint denied",
    ],
  },
  "whose unique ID it is, is not known": {
    kandji: ["trust policy, AllowVendorToAssumeRole: a unique ID"],
    sixsense: ["bucket policy, AllowVendorOnBucket: a unique ID", "bucket policy, AllowVendorOnObjects: a unique ID"],
  },
  "the bucket is not in the input": {
    kandji: ["another bucket name"],
    sixsense: ["another bucket name"],
  },
  "Terraform ignores changes to the policy, so AWS may hold another one": {
    kandji: ["a bucket policy whose changes are ignored"],
    sixsense: ["a bucket policy whose changes are ignored"],
  },
  "the vendor may give everybody access to an object by its ACL": {
    sixsense: ["Block Public Access", "Block Public Access disabled by a second resource, which comes first"],
  },
  "the vendor's account owns the objects that the vendor writes": {
    sixsense: ["ObjectWriter"],
  },
  "the ACL gives access to an account that it names by a canonical user ID": {
    sixsense: ["an ACL for another account"],
  },
};

/** The reason for the mutant in a table. */
export function reasonIn(table: Table, { example, name }: Mutant): string | undefined {
  return Object.entries(table).find(([, names]) => names[example]?.includes(name))?.[0];
}

export function namesIn(table: Table): string[] {
  return Object.values(table).flatMap((names) =>
    Object.entries(names).flatMap(([example, list]) => list.map((name) => `${example}: ${name}`)),
  );
}
