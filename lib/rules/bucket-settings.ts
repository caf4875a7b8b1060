/** Rules about the settings of a bucket. What a contract names is judged by the contract. */

import type { IgnoredChange } from "../plan";
import { hasUnknown } from "../unknown";
import type { Rule, RuleAnswer } from "./rule";

const OWNERSHIP_PAGE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html";

export const twoBucketPolicies: Rule = {
  id: "two-bucket-policies",
  title: "two bucket policies are defined for one bucket",
  severity: "high",
  everywhere: true,
  reason: "A bucket has one policy: each apply overwrites one with the other, and which one wins is chance",
  remedy: "gather the statements in one aws_s3_bucket_policy",
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_policy",
  bucket: ({ bucket }) => {
    const policies = bucket.policies.filter(({ isUncertain }) => !isUncertain);
    if (policies.length < 2) return undefined;
    return { detail: policies.map(({ location }) => location.address ?? location.file).join(" and "), location: policies[1]!.location };
  },
};

export const rivalSettings: Rule = {
  id: "rival-settings",
  title: "two resources set the same thing of one bucket or role",
  severity: "high",
  everywhere: true,
  reason: "Each apply overwrites one with the other, and which one wins is chance",
  remedy: "keep one of the two",
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket",
  bucket: ({ bucket: { rivals = [] } }) => {
    const [rival] = rivals;
    return rival && { detail: rival.addresses.join(" and "), location: rival.location };
  },
  role: ({ role: { inlinePolicies } }) => {
    const rival = inlinePolicies.find(
      ({ name }, index) => name !== undefined && inlinePolicies.findIndex((one) => one.name === name) < index,
    );
    const first = rival && inlinePolicies.find(({ name }) => name === rival.name);
    return rival && { detail: [first!, rival].map(({ location }) => location.address).join(" and "), location: rival.location };
  },
};

export const ignoredChanges: Rule = {
  id: "ignored-changes",
  title: "Terraform ignores changes of what is judged here",
  severity: "medium",
  reason:
    "An argument in lifecycle.ignore_changes is written once, when its resource is made. What the configuration says of it now may never " +
    "reach AWS, and what somebody changed there stays",
  remedy: "remove the argument from ignore_changes, or check the plan as terraform show -json prints it: that has the value of AWS",
  source: "https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes",
  bucket: ({ bucket: { ignored } }) => ignoredIn(ignored),
  role: ({ role: { ignored } }) => ignoredIn(ignored),
};

function ignoredIn(ignored: readonly IgnoredChange[] = []): RuleAnswer {
  const [first] = ignored;
  return first && { detail: ignored.map(({ address, argument }) => `${address}.${argument}`).join(", "), location: first.location };
}

export const requesterPays: Rule = {
  id: "requester-pays",
  title: "the bucket refuses requests of other accounts that do not agree to pay",
  severity: "high",
  reason:
    "With Requester Pays, Amazon S3 answers 403 to the vendor unless it sends x-amz-request-payer, which its documentation does not name",
  remedy: "set the payer to BucketOwner",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html",
  bucket: ({ bucket, contracts }) =>
    // A role of your own account is no other account.
    bucket.requestPayer === "Requester" && contracts.some(({ door }) => door === "bucketPolicy")
      ? { detail: "the payer is Requester", location: bucket.locations.requestPayer ?? bucket.location }
      : undefined,
};

export const foreignAcl: Rule = {
  id: "acl-for-others",
  title: "the bucket's ACL gives rights to another account",
  severity: "high",
  reason: "The other account gets in by the ACL, whatever the bucket policy says, and Block Public Access does not stop it",
  remedy: "remove the grant, and set Object Ownership to BucketOwnerEnforced unless the vendor sends ACLs",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
  bucket: ({ bucket }) =>
    bucket.acl === "foreign" ? { detail: "the ACL names another account", location: bucket.locations.acl ?? bucket.location } : undefined,
};

export const aclsOff: Rule = {
  id: "acl-without-acls",
  title: "an ACL is set where Object Ownership has switched ACLs off",
  severity: "medium",
  reason: "With BucketOwnerEnforced, the default of new buckets, Amazon S3 answers AccessControlListNotSupported, and apply fails",
  remedy: "remove the ACL, or set Object Ownership to BucketOwnerPreferred",
  source: OWNERSHIP_PAGE,
  bucket: ({ bucket }) => {
    const { acl, objectOwnership = "BucketOwnerEnforced", locations } = bucket;
    if (acl === undefined || hasUnknown(acl) || objectOwnership !== "BucketOwnerEnforced") return undefined;
    return { detail: `the ACL ${acl} is set`, location: locations.acl ?? bucket.location };
  },
};

export const foreignObjects: Rule = {
  id: "objects-of-the-writer",
  title: "objects that the vendor writes belong to the vendor",
  severity: "medium",
  reason: "With ObjectWriter the account that writes an object owns it, and the bucket policy does not give it to you",
  remedy: "set Object Ownership to BucketOwnerEnforced, or to BucketOwnerPreferred for a vendor that sends ACLs",
  source: OWNERSHIP_PAGE,
  bucket: ({ bucket, contracts }) =>
    contracts.length === 0 && bucket.objectOwnership === "ObjectWriter"
      ? { detail: "Object Ownership is ObjectWriter", location: bucket.locations.objectOwnership ?? bucket.location }
      : undefined,
};

export const aclGrants: Rule = {
  id: "acl-grants",
  title: "the bucket's ACL gives rights beyond the owner's",
  severity: "low",
  reason: "Rights in an ACL are seen in no policy, and reviews overlook them",
  remedy: "grant by the bucket policy instead: for S3 server access logs to logging.s3.amazonaws.com with aws:SourceAccount",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
  bucket: ({ bucket }) =>
    bucket.acl !== undefined && ["log-delivery-write", "aws-exec-read", "custom"].includes(bucket.acl)
      ? { detail: `the bucket's ACL is ${bucket.acl}`, location: bucket.locations.acl ?? bucket.location }
      : undefined,
};

export const dottedName: Rule = {
  id: "dotted-bucket-name",
  title: "the bucket's name has a dot",
  severity: "low",
  acceptedBy: "R-dot",
  reason: "Addresses of the form bucket.s3.amazonaws.com do not fit Amazon's certificate for such a name, so some clients cannot use HTTPS",
  remedy: "use a name without dots where the vendor allows it",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
  bucket: ({ bucket }) => (bucket.name.replace(/\u0000[^\u0000]*\u0000/g, "").includes(".") ? `the name is ${bucket.name}` : undefined),
};

export const objectLock: Rule = {
  id: "object-lock-on",
  title: "Object Lock is on where the vendor wants versioning off",
  severity: "medium",
  reason: "Object Lock needs versioning, and keeps the test object that the vendor puts and deletes when it checks the connection",
  remedy: "leave Object Lock off",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html",
  bucket: ({ bucket, contracts }) => {
    const unversioned = contracts.some(({ posture }) =>
      posture.some(({ property, oneOf }) => property === "versioning" && !oneOf.includes("Enabled")),
    );
    if (!unversioned || bucket.objectLock !== "true") return undefined;
    return { detail: "Object Lock is enabled", location: bucket.locations.objectLock ?? bucket.location };
  },
};
