import { hasUnknown, isWhollyUnknown, lowerCase, unknownsIn } from "../../unknown";
import { compileGlob } from "../match/glob";
import { piecesOf } from "../match/pieces";
import { memoize } from "../memoize";
import type { ActionElement } from "./compiled-policy";
import { type Elements, eitherOf, textsOf } from "./elements";
import { isAction } from "./grammar";
import { faultIn, type StatementScope } from "./scope";

const actionGlob = memoize((text) => compileGlob(piecesOf(lowerCase(text), true)));

/** `Action` or `NotAction`; undefined where it is not known. */
export function compileAction(statement: Elements, scope: StatementScope): ActionElement | undefined {
  const advice = 'write for example "s3:PutObject"';
  const found = eitherOf(statement, "Action", scope);
  if (found === undefined) throw faultIn(scope.policy, { element: `${scope.path}.Action`, rule: "is required", value: undefined, advice });
  if (found.not && scope.policy.kind === "resourceControl") {
    const rule = "is not allowed in a resource control policy";
    throw faultIn(scope.policy, { element: found.path, rule, value: found.value, advice: "write Action" });
  }
  if (isWhollyUnknown(found.value)) {
    scope.unknowns.push(...unknownsIn(found.value));
    return undefined;
  }
  const texts = textsOf(found.value, found.path, scope.policy);
  const broken = texts.find((text) => !hasUnknown(text) && !isAction(text));
  if (broken !== undefined) {
    throw faultIn(scope.policy, {
      element: found.path,
      rule: "must be * or a service's prefix, a colon and a name",
      value: broken,
      advice,
    });
  }
  return { texts, not: found.not, globs: texts.map(actionGlob) };
}
