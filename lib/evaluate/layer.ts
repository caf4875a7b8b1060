/** The statements that apply to a request, of policies that are judged together. */

import { and, MAYBE, NO, or, type Ternary, YES } from "../unknown";
import type { CompiledPolicy, CompiledStatement } from "./document/compiled-policy";
import { NO_MATCH, type PrincipalMatch, strongest } from "./match/principals";
import { deniesCaller, matchApartFromPrincipal, matchCaller } from "./match-statement";
import type { CompiledRequest } from "./request";

export interface Layer {
  readonly policies: readonly CompiledPolicy[];
  readonly deny: Ternary;
  /** How the Allows name the caller; for policies without principals only `direct`. */
  readonly match: PrincipalMatch;
  /** The strongest of the three. */
  readonly allow: Ternary;
  /** Statements that apply. */
  readonly denying: readonly CompiledStatement[];
  readonly allowing: readonly CompiledStatement[];
  /** Statements that may apply. */
  readonly maybeDenying: readonly CompiledStatement[];
  readonly maybeAllowing: readonly CompiledStatement[];
}

const NONE: readonly CompiledStatement[] = [];

/** The layer of policies that do not exist. */
export const NO_LAYER: Layer = {
  policies: [],
  deny: NO,
  match: NO_MATCH,
  allow: NO,
  denying: NONE,
  allowing: NONE,
  maybeDenying: NONE,
  maybeAllowing: NONE,
};

/** The list with one more statement. Most layers have none and need no list. */
function added(list: readonly CompiledStatement[], statement: CompiledStatement): readonly CompiledStatement[] {
  if (list === NONE) return [statement];
  (list as CompiledStatement[]).push(statement);
  return list;
}

export function evaluateLayer(policies: readonly CompiledPolicy[], request: CompiledRequest): Layer {
  if (policies.length === 0) return NO_LAYER;
  let denying = NONE;
  let allowing = NONE;
  let maybeDenying = NONE;
  let maybeAllowing = NONE;
  let account: Ternary = NO;
  let role: Ternary = NO;
  let direct: Ternary = NO;
  for (const policy of policies) {
    for (const statement of policy.denies) {
      const match = matchApartFromPrincipal(statement, request);
      if (match === NO) continue;
      const strength = and(match, deniesCaller(statement, request));
      if (strength === YES) denying = added(denying, statement);
      else if (strength === MAYBE) maybeDenying = added(maybeDenying, statement);
    }
    for (const statement of policy.allows) {
      const match = matchApartFromPrincipal(statement, request);
      if (match === NO) continue;
      const named = matchCaller(statement, request);
      if (named === NO_MATCH) continue;
      const strength = and(match, strongest(named));
      if (strength === NO) continue;
      if (strength === YES) allowing = added(allowing, statement);
      else maybeAllowing = added(maybeAllowing, statement);
      account = or(account, and(match, named.account));
      role = or(role, and(match, named.role));
      direct = or(direct, and(match, named.direct));
    }
  }
  return {
    policies,
    deny: denying.length > 0 ? YES : maybeDenying.length > 0 ? MAYBE : NO,
    match: { account, role, direct },
    allow: or(account, or(role, direct)),
    denying,
    allowing,
    maybeDenying,
    maybeAllowing,
  };
}
