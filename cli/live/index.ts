export { type Analysis, analyze } from "./analyzer";
export { drift } from "./drift";
export { liveFindings } from "./live-findings";
export { defaultLocation, type Located, locate } from "./locate";
export type { ReadBack } from "./read-back";
export { type Judge, readUntilStable } from "./read-until-stable";
export { ruleFindings } from "./rule-findings";
export { type Simulated, simulate } from "./simulate";
