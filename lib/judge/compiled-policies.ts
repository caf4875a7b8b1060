/** The policies of a plan, compiled once and shared by all who judge them. */

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
  let prepared = ofKind.get(policy);
  if (prepared === undefined) {
    prepared = compile(policy, kind);
    ofKind.set(policy, prepared);
  }
  return prepared;
}

/** Those of the policies that can be read, compiled. */
export function readablePolicies(policies: readonly PlannedPolicy[], kind: PolicyKind): CompiledPolicy[] {
  return policies
    .map((policy) => compiledPolicy(policy, kind))
    .filter((policy): policy is CompiledPolicy => !(policy instanceof PolicyGrammarError));
}

function compile({ document, text, name, location }: PlannedPolicy, kind: PolicyKind): CompiledPolicy | PolicyGrammarError {
  const settled = text === undefined || hasOwnAccount(text) ? substituteOwnAccount(document) : document;
  try {
    return compilePolicy(settled, kind, { ...(name !== undefined && { name: showUnknown(name) }), location });
  } catch (error) {
    if (error instanceof PolicyGrammarError) return error;
    throw error;
  }
}
