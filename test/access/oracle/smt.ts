/**
 * Systems of conditions in SMT-LIB, the language of solvers, by what AWS documents of each operator. It shares nothing with `lib/access`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://smt-lib.org/theories-UnicodeStrings.shtml
 */
import { declareValue, matchOf, type Value } from "./smt-values";
import { type ConditionOrNot, type System, sortOf } from "./systems";
import { and, not, or } from "./terms";

export function smtOf({ inside, outside }: System): string {
  const all = [...inside, ...outside.flat()];
  const keys = new Map<string, KeyVariables>();
  for (const { key } of all) {
    if (keys.has(key)) continue;
    // Each condition may need a value of its own. Two values may be the same.
    const count = sortOf(key) === "texts" ? all.filter((one) => one.key === key).length + 1 : 1;
    const values = Array.from({ length: count }, (_, index) => declareValue(key, `key${keys.size}_${index}`));
    keys.set(key, { isPresent: `key${keys.size}_is_present`, values });
  }
  const termsOf = (list: readonly ConditionOrNot[]) => list.map((one) => termOf(one, keys.get(one.key)!));
  const declarations = [...keys.values()].flatMap(({ isPresent, values }) => [
    `(declare-const ${isPresent} Bool)`,
    ...values.flatMap((value) => value.declarations),
  ]);
  const assertions = [...termsOf(inside), ...outside.map((list) => not(and(termsOf(list))))];
  return [...declarations, ...assertions.map((term) => `(assert ${term})`)].join("\n");
}

interface KeyVariables {
  readonly isPresent: string;
  readonly values: readonly Value[];
}

function termOf({ operator, values, isDenied }: ConditionOrNot, key: KeyVariables): string {
  const term = metBy(operator, values, key);
  return isDenied ? not(term) : term;
}

function metBy(operator: string, texts: readonly string[], { isPresent, values }: KeyVariables): string {
  // AWS takes a lone empty text for no value.
  const isEmpty = and(values.map((value) => value.isEmpty));
  if (operator === "Null") {
    const isAbsent = or([not(isPresent), isEmpty]);
    return texts[0] === "true" ? isAbsent : not(isAbsent);
  }
  const [, set, name, suffix] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator)!;
  const isNegated = name!.includes("Not");
  const met = values.map((value) => {
    const matches = or(texts.map((text) => matchOf(name!.replace("Not", ""), text, value)));
    return isNegated ? not(matches) : matches;
  });
  const whenAbsent = suffix !== undefined || set === "ForAllValues" || (set === undefined && isNegated);
  return `(ite ${isPresent} ${metByAll({ set, isNegated, isEmpty, met })} ${whenAbsent})`;
}

interface MetByEach {
  readonly set: string | undefined;
  readonly isNegated: boolean;
  readonly isEmpty: string;
  readonly met: readonly string[];
}

function metByAll({ set, isNegated, isEmpty, met }: MetByEach): string {
  if (set === "ForAllValues") return or([isEmpty, and(met)]);
  if (set === "ForAnyValue") return and([not(isEmpty), or(met)]);
  return isNegated ? and(met) : or(met);
}
