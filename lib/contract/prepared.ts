/** The policies of a plan, compiled once and shared by all who judge them. */
import { PolicyGrammarError, type PreparedPolicy, preparePolicy } from "../evaluate";
import type { PolicyKind } from "../evaluate/types";
import { showUnknown } from "../evaluate/unknown";
import type { PlannedPolicy } from "../plan/types";
import { hasOwnAccount, settleAccount } from "./own-account";

const known = new Map<PolicyKind, WeakMap<PlannedPolicy, PreparedPolicy | PolicyGrammarError>>();

/** The compiled policy, or what is wrong with it. Never throws. */
export function preparedPolicy(policy: PlannedPolicy, kind: PolicyKind): PreparedPolicy | PolicyGrammarError {
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
export function readablePolicies(policies: readonly PlannedPolicy[], kind: PolicyKind): PreparedPolicy[] {
  return policies
    .map((policy) => preparedPolicy(policy, kind))
    .filter((policy): policy is PreparedPolicy => !(policy instanceof PolicyGrammarError));
}

function compile({ document, text, name, location }: PlannedPolicy, kind: PolicyKind): PreparedPolicy | PolicyGrammarError {
  const settled = text === undefined || hasOwnAccount(text) ? settleAccount(document) : document;
  try {
    return preparePolicy(settled, kind, { ...(name !== undefined && { name: showUnknown(name) }), location });
  } catch (error) {
    if (error instanceof PolicyGrammarError) return error;
    throw error;
  }
}
