/** Who can do what to a bucket, in words. */
export { accessToBuckets, type BucketAccess, type CallerAccess, type GroupAccess } from "./bucket-access";
export { type ActorAccess, actorAccess } from "./cells";
export { type AccessChange, accessChanges } from "./changes";
export { type AccessHashes, accessHashes } from "./resource-worlds";
