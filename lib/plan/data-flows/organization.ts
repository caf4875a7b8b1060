/** The organization that the input defines or reads: its ID, its management account, and the accounts below its root and its units. */
import { listOf, valueAt } from "../../json";
import { hasUnknown } from "../../unknown";
import type { Instance, Inventory } from "../resources/inventory";
import type { KnownOrganizations } from "../types";
import { resourcesInAllStacks, textIn } from "./flow";

const ORGANIZATION = ["aws_organizations_organization", "data.aws_organizations_organization"];
/** The buckets and roles whose accounts must be in the organization. */
const OWNED = ["aws_s3_bucket", "aws_iam_role"];

/** Undefined if the input shows no organization, or does not show that the accounts of its buckets and roles are in it. */
export function readOrganizations(inventory: Inventory): KnownOrganizations | undefined {
  const organizations = ORGANIZATION.flatMap((type) => inventory.instances(type)).filter((each) => knownText(each, "id") !== undefined);
  const [organization] = organizations;
  if (organization === undefined || new Set(organizations.map((each) => textIn(each, "id"))).size > 1) return undefined;
  const management = knownText(organization, "master_account_id");
  // Only an account that is in the organization can read it.
  const members = new Set([organization.provider.account, management, ...accountsOf(organization)]);
  const owners = OWNED.flatMap((type) => inventory.instances(type)).map(({ provider }) => provider.account);
  if (!owners.every((account) => members.has(account))) return undefined;
  return { own: textIn(organization, "id")!, ...(management !== undefined && { management }) };
}

/** The accounts that a policy attached to these targets applies to, including those below a root or an organizational unit. */
export function withAccountsBelow(targets: readonly string[], inventory: Inventory): string[] {
  const children = childrenByParent(inventory);
  const all = new Set(targets);
  // The loop also visits the items that it adds.
  for (const target of all) for (const child of children.get(target) ?? []) all.add(child);
  return [...all];
}

/** Policies do not limit the management account. */
function childrenByParent(inventory: Inventory): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  const add = (parent: string | undefined, child: string | undefined) => {
    if (parent !== undefined && child !== undefined) children.set(parent, [...(children.get(parent) ?? []), child]);
  };
  for (const organization of ORGANIZATION.flatMap((type) => resourcesInAllStacks(inventory, type))) {
    const roots = listOf(organization.get("roots")).map((root) => valueAt(root, "id"));
    const management = knownText(organization, "master_account_id");
    const members = management === undefined ? [] : accountsOf(organization).filter((account) => account !== management);
    for (const root of roots) if (isKnown(root)) for (const account of members) add(root, account);
  }
  for (const type of ["aws_organizations_account", "aws_organizations_organizational_unit"])
    for (const each of resourcesInAllStacks(inventory, type)) add(textIn(each, "parent_id"), textIn(each, "id"));
  return children;
}

function accountsOf(organization: Instance): string[] {
  const listed = ["accounts", "non_master_accounts"].flatMap((name) => listOf(organization.get(name)));
  return [...new Set(listed.map((account) => valueAt(account, "id")).filter(isKnown))];
}

function knownText(resource: Instance, attribute: string): string | undefined {
  const value = resource.get(attribute);
  return isKnown(value) ? value : undefined;
}

function isKnown(value: unknown): value is string {
  return typeof value === "string" && value !== "" && !hasUnknown(value);
}
