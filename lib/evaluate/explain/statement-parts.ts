/** Which parts of a statement match a request and which do not, for people. */
import { MAYBE, NO, showUnknown, type Ternary, unknownsIn } from "../../unknown";
import { type CompiledStatement, EFFECT_UNKNOWN } from "../document/compiled-policy";
import { type Condition, evaluateCondition } from "../match/conditions";
import { OWN_ACCOUNT, OWN_ACCOUNT_NAME } from "../match/outside-accounts";
import { strongest } from "../match/principals";
import { deniesCaller, matchAction, matchCaller, matchResource } from "../match-statement";
import type { CompiledRequest } from "../request";

/** The parts of the statement that do not match. */
export function mismatches(statement: CompiledStatement, request: CompiledRequest): string[] {
  return partsOf(statement, request)
    .filter(({ match }) => match === NO)
    .map(({ text }) => showUnknown(text));
}

/** The names of the unknown values on which it depends whether the statement applies. */
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
      match: isDeny ? deniesCaller(statement, request) : strongest(matchCaller(statement, request)),
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

/** The conditions of a statement, each with the value in the request. */
export function conditionTexts({ conditions }: CompiledStatement, request: CompiledRequest): string[] {
  return conditions.map((condition) => showUnknown(conditionText(condition, request)));
}

function conditionText({ key, keyText, operatorText, values }: Condition, request: CompiledRequest): string {
  const given = request.context.get(key);
  const possible = given === undefined ? request.context.possible(key) : undefined;
  const found =
    possible !== undefined
      ? `the request ${possible.map((value) => (value === undefined ? "lacks the key" : `has ${list([value].flat())}`)).join(", or it ")}`
      : given === undefined
        ? "the request has no such key"
        : `the request has ${list(given)}`;
  return `${operatorText} ${keyText} ${list(values)}: ${found}`;
}

function conditionPart(condition: Condition, request: CompiledRequest): Part {
  const values = request.context.get(condition.key) ?? request.context.possible(condition.key)?.flatMap((value) => value ?? []);
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
