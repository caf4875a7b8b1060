/**
 * A stand-in for the destination role: a temporary role with the same permissions that only the deployer may assume.
 *
 * It shows that the permissions suffice, for customers who will not open the real trust policy. It does not show that the vendor
 * can assume the real role, and a bucket policy that names the real role does not know it.
 */
import type { AccountModel, PlannedPolicy } from "../../lib/plan";
import { type Aws, type CredentialSource, type Failure, failureOf, type OperationName, type Operations, showFailure } from "../aws";
import { type Journal, quote } from "../clean-up";
import { parseCaller } from "../credentials";
import type { Clock, Leftover, Party } from "../report/validate/types";
import { assumeRole } from "./attempt";

/** Every stand-in is called so, with a part of a UUID behind it. No other role is ever deleted. */
export const STAND_IN_NAME = "vendor-destination-stand-in-";
/** Rounds of a removal. */
const TRIES = 4;
const NAME_PATTERN = new RegExp(`^${STAND_IN_NAME}[0-9a-f]{8}$`);

export interface StandIn {
  readonly name: string;
  readonly arn: string;
  assume(): Promise<CredentialSource>;
  /** Deletes the role; returns what stayed. */
  remove(): Promise<Leftover | undefined>;
}

export interface StandInOptions {
  readonly deployer: Party;
  /** The account as it was read, with the real role. */
  readonly account: AccountModel;
  readonly roleArn: string;
  readonly region: string;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Creates the stand-in. What was created is journalled, and is removed again when a later step fails. */
export async function createStandIn(options: StandInOptions): Promise<StandIn> {
  const { deployer, account, roleArn, region, journal, clock, signal } = options;
  const role = account.roles.find(({ arn }) => arn === roleArn);
  if (!role) throw new Error("the role cannot be read, so there is nothing to make a stand-in of");
  const policies = [...role.inlinePolicies, ...role.managedPolicies];
  if (policies.some(({ document }) => typeof document === "string")) throw new Error("not all policies of the role can be read");
  const name = `${STAND_IN_NAME}${clock.uuid().slice(0, 8)}`;
  const externalId = clock.uuid();
  const item = { kind: "role" as const, name, region };
  const remove = async () => {
    const left = await removeStandIn(deployer.aws, name, clock);
    if (!left) journal.gone(item);
    return left;
  };
  journal.intend(item);
  const asked: { operation: OperationName } = { operation: "iam:CreateRole" };
  try {
    const boundary = role.permissionsBoundary?.name;
    await defineRole(deployer.aws, {
      RoleName: name,
      Description: "Temporary role of vendor-destination validate. Safe to delete.",
      AssumeRolePolicyDocument: JSON.stringify(trustOf(deployer.arn!, externalId)),
      ...(boundary === undefined ? {} : { PermissionsBoundary: boundary }),
    });
    asked.operation = "iam:PutRolePolicy";
    for (const [index, policy] of role.inlinePolicies.entries())
      await deployer.aws.call("iam:PutRolePolicy", {
        RoleName: name,
        PolicyName: policy.name ?? `policy-${index}`,
        PolicyDocument: textOf(policy),
      });
    asked.operation = "iam:AttachRolePolicy";
    for (const policy of role.managedPolicies) await deployer.aws.call("iam:AttachRolePolicy", { RoleName: name, PolicyArn: policy.name! });
    const [, partition, , , owner] = deployer.arn!.split(":");
    const arn = `arn:${partition}:iam::${owner}:role/${name}`;
    return { name, arn, remove, assume: () => assumeRole(deployer.aws, { roleArn: arn, externalId, signal }) };
  } catch (error) {
    const failure = failureOf(error, asked.operation);
    const cause = new Error(`the stand-in role cannot be made: ${asked.operation}: ${showFailure(failure)}`);
    if (asked.operation === "iam:CreateRole" && failure.kind === "denied" && failure.attempts === 1) {
      journal.gone(item);
      throw cause;
    }
    const left = await remove();
    throw left ? new StandInLeft(cause, left) : cause;
  }
}

async function defineRole(aws: Aws, input: Operations["iam:CreateRole"][0]): Promise<void> {
  try {
    await aws.call("iam:CreateRole", input);
  } catch (error) {
    // Nobody else has this name: an earlier try of this request was answered, and its answer was lost.
    const { code } = failureOf(error, "iam:CreateRole");
    if (code !== "EntityAlreadyExistsException" && code !== "EntityAlreadyExists") throw error;
  }
}

/** A stand-in could neither be made nor removed. */
export class StandInLeft extends Error {
  constructor(
    cause: unknown,
    readonly left: Leftover,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
    this.name = "StandInLeft";
  }
}

/** Trusts the deployer alone, and only together with a secret of this run. */
function trustOf(deployerArn: string, externalId: string) {
  const caller = parseCaller(deployerArn)!;
  const [, partition] = deployerArn.split(":");
  const root = `arn:${partition}:iam::${caller.account}:root`;
  // The ARN of a session has lost the path of its role.
  const names =
    caller.type === "role"
      ? [`arn:${partition}:iam::${caller.account}:role/${caller.name}`, `arn:${partition}:iam::${caller.account}:role/*/${caller.name}`]
      : [deployerArn];
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: root },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": externalId }, ArnLike: { "aws:PrincipalArn": names } },
      },
    ],
  };
}

