/** The statements of some policies that apply to a request. */

import { and, MAYBE, NO, or, type Ternary, YES } from "../unknown";
import type { CompiledPolicy, CompiledStatement } from "./document/compiled";
import { NO_REACH, type Reach, strongest } from "./match/principals";
import type { CompiledRequest } from "./request";
import { deniesCaller, matchRest, reachOf } from "./statement";

export interface Layer {
  readonly policies: readonly CompiledPolicy[];
  readonly deny: Ternary;
  /** How the Allows reach the caller; for policies without principals only `direct`. */
  readonly reach: Reach;
  /** The strongest of the three. */
  readonly allow: Ternary;
  /** Statements that apply. */
  readonly denying: readonly CompiledStatement[];
  readonly allowing: readonly CompiledStatement[];
  /** Statements that may apply. */
  readonly perhapsDenying: readonly CompiledStatement[];
  readonly perhapsAllowing: readonly CompiledStatement[];
}

const NONE: readonly CompiledStatement[] = [];

/** Policies that do not exist. */
export const NO_LAYER: Layer = {
  policies: [],
  deny: NO,
  reach: NO_REACH,
  allow: NO,
  denying: NONE,
  allowing: NONE,
  perhapsDenying: NONE,
  perhapsAllowing: NONE,
};

/** The list with one more: most layers have none, and need no list of their own. */
function added(list: readonly CompiledStatement[], statement: CompiledStatement): readonly CompiledStatement[] {
  if (list === NONE) return [statement];
  (list as CompiledStatement[]).push(statement);
  return list;
}

export function evaluateLayer(policies: readonly CompiledPolicy[], request: CompiledRequest): Layer {
  if (policies.length === 0) return NO_LAYER;
  let denying = NONE;
  let allowing = NONE;
  let perhapsDenying = NONE;
  let perhapsAllowing = NONE;
  let account: Ternary = NO;
  let role: Ternary = NO;
  let direct: Ternary = NO;
  for (const policy of policies) {
    for (const statement of policy.denies) {
      const match = matchRest(statement, request);
      if (match === NO) continue;
      const strength = and(match, deniesCaller(statement, request));
      if (strength === YES) denying = added(denying, statement);
      else if (strength === MAYBE) perhapsDenying = added(perhapsDenying, statement);
    }
    for (const statement of policy.allows) {
      const match = matchRest(statement, request);
      if (match === NO) continue;
      const reach = reachOf(statement, request);
      if (reach === NO_REACH) continue;
      const strength = and(match, strongest(reach));
      if (strength === NO) continue;
      if (strength === YES) allowing = added(allowing, statement);
      else perhapsAllowing = added(perhapsAllowing, statement);
      account = or(account, and(match, reach.account));
      role = or(role, and(match, reach.role));
      direct = or(direct, and(match, reach.direct));
    }
  }
  return {
    policies,
    deny: denying.length > 0 ? YES : perhapsDenying.length > 0 ? MAYBE : NO,
    reach: { account, role, direct },
    allow: or(account, or(role, direct)),
    denying,
    allowing,
    perhapsDenying,
    perhapsAllowing,
  };
}
