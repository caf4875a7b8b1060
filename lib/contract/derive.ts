/** Derives everything that a contract expects from its terms, without reading any policy. */
import { strangerExpectations, trustExpectations, vendorExpectations } from "./expectations";
import { postureExpectations } from "./posture";
import type { ContractTerms, DeliveryContract } from "./types";

/** The contract of one destination. */
export function deriveContract(terms: ContractTerms): DeliveryContract {
  const { schemaVersion, id, vendor, door, partition, bucket, role, vendorPrincipals, externalIds, validator, accepted, cadence } = terms;
  const { keyPrefixes, granted, acceptances } = terms;
  const { endsAtPrefix, bucketActions, objectActions } = granted;
  const prefixes = endsAtPrefix && keyPrefixes.length > 0 ? keyPrefixes : [""];
  return {
    schemaVersion,
    id,
    vendor,
    door,
    partition,
    bucket,
    role,
    vendorPrincipals,
    externalIds,
    validator,
    accepted,
    ...(acceptances && { acceptances }),
    cadence,
    keyPrefix: keyPrefixes[0] ?? "",
    granted: { bucketActions, objectActions, objects: prefixes.map((prefix) => `${terms.bucket.arn}/${prefix}*`) },
    ...(terms.settings.documented.encryption && { documentedEncryptions: terms.settings.documented.encryption }),
    expectations: [...trustExpectations(terms), ...vendorExpectations(terms), ...strangerExpectations(terms)],
    posture: postureExpectations(terms),
  };
}
