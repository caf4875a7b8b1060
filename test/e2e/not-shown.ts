/** The mutants that the emulator cannot show, each with the reason that it gives: nothing of the kind is ever deployed. */

interface NotShown {
  /** Part of the message. */
  readonly reason: string;
  readonly mutants: readonly string[];
}

export const NOT_SHOWN: readonly NotShown[] = [
  // AWS refuses a public policy while Block Public Access is on.
  {
    reason: "public policies are blocked by the BlockPublicPolicy setting",
    mutants: [
      "kandji, retargeted: bucket policy, AllowSSLRequestsOnly: the other effect",
      "kandji, added: bucket policy: everybody can read",
      "kandji, added: bucket policy: everybody can list",
      "sixsense, retargeted: bucket policy, AllowSSLRequestsOnly: the other effect",
      "sixsense, widened: bucket policy, AllowVendorOnBucket: principal *",
      "sixsense, widened: bucket policy, AllowVendorOnBucket: principal AWS *",
      "sixsense, widened: bucket policy, AllowVendorOnBucket: NotPrincipal",
      "sixsense, widened: bucket policy, AllowVendorOnObjects: principal *",
      "sixsense, widened: bucket policy, AllowVendorOnObjects: principal AWS *",
      "sixsense, widened: bucket policy, AllowVendorOnObjects: NotPrincipal",
      "sixsense, added: bucket policy: everybody can read",
      "sixsense, added: bucket policy: everybody can list",
    ],
  },
  // S3 refuses such a policy.
  {
    reason: "AWS refuses the policy, the emulator takes it and breaks",
    mutants: [
      "kandji, retargeted: bucket policy, AllowSSLRequestsOnly: an operator that does not exist",
      "sixsense, retargeted: bucket policy, AllowSSLRequestsOnly: an operator that does not exist",
    ],
  },
  // AWS takes no policy whose principal does not exist.
  {
    reason: "Invalid principal in policy",
    mutants: [
      "kandji, retargeted: trust policy, AllowVendorToAssumeRole: another partition",
      "kandji, retargeted: trust policy, AllowVendorToAssumeRole: a unique ID",
      "sixsense, retargeted: bucket policy, AllowVendorOnBucket: another partition",
      "sixsense, retargeted: bucket policy, AllowVendorOnBucket: a unique ID",
      "sixsense, retargeted: bucket policy, AllowVendorOnObjects: another partition",
      "sixsense, retargeted: bucket policy, AllowVendorOnObjects: a unique ID",
      "kandji, beside: bucket policy: a reader in the own account",
      "sixsense, beside: bucket policy: a reader in the own account",
    ],
  },
  // IAM refuses such a policy.
  {
    reason: "The policy failed legacy parsing",
    mutants: [
      "kandji, retargeted: role policy, AllowVendorOnBucket: an effect in lower case",
      "kandji, retargeted: role policy, AllowVendorOnObjects: an effect in lower case",
    ],
  },
  // AWS makes good what was removed.
  {
    reason: "it is on in every new bucket, also where nobody sets it",
    mutants: ["kandji, removed: Block Public Access", "sixsense, removed: Block Public Access"],
  },
  // test/cli/validate/changes-by-hand.ts changes ACLs.
  {
    reason: "this test double does not know aws_s3_bucket_acl",
    mutants: ["kandji, added: a public ACL", "sixsense, added: a public ACL"],
  },
  // The provider removes the white space; this test double does not.
  {
    reason: "the first byte must be '{'",
    mutants: ["kandji, form: aws_s3_bucket_policy.policy: white space", "sixsense, form: aws_s3_bucket_policy.policy: white space"],
  },
];

/** The reason for which the emulator cannot show a mutant; undefined for all others. */
export function reasonNotToShow(mutant: string): string | undefined {
  return NOT_SHOWN.find(({ mutants }) => mutants.includes(mutant))?.reason;
}
