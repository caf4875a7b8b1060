/** The policies of planned resources as plain documents. */
import { hasOwnAccount, substituteOwnAccount } from "../contract";
import type { PolicyKind } from "../evaluate";
import { AWS_DEFAULTS, requireCompiled, withAwsText } from "../judge";
import type { PlannedBucket, PlannedPolicy, PlannedRole } from "../plan";
import { hasUnknown } from "../unknown";
import { oneOrMore, statementsIn } from "./documents";
import type { BucketFacts, RoleFacts } from "./types";

/** @throws PolicyGrammarError if a policy cannot be parsed */
export function roleFacts(role: PlannedRole, arn: string, account: string): RoleFacts {
  const partition = partitionOf(arn);
  const { trustPolicy, inlinePolicies, managedPolicies, permissionsBoundary } = role;
  return {
    arn,
    account,
    trustPolicy: documentOf(trustPolicy, "trust", partition),
    identityPolicies: [...inlinePolicies, ...managedPolicies].map((policy) => documentOf(withAwsText(policy), "identity", partition)),
    ...(permissionsBoundary && { permissionsBoundary: documentOf(withAwsText(permissionsBoundary), "permissionsBoundary", partition) }),
  };
}

/** @throws PolicyGrammarError if the policy cannot be parsed */
function documentOf(policy: PlannedPolicy, kind: PolicyKind, partition: string): unknown {
  requireCompiled(policy, kind);
  const { document, text } = policy;
  return inPartition(
    text !== undefined && !hasUnknown(text) && !hasOwnAccount(text) ? document : substituteOwnAccount(document),
    partition,
  );
}

/** @throws PolicyGrammarError if a policy cannot be parsed */
export function bucketFacts({ arn, policies, blockPublicAccess, objectOwnership }: PlannedBucket, account: string): BucketFacts {
  return {
    account,
    policies: policies.map((policy) => documentOf(policy, "resource", partitionOf(arn))),
    blockPublicAccess: Object.fromEntries(
      Object.entries(blockPublicAccess).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    objectOwnership: objectOwnership ?? AWS_DEFAULTS.objectOwnership,
  };
}

function partitionOf(arn: string): string {
  return arn.split(":")[1] ?? "aws";
}

/** A wildcard in the place of the partition stands for it: it does not reach beyond its part of the ARN. */
function inPartition(document: unknown, partition: string): unknown {
  const statements = statementsIn(document);
  const isOpen = (resource: unknown) => typeof resource === "string" && resource.startsWith("arn:*:");
  if (!statements.some(({ Resource }) => oneOrMore(Resource).some(isOpen))) return document;
  const known = (resource: unknown) => (isOpen(resource) ? `arn:${partition}:${(resource as string).slice("arn:*:".length)}` : resource);
  return {
    ...(document as object),
    Statement: statements.map((statement) =>
      statement.Resource === undefined ? statement : { ...statement, Resource: oneOrMore(statement.Resource).map(known) },
    ),
  };
}
