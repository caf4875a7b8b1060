/** The policies of a plan, each compiled once. */

import { hasOwnAccount, substituteOwnAccount } from "../contract";
import { type CompiledPolicy, compilePolicy, PolicyGrammarError, type PolicyKind } from "../evaluate";
import type { PlannedPolicy } from "../plan";
import { showUnknown } from "../unknown";

const known = new Map<PolicyKind, WeakMap<PlannedPolicy, CompiledPolicy | PolicyGrammarError>>();

/** The compiled policy, or what is wrong with it. Never throws. */
export function compiledPolicy(policy: PlannedPolicy, kind: PolicyKind): CompiledPolicy | PolicyGrammarError {
  let ofKind = known.get(kind);
  if (ofKind === undefined) {
    ofKind = new WeakMap();
    known.set(kind, ofKind);
  }
  let compiled = ofKind.get(policy);
  if (compiled === undefined) {
    compiled = compile(policy, kind);
    ofKind.set(policy, compiled);
  }
  return compiled;
}

/** @throws PolicyGrammarError if the policy cannot be parsed */
export function requireCompiled(policy: PlannedPolicy, kind: PolicyKind): CompiledPolicy {
  const compiled = compiledPolicy(policy, kind);
  if (compiled instanceof PolicyGrammarError) throw compiled;
  return compiled;
}

/** The policies that can be parsed, compiled. */
export function readablePolicies(policies: readonly PlannedPolicy[], kind: PolicyKind): CompiledPolicy[] {
  return policies
    .map((policy) => compiledPolicy(policy, kind))
    .filter((policy): policy is CompiledPolicy => !(policy instanceof PolicyGrammarError));
}

function compile({ document, text, name, location }: PlannedPolicy, kind: PolicyKind): CompiledPolicy | PolicyGrammarError {
  const withOwnAccount = text === undefined || hasOwnAccount(text) ? substituteOwnAccount(document) : document;
  try {
    return compilePolicy(withOwnAccount, kind, { ...(name !== undefined && { name: showUnknown(name) }), location });
  } catch (error) {
    if (error instanceof PolicyGrammarError) return error;
    throw error;
  }
}
