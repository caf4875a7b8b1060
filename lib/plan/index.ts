/** Reads Terraform JSON into the account it describes. Pure: no files, no network, no Terraform. */
export { isContract, mayHoldContract } from "./contracts";
export { type FileGroup, groupFiles } from "./group-files";
export { lineOf, linesOf, withLine, withLines } from "./lines";
export { PlanReadError } from "./plan-read-error";
export { readConfiguration, readPlan } from "./read-plan";
export type {
  AccountModel,
  IgnoredChange,
  PlanFile,
  PlannedBucket,
  PlannedContract,
  PlannedPolicy,
  PlannedRole,
  PlanProblem,
  Setting,
} from "./types";
