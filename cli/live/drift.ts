/** Live policies that differ from the plan or state that the contract was found in: somebody changed them by another way. */
import type { DeliveryContract } from "../../lib/contract";
import type { AccountModel, PlannedPolicy } from "../../lib/plan";
import { hasUnknown } from "../../lib/unknown";
import type { LiveResult } from "../report/validate/types";

export function drift(contract: DeliveryContract, planned: AccountModel, live: AccountModel): LiveResult[] {
  const bucketIn = (model: AccountModel) => model.buckets.find(({ name }) => name === contract.bucket.name);
  const roleIn = (model: AccountModel) => model.roles.find(({ name }) => name === contract.role?.name);
  const [plannedBucket, liveBucket] = [bucketIn(planned), bucketIn(live)];
  const [plannedRole, liveRole] = [roleIn(planned), roleIn(live)];
  return [
    ...(plannedBucket && liveBucket ? compare("bucket-policy", "the bucket policy", plannedBucket.policies, liveBucket.policies) : []),
    ...(plannedRole && liveRole
      ? [
          ...compare("trust-policy", "the trust policy", [plannedRole.trustPolicy], [liveRole.trustPolicy]),
          ...compare("inline-policies", "what the inline policies say", plannedRole.inlinePolicies, liveRole.inlinePolicies),
        ]
      : []),
  ];
}

function compare(id: string, what: string, planned: readonly PlannedPolicy[], live: readonly PlannedPolicy[]): LiveResult[] {
  const [before, now] = [statementsOf(planned), statementsOf(live)];
  // Where one side is not known, nothing can be said.
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

/** The statements of all documents, each as canonical JSON; undefined where a part is not known. */
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

/** Equal for texts that mean the same to AWS: a list of one is its only member, and the order of lists and keys is of no account. */
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

/** A 12-digit account id and the ARN of its root are the same principal. */
function accountText(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/^arn:[\w-]+:iam::(\d{12}):root$/, "$1") : value;
}
