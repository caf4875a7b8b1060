/** The statements of some policies that apply to a request. */
import type { PreparedPolicy, PreparedStatement } from "./prepared";
import { NO_REACH, type Reach, strongest } from "./principals";
import type { PreparedRequest } from "./request";
import { deniesCaller, matchRest, reachOf } from "./statement";
import { and, MAYBE, NO, or, type Tri, YES } from "./tri";

export interface Layer {
  readonly policies: readonly PreparedPolicy[];
  readonly deny: Tri;
  /** How the Allows reach the caller; for policies without principals only `direct`. */
  readonly reach: Reach;
  /** The strongest of the three. */
  readonly allow: Tri;
  /** Statements that apply. */
  readonly denying: readonly PreparedStatement[];
  readonly allowing: readonly PreparedStatement[];
  /** Statements that may apply. */
  readonly perhapsDenying: readonly PreparedStatement[];
  readonly perhapsAllowing: readonly PreparedStatement[];
}

const NONE: readonly PreparedStatement[] = [];

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
function added(list: readonly PreparedStatement[], statement: PreparedStatement): readonly PreparedStatement[] {
  if (list === NONE) return [statement];
  (list as PreparedStatement[]).push(statement);
  return list;
}

export function evaluateLayer(policies: readonly PreparedPolicy[], request: PreparedRequest): Layer {
  if (policies.length === 0) return NO_LAYER;
  let denying = NONE;
  let allowing = NONE;
  let perhapsDenying = NONE;
  let perhapsAllowing = NONE;
  let account: Tri = NO;
  let role: Tri = NO;
  let direct: Tri = NO;
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
