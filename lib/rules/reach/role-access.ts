/** What a role can do in a bucket, and which of its rights can extend its own rights. */
import { DELEGATING_RIGHTS, LIMIT_REMOVING_RIGHTS, WIDENING_RIGHTS } from "../../access/data";
import { accountOf, OWN_ACCOUNT, substituteOwnAccount } from "../../contract";
import { type CompiledPolicy, type CompiledStatement, decide } from "../../evaluate";
import { namedPrincipals, namesEverybody } from "../../judge";
import type { PlannedRole } from "../../plan";
import type { Account, JudgedBucket } from "../rule";
import { includesAction, resourcesOf } from "../statements";
import { canName, requestsOf } from "./bucket-requests";
import { isKnownStatement, ownPolicies, policiesOfRole } from "./role-policies";
import { type Session, sessionRequest, sessionTagsOf } from "./session-context";

/** An action that the role can call. */
export interface RoleAccess {
  readonly action: string;
  /** Why it is not known whether the role can. */
  readonly because?: string;
}

/** A role whose account is unknown may be in the bucket's account, where its identity policies suffice. */
function accountOfRole(principal: string, { id }: Account): string {
  const account = accountOf(principal);
  return account === undefined || account === OWN_ACCOUNT || id === OWN_ACCOUNT ? id : account;
}

/** An action that the role can call in the bucket, perhaps only under conditions that the plan does not decide. */
export function accessOf(role: PlannedRole, { bucket, policies: ofBucket, account }: JudgedBucket): RoleAccess | undefined {
  const { identityPolicies, unknown } = policiesOfRole(role);
  const principal = substituteOwnAccount(role.arn);
  const [resourcePolicy] = ofBucket;
  const statements = [...identityPolicies, ...ofBucket].flatMap((policy) => policy.statements);
  const tags = sessionTagsOf(role);
  const session = { principal, account: accountOfRole(principal, account), resourceAccount: account.id, tags };
  const verdictOf = (action: string, resource: string) =>
    decide(sessionRequest(session, { action, resource }, statements), {
      ...ownPolicies(role),
      ...(resourcePolicy && { resourcePolicy }),
    });
  const grants = [
    ...identityPolicies.flatMap(({ allows }) => allows),
    ...ofBucket.flatMap(({ allows }) => allows).filter((statement) => mayName(statement, principal)),
  ].filter((statement) => canName(statement, bucket));
  const found = grants
    .filter(isKnownStatement)
    .flatMap((statement) => requestsOf(statement, bucket))
    .find(({ action, resource }) => ["Allowed", "unknown"].includes(verdictOf(action, resource).verdict));
  if (found !== undefined) return { action: found.action };
  if (grants.every(isKnownStatement)) return undefined;
  const undecided = grants
    .filter((statement) => !isKnownStatement(statement))
    .flatMap((statement) => requestsOf(statement, bucket))
    .find(({ action, resource }) => verdictOf(action, resource).verdict === "unknown");
  if (undecided === undefined) return undefined;
  return {
    action: undecided.action,
    because:
      unknown.length > 0 ? `the plan does not hold the text of ${unknown.join(", ")}` : "a part of its policies is known only after apply",
  };
}

function mayName(statement: CompiledStatement, principal: string): boolean {
  return namesEverybody(statement) || namedPrincipals(statement).aws.some((text) => substituteOwnAccount(text) === principal);
}

/**
 * Rights with which a role can act as another role that a function, machine, stack, build, job, notebook, cluster or S3 Access Grants
 * instance already has: it supplies or changes the code or the command that runs there, or opens a session there.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants.html
 */
