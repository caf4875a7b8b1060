/** What the parsers of elements know about the policy and statement that they are in. */
import { showUnknown } from "../../unknown";
import type { PolicyKind } from "../types";
import type { CompileOptions } from "./compiled-policy";
import { grammarError, type PolicyGrammarError } from "./errors";

export interface PolicyScope {
  readonly kind: PolicyKind;
  readonly options: CompileOptions;
  /** For people: the name of the policy, or its kind. */
  readonly label: string;
  /** Whether `${…}` is a variable: the policy has the current version. */
  readonly variables: boolean;
  /** The placeholder for the version, where that is not known. Then it is not known either whether `${…}` is a variable. */
  readonly unknownVersion?: string;
}

/** What the parsers of elements know about their statement. */
export interface StatementScope {
  readonly policy: PolicyScope;
  /** The path of the statement: `Statement[0]`. */
  readonly path: string;
  /** Collects the names of whole elements that are not known. */
  readonly unknowns: string[];
}

/** What is wrong with an element. */
export interface GrammarFault {
  /** The path of the element; empty for the document. */
  readonly element: string;
  readonly rule: string;
  readonly value: unknown;
  readonly advice: string;
}

/** The error to throw, with the place of the policy. */
export function faultIn({ options: { location }, label }: PolicyScope, { element, rule, value, advice }: GrammarFault): PolicyGrammarError {
  const place = location && [location.file, location.address, location.pointer].filter((part) => part !== undefined).join(" ");
  return grammarError({
    element: showUnknown(element),
    rule,
    value: typeof value === "string" ? showUnknown(value) : value,
    advice,
    where: place ?? label,
  });
}
