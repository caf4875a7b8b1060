/** All rules about policies and buckets, in the order in which a report lists their findings. */

import type { PolicyKind } from "../evaluate";
import { refusedArgument } from "./arguments/refused-argument";
import { lockOut } from "./bucket-policy/lock-out";
import { publicBucketPolicy } from "./bucket-policy/public-bucket-policy";
import { sslIncomplete } from "./bucket-policy/ssl-incomplete";
import { sslMissing } from "./bucket-policy/ssl-missing";
import { aclForOthers } from "./bucket-settings/acl-for-others";
import { aclGrants } from "./bucket-settings/acl-grants";
import { aclNotSupported } from "./bucket-settings/acl-not-supported";
import { blockPublicAccessOff } from "./bucket-settings/block-public-access-off";
import { conflictingSettings } from "./bucket-settings/conflicting-settings";
import { dottedBucketName } from "./bucket-settings/dotted-bucket-name";
import { ignoredChanges } from "./bucket-settings/ignored-changes";
import { objectLockOn } from "./bucket-settings/object-lock-on";
import { publicBucketAcl } from "./bucket-settings/public-bucket-acl";
import { requesterPays } from "./bucket-settings/requester-pays";
import { twoBucketPolicies } from "./bucket-settings/two-bucket-policies";
import { vendorOwnsObjects } from "./bucket-settings/vendor-owns-objects";
import { codeFromDestination } from "./data-flows/code-from-destination";
import { deliveriesCopiedElsewhere } from "./data-flows/deliveries-copied-elsewhere";
import { distributionServesDeliveries } from "./data-flows/distribution-serves-deliveries";
import { namesSentElsewhere } from "./data-flows/names-sent-elsewhere";
import { organizationPolicyDenies } from "./data-flows/organization-policy-denies";
import { serviceGrantsAccess } from "./data-flows/service-grants-access";
import { writtenByAnotherTool } from "./data-flows/written-by-another-tool";
import { actionResourceMismatch } from "./no-effect/action-resource-mismatch";
import { conditionKeyAbsent } from "./no-effect/condition-key-absent";
import { foreignResource } from "./no-effect/foreign-resource";
import { sourceConditionOnVendor } from "./no-effect/source-condition-on-vendor";
import { unknownAction } from "./no-effect/unknown-action";
import { aclRightsForOthers } from "./permissions/acl-rights-for-others";
import { adminPermissions } from "./permissions/admin-permissions";
import { allowByExclusion } from "./permissions/allow-by-exclusion";
import { beyondContract } from "./permissions/beyond-contract";
import { controlRightsForOthers } from "./permissions/control-rights-for-others";
import { forAllValuesAllow } from "./permissions/for-all-values-allow";
import { s3OnEverything } from "./permissions/s3-on-everything";
import { wildcardActions } from "./permissions/wildcard-actions";
import { wildcardBucket } from "./permissions/wildcard-bucket";
import { duplicateSid } from "./policy-text/duplicate-sid";
import { literalVariables } from "./policy-text/literal-variables";
import { malformedPolicy } from "./policy-text/malformed-policy";
import { policyCharacters } from "./policy-text/policy-characters";
import { policyNearlyFull } from "./policy-text/policy-nearly-full";
import { policyTooLarge } from "./policy-text/policy-too-large";
import { policyVersion } from "./policy-text/policy-version";
import { accessPointDelegation } from "./principals/access-point-delegation";
import { allowNotPrincipal } from "./principals/allow-not-principal";
import { denyNotPrincipal } from "./principals/deny-not-principal";
import { keyForOthers } from "./principals/key-for-others";
import { serviceWithoutSource } from "./principals/service-without-source";
import { unexpectedPrincipal } from "./principals/unexpected-principal";
import { uniqueIdPrincipal } from "./principals/unique-id-principal";
import { unknownService } from "./principals/unknown-service";
import { vendorInAnotherBucket } from "./principals/vendor-in-another-bucket";
import { vendorInAnotherService } from "./principals/vendor-in-another-service";
import type { Rule } from "./rule";
import { otherRoleReachesDestination } from "./trust/other-role-reaches-destination";
import { trustAccountWithoutExternalId } from "./trust/trust-account-without-external-id";
import { trustEveryone } from "./trust/trust-everyone";
import { trustFederationWithoutSubject } from "./trust/trust-federation-without-subject";
import { trustService } from "./trust/trust-service";
import { vendorAssumesAnotherRole } from "./trust/vendor-assumes-another-role";
import { weakExternalId } from "./trust/weak-external-id";