const THROUGH_A_SERVICE: readonly string[] = [
  ...["lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration", "ecs:ExecuteCommand", "states:UpdateStateMachine"],
  ...["ssm:SendCommand", "ssm:StartSession", "ssm:CreateAssociation", "ssm:UpdateAssociation"],
  ...["ec2-instance-connect:SendSSHPublicKey", "ec2:ModifyInstanceAttribute"],
  ...["cloudformation:UpdateStack", "cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"],
  ...["codebuild:UpdateProject", "codebuild:StartBuild", "codebuild:StartBuildBatch"],
  ...["glue:UpdateJob", "glue:UpdateDevEndpoint", "glue:RunStatement"],
  ...["sagemaker:CreatePresignedNotebookInstanceUrl", "sagemaker:CreatePresignedDomainUrl"],
  ...["batch:SubmitJob", "elasticmapreduce:AddJobFlowSteps", "apprunner:UpdateService", "eks:CreateAccessEntry"],
  ...[
    "airflow:CreateCliToken",
    "airflow:CreateWebLoginToken",
    "appsync:UpdateFunction",
    "appsync:UpdateResolver",
    "synthetics:UpdateCanary",
  ],
  ...["transfer:ImportSshPublicKey", "s3:CreateAccessGrant", "s3:GetDataAccess"],
];

/**
 * A right with which the role can give itself access to everything in its account.
 *
 * @param reaches whether the role of an ARN may have access
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function wideningAction(role: PlannedRole, account: Account, reaches: (roleArn: string) => boolean): RoleAccess | undefined {
  const { identityPolicies } = policiesOfRole(role);
  const allows = identityPolicies.flatMap((policy: CompiledPolicy) => policy.allows).filter(isKnownStatement);
  const principal = substituteOwnAccount(role.arn);
  const partition = principal.split(":")[1]!;
  const statements = identityPolicies.flatMap((policy) => policy.statements);
  const session = { principal, account: account.id, resourceAccount: account.id, tags: sessionTagsOf(role) };
  const users = [`arn:${partition}:iam::${account.id}:user/any`];
  const resources = {
    role: [principal],
    policy: [`arn:${partition}:iam::${account.id}:policy/any`],
    user: users,
    group: users,
    // The plan seldom shows which roles of the account trust a provider.
    "saml-provider": [],
    "oidc-provider": [],
  };
  const can = (action: string, among: readonly string[]) =>
    among.some((resource) => {
      const { verdict } = decide(sessionRequest(session, { action, resource }, statements), ownPolicies(role));
      return verdict === "Allowed" || verdict === "unknown";
    });
  const listed = WIDENING_RIGHTS.filter(([action]) => allows.some((statement) => includesAction(statement, action)));
  const found = listed.find(([action, applied]) => can(action, resources[applied]));
  if (found !== undefined) return { action: found[0] };
  if (listed.length > 0)
    return { action: listed[0]![0], because: "it may change a role, a policy or an identity provider that gives access" };
  const passed = allows
    .filter((statement) => includesAction(statement, "iam:PassRole"))
    .flatMap((statement) => [principal, ...serviceResources("iam:PassRole", statement, session).filter(reaches)]);
  if (can("iam:PassRole", passed)) return { action: "iam:PassRole", because: "it may pass a role that has access to a service" };
  const allowedOf = (actions: readonly string[]) =>
    actions.find((action) =>
      allows.some((statement) => includesAction(statement, action) && can(action, serviceResources(action, statement, session))),
    );
  const delegating = allowedOf(DELEGATING_RIGHTS);
  if (delegating !== undefined) return { action: delegating, because: "it may let somebody act in the account" };
  const removing = allowedOf(LIMIT_REMOVING_RIGHTS);
  if (removing !== undefined) return { action: removing, because: "it may remove a Deny or a permissions boundary" };
  const through = allowedOf(THROUGH_A_SERVICE);
  return through === undefined ? undefined : { action: through, because: "it may act with the rights that a service has" };
}

/** Resources of the action's service that the statement covers. For Amazon S3, the instance of S3 Access Grants. */
function serviceResources(
  action: string,
  statement: CompiledStatement,
  { principal, account }: Pick<Session, "principal" | "account">,
): string[] {
  const [prefix] = action.split(":");
  // An account's root user is a resource of IAM.
  const service = prefix === "sts" ? "iam" : prefix;
  if (service === "s3") return [`arn:${principal.split(":")[1]}:s3:any-region:${account}:access-grants/default`];
  const texts = resourcesOf(statement).filter((text) => text === "*" || [service, "*"].includes(text.split(":")[2]));
  return statement.resource?.not ? ["*"] : texts.map((text) => text.replace(/[*?]/g, "x"));
}
