/** Who a caller is, in the words of a contract's principals. */

/** `arn:aws:sts::111122223333:assumed-role/name/session` → account, type, name; a session's role has lost its path. */
export function parseCaller(arn: string): { readonly account: string; readonly type: string; readonly name: string } | undefined {
  const parts = arn.split(":");
  const account = parts[4];
  const [type, ...path] = (parts.slice(5).join(":") || "").split("/");
  if (account === undefined || type === undefined) return undefined;
  if (type === "assumed-role") return { account, type: "role", name: path[0] ?? "" };
  return { account, type, name: path.at(-1) ?? "" };
}

/** Whether the caller with this ARN is the principal: an ARN, or a 12-digit account id. */
export function isPrincipal(caller: string, principal: string): boolean {
  const who = parseCaller(caller);
  if (!who) return false;
  const named = parseCaller(principal);
  if (/^\d{12}$/.test(principal) || named?.type === "root") return who.account === accountOf(principal);
  if (principal.includes(":assumed-role/")) return caller === principal;
  return named !== undefined && named.account === who.account && named.type === who.type && named.name === who.name;
}

/** The account of an ARN, or the account id itself. */
export function accountOf(principal: string): string | undefined {
  return /^\d{12}$/.test(principal) ? principal : parseCaller(principal)?.account;
}
