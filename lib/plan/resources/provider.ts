/** Reads account, region and partition from a provider configuration. */

import { listOf, ownValue, textOf } from "../../json";
import { hasUnknown, unknownText } from "../../unknown";
import { asText } from "../expression/value";
import type { ProviderSettings } from "./inventory";

/**
 * Partitions by the beginning of their regions' names.
 *
 * @see https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
 */
const PARTITIONS: readonly (readonly [RegExp, string, string])[] = [
  [/^cn-/, "aws-cn", "amazonaws.com.cn"],
  [/^us-gov-/, "aws-us-gov", "amazonaws.com"],
  [/^eusc-/, "aws-eusc", "amazonaws.eu"],
  [/^us-iso-/, "aws-iso", "c2s.ic.gov"],
  [/^us-isob-/, "aws-iso-b", "sc2s.sgov.gov"],
];

/** The partition of a region; `aws` where the region is unknown or in none of the other partitions. */
export function partitionOf(region: string | undefined): string {
  return PARTITIONS.find(([regions]) => region !== undefined && regions.test(region))?.[1] ?? "aws";
}

export function dnsSuffixOf(partition: string): string {
  return PARTITIONS.find(([, name]) => name === partition)?.[2] ?? "amazonaws.com";
}

/**
 * Reads the arguments of one provider block.
 *
 * @param key `aws` or `aws.alias`
 * @param account the account ID, where another source tells it, such as a data source
 */
export function providerSettings(key: string, argument: (name: string) => unknown, account?: string): ProviderSettings {
  const region = textOf(argument("region"));
  const roleArn = textOf(ownValue(listOf(argument("assume_role"))[0] ?? argument("assume_role"), "role_arn"));
  const arnParts = roleArn?.split(":") ?? [];
  const allowed = listOf(argument("allowed_account_ids"));
  const known = [account, arnParts[4], allowed.length === 1 ? asText(allowed[0]) : undefined].find(isAccountId);
  const partition = partitionOf(region);
  return {
    key,
    region,
    partition: partition === "aws" && arnParts[0] === "arn" && arnParts[1] && !hasUnknown(arnParts[1]) ? arnParts[1] : partition,
    defaultTags: ownValue(listOf(argument("default_tags"))[0] ?? argument("default_tags"), "tags"),
    account: known ?? unknownText(key === "aws" ? "account" : `account of ${key}`),
  };
}

function isAccountId(text: string | undefined): text is string {
  return text !== undefined && /^\d{12}$/.test(text);
}