export const RULES: readonly Rule[] = [
  trustEveryone,
  trustAccountWithoutExternalId,
  weakExternalId,
  trustService,
  trustFederationWithoutSubject,
  vendorAssumesAnotherRole,
  otherRoleReachesDestination,
  allowNotPrincipal,
  denyNotPrincipal,
  unexpectedPrincipal,
  uniqueIdPrincipal,
  unknownService,
  serviceWithoutSource,
  accessPointDelegation,
  vendorInAnotherBucket,
  vendorInAnotherService,
  keyForOthers,
  publicBucketPolicy,
  lockOut,
  sslMissing,
  sslIncomplete,
  adminPermissions,
  s3OnEverything,
  wildcardBucket,
  wildcardActions,
  allowByExclusion,
  forAllValuesAllow,
  beyondContract,
  aclRightsForOthers,
  controlRightsForOthers,
  actionResourceMismatch,
  unknownAction,
  foreignResource,
  sourceConditionOnVendor,
  conditionKeyAbsent,
  malformedPolicy,
  policyVersion,
  literalVariables,
  policyCharacters,
  duplicateSid,
  policyTooLarge,
  policyNearlyFull,
  blockPublicAccessOff,
  publicBucketAcl,
  aclForOthers,
  aclGrants,
  aclNotSupported,
  vendorOwnsObjects,
  objectLockOn,
  requesterPays,
  dottedBucketName,
  refusedArgument,
  twoBucketPolicies,
  conflictingSettings,
  ignoredChanges,
  deliveriesCopiedElsewhere,
  distributionServesDeliveries,
  namesSentElsewhere,
  organizationPolicyDenies,
  serviceGrantsAccess,
  writtenByAnotherTool,
  codeFromDestination,
];

/** The rules by what they check. */
export interface RulesByMember {
  readonly statement: Readonly<Record<PolicyKind, Readonly<Record<"Allow" | "Deny", readonly Rule[]>>>>;
  readonly policy: readonly Rule[];
  readonly malformed: readonly Rule[];
  readonly bucket: readonly Rule[];
  readonly role: readonly Rule[];
  readonly dataFlow: readonly Rule[];
  readonly serviceGrant: readonly Rule[];
  readonly organizationPolicy: readonly Rule[];
}

const KINDS: readonly PolicyKind[] = [
  "resource",
  "trust",
  "identity",
  "permissionsBoundary",
  "session",
  "serviceControl",
  "resourceControl",
];

/** Most rules apply to few statements, so each statement meets only the rules for its kind and effect. */
function byMember(rules: readonly Rule[]): RulesByMember {
  const having = (member: "statement" | "policy" | "malformed" | "bucket" | "role" | "dataFlow" | "serviceGrant" | "organizationPolicy") =>
    rules.filter((rule) => rule[member] !== undefined);
  const ofStatements = (kind: PolicyKind, effect: "Allow" | "Deny") =>
    having("statement").filter((rule) => (rule.kinds?.includes(kind) ?? true) && (rule.effect ?? effect) === effect);
  const both = (kind: PolicyKind) => ({ Allow: ofStatements(kind, "Allow"), Deny: ofStatements(kind, "Deny") });
  return {
    statement: Object.fromEntries(KINDS.map((kind) => [kind, both(kind)])) as unknown as RulesByMember["statement"],
    policy: having("policy"),
    malformed: having("malformed"),
    bucket: having("bucket"),
    role: having("role"),
    dataFlow: having("dataFlow"),
    serviceGrant: having("serviceGrant"),
    organizationPolicy: having("organizationPolicy"),
  };
}

export const BY_MEMBER = byMember(RULES);
export const EVERYWHERE_BY_MEMBER = byMember(RULES.filter(({ everywhere }) => everywhere));
