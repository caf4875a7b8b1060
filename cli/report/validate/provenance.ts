/**
 * What a report says about itself, for every format: who made requests to which endpoints, about which contract, and which policies were
 * read.
 */
import type { DestinationReport, LiveResult, ValidateReport } from "./types";

export interface Fact {
  readonly name: string;
  readonly text: string;
}

/** A warning; undefined if every request went to AWS. */
export function notOfAws({ provenance: { endpointsNotOfAws } }: Pick<ValidateReport, "provenance">): string | undefined {
  if (endpointsNotOfAws.length === 0) return undefined;
  return `this run did not ask AWS, but an emulator or a gateway: ${endpointsNotOfAws.join(", ")}`;
}

export function factsOfRun({ program, startedAt, provenance }: ValidateReport): Fact[] {
  const { programSha256, endpoints } = provenance;
  return [
    { name: "started", text: startedAt },
    { name: "program", text: `${program}, sha256 ${programSha256}` },
    { name: "endpoints", text: endpoints.join(", ") || "none: no request was made" },
  ];
}

export function factsOfDestination({ callers, contract, contractSha256, livePolicies }: DestinationReport): Fact[] {
  return [
    ...callers.map(({ title, arn, account }) => ({ name: "caller", text: `${title}: ${arn}${account ? `, account ${account}` : ""}` })),
    { name: "contract", text: `${contract}, sha256 ${contractSha256}` },
    ...livePolicies.map(({ policy, sha256 }) => ({ name: "live policy", text: `${policy}, sha256 ${sha256}` })),
  ];
}

/** `request 4442587FB7D0A2F9`; undefined if no request was made. */
export function requestsOf({ requestIds = [] }: LiveResult): string | undefined {
  if (requestIds.length === 0) return undefined;
  return `request${requestIds.length === 1 ? "" : "s"} ${requestIds.join(", ")}`;
}
