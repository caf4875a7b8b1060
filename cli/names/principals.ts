/** Compares callers, as STS names them, with principals, as contracts name them. */
import { accountOf } from "../../lib/contract";

/** `arn:aws:sts::111122223333:assumed-role/name/session` → account, type and name. The ARN of a session lacks the path of its role. */
export function parseCaller(arn: string): { readonly account: string; readonly type: string; readonly name: string } | undefined {
  const parts = arn.split(":");
  const account = parts[4];
  const [type, ...path] = (parts.slice(5).join(":") || "").split("/");
  if (account === undefined || type === undefined) return undefined;
  if (type === "assumed-role") return { account, type: "role", name: path[0] ?? "" };
  return { account, type, name: path.at(-1) ?? "" };
}

/** Whether the caller with this ARN is the principal: an ARN, or a 12-digit account ID. */
export function isPrincipal(callerArn: string, principal: string): boolean {
  const caller = parseCaller(callerArn);
  if (!caller) return false;
  const named = parseCaller(principal);
  if (/^\d{12}$/.test(principal) || named?.type === "root") return caller.account === accountOf(principal);
  if (principal.includes(":assumed-role/")) return callerArn === principal;
  return named !== undefined && named.account === caller.account && named.type === caller.type && named.name === caller.name;
}
