/** Reads the live bucket and role until the reading is stable. */
export type { Unread } from "./account-reader";
export { type AclGrant, grantsAction } from "./bucket-acl";
export { type ReadBack, readBack } from "./read-back";
export { type Judge, readUntilStable } from "./read-until-stable";
