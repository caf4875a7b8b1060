/** The policies of planned resources as plain documents. */
import { type CompiledPolicy, PolicyGrammarError, type PolicyKind } from "../evaluate";
import {
  AWS_DEFAULTS,
  controlsOf,
  mayPassTags,
  ownDocument,
  refusedCharacter,
  refusedSid,
  repeatedSid,
  requireCompiled,
  withAwsText,
  withPrincipalAccount,
} from "../judge";
import type { AccountModel, PlannedBucket, PlannedPolicy, PlannedRole } from "../plan";
import { oneOrMore, statementsIn } from "./documents";
import type { BucketFacts, Controls, OtherKeyFacts, RoleFacts } from "./types";

/** The owner of a resource. */
interface Owner {
  /** 12 digits. */
  readonly account: string;
  /** Holds the policies of the organization. */
  readonly model: AccountModel;
}

/** @throws PolicyGrammarError if a policy cannot be parsed */
export function roleFacts(role: PlannedRole, arn: string, { account, model }: Owner): RoleFacts {
  const partition = partitionOf(arn);
  const { trustPolicy, inlinePolicies, managedPolicies, permissionsBoundary, tags } = role;
  return {
    arn,
    account,
    trustPolicy: documentOf(trustPolicy, "trust", partition),
    identityPolicies: [...inlinePolicies, ...managedPolicies].map((policy) => documentOf(withAwsText(policy), "identity", partition)),
    ...(permissionsBoundary && { permissionsBoundary: documentOf(withAwsText(permissionsBoundary), "permissionsBoundary", partition) }),
    ...(tags && { tags }),
    ...(mayPassTags(role) && { passesTags: true }),
    ...controlFacts({ account, model }, partition),
  };
}

function controlFacts({ account, model }: Owner, partition: string): Controls {
  const { serviceControlPolicies: levels, resourceControlPolicies } = controlsOf(model, { account, isOwn: true });
  const documents = (policies: readonly PlannedPolicy[], kind: PolicyKind) => policies.map((policy) => documentOf(policy, kind, partition));
  return {
    ...(levels && { serviceControlPolicies: levels.map((level) => documents(level, "serviceControl")) }),
    ...(resourceControlPolicies && { resourceControlPolicies: documents(resourceControlPolicies, "resourceControl") }),
  };
}

/** @throws PolicyGrammarError if the policy cannot be parsed */
function documentOf(policy: PlannedPolicy, kind: PolicyKind, partition: string): unknown {
  const compiled = requireCompiled(policy, kind);
  const refused = kind === "resource" ? undefined : refusedByIam(policy, compiled);
  if (refused !== undefined) throw new PolicyGrammarError(refused);
  return inPartition(ownDocument(policy), partition);
}

/** AWS does not put such a policy into force, so nothing can be proved by it. */
function refusedByIam(policy: PlannedPolicy, compiled: CompiledPolicy): string | undefined {
  const character = refusedCharacter(policy.text ?? "");
  if (character !== undefined) return `IAM refuses the policy, because it contains ${JSON.stringify(character)}`;
  const sid = refusedSid(policy) ?? repeatedSid(compiled);
  return sid === undefined ? undefined : `IAM refuses the policy, because of the Sid ${JSON.stringify(sid)}`;
}

/** @throws PolicyGrammarError if a policy cannot be parsed */
export function bucketFacts(bucket: PlannedBucket, { account, model }: Owner): BucketFacts {
  const { arn, policies, blockPublicAccess, objectOwnership, accessTags: tags } = bucket;
  return {
    account,
    policies: policies.map((policy) => documentOf(policy, "resource", partitionOf(arn))),
    blockPublicAccess: Object.fromEntries(
      Object.entries(blockPublicAccess).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    objectOwnership: objectOwnership ?? AWS_DEFAULTS.objectOwnership,
    ...(tags && { tags }),
    ...controlFacts({ account, model }, partitionOf(arn)),
  };
}

/** @throws PolicyGrammarError if a policy cannot be parsed */
export function keyFacts(policies: readonly PlannedPolicy[], arn: string, { account, model }: Owner): OtherKeyFacts {
  const partition = partitionOf(arn);
  return {
    arn,
    account,
    policies: policies.map((policy) => withPrincipalAccount(documentOf(policy, "resource", partition))),
    ...controlFacts({ account, model }, partition),
  };
}

function partitionOf(arn: string): string {
  return arn.split(":")[1] ?? "aws";
}

/** A wildcard in place of the partition stands for the partition, because it does not match beyond its part of the ARN. */
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
