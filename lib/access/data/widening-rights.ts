/**
 * Rights with which a principal gives itself or somebody else more rights, each with what it is applied to.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export const WIDENING_RIGHTS: readonly (readonly [action: string, applied: "role" | "policy" | "user" | "group"])[] = [
  ["iam:PutRolePolicy", "role"],
  ["iam:AttachRolePolicy", "role"],
  ["iam:UpdateAssumeRolePolicy", "role"],
  ["iam:CreatePolicyVersion", "policy"],
  ["iam:SetDefaultPolicyVersion", "policy"],
  ["iam:PutUserPolicy", "user"],
  ["iam:AttachUserPolicy", "user"],
  ["iam:CreateAccessKey", "user"],
  ["iam:CreateLoginProfile", "user"],
  ["iam:UpdateLoginProfile", "user"],
  ["iam:PutGroupPolicy", "group"],
  ["iam:AttachGroupPolicy", "group"],
  ["iam:AddUserToGroup", "group"],
];
