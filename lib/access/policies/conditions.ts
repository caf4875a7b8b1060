/** Conditions as literals: one key under one operator constrains one attribute of the request. */
import { constant, type Literal, literal, negate, unknownLiteral } from "../sets";
import { hasUnknown, unknownsIn } from "../unknown";
import type { CallerClass } from "./callers";
import { derivedLiteral } from "./derived-keys";
import type { ConditionText } from "./document";
import { TIME } from "./keys";
import { type Demand, type Operator, readOperator, testOf } from "./operators";

export function conditionLiteral(condition: ConditionText, hasVariables: boolean, caller: CallerClass): Literal {
  const operator = readOperator(condition.operator);
  const key = condition.key.toLowerCase();
  const { values } = condition;
  if (key.startsWith("aws:principaltag/") && caller.kind !== "account" && caller.kind !== "canonical")
    return untagged(key, operator, values);
  // The ID does not show which principal of which account it is.
  if (caller.kind === "canonical" && caller.derives(key))
    return unknownLiteral(key, ["which principal the canonical user is"], JSON.stringify(condition));
  if (operator.name === "null") return caller.derives(key) ? derivedNull(key, values, caller) : nullLiteral(key, values);
  const whenAbsent = operator.ifExists || operator.set === "ForAllValues" || (operator.set === undefined && operator.isNegated);
  const demand: Demand = { operator, values, hasVariables, whenAbsent };
  if (caller.derives(key)) return derivedLiteral(key, demand);
  const isTime = key === TIME || key === "aws:epochtime";
  if (key === "aws:epochtime" && !operator.name.startsWith("date"))
    return unknownLiteral(TIME, [`${condition.operator} ${condition.key}`], JSON.stringify(condition));
  return demandLiteral(isTime ? TIME : key, demand);
}

/** Only a principal of an account has tags. */
function untagged(key: string, { name, ifExists, set, isNegated }: Operator, values: readonly string[]): Literal {
  if (name === "null")
    return constant(
      key,
      values.some((value) => value.toLowerCase() === "true"),
    );
  return constant(key, ifExists || set === "ForAllValues" || (set === undefined && isNegated));
}

/** The literal for a key whose value the request itself contains. */
export function demandLiteral(attribute: string, { operator, values, hasVariables, whenAbsent }: Demand): Literal {
  const { set, isNegated, ifExists } = operator;
  const whenEmpty = set === undefined ? undefined : set === "ForAllValues";
  if (values.length === 0) {
    const answer = set === undefined && !ifExists && isNegated;
    return literal({ attribute, whenAbsent, whenEmpty: whenEmpty ?? answer, whenPresent: answer });
  }
  const read = testOf(operator.name, values, hasVariables);
  if (read === undefined)
    return unknownLiteral(attribute, [`what ${operator.name} compares in ${attribute}`], JSON.stringify([operator, values]));
  const quantifier = set === undefined ? (isNegated ? "every" : "some") : set === "ForAllValues" ? "every" : "some";
  return literal({
    attribute,
    whenAbsent,
    whenEmpty,
    whenPresent: { test: read.test, inverted: isNegated, quantifier },
    missing: read.missing,
  });
}

/** `true` requires the key to be absent, `false` to be present. AWS treats a single empty value as absent. */
export function nullLiteral(attribute: string, values: readonly string[]): Literal {
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  if (values.some(hasUnknown)) return unknownLiteral(attribute, values.flatMap(unknownsIn), values.join());
  const whenAbsent = wanted.has("true");
  return literal({ attribute, whenAbsent, whenEmpty: whenAbsent, whenPresent: wanted.has("false") });
}

function derivedNull(key: string, values: readonly string[], caller: CallerClass): Literal {
  const { attribute, whenAbsent, whenPresent, isUnknown } = nullLiteral(key, values);
  if (isUnknown) return unknownLiteral(attribute, values.flatMap(unknownsIn), values.join());
  if (whenAbsent === whenPresent) return constant(attribute, whenAbsent);
  const isPresent = caller.presenceOf(key);
  return whenPresent === true ? isPresent : negate(isPresent);
}
