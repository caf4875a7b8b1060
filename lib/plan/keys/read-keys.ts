/** The KMS keys that a plan describes, with what it sets on keys that it does not define: policies, aliases and grants. */
import { isObject, listOf, textOf } from "../../json";
import { isUnknown, unknownText } from "../../unknown";
import { attributeOf } from "../resources/attributes";
import type { Instance, Inventory } from "../resources/inventory";
import { plannedPolicy } from "../resources/planned-policy";
import type { PlannedKey, PlannedKeyGrant, PlannedKeys, PlannedPolicy } from "../types";

const KEY_TYPES = ["aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key"];
const KEY_DATA = ["data.aws_kms_key", "data.aws_kms_alias"];

/** @returns undefined where the plan has none */
export function readKeys(inventory: Inventory): PlannedKeys | undefined {
  const all = (types: readonly string[]) => types.flatMap((type) => inventory.instances(type));
  const keys = [...all(KEY_TYPES).map((key) => definedKey(key, inventory)), ...all(KEY_DATA).map(keyOfData)];
  const policies = all(["aws_kms_key_policy"]).map((resource) => ({
    key: textIn(resource, "key_id"),
    policy: policyOf(resource, inventory),
  }));
  const aliases = all(["aws_kms_alias"]).map((resource) => ({
    names: ["name", "arn"].map((name) => textIn(resource, name)),
    key: textIn(resource, "target_key_id"),
  }));
  const grants = all(["aws_kms_grant"]).map(grantOf);
  if (keys.length + policies.length + aliases.length + grants.length === 0) return undefined;
  return { keys, policies, aliases, grants };
}

function definedKey(key: Instance, inventory: Inventory): PlannedKey {
  const policy = key.get("policy") ?? undefined;
  // A plan marks a policy that it does not set as unknown: AWS gives the key its default policy.
  const isUnset = policy === undefined || (isUnknown(policy) && !key.isConfigured("policy"));
  // The provider takes an empty text for no policy when it creates the key.
  const isDefault = isUnset || (policy === "" && !key.isExisting);
  const enabled = key.get("is_enabled") ?? key.get("enabled") ?? true;
  const spec = textOf(key.get("customer_master_key_spec")) ?? "SYMMETRIC_DEFAULT";
  return {
    address: key.address,
    location: key.location,
    names: ["arn", "key_id"].map((name) => textIn(key, name)),
    account: key.provider.account,
    ...(!isDefault && { policy: policyOf(key, inventory) }),
    ...(String(enabled) === "false" && { unusable: "it is disabled" }),
    ...(!isUnknown(spec) && spec !== "SYMMETRIC_DEFAULT" && { unusable: "it is not symmetric" }),
  };
}

/** A data source shows no policy. */
function keyOfData(data: Instance): PlannedKey {
  const names = ["arn", "target_key_arn", "target_key_id", "key_id", "id", "name"];
  const policy: PlannedPolicy = { document: unknownText(`the policy of ${data.address}`), location: data.location };
  return {
    address: data.address,
    location: data.location,
    names: [...names.map((name) => textIn(data, name))],
    account: data.provider.account,
    policy,
  };
}

function policyOf(resource: Instance, { problems }: Inventory): PlannedPolicy {
  const location = resource.locate("policy");
  return plannedPolicy({ value: resource.get("policy"), source: `${resource.address}.policy`, location, problems });
}

function grantOf(grant: Instance): PlannedKeyGrant {
  const operations = grant.get("operations");
  const constraints = listOf(grant.get("constraints") ?? []);
  const contexts = constraints.flatMap((constraint) =>
    isObject(constraint) ? [constraint.encryption_context_equals, constraint.encryption_context_subset] : [constraint],
  );
  return {
    key: textIn(grant, "key_id"),
    grantee: textIn(grant, "grantee_principal"),
    operations: isUnknown(operations) ? [operations] : listOf(operations).map(String),
    encryptionContexts: contexts.filter((context) => context !== undefined && context !== null),
    location: grant.location,
  };
}

function textIn(instance: Instance, name: string): string {
  return textOf(attributeOf(instance, name)) ?? unknownText(`${instance.address}.${name}`);
}
