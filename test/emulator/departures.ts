/**
 * Where localemu departs from AWS: one request for each, what AWS answers to it, and the rule that sets it right.
 *
 * The test makes each request of an emulator with the rules in force and of one without. When the second gives AWS's answer too, the
 * rule has done its time.
 */
import { DeleteRoleCommand, DeleteRolePolicyCommand } from "@aws-sdk/client-iam";
import { DeleteObjectCommand, GetBucketPolicyStatusCommand, HeadObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { allow, document, grant, type Scene, trusts } from "./scene";

export interface Departure {
  /** The function in `aws_rules/`. */
  readonly rule: string;
  readonly title: string;
  /** AWS's answer: `allowed`, an error's name, or a value. */
  readonly aws: string;
  request(scene: Scene): Promise<unknown>;
}

export const DEPARTURES: readonly Departure[] = [
  {
    rule: "both_accounts_must_allow",
    title: "fails when the bucket grants and the vendor's own policy does not",
    aws: "AccessDenied",
    async request(scene) {
      const { vendor } = scene.emulator;
      await scene.newBucket();
      await scene.policy(grant(vendor.id, "s3:PutObject", scene.objects));
      return scene.put((await scene.session(vendor)).credentials);
    },
  },
  {
    rule: "both_accounts_must_allow",
    title: "fails when the vendor's own policy allows everything and the bucket grants nothing",
    aws: "AccessDenied",
    async request(scene) {
      await scene.newBucket();
      return scene.put((await scene.session(scene.emulator.vendor, allow("s3:*"))).credentials);
    },
  },
  {
    rule: "role_arn_names_its_sessions",
    title: "lets a session in whose role the bucket policy names",
    aws: "allowed",
    async request(scene) {
      await scene.newBucket();
      const { roleArn, credentials } = await scene.session(scene.emulator.customer);
      await scene.policy(grant(roleArn, "s3:PutObject", scene.objects));
      return scene.put(credentials);
    },
  },
  {
    rule: "root_user_is_bound_by_bucket_policies",
    title: "fails for another account's root user",
    aws: "AccessDenied",
    async request(scene) {
      await scene.newBucket();
      return scene.put(scene.emulator.stranger.root);
    },
  },
  {
    rule: "root_user_is_bound_by_bucket_policies",
    title: "fails for the owner's root user where the bucket policy denies",
    aws: "AccessDenied",
    async request(scene) {
      await scene.newBucket();
      const overHttp = { Bool: { "aws:SecureTransport": "false" } };
      await scene.policy({ ...grant("*", "s3:*", scene.objects), Effect: "Deny", Condition: overHttp });
      return scene.put(scene.emulator.customer.root, {}, scene.emulator.endpoint);
    },
  },
  {
    rule: "session_policies_can_deny",
    title: "fails what a session policy denies",
    aws: "AccessDenied",
    async request(scene) {
      await scene.newBucket();
      const { customer } = scene.emulator;
      const user = await customer.user(`user-${scene.bucket}`);
      const role = await customer.role(`role-${scene.bucket}`);
      const deny = { ...allow("s3:PutObject"), Effect: "Deny" };
      return scene.put(await scene.assume(user.credentials, role.arn, { Policy: document([allow("s3:*"), deny]) }));
    },
  },
  {
    rule: "requests_need_every_action",
    title: "fails to delete a version with the right to delete objects alone",
    aws: "AccessDenied",
    async request(scene) {
      await scene.newBucket();
      await scene.enableVersioning();
      const { VersionId } = await scene.put(scene.emulator.customer.root);
      const { credentials } = await scene.session(scene.emulator.customer, allow("s3:DeleteObject"));
      return scene.s3(credentials).send(new DeleteObjectCommand({ Bucket: scene.bucket, Key: "a/b", VersionId }));
    },
  },
  {
    rule: "requests_need_every_action",
    title: "fails to look at a version with the right to read objects alone",
    aws: "403",
    async request(scene) {
      await scene.newBucket();
      await scene.enableVersioning();
      const { VersionId } = await scene.put(scene.emulator.customer.root);
      const { credentials } = await scene.session(scene.emulator.customer, allow(["s3:GetObject", "s3:ListBucket"]));
      return scene
        .s3(credentials)
        .send(new HeadObjectCommand({ Bucket: scene.bucket, Key: "a/b", VersionId }))
        .catch((error: { $metadata: { httpStatusCode: number } }) => String(error.$metadata.httpStatusCode));
    },
  },
  {
    rule: "requests_need_every_action",
    title: "fails to put an object with an ACL without the right to set ACLs",
    aws: "AccessDenied",
    async request(scene) {
      await scene.newBucket("BucketOwnerPreferred");
      const { credentials } = await scene.session(scene.emulator.customer, allow("s3:PutObject"));
      return scene.put(credentials, { ACL: "bucket-owner-full-control" });
    },
  },
  {
    rule: "requests_carry_their_keys",
    title: "lets a session list the prefix to which its policy limits it",
    aws: "allowed",
    async request(scene) {
      await scene.newBucket();
      const underA = { Condition: { StringLike: { "s3:prefix": "a/*" } } };
      const { credentials } = await scene.session(scene.emulator.customer, allow("s3:ListBucket", "*", underA));
      return scene.s3(credentials).send(new ListObjectsV2Command({ Bucket: scene.bucket, Prefix: "a/" }));
    },
  },
  {
    rule: "requests_carry_their_keys",
    title: "gives a session's role as the principal's ARN",
    aws: "allowed",
    async request(scene) {
      await scene.newBucket();
      const { roleArn, credentials } = await scene.session(scene.emulator.customer);
      const theRole = { Condition: { ArnEquals: { "aws:PrincipalArn": roleArn } } };
      await scene.policy(grant("*", "s3:PutObject", scene.objects, theRole));
      return scene.put(credentials);
    },
  },
  {
    rule: "conditions_as_documented",
    title: "fails where a negated condition speaks of a key that the request lacks",
    aws: "AccessDenied",
    async request(scene) {
      await scene.newBucket();
      const unlessEncrypted = { Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } } };
      const deny = { ...allow("s3:PutObject", "*", unlessEncrypted), Effect: "Deny" };
      return scene.put((await scene.session(scene.emulator.customer, allow("s3:*"), deny)).credentials);
    },
  },
  {
    rule: "conditions_as_documented",
    title: "reads names of condition keys without regard to case, and unquoted values",
    aws: "AccessDenied",
    async request(scene) {
      await scene.newBucket();
      const overTls = { Condition: { Bool: { "AWS:securetransport": true } } };
      await scene.policy({ ...grant("*", "s3:PutObject", scene.objects, overTls), Effect: "Deny" });
      return scene.put((await scene.session(scene.emulator.customer, allow("s3:*"))).credentials);
    },
  },
  {
    rule: "trust_policies_are_evaluated_in_full",
    title: "fails to assume a role whose trust policy denies",
    aws: "AccessDenied",
    async request(scene) {
      const { roleArn, credentials } = await scene.session(scene.emulator.vendor, allow("sts:AssumeRole"));
      const role = await scene.trust(trusts(scene.emulator.vendor.id), { ...trusts(roleArn), Effect: "Deny" });
      return scene.assume(credentials, role);
    },
  },
  {
    rule: "trust_policies_are_evaluated_in_full",
    title: "fails to assume a role under another session name than its trust policy wants",
    aws: "AccessDenied",
    async request(scene) {
      const { credentials } = await scene.session(scene.emulator.vendor, allow("sts:AssumeRole"));
      const named = { Condition: { StringEquals: { "sts:RoleSessionName": "validation" } } };
      return scene.assume(credentials, await scene.trust(trusts(scene.emulator.vendor.id, named)));
    },
  },
  {
    rule: "roles_must_exist_to_be_assumed",
    title: "fails to assume a role that does not exist",
    aws: "AccessDenied",
    async request(scene) {
      const { credentials } = await scene.session(scene.emulator.vendor, allow("sts:AssumeRole"));
      return scene.assume(credentials, `arn:aws:iam::${scene.emulator.customer.id}:role/never-defined`);
    },
  },
  {
    rule: "root_users_cannot_assume_roles",
    title: "fails to assume a role as a root user",
    aws: "AccessDenied",
    async request(scene) {
      return scene.assume(scene.emulator.vendor.root, await scene.trust(trusts(scene.emulator.vendor.id)));
    },
  },
  {
    rule: "trust_policies_grant_within_their_account",
    title: "lets a user without rights assume a role of its account whose trust policy names the user",
    aws: "allowed",
    async request(scene) {
      const user = await scene.emulator.customer.user(`user-${scene.bucket}`, [allow("s3:ListAllMyBuckets")]);
      return scene.assume(user.credentials, await scene.trust(trusts(user.arn))).then(() => undefined);
    },
  },
  {
    rule: "sessions_last_as_long_as_allowed",
    title: "fails to assume a role for longer than the role allows",
    aws: "ValidationError",
    async request(scene) {
      const { credentials } = await scene.session(scene.emulator.vendor, allow("sts:AssumeRole"));
      return scene.assume(credentials, await scene.trust(trusts(scene.emulator.vendor.id)), { DurationSeconds: 7200 });
    },
  },
  {
    rule: "expected_bucket_owner_is_checked",
    title: "fails to put an object into a bucket of another owner than expected",
    aws: "AccessDenied",
    async request(scene) {
      await scene.newBucket();
      return scene.put(scene.emulator.customer.root, { ExpectedBucketOwner: scene.emulator.stranger.id });
    },
  },
  {
    rule: "acls_are_refused_where_they_are_disabled",
    title: "fails to put an object with an ACL where ACLs are disabled",
    aws: "AccessControlListNotSupported",
    async request(scene) {
      await scene.newBucket();
      return scene.put(scene.emulator.customer.root, { ACL: "aws-exec-read" });
    },
  },
  {
    rule: "public_access_is_blocked",
    title: "fails to put a public policy where public policies are blocked",
    aws: "AccessDenied",
    async request(scene) {
      await scene.newBucket();
      return scene.policy(grant("*", "s3:GetObject", scene.objects));
    },
  },
  {
    rule: "public_access_is_blocked",
    title: "fails to put an object with a public ACL where public ACLs are blocked",
    aws: "AccessDenied",
    async request(scene) {
      await scene.newBucket("BucketOwnerPreferred");
      return scene.put(scene.emulator.customer.root, { ACL: "public-read" });
    },
  },
  {
    rule: "public_access_is_blocked",
    title: "fails for other accounts, though named, where a public policy stands and public buckets are restricted",
    aws: "AccessDenied",
    async request(scene) {
      const { vendor } = scene.emulator;
      await scene.newBucket();
      const { roleArn, credentials } = await scene.session(vendor, allow("s3:*"));
      await scene.blockPublicAccess({ BlockPublicPolicy: false, RestrictPublicBuckets: false });
      await scene.policy(grant(roleArn, "s3:PutObject", scene.objects), grant("*", "s3:GetObject", scene.objects));
      await scene.put(credentials);
      await scene.blockPublicAccess({ RestrictPublicBuckets: true });
      return scene.put(credentials);
    },
  },
  {
    rule: "public_access_is_blocked",
    title: "does not call a policy public whose condition names the organization",
    aws: "false",
    async request(scene) {
      await scene.newBucket();
      const inOrganization = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } };
      await scene.policy(grant("*", "s3:GetObject", scene.objects, inOrganization));
      const { PolicyStatus } = await scene.owner.send(new GetBucketPolicyStatusCommand({ Bucket: scene.bucket }));
      return String(PolicyStatus?.IsPublic);
    },
  },
  {
    rule: "principals_must_exist",
    title: "fails to put a bucket policy that names a role which does not exist",
    aws: "MalformedPolicy",
    async request(scene) {
      await scene.newBucket();
      return scene.policy(grant(`arn:aws:iam::${scene.emulator.vendor.id}:role/never-defined`, "s3:PutObject", scene.objects));
    },
  },
  {
    rule: "principals_must_exist",
    title: "fails to define a role that trusts a role which does not exist",
    aws: "MalformedPolicyDocumentException",
    async request(scene) {
      return scene.trust(trusts(`arn:aws:iam::${scene.emulator.vendor.id}:role/never-defined`)).then(() => undefined);
    },
  },
  {
    rule: "deleted_principals_leave_their_ids",
    title: "fails for a role that was deleted and defined anew after the bucket policy named it",
    aws: "AccessDenied",
    async request(scene) {
      const { vendor } = scene.emulator;
      await scene.newBucket();
      const { arn, name } = await vendor.role(`role-${scene.bucket}`);
      await scene.policy(grant(arn, "s3:PutObject", scene.objects));
      const { iam } = scene.emulator.clients(vendor.root);
      await iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName: "rights" }));
      await iam.send(new DeleteRoleCommand({ RoleName: name }));
      return scene.put((await (await vendor.role(name)).session()).credentials);
    },
  },
];
