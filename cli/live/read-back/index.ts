/** Reads the live bucket and role until the reading is stable. */
export type { BlockSetting } from "./account-block";
export { AccountReader, type Unread } from "./account-reader";
export { type AclGrant, grantsAction, isOfLogDelivery } from "./bucket-acl";
export { allPages, type Listed } from "./pages";
export type { LiveAccessPoint } from "./read-access-points";
export { type ReadBack, readBack } from "./read-back";
export { Organizations } from "./read-organization";
export { ACCESS_GRANTS, readSurroundings, type Surroundings } from "./read-surroundings";
export { type Judge, readUntilStable } from "./read-until-stable";
export { type Unseen, unseen } from "./unseen";
