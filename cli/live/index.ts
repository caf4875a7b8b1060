export { accessPointFindings } from "./access-point-findings";
export { type Analysis, analyze } from "./analyzer";
export { bucketFindings } from "./bucket-findings";
export { drift } from "./drift";
export { Analyzers, type ExternalAccess, externalAccessFindings, readExternalAccess, shownTime } from "./external-access";
export { foreignBucket } from "./foreign-bucket";
export { keyFindings } from "./key-findings";
export { liveFindings, lockedOut } from "./live-findings";
export { defaultLocation, findBucket, isMissing, type Located, locate, missingBucket, otherRegion } from "./locate";
export { judgeNamedCallers } from "./named-callers";
export { namesRole } from "./names-role";
export { proveLive } from "./proofs";
export {
  type Judge,
  Organizations,
  type ReadBack,
  readBack,
  readSurroundings,
  readUntilStable,
  type Surroundings,
  type Unseen,
} from "./read-back";
export { ruleFindings } from "./rule-findings";
export { type Simulated, simulate } from "./simulate";
