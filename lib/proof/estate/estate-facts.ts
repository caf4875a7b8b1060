/** The roles and buckets of the input that may grant access to a vendor or its role, apart from those of its own contracts. */
import { accountOf, type DeliveryContract, OWN_ACCOUNT } from "../../contract";
import { PolicyGrammarError } from "../../evaluate";
import { bucketOf, roleOf } from "../../judge";
import type { AccountModel, PlannedBucket, PlannedRole } from "../../plan";
import { hasUnknown } from "../../unknown";
import { oneOrMore, type Statement, statementsIn } from "../documents";
import { asPossibleRole, factsOfRole } from "../other-roles";
import { bucketFacts } from "../resource-facts";
import type { EstateFacts, Facts, RoleFacts } from "../types";
import { PrincipalIndex } from "./named-principals";

export interface EstateInput {
  readonly contract: DeliveryContract;
  /** All contracts of the estate. */
  readonly contracts: readonly DeliveryContract[];
  /** Of the contract. */
  readonly facts: Pick<Facts, "role" | "vendorPrincipals">;
  readonly model: AccountModel;
}

/** A policy that cannot be parsed is a separate finding. */
export function estateFacts(input: EstateInput): EstateFacts {
  return { roles: rolesFor(input), buckets: bucketsFor(input) };
}

/** Over any number of steps, without the roles of contracts: each contract expects that nobody else assumes its own role. */
function rolesFor({ contracts, facts: { role, vendorPrincipals }, model }: EstateInput): RoleFacts[] {
  const { roles } = estateOf(model, contracts);
  const found = new Map<PlannedRole, RoleFacts>();
  const add = (callers: readonly string[], isDelegated: boolean) => {
    for (const next of roles.letting(callers, isDelegated)) {
      if (found.has(next)) continue;
      const facts = readable(() => factsOfRole(asPossibleRole(next), model));
      if (facts === undefined) continue;
      found.set(next, facts);
      add([facts.arn], mayAssume(facts));
    }
  };
  add(vendorPrincipals, true);
  if (role !== undefined) add([role.arn], mayAssume(role));
  return [...found.values()];
}

/**
 * A policy that delegates to the account leaves the decision to the role's own policies, which other statements cover. The contract of
 * another vendor's bucket expects that nobody else reaches it except principals of the own account.
 */
function bucketsFor({ contract, contracts, facts: { role, vendorPrincipals }, model }: EstateInput): EstateFacts["buckets"] {
  const { buckets, bucketsWithoutContract, contractsOf } = estateOf(model, contracts);
  const ownRole = roleOf(contract, model);
  const serves = (other: DeliveryContract) =>
    other.bucket.arn === contract.bucket.arn ||
    (ownRole !== undefined && roleOf(other, model) === ownRole) ||
    other.vendorPrincipals.some((principal) => contract.vendorPrincipals.includes(principal));
  const forVendor = bucketsWithoutContract.letting(vendorPrincipals, true);
  const forRole = role === undefined ? [] : buckets.letting([role.arn], false);
  return [...new Set([...forVendor, ...forRole])].flatMap((bucket) => {
    if (bucket === bucketOf(contract, model) || contractsOf.get(bucket)?.some(serves)) return [];
    const account = accountOf(bucket.account ?? "") ?? OWN_ACCOUNT;
    const facts = readable(() => bucketFacts(bucket, { account, model }));
    return facts === undefined ? [] : [{ arn: bucket.arn, ...facts, policies: facts.policies.map(withoutPublic) }];
  });
}

function withoutPublic(document: unknown): unknown {
  if (typeof document !== "object" || document === null) return document;
  return { ...document, Statement: statementsIn(document).filter((statement) => !isPublic(statement)) };
}

/** Whether a statement grants something to everybody. The vendor does not have this access because it is the vendor. */
function isPublic({ Effect, Principal, Condition }: Statement): boolean {
  if (Effect !== "Allow" || Condition !== undefined) return false;
  return Principal === "*" || oneOrMore((Principal as { readonly AWS?: unknown } | undefined)?.AWS).includes("*");
}

/** Whether a policy of the role may allow it to assume other roles. */
function mayAssume({ identityPolicies }: RoleFacts): boolean {
  return identityPolicies.some((document) => {
    if (typeof document !== "object" || document === null) return true;
    return statementsIn(document).some(({ Effect, Action }) => {
      if (Effect === "Deny") return false;
      if (Action === undefined) return true;
      return oneOrMore(Action).some((action) => {
        const service = String(action).split(":")[0]!.toLowerCase();
        return service === "sts" || hasUnknown(String(action)) || /[*?]/.test(service);
      });
    });
  });
}

interface Estate {
  /** Without those of contracts. */
  readonly roles: PrincipalIndex<PlannedRole>;
  readonly buckets: PrincipalIndex<PlannedBucket>;
  readonly bucketsWithoutContract: PrincipalIndex<PlannedBucket>;
  readonly contractsOf: ReadonlyMap<PlannedBucket, readonly DeliveryContract[]>;
}

const estates = new WeakMap<AccountModel, { readonly contracts: readonly DeliveryContract[]; readonly estate: Estate }>();

function estateOf(model: AccountModel, contracts: readonly DeliveryContract[]): Estate {
  const known = estates.get(model);
  if (known !== undefined && known.contracts === contracts) return known.estate;
  const estate = readEstate(model, contracts);
  estates.set(model, { contracts, estate });
  return estate;
}

function readEstate(model: AccountModel, contracts: readonly DeliveryContract[]): Estate {
  const ofContracts = new Set(contracts.map((contract) => roleOf(contract, model)));
  const contractsOf = new Map<PlannedBucket, DeliveryContract[]>();
  for (const contract of contracts) {
    const bucket = bucketOf(contract, model);
    if (bucket !== undefined) contractsOf.set(bucket, [...(contractsOf.get(bucket) ?? []), contract]);
  }
  const roles = model.roles.filter((role) => !ofContracts.has(role));
  const byPrincipal = (buckets: readonly PlannedBucket[]) =>
    new PrincipalIndex(buckets, ({ policies }) => policies.map(({ document }) => document), isPublic);
  return {
    roles: new PrincipalIndex(roles, ({ trustPolicy }) => [trustPolicy.document]),
    buckets: byPrincipal(model.buckets),
    bucketsWithoutContract: byPrincipal(model.buckets.filter((bucket) => !contractsOf.has(bucket))),
    contractsOf,
  };
}

function readable<Read>(read: () => Read): Read | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PolicyGrammarError)) throw error;
    return undefined;
  }
}
