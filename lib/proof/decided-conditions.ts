/** Conditions that every request of the vendor decides in the same way: where it comes from, when it is made, and by which session. */
import { EVERY_REQUEST } from "../contract";
import { compilePolicy, decide } from "../evaluate";
import { entriesOf, statementsIn } from "./documents";
import type { Context } from "./types";

/** Keys that the vendor does not choose, in lower case. */
const DECIDED = new Set(["aws:sourceip", "aws:currenttime", "aws:epochtime", "aws:userid", "aws:viaawsservice"]);

/**
 * The policy as it applies to requests with this context. Statements whose conditions on these keys are never met are removed, and so are
 * conditions that are always met. Conditions that depend on unknown values stay.
 */
export function withDecidedConditions(document: unknown, context: Context): unknown {
  if (decidableKeys([document]).length === 0) return document;
  const known = { ...EVERY_REQUEST, ...context };
  const Statement = statementsIn(document).flatMap((statement) => {
    const decided = conditionsOn(statement.Condition, true);
    if (decided === undefined) return [statement];
    const isMet = areMet(decided, known);
    if (isMet === undefined) return [statement];
    if (!isMet) return [];
    const { Condition: _, ...rest } = statement;
    const others = conditionsOn(statement.Condition, false);
    return [others === undefined ? rest : { ...rest, Condition: others }];
  });
  return { ...(document as object), Statement };
}

/** Those of the keys that conditions of the policies use. */
export function decidableKeys(documents: readonly unknown[]): string[] {
  const keys = documents.flatMap((document) =>
    statementsIn(document).flatMap(({ Condition }) =>
      entriesOf(conditionsOn(Condition, true)).flatMap(([, asked]) => entriesOf(asked).map(([key]) => key.toLowerCase())),
    ),
  );
  return [...new Set(keys)];
}

function conditionsOn(condition: unknown, isDecided: boolean): Readonly<Record<string, unknown>> | undefined {
  const kept = entriesOf(condition).flatMap(([operator, keys]) => {
    const asked = entriesOf(keys).filter(([key]) => DECIDED.has(key.toLowerCase()) === isDecided);
    return asked.length === 0 ? [] : [[operator, Object.fromEntries(asked)] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** Undefined if that is unknown. */
function areMet(condition: Readonly<Record<string, unknown>>, context: Context): boolean | undefined {
  const present = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  if (!decidableKeys([{ Statement: { Condition: condition } }]).every((key) => present.has(key))) return undefined;
  const everything = { Principal: "*", Action: "*", Resource: "*" };
  const Statement = [
    { Effect: "Allow", ...everything },
    { Effect: "Deny", ...everything, Condition: condition },
  ];
  const request = { principal: ANYBODY, action: "s3:PutObject", resource: "an object", context };
  const { verdict } = decide(request, { resourcePolicy: compilePolicy({ Version: "2012-10-17", Statement }, "resource") });
  if (verdict === "Allowed") return false;
  return verdict === "ExplicitlyDenied" ? true : undefined;
}

const ANYBODY = "anonymous";
