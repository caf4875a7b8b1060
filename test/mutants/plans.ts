/** The two examples' plans, and their parts that mutants change. */
import { Testing } from "cdktf";
import { KandjiStack } from "../../examples/kandji/stack";
import { SixSenseStack } from "../../examples/six-sense/stack";

/** Terraform JSON. The tests know its structure better than its type does. */
export type Plan = any;

export const EXAMPLES = ["kandji", "sixsense"] as const;
export type Example = (typeof EXAMPLES)[number];

const texts: Record<Example, string> = {
  kandji: Testing.synth(new KandjiStack(Testing.app(), "kandji")),
  sixsense: Testing.synth(new SixSenseStack(Testing.app(), "sixsense")),
};

/** A copy of the plan, to change. */
export function planOf(example: Example): Plan {
  return JSON.parse(texts[example]);
}

/** The only resource of a type. */
export function only(plan: Plan, type: string): Plan {
  return Object.values(plan.resource[type])[0];
}

/** Where the examples have policies. */
export const POLICIES = {
  bucket: ["aws_s3_bucket_policy", "policy"],
  trust: ["aws_iam_role", "assume_role_policy"],
  role: ["aws_iam_role_policy", "policy"],
} as const;
export type Place = keyof typeof POLICIES;

export function placesOf(example: Example): Place[] {
  return example === "kandji" ? ["bucket", "trust", "role"] : ["bucket"];
}

export function policyOf(plan: Plan, place: Place): Plan {
  const [type, attribute] = POLICIES[place];
  return JSON.parse(only(plan, type)[attribute]);
}

export function setPolicy(plan: Plan, place: Place, policy: unknown): void {
  const [type, attribute] = POLICIES[place];
  only(plan, type)[attribute] = typeof policy === "string" ? policy : JSON.stringify(policy);
}

/** Adds a resource. */
export function addResource(plan: Plan, type: string, name: string, resource: object): void {
  plan.resource[type] = { ...plan.resource[type], [name]: resource };
}
