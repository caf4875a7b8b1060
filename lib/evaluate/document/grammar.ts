/**
 * Which elements a policy document may have, by the kind of policy.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import type { PolicyKind } from "../types";

export const POLICY_ELEMENTS = ["Version", "Id", "Statement"];
export const STATEMENT_ELEMENTS = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];
export const PRINCIPAL_TYPES = ["AWS", "Federated", "Service", "CanonicalUser"];

export const CURRENT_VERSION = "2012-10-17";
export const VERSIONS = ["2008-10-17", CURRENT_VERSION];

/** What messages call the kinds of policies. */
export const KIND_LABELS: Readonly<Record<PolicyKind, string>> = {
  identity: "identity policy",
  resource: "resource policy",
  trust: "trust policy",
  permissionsBoundary: "permissions boundary",
  session: "session policy",
  serviceControl: "service control policy",
  resourceControl: "resource control policy",
};

/** Whether statements of this kind of policy name principals. Other kinds apply to whom they are attached to. */
export function hasPrincipals(kind: PolicyKind): boolean {
  return kind === "resource" || kind === "trust" || kind === "resourceControl";
}

/** `s3:PutObject`, `s3:*`, `*`. */
export function isAction(text: string): boolean {
  return text === "*" || /^[\w*?-]+:[\w*?-]+$/.test(text);
}

/** `aws:SourceAccount`: a prefix, a colon and a name. */
export function isConditionKey(text: string): boolean {
  return /^[^:]+:./.test(text);
}
