/** Whether a statement applies to a request. */
import { and, MAYBE, NO, not, or, type Ternary, YES } from "../unknown";
import type { ActionElement, CompiledStatement, ResourceElement } from "./document/compiled-policy";
import { hasPrincipals } from "./document/grammar";
import { type ArnPattern, compileArn, matchArn } from "./match/arn";
import { evaluateCondition } from "./match/conditions";
import { matchGlob } from "./match/glob";
import { isExemptByNotPrincipal } from "./match/not-principal";
import { matchPrincipal, NO_MATCH, type PrincipalMatch, strongest } from "./match/principals";
import { resolveTemplate, sameOf, type TemplatePiece } from "./match/templates";
import type { CompiledRequest } from "./request";

/** Identity policies name no principal: they apply to the caller itself. */
const CALLER_ITSELF: PrincipalMatch = { account: NO, role: NO, direct: YES };
const UNDECIDED: PrincipalMatch = { account: MAYBE, role: MAYBE, direct: MAYBE };

/** Whether action, conditions and resource match, whichever principals the statement names. */
export function matchApartFromPrincipal(statement: CompiledStatement, request: CompiledRequest): Ternary {
  const { action, resource } = statement;
  let result: Ternary = statement.unknowns.length === 0 ? YES : MAYBE;
  if (action !== undefined) {
    const match = matchAction(action, request);
    if (match === NO) return NO;
    result = and(result, match);
  }
  // Conditions before resources: they exclude a statement about plain HTTP at once for most requests.
  for (const condition of statement.conditions) {
    const match = evaluateCondition(condition, request.context);
    if (match === NO) return NO;
    result = and(result, match);
  }
  return resource === undefined ? result : and(result, matchResource(resource, request));
}

/** How an Allow names the caller. */
export function matchCaller(statement: CompiledStatement, request: CompiledRequest): PrincipalMatch {
  const { principal } = statement;
  if (principal === undefined) return hasPrincipals(statement.policy) ? UNDECIDED : CALLER_ITSELF;
  let match: PrincipalMatch = NO_MATCH;
  for (const entry of principal.entries) {
    const found = matchPrincipal(entry, request.caller, request.facts);
    if (found === NO_MATCH) continue;
    if (principal.entries.length === 1) match = found;
    else match = { account: or(match.account, found.account), role: or(match.role, found.role), direct: or(match.direct, found.direct) };
  }
  return principal.not ? { account: NO, role: NO, direct: not(strongest(match)) } : match;
}

/** Whether a Deny names the caller. With `NotPrincipal` it always applies to a user or role that has a permissions boundary. */
export function deniesCaller(statement: CompiledStatement, request: CompiledRequest): Ternary {
  const { principal } = statement;
  if (principal?.not !== true) return strongest(matchCaller(statement, request));
  if (request.hasBoundary) return YES;
  return not(isExemptByNotPrincipal(principal.entries, request.caller, request.facts));
}

/** Whether the statement may be about the action, whatever its other elements say. */
export function mayNameAction({ action, unknowns }: CompiledStatement, name: string): boolean {
  return unknowns.length > 0 || action === undefined || matchActionName(action, name.toLowerCase()) !== NO;
}

export function matchAction(action: ActionElement, request: CompiledRequest): Ternary {
  return matchActionName(action, request.action);
}

/** @param name - in lower case */
function matchActionName({ globs, not: excludes }: ActionElement, name: string): Ternary {
  let matched: Ternary = NO;
  for (const glob of globs) {
    const match = matchGlob(glob, name);
    if (match !== NO) matched = match;
    if (match === YES) break;
  }
  return excludes ? not(matched) : matched;
}

export function matchResource(resource: ResourceElement, request: CompiledRequest): Ternary {
  let matched: Ternary = NO;
  for (const pattern of resource.patterns) {
    const match = matchPattern(pattern, request);
    if (match !== NO) matched = match;
    if (match === YES) break;
  }
  return resource.not ? not(matched) : matched;
}

function matchPattern(pattern: ArnPattern | readonly TemplatePiece[], request: CompiledRequest): Ternary {
  if (!Array.isArray(pattern)) return matchArn(pattern as ArnPattern, request.resource);
  return sameOf(resolveTemplate(pattern, request.context), (pieces) =>
    pieces === undefined ? NO : matchArn(compileArn(pieces, true), request.resource),
  );
}
