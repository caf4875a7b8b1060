import { hasUnknown, unknownsIn } from "../../unknown";
import { type PrincipalEntry, parsePrincipalEntry } from "../match/principal-entries";
import type { PrincipalElement } from "./compiled-policy";
import { checkMembers, type Elements, eitherOf, objectOf, textsOf } from "./elements";
import { hasPrincipals, KIND_LABELS, PRINCIPAL_TYPES } from "./grammar";
import { faultIn, type StatementScope } from "./scope";

/** `Principal` or `NotPrincipal`; undefined where the kind of policy has none, or where it is not known. */
export function compilePrincipal(statement: Elements, scope: StatementScope): PrincipalElement | undefined {
  const { kind } = scope.policy;
  const found = eitherOf(statement, "Principal", scope);
  if (!hasPrincipals(kind)) {
    if (found === undefined) return undefined;
    const rule = `is not allowed in ${withArticle(KIND_LABELS[kind])}`;
    throw faultIn(scope.policy, { element: found.path, rule, value: found.value, advice: "remove it" });
  }
  if (found === undefined) {
    const advice = "name who may, or use Deny with a principal";
    throw faultIn(scope.policy, { element: `${scope.path}.Principal`, rule: "is required", value: undefined, advice });
  }
  if (found.not && kind !== "resource") {
    const rule = `is not allowed in a ${KIND_LABELS[kind]}`;
    throw faultIn(scope.policy, {
      element: found.path,
      rule,
      value: found.value,
      advice: "use Principal with a Condition on aws:PrincipalArn",
    });
  }
  if (typeof found.value === "string" && hasUnknown(found.value)) {
    scope.unknowns.push(...unknownsIn(found.value));
    return undefined;
  }
  const principal = entriesOf(found.value, found.path, scope);
  if (kind === "resourceControl" && !principal.entries.every((entry) => entry.kind === "any")) {
    const rule = 'must be "*" in a resource control policy';
    throw faultIn(scope.policy, { element: found.path, rule, value: found.value, advice: "narrow it by a Condition" });
  }
  return { not: found.not, ...principal };
}

function entriesOf(value: unknown, path: string, scope: StatementScope): { entries: PrincipalEntry[]; texts: string[] } {
  if (value === "*") return { entries: [{ kind: "any" }], texts: ["*"] };
  if (typeof value === "string") {
    throw faultIn(scope.policy, {
      element: path,
      rule: "must be * or an object",
      value,
      advice: `write {"AWS": ${JSON.stringify(value)}}`,
    });
  }
  const byType = objectOf(value, path, scope.policy);
  checkMembers(byType, PRINCIPAL_TYPES, { element: path, scope: scope.policy });
  const entries: PrincipalEntry[] = [];
  const texts: string[] = [];
  for (const [type, list] of Object.entries(byType)) {
    // IAM accepts an empty list beside another type. Modules write it for arguments that are not used.
    if (Array.isArray(list) && list.length === 0) continue;
    for (const text of textsOf(list, `${path}.${type}`, scope.policy)) {
      entries.push(entryOf(type, text, { path, scope }));
      texts.push(text);
    }
  }
  if (entries.length === 0) {
    const advice = "name one, or use * with a Condition";
    throw faultIn(scope.policy, { element: path, rule: "must name at least one principal", value, advice });
  }
  return { entries, texts };
}

function entryOf(type: string, text: string, { path, scope }: { readonly path: string; readonly scope: StatementScope }): PrincipalEntry {
  const entry = parsePrincipalEntry(type, text);
  if (typeof entry !== "string") return entry;
  const advice = "see the Principal element in the IAM User Guide";
  throw faultIn(scope.policy, { element: `${path}.${type}`, rule: entry, value: text, advice });
}

function withArticle(label: string): string {
  return `${/^[aeiou]/.test(label) ? "an" : "a"} ${label}`;
}
