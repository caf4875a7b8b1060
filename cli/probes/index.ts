export { assumeRole, SESSION_NAME } from "./attempt";
export { canary } from "./canary";
export { multipart } from "./multipart";
export type { Performed } from "./outcome";
export { ASSUMED, type Callers, type Performance, perform } from "./perform";
export { contextValue, isPlainHttp } from "./requests";
export { createStandIn, leftStandIn, removeStandIn, type StandIn, StandInLeft } from "./stand-in-role";
