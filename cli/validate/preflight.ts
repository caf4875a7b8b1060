/** Asks who the deployer is before anything else. Without credentials or network, one line says so instead of a hundred. */
import type { DeliveryContract } from "../../lib/contract";
import { type Failure, type Identities, isIdentity, regionToAskFrom, showCause } from "../aws";
import { type Sources, unknownIdentity } from "../credentials";
import { type DestinationReport, type LiveResult, liveMatrix, type Mode } from "../report/validate";
import { jsonSha256 } from "./provenance";

export interface PreflightOptions {
  readonly identities: Identities;
  readonly sources: Sources;
  readonly mode: Mode | undefined;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
  /** The profile of the environment, which AWS_PROFILE names. */
  readonly environmentProfile: string | undefined;
}

export interface NothingToAsk {
  /** The cause and what to do, in one line. */
  readonly line: string;
  readonly reports: readonly DestinationReport[];
}

/** No request to AWS can succeed, whatever the credentials. */
const UNREACHABLE = ["network", "tls", "proxy", "not-aws", "self-signed"];

/** Undefined if there are working credentials. */
export async function preflight(contracts: readonly DeliveryContract[], options: PreflightOptions): Promise<NothingToAsk | undefined> {
  const { identities, sources, mode = "deployer", region } = options;
  const [first] = contracts;
  if (first === undefined) return undefined;
  const found = await identities.of(sources.deployer, first.bucket.region ?? regionToAskFrom(first.partition, region));
  if (isIdentity(found)) return undefined;
  const hasVendor = sources.vendor !== undefined || sources.vendorToken !== undefined;
  if (hasVendor && !UNREACHABLE.includes(found.causeId ?? "")) return undefined;
  const cause = causeOf(found, options);
  const line = `nothing could be asked of AWS: ${cause}${found.remedy ? `; ${found.remedy}` : ""}`;
  const result = unknownIdentity({ id: "deployer-identity", title: "the deployer's credentials work", cause, remedy: found.remedy });
  return { line, reports: contracts.map((contract) => reportOf(contract, { mode, result, cause })) };
}

function causeOf(failure: Failure, { sources: { deployer }, endpoint, environmentProfile }: PreflightOptions): string {
  const base = deployer.kind === "role" ? deployer.by : deployer;
  const profile = base.kind === "profile" ? base.name : environmentProfile;
  const credentials = profile === undefined ? "the environment's credentials" : `the profile ${JSON.stringify(profile)}`;
  const whose = deployer.kind === "role" ? `${deployer.roleArn}, assumed by ${credentials}` : credentials;
  const where = UNREACHABLE.includes(failure.causeId ?? "") ? `STS${endpoint === undefined ? "" : ` at ${endpoint}`}` : whose;
  return showCause(failure, ` (${where})`);
}

interface Stopped {
  readonly mode: Mode;
  readonly result: LiveResult;
  readonly cause: string;
}

function reportOf(contract: DeliveryContract, { mode, result, cause }: Stopped): DestinationReport {
  const { id, vendor, bucket } = contract;
  return {
    contract: id,
    vendor: `${vendor.name} ${vendor.product}`,
    bucket: bucket.name,
    ...(bucket.region === undefined ? {} : { region: bucket.region }),
    mode,
    callers: [],
    contractSha256: jsonSha256(contract),
    livePolicies: [],
    results: [result],
    matrix: liveMatrix(contract, [], { why: cause }),
    notChecked: ["everything: nothing could be asked of AWS"],
    written: 0,
    left: [],
    durationMs: 0,
    stopped: cause,
  };
}
