import type { JudgedPolicy, JudgedRole } from "./rule";

/** Bytes of a bucket policy. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
const BUCKET_POLICY = 20_480;

/** Characters without white space, the default quota. */
const TRUST_POLICY = 2_048;
/** Characters without white space in all inline policies of a role. */
const INLINE_POLICIES = 10_240;
/** Characters without white space. */
const MANAGED_POLICY = 6_144;
/** Share of a limit from which a policy is nearly full. */
export const NEARLY = 0.9;

/** The limits, for the pages of the rules. */
export const SIZE_LIMITS = `| Policy | Limit |
| --- | --- |
| bucket policy | ${shown(BUCKET_POLICY)} bytes |
| trust policy | ${shown(TRUST_POLICY)} characters without white space (the default quota) |
| all inline policies of a role | ${shown(INLINE_POLICIES)} characters without white space |
| managed policy | ${shown(MANAGED_POLICY)} characters without white space |

Above ${NEARLY * 100} % of a limit the finding is \`policy-nearly-full\`, above 100 % \`policy-too-large\`.`;

function shown(limit: number): string {
  return limit.toLocaleString("en-US");
}

/** The size of a policy with a limit of its own, if `wanted` says so. */
export function sizeFinding({ kind, planned, role }: JudgedPolicy, wanted: (share: number) => boolean): string | undefined {
  if (planned.text === undefined) return undefined;
  if (kind === "resource") return finding("bytes", bytesOf(planned.text), BUCKET_POLICY, wanted);
  if (kind === "trust") return finding("characters", withoutSpace(planned.text), TRUST_POLICY, wanted);
  const isManaged = kind === "permissionsBoundary" || role?.role.managedPolicies.includes(planned);
  return isManaged ? finding("characters", withoutSpace(planned.text), MANAGED_POLICY, wanted) : undefined;
}

/** The size of all inline policies of a role, which share one limit. */
export function inlineFinding({ role }: JudgedRole, wanted: (share: number) => boolean): string | undefined {
  const size = role.inlinePolicies.reduce((sum, { text }) => sum + (text === undefined ? 0 : withoutSpace(text)), 0);
  return finding("characters in all inline policies", size, INLINE_POLICIES, wanted);
}

function finding(unit: string, size: number, limit: number, wanted: (share: number) => boolean): string | undefined {
  return wanted(size / limit) ? `${size} of ${limit} ${unit}` : undefined;
}

/** Size in UTF-8. A text that is short in any encoding is not encoded. */
function bytesOf(text: string): number {
  return text.length * 3 < BUCKET_POLICY * NEARLY ? text.length : new TextEncoder().encode(text).length;
}

function withoutSpace(text: string): number {
  return text.length > MANAGED_POLICY * NEARLY || text.length > TRUST_POLICY * NEARLY ? text.replace(/\s/g, "").length : text.length;
}
