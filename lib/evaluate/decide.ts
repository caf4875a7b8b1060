/** Decides one request by policies. */
import { MAYBE, NO, showUnknown, type Ternary, YES } from "../unknown";
import { allowed, isOwnHalfUnknown } from "./allowed";
import type { CompiledStatement } from "./document/compiled-policy";
import { denyingIn, type Evaluation, evaluate, joined, layersOf } from "./evaluation";
import { KnownDecision } from "./explain/known-decision";
import { missingFacts } from "./explain/missing";
import { missingIn } from "./explain/statement-parts";
import type { Policies } from "./policies";
import { type CompiledRequest, compileRequest } from "./request";
import { impliedActions } from "./s3/acl";
import type { Refusal } from "./s3/refusal";
import { refusalsOf } from "./s3/refusals";
import type { AccessRequest, Decision, StatementReference, Verdict } from "./types";

/** In order of precedence: a request that needs several actions gets the first verdict that any of them gets. */
const PRECEDENCE: readonly Verdict[] = ["ExplicitlyDenied", "ImplicitlyDenied", "unknown", "Allowed"];

const NO_STATEMENTS: readonly StatementReference[] = [];

/** Decides one request. Never throws. */
export function decide(request: AccessRequest, policies: Policies): Decision {
  const facts = { hasBoundary: policies.permissionsBoundary !== undefined, canonicalUsers: policies.canonicalUsers };
  const compiled = compileRequest(request, facts);
  const decision = decideAction(compiled, policies);
  const implied = impliedActions(compiled, policies);
  if (implied.length === 0) return decision;
  const further = implied.map((action) => {
    const { verdict, scope, deciding, missing, nearest, reason } = decideAction(compileRequest({ ...request, action }, facts), policies);
    return { verdict, scope, deciding, missing, nearest, reason: `The request carries an ACL, so it needs ${action} too. ${reason}` };
  });
  const all = [decision, ...further];
  return PRECEDENCE.map((verdict) => all.find((one) => one.verdict === verdict)).find((one) => one !== undefined)!;
}

function decideAction(request: CompiledRequest, policies: Policies): Decision {
  const evaluation = evaluate(request, policies);
  const { denied, resource, identity } = evaluation;
  const scope = isOwnHalfUnknown(evaluation) && evaluation.sameAccount !== YES ? "customer" : "full";
  if (denied === YES) {
    return new KnownDecision({ verdict: "ExplicitlyDenied", scope, deciding: references(denyingIn(evaluation)), evaluation });
  }
  const refusals = refusalsOf(evaluation);
  const refusal = refusals.find(({ refused }) => refused === YES);
  if (refusal !== undefined) {
    return new KnownDecision({ verdict: "ExplicitlyDenied", scope, deciding: refusal.deciding, evaluation, refusal });
  }
  const allow = allowed(evaluation);
  if (allow === NO) return new KnownDecision({ verdict: "ImplicitlyDenied", scope, deciding: NO_STATEMENTS, evaluation });
  if (allow === YES && denied === NO && refusals.length === 0) {
    const deciding = references(joined(resource.allowing, identity.allowing));
    return new KnownDecision({ verdict: "Allowed", scope, deciding, evaluation });
  }
  return undecided(evaluation, { scope, allow, refusals });
}

/** It depends on what is not known whether a Deny or refusal applies, or an Allow. */
function undecided(
  evaluation: Evaluation,
  { scope, allow, refusals }: { readonly scope: Decision["scope"]; readonly allow: Ternary; readonly refusals: readonly Refusal[] },
): Decision {
  const layers = layersOf(evaluation);
  const statements = layers.flatMap(({ maybeDenying }) => maybeDenying);
  if (allow === MAYBE) statements.push(...layers.flatMap(({ maybeAllowing }) => maybeAllowing));
  const missing = new Set([
    ...statements.flatMap((statement) => missingIn(statement, evaluation.request)),
    ...refusals.flatMap((refusal) => refusal.missing),
    ...(allow === MAYBE ? missingFacts(evaluation) : []),
  ]);
  const reason = `It depends on what is not known: ${[...missing].map(showUnknown).join("; ")}.`;
  return { verdict: "unknown", scope, deciding: references(statements), reason, missing: [...missing] };
}

function references(statements: readonly CompiledStatement[]): readonly StatementReference[] {
  return statements.map(({ reference }) => reference);
}
