/** Whether the policy and the grants of the bucket's KMS key let somebody use or change it who is in no contract. */
import { accountOf, type DeliveryContract } from "../../lib/contract";
import type { AccountModel, PlannedKey, PlannedKeyGrant } from "../../lib/plan";
import { keyOpening } from "../../lib/rules";
import { hasUnknown } from "../../lib/unknown";
import type { LiveResult } from "../report/validate";
import { hasPlannedKey, plannedKeyOf } from "./planned-key";
import type { ReadBack } from "./read-back";

export interface KeyContext {
  /** All known contracts of the bucket. */
  readonly contracts: readonly DeliveryContract[];
  /** The account that owns the bucket. */
  readonly owner: string | undefined;
  /** The plan or state that holds the contract. */
  readonly planned: AccountModel | undefined;
}

export function keyFindings({ account }: ReadBack, context: KeyContext): LiveResult[] {
  const { contracts, owner } = context;
  const { keys = [], grants = [] } = account.kms ?? {};
  const [key] = keys;
  if (key === undefined) return [];
  const foreign = keyOfOtherAccount(key, account, context);
  // What could not be read is listed as not checked.
  if (typeof key.policy?.document !== "object") return foreign;
  const vendors = contracts.flatMap(({ vendorPrincipals }) => vendorPrincipals);
  const callers: Callers = { vendors, ownAccounts: [key.account, owner ?? key.account].filter((one) => !hasUnknown(one)) };
  const cause = grantedToOthers(grants, callers) ?? allowedByPolicy(key, callers);
  const found = {
    id: "key-for-others",
    title: "nobody but the vendor and your own account can use the KMS key of the bucket",
    kind: "extra",
    expected: "denied",
    deciding: [],
    location: key.location,
  } as const;
  // The account of the key can use it whatever its policy says.
  if (cause === undefined) return foreign.length > 0 ? foreign : [{ ...found, outcome: "pass", evidence: "proved" }];
  const remedy = "remove the principal from the key policy, or retire the grant";
  return [...foreign, { ...found, ...cause, remedy }];
}

/** That account can read what the bucket encrypts, and can make it unreadable. Only the plan or a policy of the role shows that it may. */
function keyOfOtherAccount(
  { address, account, location }: PlannedKey,
  live: AccountModel,
  { contracts, owner, planned }: KeyContext,
): LiveResult[] {
  if (owner === undefined || hasUnknown(account) || account === owner) return [];
  const isPlanned = contracts.some((contract) => {
    const key = planned && plannedKeyOf(contract, planned);
    return key !== undefined && hasPlannedKey(key, live) === true;
  });
  const isNamedByRole = live.roles.some(({ inlinePolicies }) => inlinePolicies.some(({ text }) => text?.includes(address)));
  if (isPlanned || isNamedByRole) return [];
  return [
    {
      id: "key-of-other-account",
      title: "the KMS key of the bucket belongs to the account of the bucket",
      kind: "extra",
      expected: owner,
      outcome: "unknown",
      cause: `the key ${address} belongs to account ${account}, and neither a plan nor a policy of the role shows that this is intended`,
      remedy: "validate with the plan or state that names the key; if it is not yours, let the bucket encrypt with a key of your account",
      deciding: [],
      location,
    },
  ];
}

interface Callers {
  readonly vendors: readonly string[];
  readonly ownAccounts: readonly string[];
}

type Cause = Pick<LiveResult, "outcome" | "evidence" | "cause">;

function allowedByPolicy({ address, account, policy }: PlannedKey, callers: Callers): Cause | undefined {
  const opening = keyOpening({ arn: address, account, document: policy!.document, ...callers });
  if (opening === undefined) return undefined;
  const { outcome, cause } = opening;
  return outcome === "fail" ? { outcome, evidence: "proved", cause } : { outcome, cause };
}

function grantedToOthers(grants: readonly PlannedKeyGrant[], { vendors, ownAccounts }: Callers): Cause | undefined {
  const isExpected = (grantee: string) =>
    hasUnknown(grantee) ||
    ownAccounts.includes(accountOf(grantee) ?? "") ||
    vendors.includes(grantee) ||
    /\.amazonaws\.com(\.cn)?$/.test(grantee);
  const other = grants.find(({ grantee }) => !isExpected(grantee));
  if (other === undefined) return undefined;
  return { outcome: "fail", evidence: "computed", cause: `a grant of the key gives ${other.grantee} ${other.operations.join(", ")}` };
}
