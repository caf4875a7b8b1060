/** Rules about how far a grant reaches. */

import { substituteOwnAccount } from "../contract";
import { fillUnknown } from "../unknown";
import { matchesAction, s3Resource } from "./patterns";
import type { Rule } from "./rule";
import { actionsMatching } from "./s3-actions";
import { actionsOf, BROAD_MANAGED_POLICIES, isAdmin, isAllOfS3, listed, resourcesOf } from "./statements";

const LEAST_PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege";
const RESOURCE_PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html";

export const adminPermissions: Rule = {
  id: "admin-permissions",
  title: "the role may do everything",
  severity: "high",
  reason: "Whoever assumes the role owns the account",
  remedy: "name the actions and the resources",
  source: LEAST_PAGE,
  kinds: ["identity"],
  effect: "Allow",
  statement: (statement) => (isAdmin(statement) ? "it allows every action on every resource" : undefined),
  role: ({ role, contracts }) => {
    const broad = role.managedPolicies.find(({ name }) => name !== undefined && BROAD_MANAGED_POLICIES.has(name));
    if (broad === undefined) return undefined;
    if (contracts.length === 0 && broad.name !== "AdministratorAccess") return undefined;
    return { detail: `the managed policy ${broad.name} is attached`, location: broad.location };
  },
};

export const s3OnEverything: Rule = {
  id: "s3-on-everything",
  title: "the role may do everything in Amazon S3",
  severity: "high",
  reason: "s3:* on every resource reaches all buckets of the account, their policies and their deletion",
  remedy: "name the bucket: its ARN for bucket actions, its ARN with /* for object actions",
  source: RESOURCE_PAGE,
  kinds: ["identity"],
  effect: "Allow",
  statement: (statement) => (isAllOfS3(statement) ? "it allows s3:* on every bucket" : undefined),
};

export const wildcardBucket: Rule = {
  id: "wildcard-bucket",
  title: "a wildcard in the resource reaches other buckets",
  severity: "high",
  reason: "arn:aws:s3:::logs* matches every bucket whose name begins with logs, and all their objects; a * matches all buckets",
  remedy: "write the bucket's whole name, and /* behind it for its objects",
  source: RESOURCE_PAGE,
  kinds: ["identity"],
  effect: "Allow",
  statement: (statement) => {
    if (isAdmin(statement) || isAllOfS3(statement)) return undefined;
    const actions = actionsOf(statement);
    if (actions.length > 0 && !actions.some(needsBucket)) return undefined;
    const wide = resourcesOf(statement).filter((resource) => /[*?]/.test(known(s3Resource(resource)?.bucket ?? "")));
    return wide.length === 0 ? undefined : `${listed(wide)} matches other buckets too`;
  },
};

export const allowByExclusion: Rule = {
  id: "allow-by-exclusion",
  title: "an Allow names what it leaves out",
  severity: "high",
  reason: "NotAction or NotResource with Allow grants everything else, also what AWS adds in future",
  remedy: "name in Action and Resource what is allowed",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
  kinds: ["identity", "resource", "trust"],
  effect: "Allow",
  statement: (statement) => {
    if (statement.action?.not) return `it allows every action save ${listed(statement.action.texts)}`;
    return statement.resource?.not ? `it allows every resource save ${listed(statement.resource.texts)}` : undefined;
  },
};

export const forAllValuesAllow: Rule = {
  id: "for-all-values-allow",
  title: "an Allow rests on ForAllValues, which is true where the key is missing",
  severity: "medium",
  reason: "A request without the key meets the condition, so that it does not narrow the grant",
  remedy: "use ForAnyValue or an operator for single values, or add Null false for the same key",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
  effect: "Allow",
  statement: (statement) => {
    if (!statement.conditions.some(({ set }) => set === "ForAllValues")) return undefined;
    const present = new Set(
      statement.conditions
        .filter(({ operator, values }) => operator === "Null" && values.every((value) => value === "false"))
        .map(({ key }) => key),
    );
    const weak = statement.conditions.find(({ set, key }) => set === "ForAllValues" && !present.has(key));
    return weak && `${weak.operatorText} ${weak.keyText} is true where the request has no such key`;
  },
};

function needsBucket(action: string): boolean {
  const { objects, buckets, account } = actionsMatching(action);
  return objects.length + buckets.length > 0 || (account.length === 0 && matchesAction("s3:*", action));
}

/** The text without what is not known in it. */
function known(text: string): string {
  return fillUnknown(substituteOwnAccount(text), "x");
}
