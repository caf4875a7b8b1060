import { accountOf, OWN_ACCOUNT, substituteOwnAccount } from "../../contract";
import { type CompiledPolicy, type CompiledStatement, decide, PolicyGrammarError } from "../../evaluate";
import { callersBeside, compiledPolicy, namedPrincipals, readablePolicies } from "../../judge";
import type { PlannedBucket, PlannedRole } from "../../plan";
import { hasUnknown, unknownText } from "../../unknown";
import { matches, s3Resource } from "../patterns";
import type { JudgedBucket, JudgedRole, Rule } from "../rule";
import { actionsMatching } from "../s3-actions";
import { actionsOf, BROAD_MANAGED_POLICIES, listed, resourcesOf } from "../statements";

/** Bucket actions that matter. Reading settings reveals little. */
const NOTABLE = /^s3:(Put|Delete|List)/;

export const otherRoleReachesDestination: Rule = {
  id: "other-role-reaches-destination",
  title: "another role gives an external account access to the destination",
  severity: "medium",
  everywhere: true,
  reason: "Whoever can assume the role can access the deliveries, although no contract allows it",
  remedy: "remove the bucket from the role's policies, or the account from its trust policy",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
  role: (judged) => {
    const { role, contracts, destinations } = judged;
    if (contracts.length > 0 || destinations.length === 0) return undefined;
    const principals = externalPrincipals(judged);
    if (principals.length === 0) return undefined;
    const policies = readablePolicies([...role.inlinePolicies, ...role.managedPolicies], "identity");
    for (const destination of destinations) {
      const action = reachableAction(role, policies, destination);
      if (action !== undefined)
        return `${listed(principals)} can assume ${role.name}, which can call ${action} in ${destination.bucket.name}`;
    }
    return undefined;
  },
};

/** Principals of other accounts in the trust policy. Another rule reports `*`, and identity providers belong to the account itself. */
function externalPrincipals({ role, account }: JudgedRole): readonly string[] {
  const trust = compiledPolicy(role.trustPolicy, "trust");
  if (trust instanceof PolicyGrammarError) return [];
  const isOwn = (caller: string) => {
    const id = accountOf(substituteOwnAccount(caller));
    return caller !== "*" && (id === undefined || id === account.id || id === OWN_ACCOUNT);
  };
  return [...new Set(trust.allows.flatMap((statement) => callersBeside(statement, isOwn)))].filter(
    (caller) => caller !== "*" && !hasUnknown(caller),
  );
}

/** Whether a resource of the statement can be the bucket or in it, as far as its text shows. */
function canName({ resource }: CompiledStatement, bucket: PlannedBucket): boolean {
  if (resource === undefined || resource.not) return true;
  return resource.texts.some((text) => {
    const place = s3Resource(text);
    return hasUnknown(text) || text.includes("${") || (place !== undefined && matches(place.bucket, bucket.name));
  });
}

function hasBroadPolicy({ managedPolicies }: PlannedRole): boolean {
  return managedPolicies.some(({ name }) => name !== undefined && name !== "IAMFullAccess" && BROAD_MANAGED_POLICIES.has(name));
}

/** An action that the role can call in the bucket, at least if conditions are met that the plan does not decide. */
function reachableAction(
  role: PlannedRole,
  identityPolicies: readonly CompiledPolicy[],
  { bucket, policies: ofBucket, account }: JudgedBucket,
): string | undefined {
  if (hasBroadPolicy(role)) return "s3:*";
  const principal = substituteOwnAccount(role.arn);
  const grants = [
    ...identityPolicies.flatMap(({ allows }) => allows),
    ...ofBucket
      .flatMap(({ allows }) => allows)
      .filter((statement) => namedPrincipals(statement).aws.some((text) => substituteOwnAccount(text) === principal)),
  ].filter((statement) => statement.unknowns.length === 0 && canName(statement, bucket));
  if (grants.length === 0) return undefined;
  const asked = [...grants, ...ofBucket.flatMap(({ denies }) => denies)].flatMap(({ conditions }) => conditions);
  const context = {
    ...Object.fromEntries(asked.map(({ key, keyText }) => [key, unknownText(`the value of ${keyText}`)])),
    "aws:securetransport": "true",
    "aws:principalarn": principal,
    "aws:principalaccount": account.id,
    "aws:resourceaccount": account.id,
    "s3:resourceaccount": account.id,
  };
  const [resourcePolicy] = ofBucket;
  return grants
    .flatMap((statement) => requestsOf(statement, bucket))
    .find(([action, resource]) => {
      const request = { principal, action, resource, resourceAccount: account.id, principalAccount: account.id, context };
      const { verdict } = decide(request, { identityPolicies, ...(resourcePolicy && { resourcePolicy }) });
      return verdict === "Allowed" || verdict === "unknown";
    })?.[0];
}

/** Requests that the statement covers: its actions, on the bucket and on the keys in its resources. */
function requestsOf(statement: CompiledStatement, { arn }: PlannedBucket): (readonly [action: string, resource: string])[] {
  const matched = (statement.action?.not ? ["s3:*"] : actionsOf(statement)).map(actionsMatching);
  const keys = resourcesOf(statement).flatMap((text) => s3Resource(text)?.key?.replace(/[*?]/g, "x") ?? []);
  const objects = [...new Set(["object", ...keys])].map((key) => `${arn}/${key}`);
  return [
    ...worstFirst(matched.flatMap((names) => names.objects)).flatMap((action) => objects.map((object) => [action, object] as const)),
    ...matched
      .flatMap((names) => names.buckets)
      .filter((action) => NOTABLE.test(action))
      .map((action) => [action, arn] as const),
  ];
}

/** Puts the most harmful actions first, so that the finding names one of them. */
function worstFirst(actions: readonly string[]): readonly string[] {
  const worst = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"].filter((action) => actions.includes(action));
  return [...worst, ...actions.filter((action) => !worst.includes(action))];
}
