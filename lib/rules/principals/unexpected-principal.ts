import { accountOf, wholeAccountOf } from "../../contract";
import { type CompiledStatement, same } from "../../evaluate";
import { additionalCallers, isBroad, mayNarrowCallers } from "../../judge";
import { hasUnknown, MAYBE, unknownPattern } from "../../unknown";
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
    const callers = unexpectedCallers(statement, policy);
    const unexpected = callers.flatMap((caller) => (caller === "*" ? everybodyInNetwork(statement) : [caller]));
    if (unexpected.length === 0) return undefined;
    const isNarrowed = mayNarrowCallers(statement);
    if (callers.every((caller) => (isNarrowed && isBroad(caller)) || mayBeExpected(caller, policy))) {
      return { detail: `the plan does not show whether a contract names ${listed(unexpected)}`, isUnknown: true };
    }
    return `no contract names ${listed(unexpected)}`;
  },
};

/** Whether the principal may turn out to be the vendor's, because either is not known. One in an account without vendors cannot. */
function mayBeExpected(caller: string, policy: JudgedPolicy): boolean {
  if (caller === "*" || isOwnAccount(caller, policy)) return false;
  const account = accountOf(caller);
  const expected = policy.contracts.flatMap(({ vendorPrincipals }) => vendorPrincipals);
  if (hasUnknown(caller) && (account === undefined || expected.some((one) => accountOf(one) === account))) return true;
  return expected.some((one) => same(one, caller) === MAYBE || same(wholeAccountOf(one) ?? "", wholeAccountOf(caller) ?? "-") === MAYBE);
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
