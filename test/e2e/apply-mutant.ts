/** Applies a mutant with the few resource types that mutants add and the library never writes. */
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DeleteRolePermissionsBoundaryCommand,
  DetachRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
} from "@aws-sdk/client-iam";
import { type Applied, applyStack, type TerraformJson } from "../emulator/apply";
import type { Emulator } from "../emulator/server";

type Resources = Record<string, Record<string, Record<string, string>>>;

export async function applyMutant(json: TerraformJson, emulator: Emulator): Promise<Applied> {
  const { aws_iam_role_policy_attachment: attachments = {}, aws_iam_policy: policies = {}, ...known } = json.resource as Resources;
  const [role] = Object.values(known.aws_iam_role ?? {});
  const bounded = role?.permissions_boundary !== undefined;
  if (bounded) delete role.permissions_boundary;
  const stack = await applyStack({ ...json, resource: known }, emulator);
  const { iam } = emulator.clients(emulator.customer.root);
  const undo: (() => Promise<unknown>)[] = [];
  const destroy = async () => {
    for (const step of undo.reverse()) await step();
    await stack.destroy();
  };
  try {
    const RoleName = role?.name;
    for (const { policy_arn: PolicyArn } of Object.values(attachments)) {
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
      undo.push(() => iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
    }
    for (const { name, policy } of Object.values(policies)) {
      const made = await iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: policy }));
      const PermissionsBoundary = made.Policy!.Arn!;
      undo.push(() => iam.send(new DeletePolicyCommand({ PolicyArn: PermissionsBoundary })));
      if (!bounded) continue;
      await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
      undo.push(() => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })));
    }
    return { ...stack, destroy };
  } catch (error) {
    await destroy();
    throw error;
  }
}
