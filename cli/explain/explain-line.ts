import type { WitnessRequest } from "../../lib/contract";
import { hasUnknown } from "../../lib/unknown";

/** The command that decides the request of a witness again. Undefined where a part of it is not known. */
export function explainLine({ principal, action, resource, context }: WitnessRequest, paths: readonly string[]): string | undefined {
  const pairs = Object.entries(context).flatMap(([key, values]) => [values].flat().map((value) => `${key}=${value}`));
  if ([principal, resource, ...pairs].some(hasUnknown)) return undefined;
  const options = ["--principal", principal, "--action", action, "--resource", resource, ...pairs.flatMap((pair) => ["--context", pair])];
  return ["vendor-destination", "explain", ...paths, ...options].map(quoted).join(" ");
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
