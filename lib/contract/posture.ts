/** The settings of the bucket that a contract expects. */
import type { ContractTerms, PostureExpectation } from "./types";

const CHOSEN = "it was chosen for this destination";

/** IDs and titles of the settings in results. */
const SETTINGS: readonly { readonly property: string; readonly id: string; readonly title: string; readonly chosenBecause: string }[] = [
  { property: "encryption", id: "encryption", title: "the default encryption is as expected", chosenBecause: CHOSEN },
  { property: "bucketKeyEnabled", id: "bucket-key", title: "the bucket key is enabled", chosenBecause: CHOSEN },
  { property: "versioning", id: "versioning", title: "the versioning state is as expected", chosenBecause: CHOSEN },
  {
    property: "objectOwnership",
    id: "object-ownership",
    title: "Object Ownership is as expected",
    chosenBecause: "it decides whether ACLs work and who owns the objects",
  },
  {
    property: "region",
    id: "region",
    title: "the region is the one that was chosen",
    chosenBecause: "the vendor was given this region",
  },
];

/** The settings that terms can name. */
export const SETTING_NAMES: readonly string[] = SETTINGS.map(({ property }) => property);

const BLOCK_PUBLIC_ACCESS: readonly PostureExpectation[] = [
  { property: "blockPublicAcls", id: "block-public-acls", title: "public ACLs are refused" },
  { property: "ignorePublicAcls", id: "ignore-public-acls", title: "public ACLs are ignored" },
  { property: "blockPublicPolicy", id: "block-public-policy", title: "a public policy is refused" },
  { property: "restrictPublicBuckets", id: "restrict-public-buckets", title: "a public policy gives nobody access" },
].map((setting) => ({ ...setting, oneOf: ["true"], why: "the bucket must not be public" }));

export function postureExpectations({ vendor, bucket, settings: { documented, chosen } }: ContractTerms): PostureExpectation[] {
  const posture = [...BLOCK_PUBLIC_ACCESS];
  for (const { property, id, title, chosenBecause } of SETTINGS) {
    if (documented[property] !== undefined) {
      const documentedTitle = property === "region" ? `the region is one that ${vendor.name} supports` : title;
      posture.push({ id, title: documentedTitle, property, oneOf: documented[property], why: `${vendor.name} documents it` });
      // Of the supported regions, the one that the vendor was given.
      if (property === "region" && bucket.region !== undefined && documented[property].includes(bucket.region))
        posture.push({ id: "chosen-region", title, property, oneOf: [bucket.region], why: chosenBecause });
    } else if (chosen[property] !== undefined) {
      posture.push({ id, title, property, oneOf: chosen[property], why: chosenBecause });
    }
  }
  return posture;
}
