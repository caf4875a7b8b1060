import { describe, expect, it } from "vitest";
import { everyActionMatching } from "../../lib/access/data";
import { DELEGATING_RIGHTS, LIMIT_REMOVING_RIGHTS, WIDENING_RIGHTS } from "../../lib/access/data/widening-rights";
import { actionsMatching } from "../../lib/rules/s3-actions";
import permissions from "./permissions-management.json";

const LISTED: ReadonlySet<string> = new Set([...WIDENING_RIGHTS.map(([action]) => action), ...LIMIT_REMOVING_RIGHTS, ...DELEGATING_RIGHTS]);

/** Actions of AWS's level "Permissions management" with which nobody gives access to a destination, each with the reason. */
const REASONS: Readonly<Record<string, string>> = {
  "iam:CreatePolicy": "a policy allows nothing until it is attached, which is a right of its own",
  "iam:DeletePolicy": "a policy that is attached cannot be deleted",
  "iam:DeletePolicyVersion": "the default version cannot be deleted",
  "iam:DeleteAccountPasswordPolicy": "passwords of users stay what they are",
  "organizations:AttachPolicy": "a policy of the organization only limits",
  "organizations:DetachPolicy": "members cannot call it: the management account and its delegates can, whom no policy of it limits",
  "organizations:UpdatePolicy": "as for organizations:DetachPolicy",
  "organizations:DeleteResourcePolicy": "it is about who administers the organization",
  "organizations:PutResourcePolicy": "as for organizations:DeleteResourcePolicy",
  "s3:AssociateAccessGrantsIdentityCenter": "who a directory user is; the user needs a grant",
  "s3:CreateAccessGrant": "one of the rights that act through a service",
  "s3:CreateAccessGrantsInstance": "an instance has no grants at first",
  "s3:CreateAccessGrantsLocation": "it needs iam:PassRole for the role of the location",
  "s3:DeleteAccessGrant": "it takes access away",
  "s3:DeleteAccessGrantsInstance": "as for s3:DeleteAccessGrant",
  "s3:DeleteAccessGrantsInstanceResourcePolicy": "as for s3:DeleteAccessGrant",
  "s3:DeleteAccessGrantsLocation": "as for s3:DeleteAccessGrant",
  "s3:DeleteAccessPointPolicy": "an access point without a policy allows nothing",
  "s3:DeleteAccessPointPolicyForObjectLambda": "as for s3:DeleteAccessPointPolicy",
  "s3:DissociateAccessGrantsIdentityCenter": "as for s3:DeleteAccessGrant",
  "s3:PutAccessGrantsInstanceResourcePolicy": "the policy decides who may ask; grants decide to what",
  "s3:PutAccessPointPolicy": "it allows what the bucket policy delegates, and a rule reports such a delegation",
  "s3:PutAccessPointPolicyForObjectLambda": "as for s3:PutAccessPointPolicy",
  "s3:PutAccessPointPublicAccessBlock": "it only limits, and what it limits as for s3:PutAccessPointPolicy",
  "s3:PutAccountPublicAccessBlock": "it only limits, and a public policy or ACL is a finding of its own",
  "s3:PutMultiRegionAccessPointPolicy": "as for s3:PutAccessPointPolicy",
  "s3:UpdateAccessGrantsLocation": "it needs iam:PassRole for the role of the location",
};

describe("the actions that manage permissions", () => {
  it.each(permissions.actions)("%s is in a list, or has a reason why not", (action) => {
    // What a role can do in a destination is asked about all actions on objects and all that change a bucket.
    const { objects, buckets } = actionsMatching(action);
    const isAsked = objects.includes(action) || (buckets.includes(action) && /^s3:(Put|Delete)/.test(action));

    expect([LISTED.has(action), Object.hasOwn(REASONS, action), isAsked].filter(Boolean)).toEqual([true]);
  });

  it("has no reason for an action that manages nothing", () => {
    expect(Object.keys(REASONS).filter((action) => !permissions.actions.includes(action))).toEqual([]);
  });

  it("lists actions that AWS has", () => {
    expect([...LISTED].filter((action) => !everyActionMatching(action).includes(action))).toEqual([]);
  });
});
