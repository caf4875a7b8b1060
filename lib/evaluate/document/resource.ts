import { hasUnknown, indexOfUnknown, isWhollyUnknown, mayHoldAnything, unknownsIn } from "../../unknown";
import { type ArnPattern, compileArn, compilePlainArn, fifthColon } from "../match/arn";
import { type Piece, piecesOf } from "../match/pieces";
import { isVariable, parseTemplate, type TemplatePiece } from "../match/templates";
import type { ResourceElement } from "./compiled-policy";
import { type Elements, eitherOf, textsOf } from "./elements";
import { faultIn, type StatementScope } from "./scope";
import { checkVariables, replacementOf } from "./variables";

/** `Resource` or `NotResource`; undefined where the kind of policy has none, or where it is not known. */
export function compileResource(statement: Elements, scope: StatementScope): ResourceElement | undefined {
  const found = eitherOf(statement, "Resource", scope);
  if (scope.policy.kind === "trust") {
    if (found === undefined) return undefined;
    const advice = "remove it: the role itself is the resource";
    throw faultIn(scope.policy, { element: found.path, rule: "is not allowed in a trust policy", value: found.value, advice });
  }
  if (found === undefined) {
    throw faultIn(scope.policy, { element: `${scope.path}.Resource`, rule: "is required", value: undefined, advice: "write an ARN or *" });
  }
  // A placeholder with a kind is one text. Any other may be a list of them.
  if (isWhollyUnknown(found.value) && mayHoldAnything(found.value)) {
    scope.unknowns.push(...unknownsIn(found.value));
    return undefined;
  }
  const texts = textsOf(found.value, found.path, scope.policy);
  return { texts, not: found.not, patterns: texts.map((text) => patternOf(text, found.path, scope)) };
}

function patternOf(text: string, element: string, scope: StatementScope): ArnPattern | readonly TemplatePiece[] {
  if (!hasUnknown(text)) checkArn(text, element, scope);
  checkVariables(text, element, scope.policy);
  if (!hasUnknown(text) && !text.includes("${")) return compilePlainArn(text);
  const cut = variablesFrom(text);
  if (!scope.policy.variables || cut === undefined) return compileArn(piecesOf(replacementOf(text, scope.policy) ?? text, true), true);
  const head = piecesOf(text.slice(0, cut), true);
  const tail = parseTemplate(text.slice(cut), { variables: true, wildcards: true });
  return tail.some(isVariable) ? [...head, ...tail] : compileArn([...head, ...(tail as Piece[])], true);
}

/**
 * The offset from which a text can have variables: after its fifth colon, which a placeholder may hide. Before it, `${…}` is literal and
 * matches nothing.
 *
 * @returns undefined where there is no `${` from there on
 */
function variablesFrom(text: string): number | undefined {
  const colon = fifthColon(text);
  const from = colon === -1 ? indexOfUnknown(text) : colon + 1;
  return from !== -1 && text.includes("${", from) ? from : undefined;
}

function checkArn(text: string, element: string, scope: StatementScope): void {
  if (text === "*") return;
  const parts = text.split(":");
  if (parts[0] !== "arn" || (parts.length < 6 && !parts.some((part) => part.endsWith("*")))) {
    throw faultIn(scope.policy, { element, rule: "must be * or an ARN", value: text, advice: 'write for example "arn:…:s3:::bucket/*"' });
  }
  if (parts.length > 3 && /[*?]/.test(parts[2]!)) {
    const rule = "must not have a wildcard in the service's part of the ARN";
    throw faultIn(scope.policy, { element, rule, value: text, advice: "name the service" });
  }
}
