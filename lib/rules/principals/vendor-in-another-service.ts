import { accountOf, OWN_ACCOUNT, substituteOwnAccount } from "../../contract";
import { type CompiledPolicy, type CompiledStatement, decide, splitArn } from "../../evaluate";
import { additionalCallers, namesEverybody } from "../../judge";
import { hasUnknown, showUnknown } from "../../unknown";
import { isUseOfBucketKey } from "../reach/bucket-keys";
import { belongingOf } from "../reach/recipients";
import { ownPolicies } from "../reach/role-policies";
import { compiledServicePolicy } from "../reach/service-policy";
import { sessionRequest, sessionTagsOf } from "../reach/session-context";
import { type Vendors, vendorsOf } from "../reach/vendors";
import type { JudgedServiceGrant, Rule, RuleFault } from "../rule";
import { actionsOf, listed } from "../statements";

export const vendorInAnotherService: Rule = {
  id: "vendor-in-another-service",
  title: "a resource of another service gives a vendor rights that belong to no contract",
  severity: "medium",
  reason:
    "The policy of a queue, topic, function, key, secret or table grants access by itself, whatever the policies of the bucket and of the role say",
  details:
    "The rule reads every policy of every resource of the provider hashicorp/aws, and the arguments that name a grantee. It finds the vendor's principal, other principals of the " +
    "vendor's account, the account as a whole, and the role that the vendor assumes. A statement for everybody counts where a condition asks who the caller is and the vendor's role " +
    "is among those that it asks for, such as everybody in your organization; one that opens the resource to anybody gives the vendor nothing as the vendor. Use of the KMS key of the bucket belongs to the " +
    "contract. The policy of a VPC endpoint allows nothing by itself. If the plan does not show whom a policy names, the exit code is 3.",
  remedy: "remove the vendor and its role from the policy, or accept the finding with the reason why the vendor needs the resource",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html",
  serviceGrant: (judged) => {
    const { grant } = judged;
    const compiled = compiledServicePolicy(grant.policy);
    if (compiled === undefined) return { detail: `whom ${placeOf(judged)} allows something, because it cannot be read`, isUnknown: true };
    const faults = compiled.allows.flatMap((statement) => faultOf(statement, compiled, judged) ?? []);
    return faults.find(({ isUnknown }) => !isUnknown) ?? faults[0];
  },
};

function placeOf({ grant: { argument, address } }: JudgedServiceGrant): string {
  return argument === undefined ? address : `${argument} of ${address}`;
}

function faultOf(statement: CompiledStatement, compiled: CompiledPolicy, judged: JudgedServiceGrant): RuleFault | undefined {
  const { contracts, model } = judged;
  if (isUseOfBucketKey(statement, judged)) return undefined;
  const vendors = vendorsOf(contracts, model);
  const place = placeOf(judged);
  const actions = listed(actionsOf(statement).filter((action) => action !== "*"));
  const what = actions === "" ? "" : `: ${actions}`;
  if (statement.principal === undefined) {
    if (statement.unknowns.every((source) => isOwnResource(source))) return undefined;
    return { detail: `whom ${place} allows something`, isUnknown: true };
  }
  const callers = additionalCallers(statement, () => false).map((caller) => substituteOwnAccount(caller));
  const named = callers.filter((caller) => isOfVendor(caller, vendors));
  if (named.length > 0) return { detail: `${place} names ${listed(named.map(showUnknown))}${what}` };
  const open = callers.filter((caller) => mayBeVendor(caller, vendors, judged));
  if (open.length > 0)
    return { detail: `whether ${place} names the vendor or its role: ${listed(open.map(showUnknown))}`, isUnknown: true };
  return broadFault(statement, compiled, { place, what, judged });
}

/** Whether the caller is the vendor, its role, or another principal of the vendor's account. */
function isOfVendor(caller: string, { principals, accounts, roleKeys: roles }: Vendors): boolean {
  const arn = splitArn(caller);
  // The name of a role is unique in its account, whatever its path. The ARN of a session has no path.
  const role = arn?.type === "assumed-role" ? arn.rest[0] : arn?.type === "role" ? arn.rest.at(-1) : undefined;
  if (role !== undefined && roles.has(`${arn?.account} ${role}`)) return true;
  return principals.has(caller) || accounts.has(accountOf(caller) ?? "");
}

/** Whether the text may be the vendor or its role, as far as the plan shows. */
function mayBeVendor(caller: string, { roleNames }: Vendors, { model, account }: JudgedServiceGrant): boolean {
  if (hasUnknown(caller)) return !SERVICE_ACCOUNT.test(caller) && belongingOf(caller, { model, account }) === "unknown";
  // If the plan does not show the own account, a role of that name in an account with a known ID may be the role.
  return !account.isKnown && accountOf(caller) !== OWN_ACCOUNT && roleNames.has(/:role\/(?:.*\/)?([^/]+)$/.exec(caller)?.[1] ?? "");
}

/** Data sources that return accounts of AWS itself. */
const SERVICE_ACCOUNT = /data\.aws_\w+_service_account\./;

/** An unknown value that only a resource of the plan determines. The vendor is no such resource. */
function isOwnResource(source: string): boolean {
  return /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*aws_(?!iam_role)/.test(source);
}

interface Broad {
  readonly place: string;
  readonly what: string;
  readonly judged: JudgedServiceGrant;
}

/** A role of a vendor that the statement includes without naming it. */
function broadFault(statement: CompiledStatement, compiled: CompiledPolicy, { place, what, judged }: Broad): RuleFault | undefined {
  const { principal, conditions } = statement;
  const asksWho = conditions.some(({ key }) => CALLER_KEY.test(key));
  if (!principal?.not && !(namesEverybody(statement) && asksWho)) return undefined;
  const { contracts, model, account } = judged;
  let open: RuleFault | undefined;
  for (const role of vendorsOf(contracts, model).roles) {
    const arn = substituteOwnAccount(role.arn);
    const own = accountOf(arn) ?? account.id;
    const session = { principal: arn, account: own, resourceAccount: own, tags: sessionTagsOf(role) };
    const { permissionsBoundary } = ownPolicies(role);
    const [pattern = "any:*"] = actionsOf(statement);
    const action = pattern === "*" ? "any:action" : pattern.replace(/[*?]/g, "x");
    const request = sessionRequest(session, { action, resource: `${arn.split(":", 2).join(":")}:any:any:${own}:any` }, compiled.statements);
    const { verdict, missing } = decide(request, {
      resourcePolicy: compiled,
      identityPolicies: [],
      ...(permissionsBoundary && { permissionsBoundary }),
    });
    if (verdict === "Allowed") return { detail: `${place} allows ${role.name}, which a vendor assumes, and others what it allows${what}` };
    if (verdict === "unknown")
      open ??= {
        detail: `whether ${place} allows ${role.name}, which a vendor assumes: it depends on ${missing.map(showUnknown).join("; ")}`,
        isUnknown: true,
      };
  }
  return open;
}

/** Conditions on who the caller is. */
const CALLER_KEY = /^aws:(?:principal(?:arn|account|orgid|orgpaths|type|tag\/.*)|userid|username)$/;
