/**
 * Asks the IAM policy simulator what the role may do at the bucket.
 *
 * The simulator cannot act as a role. So it is asked only if the bucket policy has no Allow statement, and its Deny statements apply to
 * every principal.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
 */
import { accountOf, type DeliveryContract, type Expectation } from "../../lib/contract";
import type { AccountModel, PlannedPolicy } from "../../lib/plan";
import { type Aws, type Failure, failureOf, type Operations } from "../aws";
import { contextValue, isPlainHttp } from "../probes";

export interface Simulated {
  /** The simulator's decisions, by expectation. */
  readonly decisions: ReadonlyMap<string, "allowed" | "denied">;
  /** Why the simulator gave no answer. */
  readonly failure?: Failure;
}

type Input = Operations["iam:SimulateCustomPolicy"][0];
type Output = Operations["iam:SimulateCustomPolicy"][1];
type Entries = NonNullable<Input["ContextEntries"]>;

export interface SimulateOptions {
  readonly aws: Aws;
  readonly account: AccountModel;
  readonly signal: AbortSignal;
}

export async function simulate(contract: DeliveryContract, { aws, account, signal }: SimulateOptions): Promise<Simulated> {
  const decisions = new Map<string, "allowed" | "denied">();
  const fixed = fixedInput(contract, account);
  if (!fixed) return { decisions };
  const asked = contract.expectations.filter(({ actor, action }) => actor === "vendor" && action.startsWith("s3:"));
  try {
    await Promise.all(
      [...grouped(asked).values()].map(async (group) => {
        const answer = await aws.call("iam:SimulateCustomPolicy", inputOf(group, contract, fixed), { signal });
        for (const expectation of group) {
          const decision = decisionOn(expectation, answer.EvaluationResults ?? []);
          if (decision !== undefined) decisions.set(expectation.id, decision === "allowed" ? "allowed" : "denied");
        }
      }),
    );
    return { decisions };
  } catch (error) {
    signal.throwIfAborted();
    return { decisions: new Map(), failure: failureOf(error, "iam:SimulateCustomPolicy") };
  }
}

/**
 * The decision on one expectation; undefined if a context key was missing. The simulator returns one result for each action and
 * resource, or one for each action with the resources inside.
 */
function decisionOn({ action, resource }: Expectation, results: NonNullable<Output["EvaluationResults"]>): string | undefined {
  for (const { EvalActionName, EvalResourceName, EvalDecision, MissingContextValues, ResourceSpecificResults } of results) {
    if (EvalActionName !== action) continue;
    const inner = ResourceSpecificResults?.find((candidate) => candidate.EvalResourceName === resource);
    const missing = inner ? inner.MissingContextValues : MissingContextValues;
    if ((missing?.length ?? 0) > 0) return undefined;
    if (inner) return inner.EvalResourceDecision;
    if (EvalResourceName === resource) return EvalDecision;
  }
  return undefined;
}

interface Fixed {
  readonly identity: Pick<Input, "PolicyInputList" | "PermissionsBoundaryPolicyInputList">;
  readonly bucketPolicy: string | undefined;
  readonly account: string;
}

/** The inputs that all requests share; undefined if the simulator cannot judge. */
function fixedInput(contract: DeliveryContract, account: AccountModel): Fixed | undefined {
  const role = account.roles.find(({ name }) => name === contract.role?.name);
  const bucket = account.buckets.find(({ name }) => name === contract.bucket.name);
  const owner = contract.role && accountOf(contract.role.arn);
  if (!role || !bucket || owner === undefined) return undefined;
  // The simulator is not given the policies of the organization.
  if (!(account.organizationPolicies ?? []).every(({ policy }) => allowsEverything(policy))) return undefined;
  const identity = [...role.inlinePolicies, ...role.managedPolicies];
  const boundary = role.permissionsBoundary ? [role.permissionsBoundary] : [];
  const readable = [...identity, ...boundary, ...bucket.policies].every(
    ({ document, text }) => typeof document === "object" && text !== undefined,
  );
  if (!readable || identity.length === 0 || !bucket.policies.every(deniesEveryPrincipal)) return undefined;
  return {
    identity: {
      PolicyInputList: identity.map(({ text }) => text!),
      ...(boundary.length > 0 ? { PermissionsBoundaryPolicyInputList: boundary.map(({ text }) => text!) } : {}),
    },
    bucketPolicy: bucket.policies[0]?.text,
    account: owner,
  };
}

function statementsOf({ document }: PlannedPolicy): readonly Readonly<Record<string, unknown>>[] {
  const statements = (document as { Statement?: unknown }).Statement;
  return (Array.isArray(statements) ? statements : [statements]).map((statement) => statement ?? {});
}

/** As `FullAWSAccess` and `RCPFullAWSAccess` do. */
function allowsEverything(policy: PlannedPolicy): boolean {
  return statementsOf(policy).every(
    ({ Effect, Action, Resource, Condition }) => Effect === "Allow" && Action === "*" && Resource === "*" && Condition === undefined,
  );
}

function deniesEveryPrincipal(policy: PlannedPolicy): boolean {
  return statementsOf(policy).every(({ Effect, Principal }) => {
    const isEveryone = Principal === "*" || (typeof Principal === "object" && (Principal as { AWS?: unknown } | null)?.AWS === "*");
    return Effect === "Deny" && isEveryone;
  });
}

/** Expectations with the same context, which one call can ask about. */
function grouped(expectations: readonly Expectation[]): Map<string, Expectation[]> {
  const groups = new Map<string, Expectation[]>();
  for (const expectation of expectations) {
    const key = JSON.stringify(expectation.context);
    groups.set(key, [...(groups.get(key) ?? []), expectation]);
  }
  return groups;
}

function inputOf(group: readonly Expectation[], { partition }: DeliveryContract, { identity, bucketPolicy, account }: Fixed): Input {
  const [first] = group as [Expectation];
  return {
    ...identity,
    ActionNames: [...new Set(group.map(({ action }) => action))],
    ResourceArns: [...new Set(group.map(({ resource }) => resource))],
    ContextEntries: contextEntries(first),
    ...(bucketPolicy !== undefined
      ? {
          ResourcePolicy: bucketPolicy,
          ResourceOwner: `arn:${partition}:iam::${account}:root`,
          // This user need not exist. It stands for any principal, since the bucket policy treats all alike.
          CallerArn: `arn:${partition}:iam::${account}:user/vendor-destination-simulation`,
        }
      : {}),
  };
}

function contextEntries(expectation: Expectation): Entries {
  const secure = {
    ContextKeyName: "aws:SecureTransport",
    ContextKeyType: "boolean",
    ContextKeyValues: [String(!isPlainHttp(expectation))],
  };
  const others = Object.keys(expectation.context)
    .filter((key) => key.toLowerCase() !== "aws:securetransport")
    .map((key) => ({ ContextKeyName: key, ContextKeyType: "string", ContextKeyValues: [contextValue(expectation, key) ?? ""] }));
  return [secure, ...others] as Entries;
}
