/** The context of a request for people. There are many contexts, and most contain no placeholder, so those are not copied. */
import type { Expectation, Result } from "../../../lib/contract";
import { hasUnknown, showUnknown } from "../../../lib/unknown";

type Context = Expectation["context"];

export function shownContext(context: Context): Context {
  for (const key in context) if (isHidden(context[key]!)) return withShown(context);
  return context;
}

/** The request for which a statement about all requests does not hold. */
export function shownWitness({ principal, action, resource, context }: NonNullable<Result["witness"]>): NonNullable<Result["witness"]> {
  return { principal: showUnknown(principal), action, resource: showUnknown(resource), context: shownContext(context) };
}

function isHidden(value: string | readonly string[]): boolean {
  return typeof value === "string" ? hasUnknown(value) : value.some(hasUnknown);
}

function withShown(context: Context): Context {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, typeof value === "string" ? showUnknown(value) : value.map(showUnknown)]),
  );
}