function textOf(policy: PlannedPolicy): string {
  return policy.text ?? JSON.stringify(policy.document);
}

/**
 * Deletes a stand-in with everything in it.
 *
 * A role that is not there is gone if this has deleted it. Else IAM is asked again: of a role that was made a moment ago it may not
 * know everywhere.
 */
export async function removeStandIn(aws: Aws, name: string, clock: Clock): Promise<Leftover | undefined> {
  const role = { RoleName: name };
  if (!NAME_PATTERN.test(name)) return leftover(name, "its name is not that of a stand-in");
  let failure: Failure | undefined;
  let deleting = false;
  let asked = "";
  const call: Aws["call"] = (operation, input) => {
    asked = operation;
    return aws.call(operation, input);
  };
  for (let round = 0; round < TRIES; round++) {
    if (round > 0) await clock.sleep(500 * 2 ** round);
    try {
      const inline = await call("iam:ListRolePolicies", role);
      for (const PolicyName of inline.PolicyNames ?? []) await call("iam:DeleteRolePolicy", { ...role, PolicyName });
      const managed = await call("iam:ListAttachedRolePolicies", role);
      for (const { PolicyArn } of managed.AttachedPolicies ?? []) await call("iam:DetachRolePolicy", { ...role, PolicyArn });
      deleting = true;
      await call("iam:DeleteRole", role);
      return undefined;
    } catch (error) {
      failure = failureOf(error, "iam:DeleteRole");
      const isMissing = failure.code === "NoSuchEntityException" || failure.code === "NoSuchEntity";
      if (isMissing && (deleting || round === TRIES - 1)) return undefined;
    }
  }
  return leftover(name, `${asked}: ${showFailure(failure!)}`);
}

/** For a program that is killed before it could delete the role. */
export function leftStandIn(name: string): Leftover {
  return leftover(name, "killed before it was removed");
}

function leftover(name: string, reason: string): Leftover {
  const role = `--role-name ${quote(name)}`;
  const command =
    `for p in $(aws iam list-role-policies ${role} --query 'PolicyNames[]' --output text); do aws iam delete-role-policy ${role} --policy-name "$p"; done; ` +
    `for p in $(aws iam list-attached-role-policies ${role} --query 'AttachedPolicies[].PolicyArn' --output text); do aws iam detach-role-policy ${role} --policy-arn "$p"; done; ` +
    `aws iam delete-role ${role}`;
  return { what: `role ${name}`, reason, command };
}
