/** Rights with which a principal gives itself or somebody else more rights, each with what it is applied to. */
export type WideningTarget = "role" | "policy" | "user" | "group" | "saml-provider" | "oidc-provider";

/**
 * Whoever changes an identity provider decides who gets into the roles that trust it: new metadata of a SAML provider bring new keys, a
 * client ID lets in tokens that were issued for another application.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export const WIDENING_RIGHTS: readonly (readonly [action: string, applied: WideningTarget])[] = [
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
  ["iam:UpdateSAMLProvider", "saml-provider"],
  ["iam:UpdateOpenIDConnectProviderThumbprint", "oidc-provider"],
  ["iam:AddClientIDToOpenIDConnectProvider", "oidc-provider"],
];

/** Rights to remove what limits a role, user or group: a policy with a Deny, or a permissions boundary. */
export const LIMIT_REMOVING_RIGHTS: readonly string[] = [
  ...["iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary"],
  ...["iam:DeleteUserPolicy", "iam:DetachUserPolicy", "iam:DeleteUserPermissionsBoundary", "iam:PutUserPermissionsBoundary"],
  ...["iam:DeleteGroupPolicy", "iam:DetachGroupPolicy"],
];

/**
 * Rights to give access in the name of the account by other means than policies: delegation requests, which let a partner act, and permission
 * sets and groups of IAM Identity Center.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation.html
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
 */
export const DELEGATING_RIGHTS: readonly string[] = [
  ...["iam:AcceptDelegationRequest", "iam:SendDelegationToken", "sts:AssumeRoot"],
  ...["sso:CreateAccountAssignment", "sso:PutInlinePolicyToPermissionSet", "sso:AttachManagedPolicyToPermissionSet"],
  ...["sso:AttachCustomerManagedPolicyReferenceToPermissionSet", "identitystore:CreateGroupMembership"],
];
