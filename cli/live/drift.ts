/** Finds live policies that differ from the plan or state that holds the contract. */
import type { DeliveryContract } from "../../lib/contract";
import type { PolicyLocation } from "../../lib/evaluate";
import type { EncryptionKey } from "../../lib/judge";
import type { AccountModel, PlannedPolicy } from "../../lib/plan";
import { hasUnknown } from "../../lib/unknown";
import type { LiveResult } from "../report/validate";
import { hasPlannedKey, liveKeyNames, plannedKeyOf } from "./planned-key";

export function drift(contract: DeliveryContract, planned: AccountModel, live: AccountModel): LiveResult[] {
  const bucketIn = (model: AccountModel) => model.buckets.find(({ name }) => name === contract.bucket.name);
  const roleIn = (model: AccountModel) => model.roles.find(({ name }) => name === contract.role?.name);
  const [plannedBucket, liveBucket] = [bucketIn(planned), bucketIn(live)];
  const [plannedRole, liveRole] = [roleIn(planned), roleIn(live)];
  const plannedKey = plannedKeyOf(contract, planned);
  // The last policy that is written to a key is the one that it has.
  const [plannedKeyPolicy, liveKeyPolicy] = [plannedKey?.isWritten ? plannedKey.ownPolicies.at(-1) : undefined, live.kms?.keys[0]?.policy];
  return [
    ...(plannedBucket && liveBucket
      ? compare({ id: "bucket-policy", what: "the bucket policy", planned: plannedBucket.policies, live: liveBucket.policies })
      : []),
    ...(plannedRole && liveRole
      ? [
          ...compare({ id: "trust-policy", what: "the trust policy", planned: [plannedRole.trustPolicy], live: [liveRole.trustPolicy] }),
          ...compare({
            id: "inline-policies",
            what: "what the inline policies say",
            planned: plannedRole.inlinePolicies,
            live: liveRole.inlinePolicies,
          }),
        ]
      : []),
    ...(plannedKey && liveBucket ? otherKey(plannedKey, live) : []),
    ...(plannedKeyPolicy && liveKeyPolicy
      ? compare({ id: "key-policy", what: "the policy of the KMS key", planned: [plannedKeyPolicy], live: [liveKeyPolicy] })
      : []),
  ];
}

function otherKey(planned: EncryptionKey, live: AccountModel): LiveResult[] {
  if (hasPlannedKey(planned, live) !== false) return [];
  const [now = "a key of AWS"] = liveKeyNames(live);
  return [
    driftOf({
      id: "encryption-key",
      what: "the KMS key of the bucket",
      cause: `the bucket encrypts with ${now}, and the plan names ${planned.arn}`,
      difference: { planned: [planned.arn], live: [now] },
      location: live.buckets[0]?.location,
    }),
  ];
}

interface Drift extends Pick<LiveResult, "cause" | "difference"> {
  readonly id: string;
  readonly what: string;
  readonly location: PolicyLocation | undefined;
}

function driftOf({ id, what, location, ...parts }: Drift): LiveResult {
  return {
    id: `drift-${id}`,
    title: `${what} is as it was planned`,
    kind: "extra",
    expected: "as planned",
    outcome: "fail",
    evidence: "computed",
    remedy: "apply the plan again, or bring the change into the code",
    deciding: [],
    ...parts,
    ...(location ? { location } : {}),
  };
}

interface Comparison {
  readonly id: string;
  readonly what: string;
  readonly planned: readonly PlannedPolicy[];
  readonly live: readonly PlannedPolicy[];
}

function compare({ id, what, planned, live }: Comparison): LiveResult[] {
  const [before, now] = [statementsOf(planned), statementsOf(live)];
  // If one side is unknown, they cannot be compared.
  if (!before || !now) return [];
  const gone = before.filter((statement) => !now.includes(statement));
  const added = now.filter((statement) => !before.includes(statement));
  if (gone.length === 0 && added.length === 0) return [];
  const lines = [...gone.map((statement) => `- ${statement}`), ...added.map((statement) => `+ ${statement}`)];
  const location = live[0]?.location ?? planned[0]?.location;
  const cause = `the live text differs from the plan (- planned, + live): ${lines.join(" ")}`;
  return [driftOf({ id, what, cause, difference: { planned: gone, live: added }, location })];
}

/** The statements of all documents, each as canonical JSON; undefined if a part is unknown. */
function statementsOf(policies: readonly PlannedPolicy[]): string[] | undefined {
  const statements: string[] = [];
  for (const { document } of policies) {
    if (typeof document !== "object" || document === null || isUnknownWithin(document)) return undefined;
    const { Statement } = document as { Statement?: unknown };
    for (const statement of Array.isArray(Statement) ? Statement : [Statement]) statements.push(JSON.stringify(canonical(statement)));
  }
  return statements;
}

function isUnknownWithin(value: unknown): boolean {
  if (typeof value === "string") return hasUnknown(value);
  return typeof value === "object" && value !== null && Object.values(value).some(isUnknownWithin);
}

/** Equal for values that mean the same to AWS: a list of one equals its only member, and the order of lists and keys is irrelevant. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    const members = value.map(canonical).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return members.length === 1 ? members[0] : members;
  }
  if (typeof value !== "object" || value === null)
    return typeof value === "boolean" || typeof value === "number" ? String(value) : accountText(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, canonical(item)]));
}

/** A 12-digit account ID and the ARN of its root user are the same principal. */
function accountText(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/^arn:[\w-]+:iam::(\d{12}):root$/, "$1") : value;
}
