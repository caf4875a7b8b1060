/** Whether the policy and the grants of the bucket's KMS key let somebody use or change it whom no contract names. */
import { proveNobody, QuestionError, type RequestSet } from "../../lib/access";
import { accountOf, type DeliveryContract } from "../../lib/contract";
import type { PlannedKey, PlannedKeyGrant } from "../../lib/plan";
import { hasUnknown, showUnknown } from "../../lib/unknown";
import type { LiveResult } from "../report/validate";
import type { ReadBack } from "./read-back";

/** What a vendor may have to do to a key in order to upload and to read. */
const USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:DescribeKey"];

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

function allowedByPolicy({ address, account, policy }: PlannedKey, callers: readonly string[]): Cause | undefined {
  const permitted: RequestSet[] = [
    { callers: [account] },
    { callers: ["services"] },
    ...callers.map((caller) => ({ callers: [caller], actions: USE })),
  ];
  const world = { partition: address.split(":")[1] ?? "aws", account, resourcePolicy: withPrincipalAccount(policy!.document) };
  try {
    const { outcome, witness, missing } = proveNobody({ world, requests: { actions: ["kms:*"], resources: [address] }, permitted });
    if (outcome === "proved") return undefined;
    const whose = witness ? `${showUnknown(witness.principal)} can ${witness.action} on the key` : "somebody else can use the key";
    if (outcome === "broken") return { outcome: "fail", evidence: "proved", cause: whose };
    return { outcome: "unknown", cause: `could not exclude that ${whose}; it depends on ${missing.map(showUnknown).join("; ")}` };
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    return { outcome: "unknown", cause: `it could not be asked: ${error.message}` };
  }
}

/** The account of the caller goes by two names; the prover knows what the global one has to do with the caller. */
function withPrincipalAccount(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document).replace(/"kms:CallerAccount"(?=:)/gi, '"aws:PrincipalAccount"'));
}

function grantedToOthers({ account }: PlannedKey, grants: readonly PlannedKeyGrant[], callers: readonly string[]): Cause | undefined {
  const isExpected = (grantee: string) =>
    hasUnknown(grantee) || accountOf(grantee) === account || callers.includes(grantee) || /\.amazonaws\.com(\.cn)?$/.test(grantee);
  const other = grants.find(({ grantee }) => !isExpected(grantee));
  if (other === undefined) return undefined;
  return { outcome: "fail", evidence: "computed", cause: `a grant of the key gives ${other.grantee} ${other.operations.join(", ")}` };
}
