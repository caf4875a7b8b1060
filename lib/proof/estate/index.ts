/**
 * What the vendor can reach besides its bucket: by its role's own policies, and by the policies of other roles and buckets of the input.
 */
export { estateFacts } from "./estate-facts";
export { nothingBeside, nothingInOtherServices } from "./statements";
