/** Destinations and modes that requests go wrong in. Together they have each mode, each way of access, versions or none, a KMS key or none. */
import type { Destination } from "./account";

export const DESTINATIONS: readonly Destination[] = [
  { as: "vendor", door: "role", isVersioned: false, hasKey: false },
  { as: "vendor", door: "bucketPolicy", isVersioned: true, hasKey: false },
  { as: "deployer", door: "role", isVersioned: true, hasKey: true },
  { as: "deployer", door: "bucketPolicy", isVersioned: false, hasKey: false },
  { as: "stand-in", door: "role", isVersioned: false, hasKey: true },
  { as: "stand-in", door: "role", isVersioned: true, hasKey: false },
  { as: "role", door: "role", isVersioned: true, hasKey: false },
];

export function titleOf({ as, door, isVersioned, hasKey }: Destination): string {
  const access = door === "role" ? "a role" : "the bucket policy";
  return `as ${as} through ${access}${isVersioned ? ", versioned" : ""}${hasKey ? ", with a KMS key" : ""}`;
}
