/** For tests of who may do what: creates buckets, sessions and policies in an emulator, and sends requests. */
import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  type ObjectOwnership,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import type { Account, Credentials, Emulator } from "./server";

/** The name of the request's error. If the request succeeds, its value if that is a text, else `allowed`. */
export async function answerTo(request: Promise<unknown>): Promise<string> {
  try {
    const value = await request;
    return typeof value === "string" ? value : "allowed";
  } catch (error) {
    return (error as Error).name;
  }
}

let counter = 0;

/** All names are unique, so that fixtures do not interfere with each other. */
export class AccessFixture {
  private readonly suffix = `${process.pid}-${++counter}`;
  readonly bucket = `acme-${this.suffix}`;
  readonly objects = `arn:aws:s3:::${this.bucket}/*`;

  constructor(readonly emulator: Emulator) {}

  /** A bucket of the customer, with Block Public Access as new buckets have it. */
  async newBucket(ownership: ObjectOwnership = "BucketOwnerEnforced"): Promise<void> {
    await this.owner.send(new CreateBucketCommand({ Bucket: this.bucket }));
    const rules = { Rules: [{ ObjectOwnership: ownership }] };
    await this.owner.send(new PutBucketOwnershipControlsCommand({ Bucket: this.bucket, OwnershipControls: rules }));
  }

  async enableVersioning(): Promise<void> {
    const VersioningConfiguration = { Status: "Enabled" as const };
    await this.owner.send(new PutBucketVersioningCommand({ Bucket: this.bucket, VersioningConfiguration }));
  }

  /** The customer's root user at S3. */
  get owner() {
    return this.emulator.clients(this.emulator.customer.root).s3;
  }

  s3(credentials: Credentials, endpoint?: string) {
    return this.emulator.clients(credentials, endpoint === undefined ? {} : { endpoint }).s3;
  }

  /** A session of a new role with only these permissions. */
  async session(account: Account, ...statements: object[]) {
    const role = await account.role(`role-${this.suffix}-${++counter}`, { statements: statements.length > 0 ? statements : [NOTHING] });
    return { roleArn: role.arn, ...(await role.session("delivery")) };
  }

  policy(...statements: object[]) {
    return this.owner.send(new PutBucketPolicyCommand({ Bucket: this.bucket, Policy: document(statements) }));
  }

  blockPublicAccess(settings: object) {
    return this.owner.send(new PutPublicAccessBlockCommand({ Bucket: this.bucket, PublicAccessBlockConfiguration: settings }));
  }

  put(credentials: Credentials, more: object = {}, endpoint?: string) {
    return this.s3(credentials, endpoint).send(new PutObjectCommand({ Bucket: this.bucket, Key: "a/b", Body: "c", ...more }));
  }

  /** A role of the customer with this trust policy. */
  async trust(...statements: object[]): Promise<string> {
    const name = `trusting-${this.suffix}`;
    const { iam } = this.emulator.clients(this.emulator.customer.root);
    const command = new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: document(statements) });
    const { Role } = await iam.send(command);
    await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: "rights", PolicyDocument: document([allow("s3:*")]) }));
    return Role!.Arn!;
  }

  async assume(credentials: Credentials, RoleArn: string, more: object = {}): Promise<Credentials> {
    const { sts } = this.emulator.clients(credentials);
    const { Credentials: taken } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "delivery", ...more }));
    return { accessKeyId: taken!.AccessKeyId!, secretAccessKey: taken!.SecretAccessKey!, sessionToken: taken!.SessionToken! };
  }
}

const NOTHING = { Effect: "Deny", Action: "s3:CreateBucket", Resource: "*" };
/** A statement of an identity policy. */
export const allow = (Action: string | string[], Resource: string | string[] = "*", more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
/** A statement of a bucket policy. */
export const grant = (AWS: unknown, Action: string | string[], Resource: string, more: object = {}) => ({
  ...allow(Action, Resource, more),
  Principal: AWS === "*" ? "*" : { AWS },
});
/** A statement of a trust policy. */
export const trusts = (AWS: string, more: object = {}) => ({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS }, ...more });
export const document = (statements: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
