/** Reports for the page, made by validations of accounts that are as wrong as each test needs. */

import type { DestinationReport, ValidateReport } from "../../../../cli/report/validate/types";
import { validateAll } from "../../../../cli/validate/all";
import type { DeliveryContract } from "../../../../lib/contract/types";
import { denied } from "../../fake-aws";
import { contractOf, FakeDestination } from "../../fake-destination";

export interface Shown {
  readonly report: ValidateReport;
  readonly contracts: readonly DeliveryContract[];
}

export async function reportOf(found: readonly (readonly [DeliveryContract, DestinationReport])[]): Promise<Shown> {
  const contracts = found.map(([contract]) => contract);
  const reports = new Map(found);
  const report = await validateAll(contracts, {
    concurrency: 1,
    program: "vendor-destination 0.1.0",
    now: () => Date.UTC(2026, 0, 31, 12),
    validate: async (contract) => reports.get(contract)!,
    finished: () => {},
  });
  return { report, contracts };
}

const VENDOR_HANDS = {
  sources: {
    deployer: { kind: "environment" },
    vendor: { kind: "profile", name: "vendor" },
    strangers: [{ kind: "profile", name: "stranger" }],
  },
} as const;

/** The vendor acts itself, and all is well. */
export async function good(name: "kandji" | "sixsense" = "kandji"): Promise<[DeliveryContract, DestinationReport]> {
  const place = new FakeDestination(contractOf(name));
  return [place.contract, await place.validate(VENDOR_HANDS)];
}

/** Deliveries are refused, the bucket accepts plain HTTP by its policy, and the test object cannot be removed. */
export async function bad(): Promise<[DeliveryContract, DestinationReport]> {
  const place = new FakeDestination(contractOf("kandji"));
  place.inline = {
    Version: "2012-10-17",
    Statement: [{ Sid: "Narrow", Effect: "Allow", Action: "s3:ListBucket", Resource: place.contract.bucket.arn }],
  };
  place.policy = { Version: "2012-10-17", Statement: [] };
  place.versioned = true;
  place.aws.plan("s3:DeleteObject", () => {
    // The right is lost once something is written.
    if (place.objects.length === 0) return {};
    throw denied();
  });
  return [place.contract, await place.validate()];
}
