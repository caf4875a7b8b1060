import { and, MAYBE, NO, not, or, showUnknown, type Ternary, unknownsIn, YES } from "../unknown";
import { type ActionElement, type CompiledStatement, EFFECT_UNKNOWN, type ResourceElement } from "./document/compiled";
import { resolveTemplate, type TemplatePiece } from "./document/templates";
import { type ArnPattern, compileArn, matchArn } from "./match/arn";
import { type Condition, evaluateCondition } from "./match/conditions";
import { matchGlob } from "./match/glob";
import { isExemptByNotPrincipal, matchPrincipal, NO_REACH, type Reach, strongest } from "./match/principals";
import { OWN_ACCOUNT, OWN_ACCOUNT_NAME } from "./match/strangers";
import type { CompiledRequest } from "./request";

const EVERYBODY: Reach = { account: NO, role: NO, direct: YES };
const PERHAPS: Reach = { account: MAYBE, role: MAYBE, direct: MAYBE };

/** Whether the statement applies, whomever it names. */
export function matchRest(statement: CompiledStatement, request: CompiledRequest): Ternary {
  const { action, resource } = statement;
  let result: Ternary = statement.unknowns.length === 0 ? YES : MAYBE;
  if (action !== undefined) {
    const match = matchAction(action, request);
    if (match === NO) return NO;
    result = and(result, match);
  }
  // Conditions before resources: of most requests they tell at once that an SSL statement does not apply.
  for (const condition of statement.conditions) {
    const match = evaluateCondition(condition, request.context);
    if (match === NO) return NO;
    result = and(result, match);
  }
  return resource === undefined ? result : and(result, matchResource(resource, request));
}

/** How an Allow reaches the caller. A policy without principals speaks of the caller itself. */
export function reachOf(statement: CompiledStatement, request: CompiledRequest): Reach {
  const { principal } = statement;
  if (principal === undefined) return namesPrincipals(statement) ? PERHAPS : EVERYBODY;
  let reach: Reach = NO_REACH;
  for (const entry of principal.entries) {
    const found = matchPrincipal(entry, request.caller, request.facts);
    if (found === NO_REACH) continue;
    if (principal.entries.length === 1) reach = found;
    else reach = { account: or(reach.account, found.account), role: or(reach.role, found.role), direct: or(reach.direct, found.direct) };
  }
  return principal.not ? { account: NO, role: NO, direct: not(strongest(reach)) } : reach;
}

/** Whether a Deny names the caller. With `NotPrincipal` it always hits a user or role that has a permissions boundary. */
export function deniesCaller(statement: CompiledStatement, request: CompiledRequest): Ternary {
  const { principal } = statement;
  if (principal?.not !== true) return strongest(reachOf(statement, request));
  if (request.bounded) return YES;
  return not(isExemptByNotPrincipal(principal.entries, request.caller, request.facts));
}

function namesPrincipals(statement: CompiledStatement): boolean {
  return statement.policy === "resource" || statement.policy === "trust" || statement.policy === "resourceControl";
}

function matchAction({ globs, not: excludes }: ActionElement, request: CompiledRequest): Ternary {
  let matched: Ternary = NO;
  for (const glob of globs) {
    const match = matchGlob(glob, request.action);
    if (match !== NO) matched = match;
    if (match === YES) break;
  }
  return excludes ? not(matched) : matched;
}

function matchResource(resource: ResourceElement, request: CompiledRequest): Ternary {
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
  const pieces = resolveTemplate(pattern, request.context);
  return pieces === undefined ? NO : matchArn(compileArn(pieces, true), request.resource);
}

/** The parts of the statement that keep it from applying, for people. */
export function mismatches(statement: CompiledStatement, request: CompiledRequest): string[] {
  return partsOf(statement, request)
    .filter(({ match }) => match === NO)
    .map(({ text }) => showUnknown(text));
}

/** What is not known and keeps the statement from being decided. */
export function missingIn(statement: CompiledStatement, request: CompiledRequest): string[] {
  const parts = partsOf(statement, request).filter(({ match }) => match === MAYBE);
  return [...statement.unknowns.filter((source) => source !== EFFECT_UNKNOWN), ...parts.flatMap(({ missing }) => missing)];
}

interface Part {
  readonly match: Ternary;
  readonly text: string;
  readonly missing: readonly string[];
}

function partsOf(statement: CompiledStatement, request: CompiledRequest): Part[] {
  const { principal, action, resource } = statement;
  const { principal: caller, action: wanted, resource: target } = request.request;
  const parts: Part[] = [];
  if (principal !== undefined) {
    const isDeny = statement.reference.effect === "Deny";
    const missing = unknownsIn([...principal.texts, caller].join(" "));
    parts.push({
      match: isDeny ? deniesCaller(statement, request) : strongest(reachOf(statement, request)),
      text: `${principal.not ? "NotPrincipal" : "Principal"}: ${list(principal.texts)} ${principal.not ? "excludes" : "does not name"} ${caller}`,
      missing: missing.length > 0 ? missing : [`which principal of ${caller} calls, compared with ${list(principal.texts)}`],
    });
  }
  if (action !== undefined) {
    parts.push({
      match: matchAction(action, request),
      text: `${action.not ? "NotAction" : "Action"}: ${list(action.texts)} ${action.not ? "excludes" : "does not match"} ${wanted}`,
      missing: unknownsIn([...action.texts, wanted].join(" ")),
    });
  }
  if (resource !== undefined) {
    parts.push({
      match: matchResource(resource, request),
      text: `${resource.not ? "NotResource" : "Resource"}: ${list(resource.texts)} ${resource.not ? "excludes" : "does not match"} ${target}`,
      missing: unknownsIn([...resource.texts, target].join(" ")),
    });
  }
  return [...parts, ...statement.conditions.map((condition) => conditionPart(condition, request))];
}

function namesOwnAccount(value: string): boolean {
  return value.includes(OWN_ACCOUNT);
}

/** The conditions of a statement, each with what the request has, for people. */
export function conditionTexts({ conditions }: CompiledStatement, request: CompiledRequest): string[] {
  return conditions.map((condition) => showUnknown(conditionText(condition, request)));
}

function conditionText({ key, keyText, operatorText, values }: Condition, request: CompiledRequest): string {
  const given = request.context.get(key);
  const found = given === undefined ? "the request has no such key" : `the request has ${list(given)}`;
  return `${operatorText} ${keyText} ${list(values)}: ${found}`;
}

function conditionPart(condition: Condition, request: CompiledRequest): Part {
  const values = request.context.get(condition.key);
  const missing = unknownsIn([condition.keyText, ...condition.values, ...(values ?? [])].join(" "));
  return {
    match: evaluateCondition(condition, request.context),
    text: `Condition: ${conditionText(condition, request)}`,
    missing: missing.length > 0 ? missing : [values?.some(namesOwnAccount) ? OWN_ACCOUNT_NAME : `value of ${condition.keyText}`],
  };
}

function list(texts: readonly string[]): string {
  return texts.length === 1 ? texts[0]! : `[${texts.join(", ")}]`;
}
