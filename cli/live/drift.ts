/** Finds live policies that differ from the plan or state that holds the contract. */
import { Callers, type DeliveryContract } from "../../lib/contract";
import { encryptionKeyOf, mayUseKey } from "../../lib/judge";
import type { AccountModel, PlannedPolicy } from "../../lib/plan";
import { hasUnknown } from "../../lib/unknown";
import type { LiveResult } from "../report/validate";

export function drift(contract: DeliveryContract, planned: AccountModel, live: AccountModel): LiveResult[] {
  const bucketIn = (model: AccountModel) => model.buckets.find(({ name }) => name === contract.bucket.name);
  const roleIn = (model: AccountModel) => model.roles.find(({ name }) => name === contract.role?.name);
  const [plannedBucket, liveBucket] = [bucketIn(planned), bucketIn(live)];
  const [plannedRole, liveRole] = [roleIn(planned), roleIn(live)];
  const plannedKey =
    plannedBucket && mayUseKey(plannedBucket)
      ? encryptionKeyOf({ bucket: plannedBucket, role: plannedRole, callers: new Callers(contract, {}), kms: planned.kms })
      : undefined;
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
    ...(plannedKeyPolicy && liveKeyPolicy
      ? compare({ id: "key-policy", what: "the policy of the KMS key", planned: [plannedKeyPolicy], live: [liveKeyPolicy] })
      : []),
  ];
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
  return [
    {
      id: `drift-${id}`,
      title: `${what} is as it was planned`,
      kind: "extra",
      expected: "as planned",
      outcome: "fail",
      evidence: "computed",
      cause: `the live text differs from the plan (- planned, + live): ${lines.join(" ")}`,
      remedy: "apply the plan again, or bring the change into the code",
      difference: { planned: gone, live: added },
      deciding: [],
      ...(location ? { location } : {}),
    },
  ];
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
