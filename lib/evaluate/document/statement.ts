import { hasUnknown, isWhollyUnknown, showUnknown, unknownsIn } from "../../unknown";
import type { StatementReference } from "../types";
import { compileAction } from "./action";
import { type CompiledStatement, EFFECT_UNKNOWN } from "./compiled-policy";
import { compileConditions } from "./conditions";
import { checkMembers, type Elements, objectOf } from "./elements";
import { STATEMENT_ELEMENTS } from "./grammar";
import { compilePrincipal } from "./principal";
import { compileResource } from "./resource";
import { faultIn, type PolicyScope, type StatementScope } from "./scope";

/** Where a statement stands in its policy. */
export interface StatementPlace {
  readonly index: number;
  /** `Statement`, or `Statement[0]` in a list. */
  readonly path: string;
}

export function compileStatement(input: unknown, { index, path }: StatementPlace, policy: PolicyScope): CompiledStatement {
  if (isWhollyUnknown(input)) return unknownStatement(index, unknownsIn(input), policy);
  const statement = objectOf(input, path, policy);
  checkMembers(statement, STATEMENT_ELEMENTS, { element: path, scope: policy });
  const scope: StatementScope = { policy, path, unknowns: [] };
  const sid = sidOf(statement, scope);
  const effect = effectOf(statement, scope);
  const principal = compilePrincipal(statement, scope);
  const action = compileAction(statement, scope);
  const resource = compileResource(statement, scope);
  const ofOthers = scope.unknowns.length;
  const conditions = compileConditions(statement.Condition, scope);
  return {
    reference: referenceOf({ index, effect, sid }, policy),
    policy: policy.kind,
    unknowns: scope.unknowns,
    principal,
    action,
    resource,
    conditions,
    ...(scope.unknowns.length > ofOthers && { hasUnknownConditions: true }),
    variables: policy.variables,
  };
}

/** A statement about which nothing is known, not even its effect. */
export function unknownStatement(index: number, sources: readonly string[], scope: PolicyScope): CompiledStatement {
  return {
    reference: referenceOf({ index, effect: "Allow", sid: undefined }, scope),
    policy: scope.kind,
    unknowns: [...sources, EFFECT_UNKNOWN],
    conditions: [],
    hasUnknownConditions: true,
    variables: false,
  };
}

function sidOf({ Sid: sid }: Elements, scope: StatementScope): string | undefined {
  if (sid === undefined || typeof sid === "string") return sid;
  throw faultIn(scope.policy, {
    element: `${scope.path}.Sid`,
    rule: "must be text",
    value: sid,
    advice: "put it in quotes or leave it out",
  });
}

/** An effect that is not known counts as `Allow` in the reference, and is noted among the unknowns. */
function effectOf({ Effect: effect }: Elements, scope: StatementScope): "Allow" | "Deny" {
  if (effect === "Allow" || effect === "Deny") return effect;
  if (typeof effect === "string" && hasUnknown(effect)) {
    scope.unknowns.push(...unknownsIn(effect), EFFECT_UNKNOWN);
    return "Allow";
  }
  const rule = 'must be "Allow" or "Deny"';
  throw faultIn(scope.policy, { element: `${scope.path}.Effect`, rule, value: effect, advice: "write one of the two" });
}

function referenceOf(
  { index, effect, sid }: { readonly index: number; readonly effect: "Allow" | "Deny"; readonly sid: string | undefined },
  { kind, options: { name, location } }: PolicyScope,
): StatementReference {
  return {
    policy: kind,
    ...(name === undefined ? {} : { policyName: name }),
    index,
    ...(sid === undefined ? {} : { sid: showUnknown(sid) }),
    effect,
    ...(location === undefined ? {} : { location }),
  };
}
