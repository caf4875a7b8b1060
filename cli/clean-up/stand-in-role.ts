/** Deletes stand-in roles, those of earlier runs included. */
import { type Aws, type Failure, failureOf, showFailure } from "../aws";
import type { Clock } from "../clock";
import type { Leftover } from "../report/validate";
import { REMOVAL_ATTEMPTS, waitBeforeAttempt } from "./retry";
import { quote } from "./shell";

/** The name of a stand-in role is this prefix and the first part of a UUID. A validation never deletes any other role. */
export const STAND_IN_PREFIX = "vendor-destination-stand-in-";
/** The tag that distinguishes a stand-in role from any other role. */
export const STAND_IN_TAG = { Key: "vendor-destination", Value: "stand-in" };
export const STAND_IN_DESCRIPTION = "Temporary role of vendor-destination validate. Safe to delete.";
export const STAND_IN_NAME = new RegExp(`^${STAND_IN_PREFIX}[0-9a-f]{8}$`);

/**
 * Deletes a stand-in role and its policies.
 *
 * IAM may not know a role yet that was created a moment ago. "No such role" therefore counts as deleted only after a DeleteRole request,
 * or if the last attempt still finds nothing.
 */
export async function removeStandIn(aws: Aws, name: string, clock: Clock): Promise<Leftover | undefined> {
  const role = { RoleName: name };
  if (!STAND_IN_NAME.test(name)) return standInLeft(name, "its name is not that of a stand-in role");
  let failure: Failure | undefined;
  let deleting = false;
  let lastOperation = "";
  const call: Aws["call"] = (operation, input) => {
    lastOperation = operation;
    return aws.call(operation, input);
  };
  for (let attempt = 0; attempt < REMOVAL_ATTEMPTS; attempt++) {
    await waitBeforeAttempt(attempt, clock);
    try {
      const inline = await call("iam:ListRolePolicies", role);
      for (const PolicyName of inline.PolicyNames ?? []) await call("iam:DeleteRolePolicy", { ...role, PolicyName });
      const managed = await call("iam:ListAttachedRolePolicies", role);
      for (const { PolicyArn } of managed.AttachedPolicies ?? []) await call("iam:DetachRolePolicy", { ...role, PolicyArn });
      deleting = true;
      await call("iam:DeleteRole", role);
      if (!(await isStillThere(aws, role))) return undefined;
      failure = failureOf(
        Object.assign(new Error("IAM confirmed the deletion, and still shows the role"), { name: "StillThere" }),
        lastOperation,
      );
    } catch (error) {
      failure = failureOf(error, "iam:DeleteRole");
      if (isMissing(failure) && (deleting || attempt === REMOVAL_ATTEMPTS - 1)) return undefined;
    }
  }
  return standInLeft(name, `${lastOperation}: ${showFailure(failure!)}`);
}

/** Whether IAM still shows a role whose deletion it confirmed. IAM may do so for some seconds. */
async function isStillThere(aws: Aws, role: { readonly RoleName: string }): Promise<boolean> {
  try {
    await aws.call("iam:GetRole", role);
    return true;
  } catch {
    return false;
  }
}

/** Whether IAM knows no such role. */
export function isMissing({ code }: Failure): boolean {
  return code === "NoSuchEntityException" || code === "NoSuchEntity";
}

/** The stand-in role that stays if the program is killed now. */
export function describeStandIn(name: string): Leftover {
  return standInLeft(name, "killed before it was removed");
}

/** A stand-in role that was not deleted, and the command that deletes it. */
export function standInLeft(name: string, reason: string): Leftover {
  const role = `--role-name ${quote(name)}`;
  const command =
    `for p in $(aws iam list-role-policies ${role} --query 'PolicyNames[]' --output text); do aws iam delete-role-policy ${role} --policy-name "$p"; done; ` +
    `for p in $(aws iam list-attached-role-policies ${role} --query 'AttachedPolicies[].PolicyArn' --output text); do aws iam detach-role-policy ${role} --policy-arn "$p"; done; ` +
    `aws iam delete-role ${role}`;
  return { what: `role ${name}`, reason, command };
}
