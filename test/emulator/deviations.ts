/**
 * The deviations of localemu from AWS: for each a request, AWS's answer, and the rule that corrects the emulator.
 *
 * The test sends each request to an emulator with the rules and to one without. If the second gives AWS's answer too, the rule is no
 * longer needed.
 */
import { DeleteRoleCommand, DeleteRolePolicyCommand } from "@aws-sdk/client-iam";
import { DeleteObjectCommand, GetBucketPolicyStatusCommand, HeadObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { type AccessFixture, allow, document, grant, trusts } from "./access-fixture";

export interface Deviation {
  /** The function in `aws_rules/`. */
  readonly rule: string;
  readonly title: string;
  /** AWS's answer: `allowed`, an error's name, or a value. */
  readonly aws: string;
  request(fixture: AccessFixture): Promise<unknown>;
}

export const DEVIATIONS: readonly Deviation[] = [
  {
    rule: "both_accounts_must_allow",
    title: "fails when the bucket grants and the vendor's own policy does not",
    aws: "AccessDenied",
    async request(fixture) {
      const { vendor } = fixture.emulator;
      await fixture.newBucket();
      await fixture.policy(grant(vendor.id, "s3:PutObject", fixture.objects));
      return fixture.put((await fixture.session(vendor)).credentials);
    },
  },
  {
    rule: "both_accounts_must_allow",
    title: "fails when the vendor's own policy allows everything and the bucket grants nothing",
    aws: "AccessDenied",
    async request(fixture) {
      await fixture.newBucket();
      return fixture.put((await fixture.session(fixture.emulator.vendor, allow("s3:*"))).credentials);
    },
  },
  {
    rule: "role_arn_names_its_sessions",
    title: "lets a session in whose role the bucket policy names",
    aws: "allowed",
    async request(fixture) {
      await fixture.newBucket();
      const { roleArn, credentials } = await fixture.session(fixture.emulator.customer);
      await fixture.policy(grant(roleArn, "s3:PutObject", fixture.objects));
      return fixture.put(credentials);
    },
  },
  {
    rule: "root_user_is_bound_by_bucket_policies",
    title: "fails for another account's root user",
    aws: "AccessDenied",
    async request(fixture) {
      await fixture.newBucket();
      return fixture.put(fixture.emulator.stranger.root);
    },
  },
  {
    rule: "root_user_is_bound_by_bucket_policies",
    title: "fails for the owner's root user where the bucket policy denies",
    aws: "AccessDenied",
    async request(fixture) {
      await fixture.newBucket();
      const overHttp = { Bool: { "aws:SecureTransport": "false" } };
      await fixture.policy({ ...grant("*", "s3:*", fixture.objects), Effect: "Deny", Condition: overHttp });
      return fixture.put(fixture.emulator.customer.root, {}, fixture.emulator.endpoint);
    },
  },
  {
    rule: "session_policies_can_deny",
    title: "fails what a session policy denies",
    aws: "AccessDenied",
    async request(fixture) {
      await fixture.newBucket();
      const { customer } = fixture.emulator;
      const user = await customer.user(`user-${fixture.bucket}`);
      const role = await customer.role(`role-${fixture.bucket}`);
      const deny = { ...allow("s3:PutObject"), Effect: "Deny" };
      return fixture.put(await fixture.assume(user.credentials, role.arn, { Policy: document([allow("s3:*"), deny]) }));
    },
  },
  {
    rule: "requests_need_every_action",
    title: "fails to delete a version with the right to delete objects alone",
    aws: "AccessDenied",
    async request(fixture) {
      await fixture.newBucket();
      await fixture.enableVersioning();
      const { VersionId } = await fixture.put(fixture.emulator.customer.root);
      const { credentials } = await fixture.session(fixture.emulator.customer, allow("s3:DeleteObject"));
      return fixture.s3(credentials).send(new DeleteObjectCommand({ Bucket: fixture.bucket, Key: "a/b", VersionId }));
    },
  },
  {
    rule: "requests_need_every_action",
    title: "fails to look at a version with the right to read objects alone",
    aws: "403",
    async request(fixture) {
      await fixture.newBucket();
      await fixture.enableVersioning();
      const { VersionId } = await fixture.put(fixture.emulator.customer.root);
      const { credentials } = await fixture.session(fixture.emulator.customer, allow(["s3:GetObject", "s3:ListBucket"]));
      return fixture
        .s3(credentials)
        .send(new HeadObjectCommand({ Bucket: fixture.bucket, Key: "a/b", VersionId }))
        .catch((error: { $metadata: { httpStatusCode: number } }) => String(error.$metadata.httpStatusCode));
    },
  },
  {
    rule: "requests_need_every_action",
    title: "fails to put an object with an ACL without the right to set ACLs",
    aws: "AccessDenied",
    async request(fixture) {
      await fixture.newBucket("BucketOwnerPreferred");
      const { credentials } = await fixture.session(fixture.emulator.customer, allow("s3:PutObject"));
      return fixture.put(credentials, { ACL: "bucket-owner-full-control" });
    },
  },
  {
    rule: "requests_carry_their_keys",
    title: "lets a session list the prefix to which its policy limits it",
    aws: "allowed",
    async request(fixture) {
      await fixture.newBucket();
      const underA = { Condition: { StringLike: { "s3:prefix": "a/*" } } };
      const { credentials } = await fixture.session(fixture.emulator.customer, allow("s3:ListBucket", "*", underA));
      return fixture.s3(credentials).send(new ListObjectsV2Command({ Bucket: fixture.bucket, Prefix: "a/" }));
    },
  },
  {
    rule: "requests_carry_their_keys",
    title: "gives a session's role as the principal's ARN",
    aws: "allowed",
    async request(fixture) {
      await fixture.newBucket();
      const { roleArn, credentials } = await fixture.session(fixture.emulator.customer);
      const theRole = { Condition: { ArnEquals: { "aws:PrincipalArn": roleArn } } };
      await fixture.policy(grant("*", "s3:PutObject", fixture.objects, theRole));
      return fixture.put(credentials);
    },
  },
  {
    rule: "conditions_as_documented",
    title: "fails where a negated condition speaks of a key that the request lacks",
    aws: "AccessDenied",
    async request(fixture) {
      await fixture.newBucket();
      const unlessEncrypted = { Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } } };
      const deny = { ...allow("s3:PutObject", "*", unlessEncrypted), Effect: "Deny" };
      return fixture.put((await fixture.session(fixture.emulator.customer, allow("s3:*"), deny)).credentials);
    },
  },
  {
    rule: "conditions_as_documented",
    title: "reads names of condition keys without regard to case, and unquoted values",
    aws: "AccessDenied",
    async request(fixture) {
      await fixture.newBucket();
      const overTls = { Condition: { Bool: { "AWS:securetransport": true } } };
      await fixture.policy({ ...grant("*", "s3:PutObject", fixture.objects, overTls), Effect: "Deny" });
      return fixture.put((await fixture.session(fixture.emulator.customer, allow("s3:*"))).credentials);
    },
  },
  {
    rule: "trust_policies_are_evaluated_in_full",
    title: "fails to assume a role whose trust policy denies",
    aws: "AccessDenied",
    async request(fixture) {
      const { roleArn, credentials } = await fixture.session(fixture.emulator.vendor, allow("sts:AssumeRole"));
      const role = await fixture.trust(trusts(fixture.emulator.vendor.id), { ...trusts(roleArn), Effect: "Deny" });
      return fixture.assume(credentials, role);
    },
  },
  {
    rule: "trust_policies_are_evaluated_in_full",
    title: "fails to assume a role under another session name than its trust policy wants",
    aws: "AccessDenied",
    async request(fixture) {
      const { credentials } = await fixture.session(fixture.emulator.vendor, allow("sts:AssumeRole"));
      const named = { Condition: { StringEquals: { "sts:RoleSessionName": "validation" } } };
      return fixture.assume(credentials, await fixture.trust(trusts(fixture.emulator.vendor.id, named)));
    },
  },
  {
    rule: "roles_must_exist_to_be_assumed",
    title: "fails to assume a role that does not exist",
    aws: "AccessDenied",
    async request(fixture) {
      const { credentials } = await fixture.session(fixture.emulator.vendor, allow("sts:AssumeRole"));
      return fixture.assume(credentials, `arn:aws:iam::${fixture.emulator.customer.id}:role/never-defined`);
    },
  },
  {
    rule: "root_users_cannot_assume_roles",
    title: "fails to assume a role as a root user",
    aws: "AccessDenied",
    async request(fixture) {
      return fixture.assume(fixture.emulator.vendor.root, await fixture.trust(trusts(fixture.emulator.vendor.id)));
    },
  },
  {
    rule: "trust_policies_grant_within_their_account",
    title: "lets a user without rights assume a role of its account whose trust policy names the user",
    aws: "allowed",
    async request(fixture) {
      const user = await fixture.emulator.customer.user(`user-${fixture.bucket}`, [allow("s3:ListAllMyBuckets")]);
      return fixture.assume(user.credentials, await fixture.trust(trusts(user.arn))).then(() => undefined);
    },
  },
  {
    rule: "sessions_last_as_long_as_allowed",
    title: "fails to assume a role for longer than the role allows",
    aws: "ValidationError",
    async request(fixture) {
      const { credentials } = await fixture.session(fixture.emulator.vendor, allow("sts:AssumeRole"));
      return fixture.assume(credentials, await fixture.trust(trusts(fixture.emulator.vendor.id)), { DurationSeconds: 7200 });
    },
  },
  {
    rule: "expected_bucket_owner_is_checked",
    title: "fails to put an object into a bucket of another owner than expected",
    aws: "AccessDenied",
    async request(fixture) {
      await fixture.newBucket();
      return fixture.put(fixture.emulator.customer.root, { ExpectedBucketOwner: fixture.emulator.stranger.id });
    },
  },
  {
    rule: "acls_are_refused_where_they_are_disabled",
    title: "fails to put an object with an ACL where ACLs are disabled",
    aws: "AccessControlListNotSupported",
    async request(fixture) {
      await fixture.newBucket();
      return fixture.put(fixture.emulator.customer.root, { ACL: "aws-exec-read" });
    },
  },
  {
    rule: "public_access_is_blocked",
    title: "fails to put a public policy where public policies are blocked",
    aws: "AccessDenied",
    async request(fixture) {
      await fixture.newBucket();
      return fixture.policy(grant("*", "s3:GetObject", fixture.objects));
    },
  },
  {
    rule: "public_access_is_blocked",
    title: "fails to put an object with a public ACL where public ACLs are blocked",
    aws: "AccessDenied",
    async request(fixture) {
      await fixture.newBucket("BucketOwnerPreferred");
      return fixture.put(fixture.emulator.customer.root, { ACL: "public-read" });
    },
  },
  {
    rule: "public_access_is_blocked",
    title: "fails for other accounts, though named, where a public policy stands and public buckets are restricted",
    aws: "AccessDenied",
    async request(fixture) {
      const { vendor } = fixture.emulator;
      await fixture.newBucket();
      const { roleArn, credentials } = await fixture.session(vendor, allow("s3:*"));
      await fixture.blockPublicAccess({ BlockPublicPolicy: false, RestrictPublicBuckets: false });
      await fixture.policy(grant(roleArn, "s3:PutObject", fixture.objects), grant("*", "s3:GetObject", fixture.objects));
      await fixture.put(credentials);
      await fixture.blockPublicAccess({ RestrictPublicBuckets: true });
      return fixture.put(credentials);
    },
  },
  {
    rule: "public_access_is_blocked",
    title: "does not call a policy public whose condition names the organization",
    aws: "false",
    async request(fixture) {
      await fixture.newBucket();
      const inOrganization = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } };
      await fixture.policy(grant("*", "s3:GetObject", fixture.objects, inOrganization));
      const { PolicyStatus } = await fixture.owner.send(new GetBucketPolicyStatusCommand({ Bucket: fixture.bucket }));
      return String(PolicyStatus?.IsPublic);
    },
  },
  {
    rule: "principals_must_exist",
    title: "fails to put a bucket policy that names a role which does not exist",
    aws: "MalformedPolicy",
    async request(fixture) {
      await fixture.newBucket();
      return fixture.policy(grant(`arn:aws:iam::${fixture.emulator.vendor.id}:role/never-defined`, "s3:PutObject", fixture.objects));
    },
  },
  {
    rule: "principals_must_exist",
    title: "fails to define a role that trusts a role which does not exist",
    aws: "MalformedPolicyDocumentException",
    async request(fixture) {
      return fixture.trust(trusts(`arn:aws:iam::${fixture.emulator.vendor.id}:role/never-defined`)).then(() => undefined);
    },
  },
  {
    rule: "deleted_principals_leave_their_ids",
    title: "fails for a role that was deleted and defined anew after the bucket policy named it",
    aws: "AccessDenied",
    async request(fixture) {
      const { vendor } = fixture.emulator;
      await fixture.newBucket();
      const { arn, name } = await vendor.role(`role-${fixture.bucket}`);
      await fixture.policy(grant(arn, "s3:PutObject", fixture.objects));
      const { iam } = fixture.emulator.clients(vendor.root);
      await iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName: "rights" }));
      await iam.send(new DeleteRoleCommand({ RoleName: name }));
      return fixture.put((await (await vendor.role(name)).session()).credentials);
    },
  },
];
