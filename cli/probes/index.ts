export { ROLE_SESSION } from "./assume-role";
export { runCanary } from "./canary";
export { tryMultipartUpload } from "./multipart";
export type { Performed } from "./outcome";
export { contextValue, isPlainHttp } from "./requests";
export { runProbes } from "./run-probes";
export { createStandIn, type StandIn, StandInLeft } from "./stand-in-role";
export type { ProbeResults } from "./state";
