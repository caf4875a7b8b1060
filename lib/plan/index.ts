/** Reads Terraform JSON into a model of the account. Does no I/O and runs no Terraform. */

export type { AccountModel, Estate, EstatePart } from "./account-model";
export { isContract, mayHoldContract } from "./contracts";
export { type FileGroup, groupFiles } from "./files/group-files";
export { lineOf, linesOf, withLine, withLines } from "./files/lines";
export { PlanReadError } from "./files/plan-read-error";
export type { ProjectFile, ProjectFiles } from "./files/project-files";
export { readConfiguration, readEstate, readPlan } from "./read-plan";
export { dnsSuffixOf } from "./resources/provider";
export { withoutKeys } from "./resources/unresolved-owner";
export type {
  IgnoredChange,
  KnownOrganizations,
  PlanFile,
  PlannedBucket,
  PlannedContract,
  PlannedDataFlow,
  PlannedKey,
  PlannedKeyGrant,
  PlannedKeys,
  PlannedOrganizationPolicy,
  PlannedPolicy,
  PlannedRole,
  PlannedServiceGrant,
  PlanProblem,
  RefusedArgument,
  Setting,
} from "./types";
