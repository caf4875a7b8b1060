import { accountOf, type DeliveryContract, substituteOwnAccount, wholeAccountOf } from "../../contract";
import { type CompiledStatement, memoizeByObject } from "../../evaluate";
import { additionalCallers, namedPrincipals, namesEverybody } from "../../judge";
import { fillUnknown, isUnknown } from "../../unknown";
import { matches } from "../patterns";
import { allowedInBucket } from "../reach/bucket-access";
import { isSessionOf, vendorsOf } from "../reach/vendors";
import type { JudgedPolicy, Rule, RuleAnswer } from "../rule";
import { listed } from "../statements";

export const vendorInAnotherBucket: Rule = {
  id: "vendor-in-another-bucket",
  title: "a bucket policy grants a vendor access that belongs to no contract of the bucket",
  severity: "medium",
  everywhere: true,
  reason: "The vendor delivers to the buckets of its contracts; access to any other bucket is a risk without benefit",
  details:
    "The role that a vendor assumes is a principal of your own account: a statement for everybody in your account or organization includes it. A " +
    "statement that names the account as a whole (its root) does not, because it needs an identity policy too.",
  remedy: "name the principals that need the bucket, without the vendor's principal or role, or define a destination for the bucket",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  kinds: ["resource"],
  effect: "Allow",
  evenUnknown: true,
  statement: (statement, policy) => namedVendors(statement, policy) ?? broadlyNamed(statement, policy),
};

/** Vendors that the statement names: themselves, their roles, or their accounts. */
function namedVendors(statement: CompiledStatement, { contracts, vendors, allContracts, model }: JudgedPolicy): RuleAnswer {
  const expected = new Set(contracts.flatMap(principalsOf));
  const named = additionalCallers(statement, (text) => expected.has(substituteOwnAccount(text))).filter((text) => {
    const caller = substituteOwnAccount(text);
    const account = wholeAccountOf(caller);
    // The vendor chooses the name of its session.
    const isSession = contracts.length === 0 && isSessionOf(caller, vendorsOf(allContracts, model));
    return (
      isSession || vendors.has(caller) || (contracts.length === 0 && account !== undefined && accountsOfVendors(allContracts).has(account))
    );
  });
  return named.length === 0 ? undefined : `it names ${listed(named)}`;
}

/** Many buckets ask about the same contracts. */
const accountsOfVendors = memoizeByObject(
  (contracts: readonly DeliveryContract[]) => new Set(contracts.flatMap(({ vendorPrincipals }) => vendorPrincipals.map(accountOf))),
);

function principalsOf({ vendorPrincipals, role }: DeliveryContract): string[] {
  return substituteOwnAccount([...vendorPrincipals, ...(role === undefined ? [] : [role.arn])]);
}

/** A role of a vendor that the statement includes without naming it. */
function broadlyNamed(statement: CompiledStatement, policy: JudgedPolicy): RuleAnswer {
  const { bucket } = policy;
  if (bucket === undefined || !isBroad(statement)) return undefined;
  const own = new Set(policy.contracts);
  const others = policy.allContracts.filter((contract) => !own.has(contract));
  let open: string | undefined;
  for (const arn of distinctRoles(statement, others)) {
    const role = policy.model.roles.find((each) => substituteOwnAccount(each.arn) === arn || each.name === arn.split("/").at(-1));
    if (role === undefined) continue;
    const access = allowedInBucket(role, statement, bucket);
    if (access === undefined) continue;
    const text = `it allows ${role.name}, which a vendor assumes, ${access.action} in ${bucket.bucket.name}`;
    if (access.because === undefined) return text;
    open ??= `whether ${text}: ${access.because}`;
  }
  return open === undefined ? undefined : { detail: open, isUnknown: true };
}

function isBroad(statement: CompiledStatement): boolean {
  const { principal, unknowns } = statement;
  if (principal === undefined) return unknowns.length > 0;
  // Another rule reports `*` without a condition, which is wrong whoever the vendor is.
  if (namesEverybody(statement)) return statement.conditions.length > 0;
  return principal.not || namedPrincipals(statement).aws.some(isUnknown);
}

/** The roles that the statement can distinguish: only some conditions differ between roles of one account. */
function distinctRoles({ conditions, principal }: CompiledStatement, contracts: readonly DeliveryContract[]): readonly string[] {
  const arns = [...new Set(contracts.flatMap(({ role }) => (role === undefined ? [] : [substituteOwnAccount(role.arn)])))];
  const byArn = conditions.find(({ key, negated }) => key === "aws:principalarn" && !negated);
  if (byArn !== undefined) return arns.filter((arn) => byArn.values.some((value) => matches(fillUnknown(value, "*"), arn)));
  const tellsApart = principal?.not || conditions.some(({ key }) => /^aws:(principalarn|userid|principaltag)/.test(key));
  return tellsApart ? arns : arns.slice(0, 1);
}
