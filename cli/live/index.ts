export { type Analysis, analyze } from "./analyzer";
export { drift } from "./drift";
export { liveFindings } from "./live-findings";
export { type Located, locate, nowhere } from "./locate";
export type { ReadBack } from "./read-back";
export { ruleFindings } from "./rule-findings";
export { settledReading } from "./settled-reading";
export { type Simulated, simulate } from "./simulate";
