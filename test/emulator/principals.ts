/** Roles and users of an emulated account: the vendor's own side, the stranger's, the customer's administrator. */
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";
import type { Clients, Credentials } from "./clients";

export interface RoleOptions {
  /** @default "/" */
  readonly path?: string;
  /** Statements of the role's inline policy. @default - `s3:*` and `sts:AssumeRole` on everything, as vendors give their own role */
  readonly statements?: readonly object[];
}

export interface AssumedSession {
  readonly arn: string;
  readonly credentials: Credentials;
}

export interface TestRole {
  readonly arn: string;
  readonly name: string;
  /** A new session of the role, taken by a user of the same account. */
  session(sessionName?: string): Promise<AssumedSession>;
}

export interface Principals {
  /** A role that the account's own users may assume. */
  role(name: string, options?: RoleOptions): Promise<TestRole>;
  /** A user with an access key and the given rights. @default - everything */
  user(name: string, statements?: readonly object[]): Promise<{ arn: string; credentials: Credentials }>;
}

const EVERYTHING = [{ Effect: "Allow", Action: "*", Resource: "*" }];
const VENDOR_SIDE = [{ Effect: "Allow", Action: ["s3:*", "sts:AssumeRole"], Resource: "*" }];
const OPERATOR = "operator";

export function createPrincipals(accountId: string, { iam }: Clients, stsAs: (credentials: Credentials) => STSClient): Principals {
  let operator: Promise<{ credentials: Credentials }> | undefined;

  const user: Principals["user"] = async (name, statements = EVERYTHING) => {
    const { User } = await iam.send(new CreateUserCommand({ UserName: name }));
    await iam.send(new PutUserPolicyCommand({ UserName: name, PolicyName: "rights", PolicyDocument: policy(statements) }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
    return {
      arn: User!.Arn!,
      credentials: { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! },
    };
  };

  const session = async (arn: string, sessionName: string): Promise<AssumedSession> => {
    // A root user cannot assume a role, so a user of the account does it.
    operator ??= user(OPERATOR);
    const sts = stsAs((await operator).credentials);
    const { Credentials: taken, AssumedRoleUser } = await sts.send(new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: sessionName }));
    return {
      arn: AssumedRoleUser!.Arn!,
      credentials: { accessKeyId: taken!.AccessKeyId!, secretAccessKey: taken!.SecretAccessKey!, sessionToken: taken!.SessionToken! },
    };
  };

  return {
    user,
    role: async (name, { path = "/", statements = VENDOR_SIDE } = {}) => {
      const trust = [{ Effect: "Allow", Principal: { AWS: accountId }, Action: "sts:AssumeRole" }];
      const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, Path: path, AssumeRolePolicyDocument: policy(trust) }));
      await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: "rights", PolicyDocument: policy(statements) }));
      const arn = Role!.Arn!;
      return { arn, name, session: (sessionName = "delivery") => session(arn, sessionName) };
    },
  };
}

function policy(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
