/** Every message of the constructs, one function each. */
export * from "./access";
export * from "./bucket";
export * from "./deliveries";
export type { PropValue } from "./message";
export * from "./names";
export * from "./policies";
export * from "./profiles";
export * from "./props";
export * from "./warnings";
