/** What one statement of a bucket policy allows a role. */
import { accountOf, substituteOwnAccount } from "../../contract";
import { type CompiledStatement, decide } from "../../evaluate";
import type { PlannedRole } from "../../plan";
import { showUnknown } from "../../unknown";
import type { JudgedBucket } from "../rule";
import { requestsOf } from "./bucket-requests";
import type { RoleAccess } from "./role-access";
import { policiesOfRole } from "./role-policies";
import { sessionRequest, sessionTagsOf } from "./session-context";

/** An action that the statement allows the role, whatever the role's own policies allow. */
export function allowedInBucket(role: PlannedRole, statement: CompiledStatement, judged: JudgedBucket): RoleAccess | undefined {
  const { bucket, policies, account } = judged;
  const principal = substituteOwnAccount(role.arn);
  const own = accountOf(principal) ?? account.id;
  const [resourcePolicy] = policies;
  if (resourcePolicy === undefined) return undefined;
  const { permissionsBoundary } = policiesOfRole(role);
  const boundary = permissionsBoundary && { permissionsBoundary };
  const resourceAccount = accountOf(substituteOwnAccount(bucket.account ?? "")) ?? own;
  const session = { principal, account: own, resourceAccount, tags: sessionTagsOf(role) };
  let open: RoleAccess | undefined;
  for (const { action, resource } of requestsOf(statement, bucket)) {
    const request = sessionRequest(session, { action, resource }, resourcePolicy.statements);
    const { verdict, missing } = decide(request, { resourcePolicy, identityPolicies: [], ...boundary });
    if (verdict === "Allowed") return { action };
    if (verdict === "unknown") open ??= { action, because: `it depends on ${missing.map(showUnknown).join("; ")}` };
  }
  return open;
}
