/**
 * The facts that make a report independent evidence: which program made requests to which endpoints with whose credentials, about which
 * contract, and which policies it read.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AccountModel, PlannedPolicy } from "../../lib/plan";
import { hasUnknown } from "../../lib/unknown";
import type { ChosenCallers } from "../credentials";
import { isEndpointOfAws } from "../endpoints";
import type { Caller, LivePolicy, Provenance } from "../report/validate";

/** @param endpoints where requests went */
export function provenanceOf(endpoints: Iterable<string>): Provenance {
  const all = [...endpoints].sort();
  return {
    programSha256: programSha256(),
    endpoints: all,
    endpointsNotOfAws: all.filter((endpoint) => !isEndpointOfAws(endpoint)),
  };
}

/** Hash of the program, which is bundled into one file. */
function programSha256(): string {
  return sha256(readFileSync(__filename));
}

/** The SHA-256 of a value as JSON without white space, with the keys of each object in order: what `jq -cjS .` prints. */
export function jsonSha256(value: unknown): string {
  return sha256(JSON.stringify(inOrder(value)));
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, inOrder(item)]));
}

/** Everybody whose credentials were used. */
export function callersOf({ callers }: ChosenCallers): Caller[] {
  const { deployer, vendor, strangerInVendorAccount, strangerAccount } = callers;
  return [deployer, vendor, strangerInVendorAccount, strangerAccount].flatMap((party) =>
    party?.arn === undefined ? [] : [{ title: party.title, arn: party.arn, ...(party.account ? { account: party.account } : {}) }],
  );
}

/** The policies as they were read last. */
export function livePoliciesOf({ buckets, roles, kms, dataFlows = [], organizationPolicies = [] }: AccountModel): LivePolicy[] {
  const policies: readonly PlannedPolicy[] = [
    ...buckets.flatMap((bucket) => bucket.policies),
    ...roles.flatMap((role) => [
      role.trustPolicy,
      ...role.inlinePolicies,
      ...role.managedPolicies,
      ...(role.permissionsBoundary ? [role.permissionsBoundary] : []),
    ]),
    ...(kms?.keys ?? []).flatMap(({ policy }) => policy ?? []),
    ...dataFlows.flatMap(({ policy }) => policy ?? []),
    ...organizationPolicies.map(({ policy }) => policy),
  ];
  // What could not be read is a placeholder.
  const read = policies.filter(({ document }) => !(typeof document === "string" && hasUnknown(document)));
  return read.map(({ document, location: { file, address } }) => ({
    policy: address === undefined ? file : `${address} of ${file}`,
    sha256: jsonSha256(document),
  }));
}
