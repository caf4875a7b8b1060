import { accountOf } from "../../contract";
import type { CompiledStatement } from "../../evaluate";
import { additionalCallers } from "../../judge";
import { hasUnknown, unknownPattern } from "../../unknown";
import type { JudgedPolicy, Rule } from "../rule";
import { isExpected, isOwnAccount, listed } from "../statements";

/** Another rule reports unique IDs in `Principal`. */
const UNIQUE_ID = /^A(ROA|IDA)[A-Z0-9]+$/;

/** The unique ID of a role or user of the account in which Terraform works. */
const OWN_UNIQUE_ID = unknownPattern(/(?:.*\.)?(?:data\.)?aws_iam_(?:role|user)\.[\w-]+(?:\[[^\]]*\])?\.unique_id/);

/** Keys that restrict `*` to a network, not to callers. */
const NETWORKS: ReadonlyMap<string, string> = new Map([
  ["aws:sourceip", "with an IP address in"],
  ["aws:vpcsourceip", "with an IP address in"],
  ["aws:sourcevpc", "in the VPC"],
  ["aws:sourcevpce", "through the VPC endpoint"],
]);

export const unexpectedPrincipal: Rule = {
  id: "unexpected-principal",
  title: "an Allow names a principal that no contract names",
  severity: "medium",
  reason: "The principal has access in addition to the vendor, and the delivery does not need it",
  remedy:
    "remove the principal, or define a destination for it; if it belongs to your account, pass the account with --account or write " +
    "the principal with data.aws_caller_identity",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  kinds: ["resource", "trust"],
  evenUnknown: true,
  effect: "Allow",
  statement: (statement, policy) => {
    if (policy.contracts.length === 0) return undefined;
    const unexpected = unexpectedCallers(statement, policy).flatMap((caller) =>
      caller === "*" ? everybodyInNetwork(statement) : [caller],
    );
    if (unexpected.length === 0) return undefined;
    if (unexpected.every((caller) => mayBeExpected(caller, policy))) {
      return { detail: `the plan does not show whether a contract names ${listed(unexpected)}`, isUnknown: true };
    }
    return `no contract names ${listed(unexpected)}`;
  },
};

/** Whether an unknown principal may turn out to be the vendor's. One in an account without vendors cannot. */
function mayBeExpected(caller: string, policy: JudgedPolicy): boolean {
  if (!hasUnknown(caller) || isOwnAccount(caller, policy)) return false;
  const account = accountOf(caller);
  return (
    account === undefined || policy.contracts.some(({ vendorPrincipals }) => vendorPrincipals.some((one) => accountOf(one) === account))
  );
}

/** The callers that an Allow of a bucket policy or trust policy names, and that no contract expects there. */
export function unexpectedCallers(
  statement: CompiledStatement,
  policy: Pick<JudgedPolicy, "kind" | "contracts" | "account">,
): readonly string[] {
  const kind = policy.kind === "trust" ? "trust" : "resource";
  return additionalCallers(
    statement,
    (caller) =>
      statement.principal?.texts.some((text) => text === caller && UNIQUE_ID.test(text)) === true ||
      OWN_UNIQUE_ID.test(caller) ||
      (kind === "resource" && isOwnAccount(caller, policy)) ||
      isExpected(caller, policy.contracts, kind),
  );
}

/** Describes a `*` that is only restricted to a network. Other rules report a `*` without restriction. */
function everybodyInNetwork({ conditions }: CompiledStatement): string[] {
  const tie = conditions.find(
    ({ key, operator, negated, ifExists, set }) => NETWORKS.has(key) && operator !== "Null" && !negated && !ifExists && !set,
  );
  return tie === undefined ? [] : [`everybody ${NETWORKS.get(tie.key)} ${listed(tie.values)}`];
}
