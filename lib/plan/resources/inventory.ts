/** Resources, from whatever kind of file they were read. */
import type { PolicyLocation } from "../../evaluate";
import type { JsonObject } from "../../json";
import type { AccountModel } from "../account-model";
import type { ProblemList } from "./problem-list";

/** One instance of a resource or data source. */
export interface Instance {
  /** Module path and index included: `module.logs["eu"].aws_s3_bucket.this[0]`. */
  readonly address: string;
  readonly type: string;
  readonly location: PolicyLocation;
  readonly provider: ProviderSettings;
  /**
   * An argument or attribute as the file has it, with references resolved: `undefined` or `null` where it is not set, placeholders for
   * unknown values. `attributes.ts` derives the attributes that AWS computes.
   */
  get(attribute: string): unknown;
  /** The names of the arguments and attributes that the file has. */
  readonly attributeNames: readonly string[];
  /** Whether it certainly exists: `count` or `for_each` may be unknown. */
  readonly isCertain: boolean;
  /** Whether it is there before the plan is applied, so that it may not have the settings of a new resource. */
  readonly isExisting: boolean;
  /** The ID with which an `import` block takes over the resource, where the configuration writes it out. */
  readonly importedId?: string | undefined;
  /** The value before the plan is applied; undefined where the file shows none. */
  before(attribute: string): unknown;
  locate(...path: readonly (string | number)[]): PolicyLocation;
  /** Whether the configuration sets the argument. A plan or state also shows values that AWS has returned. */
  isConfigured(attribute: string): boolean;
}

/** The account, region and partition that a provider configuration works in. */
export interface ProviderSettings {
  /** `aws`, or `aws.alias`, module path included. */
  readonly key: string;
  /** A placeholder where it is unknown, undefined where it is not set. */
  readonly region: string | undefined;
  readonly partition: string;
  /** 12 digits, or a placeholder that all resources with the same credentials share. */
  readonly account: string;
  /** The tags that the provider adds to every resource; undefined where there are none. */
  readonly defaultTags?: unknown;
  /** Names what the provider configuration authenticates with. */
  readonly credentials: string;
}

/** All resources of one stack, plan or state. */
export interface Inventory {
  readonly name: string;
  readonly source: AccountModel["source"];
  /** The types of the resources and data sources. */
  types(): readonly string[];
  /** The resources or data sources of a type, in the order of the file. */
  instances(type: string): readonly Instance[];
  /** Resources that the plan stops managing and AWS keeps. */
  kept(type: string): readonly Instance[];
  /** The last attributes of resources that the plan deletes. Attributes of other resources may still reflect them. */
  removed(type: string): readonly JsonObject[];
  /** The resources of a type in the other stacks. Their placeholders name their stack. */
  elsewhere?(type: string): readonly Instance[];
  /** The `aws_iam_policy` of another stack that has the ARN. */
  policyElsewhere?(arn: unknown): Instance | undefined;
  readonly problems: ProblemList;
}
