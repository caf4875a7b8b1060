/** The path from the vendor's account to the bucket as a Mermaid diagram. */
import { type AccessMethod, accountOf, isWholeAccount } from "../../../../lib/contract";
import { deliveryFolders } from "../../../names";
import type { AskedResult } from "..";

/** What the picture shows. */
export interface AccessPath {
  readonly vendor: string;
  readonly vendorPrincipals: readonly string[];
  readonly door: AccessMethod;
  readonly role?: string;
  readonly bucket: string;
  /** Where the vendor delivers, if the results do not show it: empty for the whole bucket. */
  readonly keyPrefix: string;
  readonly results: readonly AskedResult[];
}

/** @see https://mermaid.js.org/syntax/flowchart.html */
export function accessPath({ vendor, vendorPrincipals, role, bucket, keyPrefix, results, door }: AccessPath): string {
  const assumes = results.filter(({ request }) => request?.actor === "vendor" && request.action.startsWith("sts:"));
  const writes = results.filter(
    ({ request, expected }) => request?.actor === "vendor" && !request.action.startsWith("sts:") && expected === "allowed",
  );
  const actions = [...new Set(writes.map(({ request }) => request!.action))].join(", ") || "no action";
  const asked = results.flatMap(({ request, expected }) => (request ? [{ ...request, expected: expected as "allowed" | "denied" }] : []));
  const prefixes = deliveryFolders(asked, keyPrefix).filter((prefix) => prefix !== "");
  const folders = prefixes.length === 0 ? "" : ` / ${prefixes.map(label).join(", ")}`;
  const target = `bucket["${label(bucket)}${folders}"]`;
  const lines: string[] = [];
  for (const [index, principal] of vendorPrincipals.entries()) {
    const account = accountOf(principal);
    const who = isWholeAccount(principal) ? "everybody in it" : principal.split(":").slice(5).join(":") || principal;
    lines.push(
      `subgraph account${index}["${label(vendor)}: ${account === undefined ? "account not known yet" : `account ${label(account)}`}"]`,
      `  principal${index}["${label(who)}"]`,
      "end",
    );
    const from = `principal${index}`;
    if (role === undefined) lines.push(`${from} ${arrow(writes)}|"bucket policy: ${label(actions)}"| ${target}`);
    else
      lines.push(
        `${from} ${arrow(assumes)}|"${door === "webIdentity" ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole"}"| role["role ${label(role)}"]`,
      );
  }
  if (role !== undefined) lines.push(`role ${arrow(writes)}|"${label(actions)}"| ${target}`);
  return ["```mermaid", "flowchart LR", ...lines.map((line) => `  ${line}`), "```"].join("\n");
}

/** A solid arrow where access is as expected, a dotted one where it is not. */
function arrow(results: readonly { readonly outcome: string }[]): string {
  return results.every(({ outcome }) => outcome === "pass") ? "-->" : "-.->";
}

/** Mermaid takes entities of its own, with a hash; everything that could end a label or begin markup becomes one. */
function label(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,:/_+=-]/gu, (character) => `#${character.codePointAt(0)};`);
}
