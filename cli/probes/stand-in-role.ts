/**
 * Creates a stand-in for the destination role: a temporary role with the same permissions, which only the deployer may assume.
 *
 * It shows that the permissions suffice, for customers who do not want to change the trust policy of the real role. It does not show
 * that the vendor can assume the real role, and statements of the bucket policy that name the real role do not apply to it.
 */
import type { AccountModel, PlannedPolicy } from "../../lib/plan";
import { type Aws, type CredentialSource, type Failure, failureOf, type OperationName, type Operations, showFailure } from "../aws";
import {
  isMissing,
  type Journal,
  REMOVAL_ATTEMPTS,
  removeStandIn,
  STAND_IN_DESCRIPTION,
  STAND_IN_PREFIX,
  STAND_IN_TAG,
  stoppedBy,
  waitBeforeAttempt,
} from "../clean-up";
import type { Clock } from "../clock";
import { type Party, requestSession } from "../credentials";
import { parseCaller } from "../names";
import type { Leftover } from "../report/validate";

export interface StandIn {
  readonly name: string;
  assume(): Promise<CredentialSource>;
  /** Deletes the role. Returns what remains. */
  remove(signal?: AbortSignal): Promise<Leftover | undefined>;
}

export interface StandInOptions {
  readonly deployer: Party;
  /** The live account, with the real role. */
  readonly account: AccountModel;
  readonly roleArn: string;
  readonly region: string;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A stand-in could neither be completed nor removed. */
export class StandInLeft extends Error {
  constructor(
    cause: Error,
    readonly left: Leftover,
  ) {
    super(cause.message);
    this.name = "StandInLeft";
  }
}

/** Creates the stand-in. It is in the journal first, and it is removed again if a later step fails. */
export async function createStandIn(options: StandInOptions): Promise<StandIn> {
  const { deployer, region, journal, clock, signal } = options;
  const role = readableRole(options);
  const name = `${STAND_IN_PREFIX}${clock.uuid().slice(0, 8)}`;
  const externalId = clock.uuid();
  const item = { kind: "role" as const, name, region };
  const remove = async (until?: AbortSignal) => {
    const left = await removeStandIn(until ? stoppedBy(deployer.aws, until) : deployer.aws, name, clock);
    if (!left) journal.gone(item);
    return left;
  };
  let operation: OperationName = "iam:CreateRole";
  const call: Aws["call"] = (next, input) => {
    operation = next;
    return deployer.aws.call(next, input);
  };
  await requireRemoval(deployer.aws, name, clock);
  journal.intend(item);
  try {
    await defineRole({ call }, { role, name, trustPolicy: trustPolicyOf(deployer.arn!, externalId) });
  } catch (error) {
    const failure = failureOf(error, operation);
    const cause = new Error(`the stand-in role cannot be created: ${operation}: ${showFailure(failure)}`);
    if (operation === "iam:CreateRole" && failure.kind === "denied" && failure.attempts === 1) {
      journal.gone(item);
      throw cause;
    }
    const left = await remove();
    throw left ? new StandInLeft(cause, left) : cause;
  }
  const [, partition, , , owner] = deployer.arn!.split(":");
  const roleArn = `arn:${partition}:iam::${owner}:role/${name}`;
  return { name, remove, assume: () => requestSession(deployer.aws, { roleArn, externalId, signal }) };
}

/** Asks AWS whether the role could be deleted, before there is one: "no such role" shows that the right is there. */
async function requireRemoval(aws: Aws, name: string, clock: Clock): Promise<void> {
  const role = { RoleName: name };
  const requests = {
    "iam:ListRolePolicies": () => aws.call("iam:ListRolePolicies", role),
    "iam:DeleteRolePolicy": () => aws.call("iam:DeleteRolePolicy", { ...role, PolicyName: "none" }),
    "iam:ListAttachedRolePolicies": () => aws.call("iam:ListAttachedRolePolicies", role),
    "iam:DeleteRole": () => aws.call("iam:DeleteRole", role),
  };
  for (const [operation, request] of Object.entries(requests)) {
    const failure = await failureOfAttempts(operation, request, clock);
    if (failure !== undefined && !isMissing(failure))
      throw new Error(`no stand-in role is created, as it could not be deleted: ${operation}: ${showFailure(failure)}`);
  }
}

async function failureOfAttempts(operation: string, request: () => Promise<unknown>, clock: Clock): Promise<Failure | undefined> {
  for (let attempt = 0; ; attempt++) {
    await waitBeforeAttempt(attempt, clock);
    try {
      await request();
      return undefined;
    } catch (error) {
      const failure = failureOf(error, operation);
      if (failure.kind !== "transient" || attempt === REMOVAL_ATTEMPTS - 1) return failure;
    }
  }
}

type Role = AccountModel["roles"][number];

function readableRole({ account, roleArn }: StandInOptions): Role {
  const role = account.roles.find(({ arn }) => arn === roleArn);
  if (!role) throw new Error("the role cannot be read, so there is no stand-in for it");
  const policies = [...role.inlinePolicies, ...role.managedPolicies];
  if (policies.some(({ document }) => typeof document === "string")) throw new Error("not all policies of the role can be read");
  return role;
}

interface Definition {
  /** The role whose permissions are copied. */
  readonly role: Role;
  readonly name: string;
  readonly trustPolicy: object;
}

async function defineRole(aws: Aws, { role, name, trustPolicy }: Definition): Promise<void> {
  const boundary = role.permissionsBoundary?.name;
  await createRole(aws, {
    RoleName: name,
    Description: STAND_IN_DESCRIPTION,
    Tags: [STAND_IN_TAG],
    AssumeRolePolicyDocument: JSON.stringify(trustPolicy),
    ...(boundary === undefined ? {} : { PermissionsBoundary: boundary }),
  });
  for (const [index, policy] of role.inlinePolicies.entries())
    await aws.call("iam:PutRolePolicy", {
      RoleName: name,
      PolicyName: policy.name ?? `policy-${index}`,
      PolicyDocument: textOf(policy),
    });
  for (const policy of role.managedPolicies) await aws.call("iam:AttachRolePolicy", { RoleName: name, PolicyArn: policy.name! });
}

async function createRole(aws: Aws, input: Operations["iam:CreateRole"][0]): Promise<void> {
  try {
    await aws.call("iam:CreateRole", input);
  } catch (error) {
    // No other role has this name: an earlier try of this request succeeded, and its answer was lost.
    const { code, kind, message } = failureOf(error, "iam:CreateRole");
    // The description alone is enough to find it again.
    if (input.Tags && kind === "denied" && message.includes("iam:TagRole")) {
      const { Tags: _, ...untagged } = input;
      return createRole(aws, untagged);
    }
    if (code !== "EntityAlreadyExistsException" && code !== "EntityAlreadyExists") throw error;
  }
}

/** Trusts only the deployer, and only with an external ID of this run. */
function trustPolicyOf(deployerArn: string, externalId: string): object {
  const caller = parseCaller(deployerArn)!;
  const [, partition] = deployerArn.split(":");
  const root = `arn:${partition}:iam::${caller.account}:root`;
  // The ARN of a session lacks the path of its role.
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
