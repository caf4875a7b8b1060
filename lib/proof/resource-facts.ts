/** The policies of planned resources as plain documents. */
import { hasOwnAccount, substituteOwnAccount } from "../contract";
import { PolicyGrammarError, type PolicyKind } from "../evaluate";
import { compiledPolicy, withAwsText } from "../judge";
import type { PlannedBucket, PlannedPolicy, PlannedRole } from "../plan";
import { hasUnknown } from "../unknown";
import type { BucketFacts, RoleFacts } from "./types";

/** @throws PolicyGrammarError if a policy cannot be parsed */
export function roleFacts(role: PlannedRole, arn: string, account: string): RoleFacts {
  const { trustPolicy, inlinePolicies, managedPolicies, permissionsBoundary } = role;
  return {
    arn,
    account,
    trustPolicy: documentOf(trustPolicy, "trust"),
    identityPolicies: [...inlinePolicies, ...managedPolicies].map((policy) => documentOf(withAwsText(policy), "identity")),
    ...(permissionsBoundary && { permissionsBoundary: documentOf(withAwsText(permissionsBoundary), "permissionsBoundary") }),
  };
}

/** @throws PolicyGrammarError if the policy cannot be parsed */
function documentOf(policy: PlannedPolicy, kind: PolicyKind): unknown {
  const compiled = compiledPolicy(policy, kind);
  if (compiled instanceof PolicyGrammarError) throw compiled;
  const { document, text } = policy;
  return text !== undefined && !hasUnknown(text) && !hasOwnAccount(text) ? document : substituteOwnAccount(document);
}

/** Amazon S3's default of every bucket since April 2023. */
const DEFAULT_OWNERSHIP = "BucketOwnerEnforced";

/** @throws PolicyGrammarError if a policy cannot be parsed */
export function bucketFacts({ policies, blockPublicAccess, objectOwnership }: PlannedBucket, account: string): BucketFacts {
  return {
    account,
    policies: policies.map((policy) => documentOf(policy, "resource")),
    blockPublicAccess: Object.fromEntries(
      Object.entries(blockPublicAccess).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    objectOwnership: objectOwnership ?? DEFAULT_OWNERSHIP,
  };
}
