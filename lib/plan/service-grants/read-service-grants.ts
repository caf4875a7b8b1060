/** Rights that resources of services other than Amazon S3 and IAM grant: by their policies, and by arguments that name a grantee. */
import { hasUnknown, isUnknown, replaceUnknown, unknownText } from "../../unknown";
import type { Instance, Inventory } from "../resources/inventory";
import { plannedPolicy } from "../resources/planned-policy";
import { ProblemList } from "../resources/problem-list";
import type { PlannedPolicy, PlannedServiceGrant } from "../types";
import { PERMISSIONS } from "./permissions";

/**
 * Types that other readers read, and types that allow nothing by themselves: the policy of a VPC endpoint only limits, and access points
 * and S3 Access Grants also need a bucket policy or an identity policy.
 */
const LEFT_OUT =
  /^aws_(?:iam_|s3_|s3control_|organizations_|cloudformation_|cloudcontrolapi_|servicecatalog_provisioned|vpc_endpoint$|vpc_endpoint_policy$)/;

/** Arguments that hold policies, some of them policies of another kind, such as rules for retries. */
const POLICY = /(?:^|_)polic(?:y|ies)(?:_document)?$/;

/** Arguments that hold a policy with principals, whatever its text is. */
const RESOURCE_POLICY = /^(?:policy|access_polic(?:y|ies)|resource_policy|policy_document|repository_policy)$/;

/** Types whose argument `policy` is of another kind. */
const WITHOUT_PRINCIPALS =
  /^aws_(?:ecr_lifecycle_policy|iot_policy|ses_receipt_filter|sns_topic_data_protection_policy|cloudwatch_log_(?:account|data_protection|index)_policy|networkmanager_core_network_policy_attachment|opensearchserverless_(?:lifecycle|security)_policy|transfer_(?:access|user))$/;

/** Arguments that name a principal or an account to which the resource grants rights. */
const GRANTEE =
  /^(?:principals?|principal_arns?|grantee|grantee_principal|allowed_principals?|share_principals|user_arns?|iam_arn|consumer_identifier|consumer_arn|shared_accounts|allowed_accounts|admins|read_only_admins|master_user_arn|trusted_resource_owners|external_data_filtering_allow_list)$/;

/** In these types, an account is a grantee too. Elsewhere an account is a location. */
const SHARED_WITH_ACCOUNT =
  /^aws_(?:ami_launch_permission|snapshot_create_volume_permission|opensearch_authorize_vpc_endpoint_access|redshift_endpoint_authorization|ssm_document|quicksight_account_subscription)$/;
const ACCOUNT = /^(?:account|accounts|account_ids?)$/;

/** A principal in an argument: everybody, an account, or an ARN. */
const PRINCIPAL = /^(?:\*|\d{12}|arn:[^:]*:(?:iam|sts)::.*)$/s;

const DEEPEST = 8;

export function readServiceGrants(inventory: Inventory): PlannedServiceGrant[] {
  return inventory
    .types()
    .filter((type) => type.startsWith("aws_") && !LEFT_OUT.test(type))
    .flatMap((type) => [...inventory.instances(type), ...inventory.kept(type)].flatMap((resource) => grantsOf(resource, inventory)));
}

function grantsOf(resource: Instance, inventory: Inventory): PlannedServiceGrant[] {
  const { address, type, isCertain } = resource;
  const ofResource = { ...(!isCertain && { isUncertain: true as const }), address, type };
  const permission = PERMISSIONS[type]?.(resource);
  if (permission !== undefined) return [{ ...ofResource, policy: policyOf(permission, resource.location), location: resource.location }];
  return new Reading(resource, inventory)
    .policies()
    .map(({ argument, policy }) => ({ ...ofResource, argument, policy, location: policy.location }));
}

interface Found {
  readonly argument: string;
  readonly policy: PlannedPolicy;
}

/** Searches the arguments of one resource. */
class Reading {
  private readonly found: Found[] = [];

  public constructor(
    private readonly resource: Instance,
    private readonly inventory: Inventory,
  ) {}

  public policies(): readonly Found[] {
    for (const name of this.resource.attributeNames) this.read(name, this.resource.get(name), { argument: name, depth: 0 });
    return this.found;
  }

  private read(name: string, value: unknown, { argument, depth }: { readonly argument: string; readonly depth: number }): void {
    if (typeof value === "string") this.readText(name, withRoleArns(value, this.inventory), argument);
    else if (typeof value === "object" && value !== null && depth < DEEPEST)
      for (const [member, item] of Object.entries(value))
        this.read(Array.isArray(value) ? name : member, item, { argument, depth: depth + 1 });
  }

  private readText(name: string, text: string, argument: string): void {
    const { type, address } = this.resource;
    const location = this.resource.locate(argument);
    if (GRANTEE.test(name) || (ACCOUNT.test(name) && SHARED_WITH_ACCOUNT.test(type))) {
      for (const each of text.split(/\s*,\s*/))
        if (hasUnknown(each) || PRINCIPAL.test(each)) this.add(argument, policyOf(grantTo(each), location));
    } else if (POLICY.test(name) && (isUnknown(text) ? this.isResourcePolicy(name, argument) : mayHavePrincipals(text))) {
      const policy = plannedPolicy({ value: text, source: `${address}.${argument}`, location, problems: new ProblemList() });
      this.add(argument, withRules(policy));
    }
  }

  private isResourcePolicy(name: string, argument: string): boolean {
    const { type } = this.resource;
    return RESOURCE_POLICY.test(name) && !WITHOUT_PRINCIPALS.test(type) && this.resource.isConfigured(argument);
  }

  private add(argument: string, policy: PlannedPolicy): void {
    this.found.push({ argument, policy });
  }
}

/** The text with the ARNs of roles that data sources read by their names. The path of such a role is not known. */
function withRoleArns(text: string, inventory: Inventory): string {
  if (!text.includes("data.aws_iam_role.")) return text;
  return replaceUnknown(text, (source, placeholder) => {
    const role = inventory.instances("data.aws_iam_role").find(({ address }) => source === `${address}.arn`);
    const name = role?.get("name");
    if (role === undefined || typeof name !== "string" || hasUnknown(name)) return placeholder;
    return `arn:${role.provider.partition}:iam::${role.provider.account}:role/${name}`;
  });
}

function mayHavePrincipals(text: string): boolean {
  return /^\s*[[{]/.test(text) && /"(?:Not)?Principal"/.test(text);
}

function grantTo(principal: string): unknown {
  return { Effect: "Allow", Principal: { AWS: principal }, Action: "*" };
}

function policyOf(statement: unknown, location: PlannedPolicy["location"]): PlannedPolicy {
  return { document: { Version: "2012-10-17", Statement: [statement] }, location };
}

/**
 * The access policies of Amazon OpenSearch Serverless are lists of rules with their principals.
 *
 * @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html
 */
function withRules(policy: PlannedPolicy): PlannedPolicy {
  const { document, location } = policy;
  if (!Array.isArray(document)) return policy;
  const statements = document.map((rule: unknown) => {
    const principal = typeof rule === "object" && rule !== null ? (rule as { readonly Principal?: unknown }).Principal : undefined;
    return principal === undefined ? unknownText("a rule of the policy") : { Effect: "Allow", Principal: { AWS: principal }, Action: "*" };
  });
  return { document: { Version: "2012-10-17", Statement: statements }, location };
}
