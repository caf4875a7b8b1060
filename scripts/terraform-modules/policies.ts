/** Writes the policies of a module, in which some statements depend on variables. */
import type { ModuleDefinition } from "./definitions";
import { type Body, Expression, expression, inline } from "./hcl";
import { POLICY } from "./synthesize";

type Statement = Readonly<Record<string, unknown>>;

/** The resource with its policies as expressions. */
export function withPolicies(type: string, resource: Body, definition: ModuleDefinition): Body {
  const entries = Object.entries(resource).map(([name, value]): [string, unknown] => {
    const isPolicy = typeof value === "object" && value !== null && POLICY in value;
    return [name, isPolicy ? policyExpression(type, (value as Body)[POLICY] as Body, definition) : value];
  });
  return Object.fromEntries(entries);
}

function policyExpression(type: string, policy: Body, { statements: conditions }: ModuleDefinition): Expression {
  const statements = policy.Statement as readonly Statement[];
  const conditionOf = ({ Sid }: Statement) => conditions[`${type}.${Sid}`];
  if (statements.every((statement) => conditionOf(statement) === undefined)) return new Expression(`jsonencode(${expression(policy)})`);
  const items = statements.map((statement) => {
    const condition = conditionOf(statement);
    return condition === undefined ? statement : new Expression(`${condition} ? ${inline([statement])} : []`);
  });
  return new Expression(`jsonencode(${expression({ ...policy, Statement: new Expression(`flatten(${expression(items)})`) })})`);
}
