import { rightFor, showFailure } from "../aws";
import type { ChosenCallers } from "../credentials";
import type { Analysis, ReadBack, Simulated } from "../live";

export interface Seen {
  readonly casting: ChosenCallers | undefined;
  readonly live: ReadBack | undefined;
  readonly simulated: Simulated;
  readonly analysis: Analysis;
  /** What other principals of the bucket policy may do, which nothing here speaks of. */
  readonly others: readonly string[];
}

export function notChecked({ casting, live, simulated, analysis, others }: Seen): string[] {
  const asVendor = casting?.mode === "vendor" && casting.cast.vendor !== undefined;
  return [
    ...(asVendor ? [] : ["the vendor's own policies, permissions boundary and SCPs: only the vendor's credentials can show them"]),
    ...(asVendor ? [] : ["SCPs and RCPs of this organization, as they bear on the vendor's requests"]),
    "Block Public Access of the account and the organization",
    "policies of VPC endpoints on the vendor's way",
    ...(live?.unread ?? []).map(({ operation, failure }) => `what ${rightFor(operation)} would tell: ${showFailure(failure)}`),
    ...(analysis.failure
      ? [`what access-analyzer:ValidatePolicy and access-analyzer:CheckNoPublicAccess would tell: ${showFailure(analysis.failure)}`]
      : []),
    ...(simulated.failure ? [`what iam:SimulateCustomPolicy (AWS's policy simulator) would tell: ${showFailure(simulated.failure)}`] : []),
    ...others.map((other) => `whether another destination of this bucket speaks for it: ${other}`),
  ];
}
