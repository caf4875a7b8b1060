/** Rules about the text of policies: what AWS refuses to store, and what reads otherwise than it works. */

import {
  BUCKET_POLICY_BYTES,
  iamCharacters,
  isObject,
  MANAGED_POLICY_CHARACTERS,
  ROLE_INLINE_POLICIES_CHARACTERS,
  TRUST_POLICY_CHARACTERS,
  utf8Bytes,
} from "../json";
import { hasUnknown, stripUnknown } from "../unknown";
import type { JudgedPolicy, JudgedRole, Rule } from "./rule";

const QUOTAS_PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";
const GRAMMAR_PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html";

const NEARLY = 0.9;

export const malformedPolicy: Rule = {
  id: "malformed-policy",
  title: "AWS would refuse the policy",
  severity: "high",
  everywhere: true,
  reason: "The policy breaks the grammar of the policy language, so that apply fails and nothing can be judged by it",
  remedy: "correct the element that the message names",
  source: GRAMMAR_PAGE,
  malformed: (message) => message,
};

export const policyVersion: Rule = {
  id: "policy-version",
  title: "the policy has no current Version",
  severity: "low",
  reason: "Without 2012-10-17, policy variables are taken literally and newer elements are not there",
  remedy: 'write "Version": "2012-10-17"',
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html",
  policy: ({ planned: { document } }) => {
    if (!isObject(document) || document.Version === "2012-10-17") return undefined;
    if (typeof document.Version === "string" && document.Version !== "2008-10-17") return undefined;
    return document.Version === undefined ? "Version is missing" : "Version is 2008-10-17";
  },
};

export const oldVariables: Rule = {
  id: "literal-variables",
  title: "a policy variable is taken literally, because of the policy's Version",
  severity: "medium",
  reason: "In a policy without Version 2012-10-17 the text ${aws:username} means these very characters and matches nobody",
  remedy: 'write "Version": "2012-10-17"',
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html",
  policy: ({ planned: { document } }) => {
    if (!isObject(document) || (document.Version !== undefined && document.Version !== "2008-10-17")) return undefined;
    const variable = JSON.stringify(document.Statement ?? "").match(/\$\{(aws|s3|sts|saml|cognito)[\w:/-]*[^}"]*\}/i);
    return variable === null ? undefined : `${variable[0]} is no variable here`;
  },
};

export const policyTooLarge: Rule = {
  id: "policy-too-large",
  title: "a policy is larger than AWS stores",
  severity: "high",
  everywhere: true,
  reason: "AWS refuses it, so that apply fails",
  remedy: "join statements, shorten Sids, or use wildcards in place of long lists",
  source: QUOTAS_PAGE,
  policy: (policy) => sizeFinding(policy, (share) => share > 1),
  role: (role) => inlineFinding(role, (share) => share > 1),
};

export const policyNearlyFull: Rule = {
  id: "policy-nearly-full",
  title: "a policy is nearly as large as AWS stores",
  severity: "low",
  reason: "One more statement may make apply fail",
  remedy: "join statements, shorten Sids, or use wildcards in place of long lists",
  source: QUOTAS_PAGE,
  policy: (policy) => sizeFinding(policy, (share) => share > NEARLY && share <= 1),
  role: (role) => inlineFinding(role, (share) => share > NEARLY && share <= 1),
};

export const policyCharacters: Rule = {
  id: "policy-characters",
  title: "the policy holds a character that IAM refuses",
  severity: "high",
  everywhere: true,
  reason:
    "IAM takes tab, line feed, carriage return and U+0020 to U+00FF, and in a Sid letters and digits only; a dash or quote from a word " +
    "processor makes apply fail",
  remedy: "write plain characters",
  source: QUOTAS_PAGE,
  policy: ({ kind, planned: { text }, prepared }) => {
    if (kind === "resource" || text === undefined) return undefined;
    const wrong = /[^\t\n\r\u0020-\u00ff]/.exec(stripUnknown(text));
    if (wrong !== null)
      return `it holds ${JSON.stringify(wrong[0])} (U+${wrong[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")})`;
    const sids = prepared.statements.map(({ reference: { sid = "" } }) => sid);
    const sid = sids.find((each) => !hasUnknown(each) && /[^A-Za-z0-9]/.test(each));
    return sid === undefined ? undefined : `the Sid ${JSON.stringify(sid)} holds more than letters and digits`;
  },
};

export const duplicateSid: Rule = {
  id: "duplicate-sid",
  title: "two statements of a policy have the same Sid",
  severity: "medium",
  reason: "Sids have to be unique within a policy; IAM refuses others",
  remedy: "give each statement a Sid of its own",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
  policy: ({ prepared }) => {
    const seen = new Set<string>();
    for (const { reference } of prepared.statements) {
      if (reference.sid === undefined || reference.sid === "") continue;
      if (seen.has(reference.sid)) return `${JSON.stringify(reference.sid)} stands twice`;
      seen.add(reference.sid);
    }
    return undefined;
  },
};

function sizeFinding({ kind, planned, role }: JudgedPolicy, wanted: (share: number) => boolean): string | undefined {
  if (planned.text === undefined) return undefined;
  if (kind === "resource") return finding("bytes", utf8Bytes(stripUnknown(planned.text)), BUCKET_POLICY_BYTES, wanted);
  if (kind === "trust") return finding("characters", iamCharacters(stripUnknown(planned.text)), TRUST_POLICY_CHARACTERS, wanted);
  const isManaged = kind === "permissionsBoundary" || role?.role.managedPolicies.includes(planned);
  return isManaged ? finding("characters", iamCharacters(stripUnknown(planned.text)), MANAGED_POLICY_CHARACTERS, wanted) : undefined;
}

function inlineFinding({ role }: JudgedRole, wanted: (share: number) => boolean): string | undefined {
  const size = role.inlinePolicies.reduce((sum, { text }) => sum + (text === undefined ? 0 : iamCharacters(stripUnknown(text))), 0);
  return finding("characters in all inline policies", size, ROLE_INLINE_POLICIES_CHARACTERS, wanted);
}

function finding(unit: string, size: number, limit: number, wanted: (share: number) => boolean): string | undefined {
  return wanted(size / limit) ? `${size} of ${limit} ${unit}` : undefined;
}
