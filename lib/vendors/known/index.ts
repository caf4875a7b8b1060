/** Profiles of vendors that have no construct of their own, one file each, by how they reach the bucket. */
export * from "./assumed-role";
export * from "./bucket-policy";
