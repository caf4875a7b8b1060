/**
 * What the vendor can reach besides its bucket: by its role's own policies, and by the policies of other roles, buckets and KMS keys of the
 * input.
 */
export { accountOfKey, arnOfKey, type DescribedKey, describedKeyOf, describedKeys, nameOfKey } from "./described-keys";
export { estateFacts } from "./estate-facts";
export { type Reached, reached } from "./reached";
export { nothingBeside, nothingInOtherServices } from "./statements";
