/** Models of what the files of an input describe, separately and together. */
import type {
  KnownOrganizations,
  PlannedBucket,
  PlannedContract,
  PlannedDataFlow,
  PlannedKeys,
  PlannedOrganizationPolicy,
  PlannedRole,
  PlannedServiceGrant,
  PlanProblem,
} from "./types";

/** The contents of one stack, module tree, plan or state. */
export interface AccountModel {
  /** Shown to people: the name of the stack or the path of the file. */
  readonly name: string;
  /** `live`: read from the account itself. */
  readonly source: "cdk.tf.json" | "tf.json" | "plan" | "state" | "live";
  readonly buckets: readonly PlannedBucket[];
  readonly roles: readonly PlannedRole[];
  readonly contracts: readonly PlannedContract[];
  /** Undefined where there are none. */
  readonly kms?: PlannedKeys;
  readonly dataFlows?: readonly PlannedDataFlow[];
  readonly serviceGrants?: readonly PlannedServiceGrant[];
  readonly organizationPolicies?: readonly PlannedOrganizationPolicy[];
  readonly organizations?: KnownOrganizations;
  readonly problems: readonly PlanProblem[];
}

/** One of the stacks, root modules, plans and states of an estate. */
export interface EstatePart {
  readonly name: string;
  readonly source: AccountModel["source"];
  /** How many buckets it holds. */
  readonly buckets: number;
  /** How many roles it holds. */
  readonly roles: number;
}

/** The model of all files together, with the parts that were joined. */
export interface Estate extends AccountModel {
  readonly parts: readonly EstatePart[];
}
