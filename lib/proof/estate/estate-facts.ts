/** The roles, buckets and KMS keys of the input that may grant access to a vendor or its role, apart from those of its own contracts. */
import { accountOf, type DeliveryContract, OWN_ACCOUNT } from "../../contract";
import { PolicyGrammarError } from "../../evaluate";
import { areOfOneKey, bucketOf, keyIndexOf, roleOf } from "../../judge";
import type { AccountModel, PlannedBucket, PlannedRole } from "../../plan";
import { hasUnknown, showUnknown, unknownText } from "../../unknown";
import { conditionsIn, mayAllow, oneOrMore, type Statement, statementsIn } from "../documents";
import { asPossibleRole, factsOfRole } from "../other-roles";
import { bucketFacts, keyFacts } from "../resource-facts";
import type { EstateFacts, Facts, RoleFacts } from "../types";
import { accountOfKey, arnOfKey, type DescribedKey, describedKeys } from "./described-keys";
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
  return { roles: rolesFor(input), buckets: bucketsFor(input), keys: keysFor(input) };
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
  const serves = servesAsWell(contract, model);
  const forVendor = bucketsWithoutContract.letting(vendorPrincipals, true);
  const forRole = role === undefined ? [] : buckets.letting([role.arn], false);
  return [...new Set([...forVendor, ...forRole])].flatMap((bucket) => {
    if (bucket === bucketOf(contract, model) || contractsOf.get(bucket)?.some(serves)) return [];
    const account = accountOf(bucket.account ?? "") ?? OWN_ACCOUNT;
    const facts = readable(() => bucketFacts(bucket, { account, model }));
    return facts === undefined ? [] : [{ arn: bucket.arn, ...facts, policies: facts.policies.map((policy) => without(policy, isPublic)) }];
  });
}

/** Whether another contract is about the same bucket, role or vendor. */
function servesAsWell(contract: DeliveryContract, model: AccountModel): (other: DeliveryContract) => boolean {
  const role = roleOf(contract, model);
  return (other) =>
    other.bucket.arn === contract.bucket.arn ||
    (role !== undefined && roleOf(other, model) === role) ||
    other.vendorPrincipals.some((principal) => contract.vendorPrincipals.includes(principal));
}

/** Keys by which none of the vendor's buckets encrypts. */
function keysFor({ contract, contracts, facts: { role, vendorPrincipals }, model }: EstateInput): EstateFacts["keys"] {
  const { keys } = estateOf(model, contracts);
  const named = [...new Set([...keys.letting(vendorPrincipals, true), ...(role === undefined ? [] : keys.letting([role.arn], false))])];
  // Most keys that name the vendor belong to the bucket of its own contract: then the other contracts need not be read.
  if (keysBeside(named, [contract], model).keys.length === 0) return [];
  const serving = contracts.filter(servesAsWell(contract, model));
  const { keys: others, isOwnUnknown } = keysBeside(named, [contract, ...serving], model);
  const accounts = vendorPrincipals.map(accountOf);
  return others.flatMap((key) => {
    const account = accountOfKey(key, role?.account ?? OWN_ACCOUNT);
    const mayBeOwn = account !== OWN_ACCOUNT && role?.account === OWN_ACCOUNT;
    const arn = arnOfKey(key, { partition: contract.partition, account });
    const document = unknownText(`whether ${showUnknown(key.names[0]!)} is the KMS key of the bucket`);
    const policies = isOwnUnknown ? key.policies.map(({ location }) => ({ document, location })) : key.policies;
    const facts = readable(() => keyFacts(policies, arn, { account, model }));
    const isLeftOut = (statement: Statement) => isPublic(statement) || isOpenThroughService(statement, accounts);
    if (facts === undefined) return [];
    return [{ ...facts, ...(mayBeOwn && { mayBeOwn }), policies: facts.policies.map((policy) => without(policy, isLeftOut)) }];
  });
}

interface KeysBeside {
  readonly keys: readonly DescribedKey[];
  /** Whether one of them may be a key of the contracts' buckets all the same. */
  readonly isOwnUnknown: boolean;
}

/** Those of the keys by which no bucket of the contracts encrypts. */
function keysBeside(keys: readonly DescribedKey[], contracts: readonly DeliveryContract[], model: AccountModel): KeysBeside {
  const index = keyIndexOf(model.kms);
  const ids = contracts.flatMap((contract) => bucketOf(contract, model)?.kmsKeyId ?? []);
  const own = ids.flatMap((id) => index.namesOf(id));
  return {
    keys: keys.filter(({ names }) => !names.some((name) => own.some((other) => areOfOneKey(name, other)))),
    isOwnUnknown: ids.some((id) => index.defining(id).length === 0 && hasUnknown(id)),
  };
}

/** What is asked of the caller's account, and of the service that uses the key in the caller's name. */
const OF_ACCOUNT = ["kms:calleraccount", "aws:principalaccount"];
const OF_SERVICE = "kms:viaservice";

/** Whether a statement of a key policy lets everybody, or every principal of other accounts than these, use the key through a service. */
function isOpenThroughService(statement: Statement, accounts: readonly (string | undefined)[]): boolean {
  const conditions = conditionsIn({ Statement: statement }).map(({ operator, key, value }) => ({
    operator,
    value,
    key: key.toLowerCase(),
  }));
  const { Condition: _, ...plain } = statement;
  return (
    isPublic(plain) &&
    conditions.some(({ key }) => key === OF_SERVICE) &&
    conditions.every(({ operator, key, value }) => {
      if (key === OF_SERVICE) return operator === "StringEquals" || operator === "StringLike";
      const isOfOthers = accountOf(value) !== undefined && !accounts.includes(undefined) && !accounts.includes(value);
      return OF_ACCOUNT.includes(key) && operator === "StringEquals" && isOfOthers;
    })
  );
}

function without(document: unknown, isLeftOut: (statement: Statement) => boolean): unknown {
  if (typeof document !== "object" || document === null) return document;
  return { ...document, Statement: statementsIn(document).filter((statement) => !isLeftOut(statement)) };
}

/** Whether a statement grants something to everybody. The vendor does not have this access because it is the vendor. */
function isPublic({ Effect, Principal, Condition }: Statement): boolean {
  if (Effect !== "Allow" || Condition !== undefined) return false;
  return Principal === "*" || oneOrMore((Principal as { readonly AWS?: unknown } | undefined)?.AWS).includes("*");
}

/** Whether a policy of the role may allow it to assume other roles. */
function mayAssume({ identityPolicies }: RoleFacts): boolean {
  return identityPolicies.some((document) => mayAllow(document, "sts"));
}

interface Estate {
  /** Without those of contracts. */
  readonly roles: PrincipalIndex<PlannedRole>;
  readonly buckets: PrincipalIndex<PlannedBucket>;
  readonly bucketsWithoutContract: PrincipalIndex<PlannedBucket>;
  readonly keys: PrincipalIndex<DescribedKey>;
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
    keys: new PrincipalIndex(describedKeys(model.kms), ({ policies }) => policies.map(({ document }) => document), isPublic),
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
