/** Profiles of vendors that have no construct of their own, one file each, by what they deliver. */
export * from "./data";
export * from "./logs";
