/** Policies and their statements. The functions that return text are for `node.addValidation`, when the tree is complete. */
import { message } from "./message";

export function malformedStatement(rule: string, got: unknown, at: string): Error {
  const remedy = "give one statement in IAM's JSON grammar";
  return message({ prop: "statement", got, at, code: "MalformedStatement", rule, remedy });
}

export function duplicateSid(sid: string, at: string): Error {
  const rule = "must be unique within the policy";
  return message({ prop: "Sid", got: sid, at, code: "DuplicateSid", rule, remedy: "rename one of the two statements" });
}

/** A policy and its limit. */
export interface PolicySize {
  /** `bucket policy`. */
  readonly policy: string;
  readonly limit: number;
  /** `bytes` or `characters`. */
  readonly unit: string;
  readonly size: number;
  readonly at: string;
}

export function policyTooLarge({ policy, limit, unit, size, at }: PolicySize): string {
  const remedy = "use several buckets or roles, each for some of the vendors";
  return message({ prop: policy, got: size, at, code: "PolicyTooLarge", rule: `must have at most ${limit} ${unit}`, remedy }).message;
}

export function emptyInlinePolicy(at: string): string {
  const remedy = "add what the role may do with addToPolicy()";
  return message({ prop: "inline policy", got: [], at, code: "EmptyPolicy", rule: "must hold a statement", remedy }).message;
}

/** @param other path of the construct that writes the policy, too. */
export function twoPolicyOwners(bucket: string, other: string, at: string): string {
  const rule = `of the bucket ${JSON.stringify(bucket)} must be written by this construct alone, because a second one overwrites it`;
  const remedy = "move its statements to addToResourcePolicy()";
  return message({ prop: "policy", got: other, at, code: "TwoBucketPolicies", rule, remedy }).message;
}

export function publicStatement(statement: string, at: string): string {
  const rule = "must not be public by AWS's definition: Block Public Access refuses such a policy";
  const remedy = "name the principals of this statement, or limit the grant by a condition, e.g. on aws:PrincipalOrgID";
  return message({ prop: "bucket policy", got: statement, at, code: "PublicBucketPolicy", rule, remedy }).message;
}

/** An expectation of the delivery contract that the stack does not meet, or a finding of a rule. */
export interface Failure {
  /** Of the expectation or the rule. */
  readonly id: string;
  /** `the vendor can put an object`. */
  readonly title: string;
  readonly cause?: string;
  readonly remedy?: string;
  readonly at: string;
}

export function contractBroken({ id, title, cause = "", remedy = "correct the policies of this stack", at }: Failure): string {
  return `ContractBroken: the expectation '${id}' (${title}) does not hold: ${cause}; ${remedy} (at ${at})`;
}

/** @param why nobody can accept the finding. */
export function findingNotAcceptable(id: string, why: string, at: string): string {
  const rule = `must be the ID of a finding that can be accepted: ${why}`;
  const remedy = "use the ID that the report of vendor-destination check shows";
  return message({ prop: "id", got: id, at, code: "FindingNotAcceptable", rule, remedy }).message;
}

/** @param construct `bucket` or `role`. */
export function acceptanceOutsideDestination(construct: string, id: string, at: string): string {
  const rule = `must be accepted on a bucket or role of a destination, and no destination uses this ${construct}`;
  const remedy = "accept it in the file of vendor-destination check --accept";
  return message({ prop: "id", got: id, at, code: "AcceptanceOutsideDestination", rule, remedy }).message;
}

export function policyFinding({ id, title, cause = "", remedy = "correct the policies of this stack", at }: Failure): string {
  return `PolicyFinding: '${id}' ${title}: ${cause}; ${remedy} (at ${at})`;
}
