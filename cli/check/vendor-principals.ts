/** The vendor's principals: those that the user gives, otherwise those that the profile publishes. */
import type { VendorProfile } from "../../lib/vendors";
import { invalidOption, invalidPrincipal, principalIsMissing, vendorRoleGivenTwice, vendorRoleIsMissing } from "../errors";
import { accountId } from "../options";
import { hasOwnOptions, type VendorOptions } from "./vendor-options";

const COPY = "copy it from the vendor's screen";

export function vendorPrincipals({ facts }: VendorProfile, options: VendorOptions, partition: string): string[] {
  const { vendorPrincipal: given, vendorRoleArn, vendorAccountId, vendorRoleName } = options;
  const published = facts.publishedPrincipals ?? {};
  const sites = Object.keys(published);
  const ofRole = vendorRoleArn ?? vendorAccountId ?? vendorRoleName;
  if (given.length > 0) {
    if (ofRole !== undefined) throw vendorRoleGivenTwice("--vendor-principal");
    return given.map((value) => principalArn(Object.hasOwn(published, value) ? published[value]! : value, partition, sites));
  }
  if (!hasOwnOptions(options)) {
    if (ofRole === undefined && sites.length === 1) return [principalArn(published[sites[0]!]!, partition, sites)];
    const isWhole = vendorRoleArn !== undefined || (vendorAccountId !== undefined && vendorRoleName !== undefined);
    if (!isWhole) throw principalIsMissing(facts.vendorName, sites);
  }
  return [vendorRole(options, partition)];
}

/** The ARN of a role or user; an account ID stands for the whole account. */
function principalArn(value: string, partition: string, sites: readonly string[]): string {
  if (/^\d{12}$/.test(value)) return `arn:${partition}:iam::${value}:root`;
  if (/^arn:[a-z-]+:iam::\d{12}:(root|(role|user)\/[\w+=,.@/-]+)$/.test(value)) return value;
  throw invalidPrincipal(value, sites);
}

function vendorRole({ vendorRoleArn, vendorAccountId, vendorRoleName }: VendorOptions, partition: string): string {
  if (vendorRoleArn !== undefined) {
    if ((vendorAccountId ?? vendorRoleName) !== undefined) throw vendorRoleGivenTwice("--vendor-role-arn");
    if (/^arn:[a-z-]+:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/.test(vendorRoleArn)) return vendorRoleArn;
    throw invalidOption({ name: "--vendor-role-arn", rule: "must be the ARN of an IAM role or user", got: vendorRoleArn, remedy: COPY });
  }
  if (vendorAccountId === undefined || vendorRoleName === undefined) throw vendorRoleIsMissing();
  if (!/^[\w+=,.@/-]+$/.test(vendorRoleName))
    throw invalidOption({ name: "--vendor-role-name", rule: "must be the name of an IAM role", got: vendorRoleName, remedy: COPY });
  return `arn:${partition}:iam::${accountId({ name: "--vendor-account-id", value: vendorAccountId })}:role/${vendorRoleName}`;
}
