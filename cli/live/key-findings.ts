/** Whether the policy and the grants of the bucket's KMS key let somebody use or change it who is in no contract. */
import { accountOf, type DeliveryContract } from "../../lib/contract";
import type { PlannedKey, PlannedKeyGrant } from "../../lib/plan";
import { keyOpening } from "../../lib/rules";
import { hasUnknown } from "../../lib/unknown";
import type { LiveResult } from "../report/validate";
import type { ReadBack } from "./read-back";

/** @param contracts all known contracts of the bucket */
export function keyFindings({ account }: ReadBack, contracts: readonly DeliveryContract[]): LiveResult[] {
  const { keys = [], grants = [] } = account.kms ?? {};
  const [key] = keys;
  // What could not be read is listed as not checked.
  if (key === undefined || typeof key.policy?.document !== "object") return [];
  const callers = contracts.flatMap(({ vendorPrincipals }) => vendorPrincipals);
  const cause = grantedToOthers(key, grants, callers) ?? allowedByPolicy(key, callers);
  const found = {
    id: "key-for-others",
    title: "nobody but the vendor and your own account can use the KMS key of the bucket",
    kind: "extra",
    expected: "denied",
    deciding: [],
    location: key.location,
  } as const;
  if (cause === undefined) return [{ ...found, outcome: "pass", evidence: "proved" }];
  const remedy = "remove the principal from the key policy, or retire the grant";
  return [{ ...found, ...cause, remedy }];
}

type Cause = Pick<LiveResult, "outcome" | "evidence" | "cause">;

function allowedByPolicy({ address, account, policy }: PlannedKey, vendors: readonly string[]): Cause | undefined {
  const opening = keyOpening({ arn: address, account, document: policy!.document, vendors });
  if (opening === undefined) return undefined;
  const { outcome, cause } = opening;
  return outcome === "fail" ? { outcome, evidence: "proved", cause } : { outcome, cause };
}

function grantedToOthers({ account }: PlannedKey, grants: readonly PlannedKeyGrant[], callers: readonly string[]): Cause | undefined {
  const isExpected = (grantee: string) =>
    hasUnknown(grantee) || accountOf(grantee) === account || callers.includes(grantee) || /\.amazonaws\.com(\.cn)?$/.test(grantee);
  const other = grants.find(({ grantee }) => !isExpected(grantee));
  if (other === undefined) return undefined;
  return { outcome: "fail", evidence: "computed", cause: `a grant of the key gives ${other.grantee} ${other.operations.join(", ")}` };
}
