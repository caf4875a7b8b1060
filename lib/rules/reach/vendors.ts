/** The vendors of the estate, by the names that policies of any resource may use for them. */
import { accountOf, type DeliveryContract, OWN_ACCOUNT, substituteOwnAccount } from "../../contract";
import { roleOf } from "../../judge";
import type { AccountModel, PlannedRole } from "../../plan";

export interface Vendors {
  /** ARNs and unique IDs of the vendors' principals, and of the roles that they assume. */
  readonly principals: ReadonlySet<string>;
  /** Accounts of vendors, except those of the customer's own roles. */
  readonly accounts: ReadonlySet<string>;
  /** `<account> <role>` of the roles that they assume. */
  readonly roleKeys: ReadonlySet<string>;
  readonly roleNames: ReadonlySet<string>;
  /** The roles that they assume, as far as the plan holds them. */
  readonly roles: readonly PlannedRole[];
}

/** Whether the text is the ARN of a session of a role that a vendor assumes. */
export function isSessionOf(caller: string, { roleKeys }: Vendors): boolean {
  const [, account, name] = /^arn:[^:]*:sts::([^:]*):assumed-role\/([^/]+)\//.exec(caller) ?? [];
  return name !== undefined && roleKeys.has(`${account} ${name}`);
}

const known = new WeakMap<readonly DeliveryContract[], Vendors>();

/** All policies are compared with the same contracts. */
export function vendorsOf(contracts: readonly DeliveryContract[], model: AccountModel): Vendors {
  let found = known.get(contracts);
  if (found === undefined) {
    found = read(contracts, model);
    known.set(contracts, found);
  }
  return found;
}

function read(contracts: readonly DeliveryContract[], model: AccountModel): Vendors {
  const roles = [...new Set(contracts.flatMap((contract) => roleOf(contract, model) ?? []))];
  const roleArns = substituteOwnAccount(contracts.flatMap(({ role }) => (role === undefined ? [] : [role.arn])));
  const vendors = substituteOwnAccount(contracts.flatMap(({ vendorPrincipals }) => vendorPrincipals));
  const own = new Set([OWN_ACCOUNT, ...roleArns.map(accountOf), ...model.buckets.map(({ account = "" }) => accountOf(account))]);
  const named = roleArns.map((arn) => ({ account: accountOf(arn), name: arn.split("/").at(-1)! }));
  return {
    principals: new Set([...vendors, ...roleArns, ...roles.flatMap(({ uniqueId }) => uniqueId ?? [])]),
    accounts: new Set(vendors.flatMap((vendor) => accountOf(vendor) ?? []).filter((account) => !own.has(account))),
    roleKeys: new Set(named.map(({ account, name }) => `${account} ${name}`)),
    roleNames: new Set(named.map(({ name }) => name)),
    roles,
  };
}
