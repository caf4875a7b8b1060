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

/** The size of a policy with a limit of its own, if `wanted` says so. A part that is not known yet counts as nothing. */
export function sizeFinding({ kind, planned, role }: JudgedPolicy, wanted: (share: number) => boolean): string | undefined {
  if (planned.text === undefined) return undefined;
  const text = stripUnknown(planned.text);
  if (kind === "resource") return finding("bytes", bucketPolicyBytes(text), BUCKET_POLICY_BYTES, wanted);
  if (kind === "trust") return finding("characters", iamCharacters(text), TRUST_POLICY_CHARACTERS, wanted);
  const isManaged = kind === "permissionsBoundary" || role?.role.managedPolicies.includes(planned);
  return isManaged ? finding("characters", iamCharacters(text), MANAGED_POLICY_CHARACTERS, wanted) : undefined;
}

/** The size of all inline policies of a role, which share one limit. */
export function inlineFinding({ role }: JudgedRole, wanted: (share: number) => boolean): string | undefined {
  const size = role.inlinePolicies.reduce((sum, { text }) => sum + (text === undefined ? 0 : iamCharacters(stripUnknown(text))), 0);
  return finding("characters in all inline policies", size, ROLE_INLINE_POLICIES_CHARACTERS, wanted);
}

function finding(unit: string, size: number, limit: number, wanted: (share: number) => boolean): string | undefined {
  return wanted(size / limit) ? `${size} of ${limit} ${unit}` : undefined;
}
