/** The callers that a Deny applies to, by `Principal` or `NotPrincipal`. */
import { type Literal, positive, some } from "../sets";
import { hasUnknown, unknownsIn } from "../unknown";
import { patternFrom } from "./derived-keys";
import type { NamedElement, PrincipalText } from "./document";
import { SESSION } from "./keys";
import {
  anybody,
  complements,
  entryCallers,
  isAccount,
  type NamedCallers,
  named,
  ofCallers,
  type PrincipalContext,
  readArn,
} from "./principals";
import { exactly } from "./texts";
import { principalIn } from "./types";

/** The callers that a Deny applies to. Each list is one conjunction. */
export function deniedCallers(element: NamedElement<readonly PrincipalText[]>, context: PrincipalContext): readonly (readonly Literal[])[] {
  if (!element.isNegated) return element.texts.flatMap((text) => entryCallers(text, context)).map(({ literals }) => literals);
  // A Deny with `NotPrincipal` always applies to a principal with a permissions boundary.
  const { caller, world } = context;
  if (caller.principal !== undefined && principalIn(world, caller.principal).permissionsBoundary !== undefined) return [[]];
  return complements(exempted(element.texts, context));
}

/**
 * The callers that `NotPrincipal` exempts from a Deny. The account, then the role or user, then the session must each be listed. An entry
 * exempts everything below it unless the list names some of that.
 */
function exempted(texts: readonly PrincipalText[], context: PrincipalContext): readonly NamedCallers[] {
  if (context.caller.kind !== "account") return texts.flatMap((text) => entryCallers(text, context));
  // If an entry is unknown, so is its level, and anybody may be exempt.
  if (texts.some(({ text }) => hasUnknown(text)))
    return named("direct", [
      anybody(
        [],
        texts.flatMap(({ text }) => unknownsIn(text)),
      ),
    ]);
  const entries = texts.map((text) => ({ text, entry: text.type === "AWS" ? readArn(text.text) : undefined }));
  const accountOf = ({ text, entry }: (typeof entries)[number]) =>
    isAccount(text.text) ? text.text : entry?.type === "root" ? entry.account : undefined;
  const below = entries.filter(({ entry }) => entry !== undefined && entry.type !== "root");
  return entries.flatMap((one) => {
    const account = accountOf(one);
    if (account !== undefined) {
      const listsSome = below.some(({ entry }) => entry!.account === account);
      const callers = entryCallers(one.text, context);
      return listsSome ? callers.map(({ reach, literals }) => ({ reach, literals: [...literals, ofCallers(ROOTS)] })) : callers;
    }
    if (!below.includes(one)) return entryCallers(one.text, context);
    const isListed = entries.some((other) => accountOf(other) === one.entry!.account);
    if (!isListed || one.entry!.type === "assumed-role") return [];
    const sessions =
      one.entry!.type === "role"
        ? below.filter(
            ({ entry }) =>
              entry!.type === "assumed-role" &&
              entry!.account === one.entry!.account &&
              entry!.rest.split("/")[0] === one.entry!.rest.split("/").at(-1),
          )
        : [];
    const callers = entryCallers(one.text, context);
    if (sessions.length === 0) return callers;
    return callers.flatMap(({ reach, literals }) =>
      sessions.map(({ entry }) => ({
        reach,
        literals: [...literals, positive(SESSION, exactly(entry!.rest.split("/").slice(1).join("/")))],
      })),
    );
  });
}

const ROOTS = patternFrom(["arn:", ...some("notColon"), ":iam::", ...some("notColon"), ":root"]);
