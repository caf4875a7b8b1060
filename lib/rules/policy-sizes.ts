import {
  BUCKET_POLICY_BYTES,
  bucketPolicyBytes,
  iamCharacters,
  MANAGED_POLICY_CHARACTERS,
  ROLE_INLINE_POLICIES_CHARACTERS,
  TRUST_POLICY_CHARACTERS,
} from "../json";
import { stripUnknown } from "../unknown";
import type { JudgedPolicy, JudgedRole } from "./rule";

/** Share of a limit from which a policy is nearly full. */
export const NEARLY = 0.9;

/** The limits, for the pages of the rules. */
export const SIZE_LIMITS = `| Policy | Limit |
| --- | --- |
| bucket policy | ${shown(BUCKET_POLICY_BYTES)} bytes without white space outside strings |
| trust policy | ${shown(TRUST_POLICY_CHARACTERS)} characters without white space (the default quota) |
| all inline policies of a role | ${shown(ROLE_INLINE_POLICIES_CHARACTERS)} characters without white space |
| managed policy | ${shown(MANAGED_POLICY_CHARACTERS)} characters without white space |

Above ${NEARLY * 100} % of a limit the finding is \`policy-nearly-full\`, above 100 % \`policy-too-large\`.`;

/** With commas. `toLocaleString` would load the data of all languages whenever the program starts. */
function shown(limit: number): string {
  return String(limit).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** The size of a policy that has its own limit, if `wanted` accepts its share of the limit. Unknown parts are not counted. */
export function sizeFinding({ kind, planned, role }: JudgedPolicy, wanted: (share: number) => boolean): string | undefined {
  if (planned.text === undefined) return undefined;
  const isManaged = kind === "permissionsBoundary" || role?.role.managedPolicies.includes(planned);
  const limit = kind === "resource" ? OF_BUCKET_POLICY : kind === "trust" ? OF_TRUST_POLICY : isManaged ? OF_MANAGED_POLICY : undefined;
  return limit && finding([planned.text], limit, wanted);
}

/** The size of all inline policies of a role, which share one limit. */
export function inlineFinding({ role }: JudgedRole, wanted: (share: number) => boolean): string | undefined {
  const texts = role.inlinePolicies.flatMap(({ text }) => (text === undefined ? [] : [text]));
  return finding(texts, OF_INLINE_POLICIES, wanted);
}

interface Limit {
  readonly most: number;
  readonly unit: string;
  readonly count: (text: string) => number;
}

const OF_BUCKET_POLICY: Limit = { most: BUCKET_POLICY_BYTES, unit: "bytes", count: bucketPolicyBytes };
const OF_TRUST_POLICY: Limit = { most: TRUST_POLICY_CHARACTERS, unit: "characters", count: iamCharacters };
const OF_MANAGED_POLICY: Limit = { most: MANAGED_POLICY_CHARACTERS, unit: "characters", count: iamCharacters };
const OF_INLINE_POLICIES: Limit = {
  most: ROLE_INLINE_POLICIES_CHARACTERS,
  unit: "characters in all inline policies",
  count: iamCharacters,
};

/** The most bytes that one UTF-16 code unit can have in UTF-8. */
const MOST_BYTES = 3;

function finding(texts: readonly string[], { most, unit, count }: Limit, wanted: (share: number) => boolean): string | undefined {
  // Nearly every policy is far too short to be worth counting.
  if (sumOf(texts, ({ length }) => length * MOST_BYTES) < most * NEARLY) return undefined;
  const size = sumOf(texts, (text) => count(stripUnknown(text)));
  return wanted(size / most) ? `${size} of ${most} ${unit}` : undefined;
}

function sumOf(texts: readonly string[], size: (text: string) => number): number {
  return texts.reduce((sum, text) => sum + size(text), 0);
}
