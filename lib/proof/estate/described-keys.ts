/** The KMS keys whose grantees the input shows, whatever they encrypt. */
import { accountOf, OWN_ACCOUNT, substituteOwnAccount } from "../../contract";
import { memoizeByObject } from "../../evaluate";
import { keyIndexOf, withGrants } from "../../judge";
import type { PlannedKeys, PlannedPolicy } from "../../plan";
import { hasUnknown, unknownText } from "../../unknown";

export interface DescribedKey {
  /** ARN and ID, and what else refers to it. Placeholders where they are unknown. */
  readonly names: readonly string[];
  /** Of the resource that defines it. */
  readonly address?: string;
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
    ...kms.keys.map(({ names, account, address, policy }) => ({
      names,
      address,
      account,
      policy: isDataSource(address) ? undefined : policy,
    })),
    ...[...new Set(elsewhere)].map((name) => ({ names: [name], address: undefined, account: undefined, policy: undefined })),
  ];
  return keys.flatMap(({ names, address, account, policy }) => {
    const written = [...(policy === undefined ? [] : [policy]), ...index.policiesOf(names)];
    const grants = index.grantsOf(names);
    const [grant] = grants;
    const policies = written.length === 0 && grant !== undefined ? [{ document: NO_STATEMENTS, location: grant.location }] : written;
    if (policies.length === 0) return [];
    return [
      {
        names,
        ...(address !== undefined && { address }),
        ...(account !== undefined && { account }),
        policies: policies.map((one) => withGrants(one, grants)),
      },
    ];
  });
});

const NO_STATEMENTS = { Version: "2012-10-17", Statement: [] };

/** A data source shows no policy: the input does not hold it. */
function isDataSource(address: string): boolean {
  return /(^|\.)data\.aws_/.test(address);
}

/** @param own the account of the plan, which an ID without an ARN refers to */
export function accountOfKey({ names, account }: DescribedKey, own: string): string {
  const told = accountOf(names.find((name) => name.startsWith("arn:")) ?? "") ?? accountOf(account ?? "");
  return told === undefined || told === OWN_ACCOUNT ? own : told;
}

/** With placeholders for what the input does not tell. */
export function arnOfKey(
  { names }: DescribedKey,
  { partition, account }: { readonly partition: string; readonly account: string },
): string {
  const told = names.find((text) => text.startsWith("arn:"));
  return substituteOwnAccount(told ?? `arn:${partition}:kms:${unknownText("region")}:${account}:key/${names[0]}`);
}

/** The key by its ARN, its ID, or the address of the resource that defines it. */
export function describedKeyOf(text: string, kms: PlannedKeys | undefined): DescribedKey | undefined {
  return describedKeys(kms).find((key) => {
    const names = substituteOwnAccount(key.names);
    return key.address === text || names.includes(text) || names.some((name) => text.endsWith(`:key/${name}`));
  });
}

/** What names the key of an ARN in a command; undefined if the input does not describe it, or tells nothing that names it. */
export function nameOfKey(arn: string, kms: PlannedKeys | undefined): string | undefined {
  const key = describedKeyOf(arn, kms);
  if (key === undefined) return undefined;
  const isWritten = !hasUnknown(arn) && substituteOwnAccount(key.names).includes(arn);
  return isWritten ? arn : (key.address ?? key.names.find((name) => !hasUnknown(name)));
}
