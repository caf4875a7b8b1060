import type { PolicyLocation } from "../../../lib/evaluate";
import type { PlannedPolicy, PlannedRole } from "../../../lib/plan";
import { hasUnknown } from "../../../lib/unknown";
import { type AccountReader, contentOf, livePolicy, NOT_SET, unreadPolicy } from "./account-reader";
import { allPages } from "./pages";

interface RoleName {
  readonly name: string;
  readonly arn: string;
}

/** A role of the same name in another account, or with another path: the vendor cannot assume it by the ARN that it was given. */
interface OtherRole {
  readonly otherRole: string;
}

/** The live role with its policies; undefined if there is none. */
export async function readRole(role: RoleName, reader: AccountReader): Promise<PlannedRole | OtherRole | undefined> {
  const at = (address: string): PolicyLocation => ({ file: role.arn, address });
  const name = { RoleName: role.name };
  const [found, inlineNames, attached] = await Promise.all([
    reader.read("iam:GetRole", name),
    allPages({
      read: (Marker) => reader.read("iam:ListRolePolicies", { ...name, ...(Marker && { Marker }) }),
      itemsOf: ({ PolicyNames }) => PolicyNames,
      nextOf: markerOf,
    }),
    allPages({
      read: (Marker) => reader.read("iam:ListAttachedRolePolicies", { ...name, ...(Marker && { Marker }) }),
      itemsOf: ({ AttachedPolicies }) => AttachedPolicies,
      nextOf: markerOf,
    }),
  ]);
  if (found === NOT_SET) return undefined;
  const live = contentOf(found)?.Role;
  if (live?.Arn !== undefined && isOtherRole(live.Arn, role)) return { otherRole: live.Arn };
  const inlinePolicies = inlineNames.failure
    ? [unreadPolicy("iam:ListRolePolicies", at("inline policies"))]
    : await Promise.all(inlineNames.items.map((policyName) => readInlinePolicy(role, policyName, reader)));
  const managedPolicies = attached.failure
    ? [unreadPolicy("iam:ListAttachedRolePolicies", at("managed policies"))]
    : await Promise.all(attached.items.map(({ PolicyArn }) => readManagedPolicy(PolicyArn!, reader)));
  const boundary = live?.PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    address: role.arn,
    location: at("live"),
    name: role.name,
    path: live?.Path ?? "/",
    arn: live?.Arn ?? role.arn,
    trustPolicy: live
      ? livePolicy(decodeURIComponent(live.AssumeRolePolicyDocument ?? ""), at("trust policy"))
      : unreadPolicy("iam:GetRole", at("trust policy")),
    inlinePolicies,
    managedPolicies,
    permissionsBoundary: boundary ? await readManagedPolicy(boundary, reader) : undefined,
    ...(live?.RoleId && { uniqueId: live.RoleId }),
    ...(live && { tags: Object.fromEntries((live.Tags ?? []).map(({ Key = "", Value = "" }) => [Key.toLowerCase(), Value])) }),
  };
}

function markerOf({ IsTruncated, Marker }: { readonly IsTruncated?: boolean | undefined; readonly Marker?: string | undefined }) {
  return IsTruncated ? Marker : undefined;
}

function isOtherRole(live: string, { arn }: RoleName): boolean {
  return arn.startsWith("arn:") && !hasUnknown(arn) && live !== arn;
}

async function readInlinePolicy(role: RoleName, policyName: string, reader: AccountReader): Promise<PlannedPolicy> {
  const location = { file: role.arn, address: `inline policy ${policyName}` };
  const answer = contentOf(await reader.read("iam:GetRolePolicy", { RoleName: role.name, PolicyName: policyName }));
  if (!answer) return unreadPolicy("iam:GetRolePolicy", location);
  return { ...livePolicy(decodeURIComponent(answer.PolicyDocument ?? ""), location), name: policyName };
}

async function readManagedPolicy(arn: string, reader: AccountReader): Promise<PlannedPolicy> {
  const location = { file: arn, address: "managed policy" };
  const versionId = contentOf(await reader.read("iam:GetPolicy", { PolicyArn: arn }))?.Policy?.DefaultVersionId;
  if (versionId === undefined) return { ...unreadPolicy("iam:GetPolicy", location), name: arn };
  const version = contentOf(await reader.read("iam:GetPolicyVersion", { PolicyArn: arn, VersionId: versionId }));
  if (!version) return { ...unreadPolicy("iam:GetPolicyVersion", location), name: arn };
  return { ...livePolicy(decodeURIComponent(version.PolicyVersion?.Document ?? ""), location), name: arn };
}
