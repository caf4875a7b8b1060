/** Statements as boxes of requests. */
import { everyAction, everyActionMatching, familiarFirst, patternExpression } from "../data";
import { type Box, LimitedCache, type Literal, nameTest, negate, type Origin, positive, unknownLiteral } from "../sets";
import { fillUnknown, hasUnknown, unknownsIn } from "../unknown";
import type { CallerClass } from "./callers";
import { conditionLiteral } from "./conditions";
import { type NamedElement, readDocument, type Statement } from "./document";
import { ACTION, RESOURCE } from "./keys";
import { deniedCallers } from "./not-principal";
import { allowedCallers, type Reach } from "./principals";
import { readTexts } from "./texts";
import type { DocumentKind, World } from "./types";

export interface Context {
  readonly caller: CallerClass;
  readonly world: World;
}

/** What one statement allows, by how directly it names the caller. */
export interface Grant extends Box {
  readonly reach: Reach;
}

export function grantsOf(documents: readonly unknown[], kind: DocumentKind, context: Context): readonly Grant[] {
  return statementsOf(documents, kind)
    .filter(({ effect }) => effect !== "Deny")
    .flatMap((statement) => {
      const { principal } = statement;
      const callers = principal === undefined ? [{ reach: "direct" as const, literals: [] }] : allowedCallers(principal, context);
      if (callers.length === 0) return [];
      const rest = restOf(statement, context);
      return callers.map(({ reach, literals }) => grant(statement, reach, [...literals, ...rest]));
    });
}

export function denialsOf(documents: readonly unknown[], kind: DocumentKind, context: Context): readonly Box[] {
  return statementsOf(documents, kind)
    .filter(({ effect }) => effect !== "Allow")
    .flatMap((statement) => {
      const { principal } = statement;
      const callers = principal === undefined ? [[]] : deniedCallers(principal, context);
      if (callers.length === 0) return [];
      const rest = restOf(statement, context);
      return callers.map((literals) => box(statement, [...literals, ...rest]));
    });
}

export function statementsOf(documents: readonly unknown[], kind: DocumentKind): readonly Statement[] {
  return documents.flatMap((document) => readDocument(document, kind));
}

function grant(statement: Statement, reach: Reach, literals: readonly Literal[]): Grant {
  return { ...box(statement, literals), reach };
}

function box({ text, missing, source }: Statement, literals: readonly Literal[]): Box {
  const all = missing.length === 0 ? literals : [...literals, unknownLiteral("statement", missing, source)];
  const origin: Origin = { text, missing: [...new Set(all.flatMap((one) => one.missing))] };
  return { literals: all, origin };
}

/** Everything that the statement requires of a request except its caller. */
function restOf({ action, resource, conditions, hasVariables }: Statement, { caller }: Context): Literal[] {
  return [
    ...(action === undefined ? [] : actionLiterals(action)),
    ...(resource === undefined ? [] : resourceLiterals(resource, hasVariables)),
    ...conditions.map((condition) => conditionLiteral(condition, hasVariables, caller)),
  ];
}

const cached = new LimitedCache<Literal>(5_000);

function actionLiterals({ isNegated, texts }: NamedElement<readonly string[]>): Literal[] {
  if (!isNegated && texts.includes("*")) return [];
  const found = cached.get(texts.join("\n"), () => {
    const certain = familiarFirst(texts.filter((text) => !hasUnknown(text)).flatMap(everyActionMatching));
    const uncertain = texts.filter(hasUnknown).flatMap(mayMatch);
    const all = uncertain.length === 0 ? certain : familiarFirst([...certain, ...uncertain]);
    return positive(ACTION, nameTest(all, uncertain.length === 0 ? all : certain), texts.flatMap(unknownsIn));
  });
  return [isNegated ? negate(found) : found];
}

function mayMatch(text: string): readonly string[] {
  const expression = patternExpression(fillUnknown(text, "*"));
  return everyAction().filter((name) => expression.test(name));
}

function resourceLiterals({ isNegated, texts }: NamedElement<readonly string[]>, hasVariables: boolean): Literal[] {
  if (!isNegated && texts.includes("*")) return [];
  const { test, missing } = readTexts(texts, { hasVariables, wildcards: true, arn: "resource" });
  const found = positive(RESOURCE, test, missing);
  return [isNegated ? negate(found) : found];
}
