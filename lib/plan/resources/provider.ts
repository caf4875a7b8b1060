/** Reads account, region and partition from a provider configuration. */

import { listOf, textOf } from "../../json";
import { hasUnknown, showUnknown, unknownText } from "../../unknown";
import { asText } from "../expression/value";
import type { ProviderSettings } from "./inventory";
import { blocksOf, firstBlock, inBlock } from "./nested-blocks";

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
  const credentials = credentialsOf(argument);
  const arnParts = credentials.roleArn?.split(":") ?? [];
  const allowed = listOf(argument("allowed_account_ids"));
  const known = [account, arnParts[4], allowed.length === 1 ? asText(allowed[0]) : undefined].find(isAccountId);
  const partition = partitionOf(region);
  return {
    key,
    region,
    partition: partition === "aws" && arnParts[0] === "arn" && arnParts[1] && !hasUnknown(arnParts[1]) ? arnParts[1] : partition,
    defaultTags: inBlock(firstBlock(argument("default_tags")), "tags"),
    account: known ?? accountWith(credentials.name),
    credentials: credentials.name,
  };
}

/** The account of the credentials, where it is unknown. Provider configurations with the same credentials share it. */
export function accountWith(credentials: string): string {
  return credentials === DEFAULT_CREDENTIALS ? ENVIRONMENT_ACCOUNT : unknownText(`account of ${credentials}`);
}

/** The account of the credentials that the environment gives, where it is unknown. */
export const ENVIRONMENT_ACCOUNT = unknownText("account");

/** Whether a placeholder with that name stands for the account of some credentials. */
export function isAccountOfCredentials(source: string): boolean {
  return /^account(?: of the |$)/.test(source);
}

/** The credentials that the environment gives. */
const DEFAULT_CREDENTIALS = "the environment";

/**
 * Names the credentials that a provider block selects. Blocks that select different ones may work in different accounts.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration
 */
function credentialsOf(argument: (name: string) => unknown): { readonly name: string; readonly roleArn?: string } {
  const name = (...names: readonly string[]) => {
    const found = names.map((each) => [each, argument(each)] as const).find(([, value]) => isSet(value));
    return found && `the ${found[0].replaceAll("_", " ")} ${describe(found[1])}`;
  };
  // Roles are assumed one after the other, so that the last one counts.
  const roles = blocksOf(argument("assume_role"));
  const role = roles === undefined ? unknownText("assume_role") : (roles.at(-1) ?? firstBlock(argument("assume_role_with_web_identity")));
  const arn = inBlock(role, "role_arn");
  if (isSet(arn)) return { name: `the role ${describe(arn)}`, roleArn: textOf(arn) };
  const files = name("shared_credentials_files", "shared_config_files");
  const base = name("access_key") ?? name("profile");
  return { name: [base, files].filter((part) => part !== undefined).join(" in ") || DEFAULT_CREDENTIALS };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

function describe(value: unknown): string {
  return showUnknown(typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
}

export function isAccountId(value: unknown): value is string {
  return typeof value === "string" && /^\d{12}$/.test(value);
}

/** Whether two resources are in the same account; `maybe` where that is unknown. */
export function inSameAccount(one: ProviderSettings, other: ProviderSettings): "yes" | "no" | "maybe" {
  if (one.account === other.account) return "yes";
  return hasUnknown(one.account) || hasUnknown(other.account) ? "maybe" : "no";
}
