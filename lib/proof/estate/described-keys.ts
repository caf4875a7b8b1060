/** The KMS keys whose grantees the input shows, whatever they encrypt. */
import { memoizeByObject } from "../../evaluate";
import { keyIndexOf, withGrants } from "../../judge";
import type { PlannedKeys, PlannedPolicy } from "../../plan";

export interface DescribedKey {
  /** ARN and ID, and what else refers to it. Placeholders where they are unknown. */
  readonly names: readonly string[];
  /** 12 digits, or a placeholder. */
  readonly account?: string;
  /** The last policy that is written takes effect. Each has a statement for each grant. */
  readonly policies: readonly PlannedPolicy[];
}

/** A key without a policy leaves every decision to the policies of its account, so it is left out. */
export function describedKeys(kms: PlannedKeys | undefined): readonly DescribedKey[] {
  return kms === undefined ? [] : keysIn(kms);
}

const keysIn = memoizeByObject((kms: PlannedKeys): readonly DescribedKey[] => {
  const index = keyIndexOf(kms);
  const elsewhere = [...kms.policies, ...kms.grants].map(({ key }) => key).filter((name) => index.defining(name).length === 0);
  const keys = [
    ...kms.keys.map(({ names, account, address, policy }) => ({ names, account, policy: isDataSource(address) ? undefined : policy })),
    ...[...new Set(elsewhere)].map((name) => ({ names: [name], account: undefined, policy: undefined })),
  ];
  return keys.flatMap(({ names, account, policy }) => {
    const written = [...(policy === undefined ? [] : [policy]), ...index.policiesOf(names)];
    const grants = index.grantsOf(names);
    const [grant] = grants;
    const policies = written.length === 0 && grant !== undefined ? [{ document: NO_STATEMENTS, location: grant.location }] : written;
    if (policies.length === 0) return [];
    return [{ names, ...(account !== undefined && { account }), policies: policies.map((one) => withGrants(one, grants)) }];
  });
});

const NO_STATEMENTS = { Version: "2012-10-17", Statement: [] };

/** A data source shows no policy: the input does not hold it. */
function isDataSource(address: string): boolean {
  return /(^|\.)data\.aws_/.test(address);
}
