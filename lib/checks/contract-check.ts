import { TerraformDataSource, type TerraformElement, TerraformResource, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { ContractTerms, DeliveryContract } from "../contract";
import * as errors from "../errors";
import type { AccountModel } from "../plan";
import { resolveTokens } from "../tokens";
import type { CheckedBucket } from "./checked-bucket";

/** Loaded at the first synthesis: the judge is larger than the rest of the package. */
function judgeRooms() {
  return {
    ...(require("../judge") as typeof import("../judge")),
    ...(require("../contract") as typeof import("../contract")),
    ...(require("../evaluate") as typeof import("../evaluate")),
    ...(require("../plan") as typeof import("../plan")),
    ...(require("../rules") as typeof import("../rules")),
  };
}

/** A destination and the terms of its contract. */
interface JudgedDestination {
  readonly destination: IConstruct;
  readonly terms: ContractTerms;
}

/**
 * What breaks the contracts of destinations, and the severe findings of `check` in them.
 *
 * The stack is read once, however many destinations there are, including resources that users attach to a bucket or role. The judge shares
 * no code with the constructs that wrote the policies. `check` on the plan judges what only Terraform will know.
 */
export function contractErrors(
  stack: TerraformStack,
  constructs: readonly IConstruct[],
  destinations: readonly JudgedDestination[],
): string[] {
  const inputs = destinations.map(({ terms }) => ({ input: terms }));
  const model = accountModelOf(stack, constructs.filter(isJudged), { terraform_data: { ...inputs } });
  const { judge, readContract, reasonInContract } = judgeRooms();
  const contracts = model.contracts.map(({ contract }) => readContract(contract, model.name));
  const broken = contracts.flatMap((contract) =>
    judge(contract, model)
      .filter((result) => result.outcome === "fail" && reasonInContract(result, contract) === undefined)
      .map(({ id, title, cause, remedy }) => errors.contractBroken({ id, title, cause, remedy, at: contract.id })),
  );
  return [...broken, ...graveFindings(model, contracts), ...contracts.flatMap(acceptanceErrors)];
}

/** Acceptances of findings that nobody can accept. */
function acceptanceErrors(contract: DeliveryContract): string[] {
  const { whyNotAcceptable } = judgeRooms();
  return (contract.acceptances ?? []).flatMap(({ id }) => {
    const why = whyNotAcceptable(id, [contract]);
    return why === undefined ? [] : [errors.findingNotAcceptable(id, why, contract.id)];
  });
}

/**
 * The severe findings of `check` in a destination, whatever its contract expects. Only `check` reports the others, because its options can
 * allow them.
 */
function graveFindings(model: AccountModel, contracts: readonly DeliveryContract[]): string[] {
  const { applyRules, reasonInContracts, RULE_INFOS } = judgeRooms();
  return applyRules(model, contracts)
    .filter(({ severity, acceptedAs, contracts: concerned }) => severity === "high" && acceptedAs === undefined && concerned.length > 0)
    .filter((finding) => reasonInContracts(finding, contracts) === undefined)
    .map(({ ruleId: id, detail: cause, remedy, contracts: [at] }) =>
      errors.policyFinding({ id, title: RULE_INFOS.get(id)!.title, cause, remedy, at: at! }),
    );
}

/**
 * The statements that make the bucket policy public by AWS's definition: Block Public Access would refuse the policy.
 *
 * Their Sids, or their positions from 1.
 */
export function publicStatements(bucket: CheckedBucket): string[] {
  const { isPublic, compiledPolicy, PolicyGrammarError } = judgeRooms();
  const { buckets } = accountModelOf(bucket, [bucket.bucket, bucket.policy]);
  const policies = buckets.flatMap((planned) => planned.policies.map((policy) => compiledPolicy(policy, "resource")));
  return policies.flatMap((policy) =>
    policy instanceof PolicyGrammarError
      ? []
      : isPublic(policy)
          .statements.filter((one) => one.isPublic === "yes")
          .map(({ statement }) => statement.sid ?? `${statement.index + 1}`),
  );
}

type Judged = TerraformResource | TerraformDataSource;

/** Rules about who may reach a bucket. Two notification configurations of one bucket have a separate message. */
function isJudged(construct: IConstruct): construct is Judged {
  if (TerraformDataSource.isTerraformDataSource(construct)) return construct.terraformResourceType === "aws_iam_policy_document";
  return (
    TerraformResource.isTerraformResource(construct) && /^aws_(s3_bucket(?!_notification)|iam_|kms_)/.test(construct.terraformResourceType)
  );
}

type Blocks = Record<string, Record<string, unknown>>;

/** The account that the elements describe, as they will be written. */
function accountModelOf(scope: IConstruct, elements: readonly TerraformElement[], more: Blocks = {}): AccountModel {
  const config: Record<"resource" | "data", Blocks> = { resource: more, data: {} };
  for (const element of elements) {
    const written: { readonly resource?: Blocks; readonly data?: Blocks } = element.toTerraform();
    for (const kind of ["resource", "data"] as const) {
      for (const [type, blocks] of Object.entries(written[kind] ?? {})) {
        config[kind][type] ??= {};
        Object.assign(config[kind][type], blocks);
      }
    }
  }
  return judgeRooms().readConfiguration(resolveTokens(scope, config), scope.node.path);
}
