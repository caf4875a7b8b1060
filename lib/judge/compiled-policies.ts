/** The policies of a plan, each compiled once. */

import { hasOwnAccount, substituteOwnAccount } from "../contract";
import { type CompiledPolicy, compilePolicy, type Policies, PolicyGrammarError, type PolicyKind } from "../evaluate";
import { textOf, valueAt } from "../json";
import type { PlannedPolicy } from "../plan";
import { showUnknown, stripUnknown } from "../unknown";

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

/** The Sid that IAM refuses because it has other characters than letters and digits. */
export function refusedSid({ document }: PlannedPolicy): string | undefined {
  const statements = valueAt(document, "Statement");
  const sids = (Array.isArray(statements) ? statements : [statements]).map((statement) => textOf(valueAt(statement, "Sid")) ?? "");
  const refused = sids.find((sid) => /[^A-Za-z0-9]/.test(stripUnknown(sid)));
  return refused === undefined ? undefined : showUnknown(refused);
}

/** The Sid that two statements have. */
export function repeatedSid(policy: CompiledPolicy): string | undefined {
  return sidsOf(policy).find((sid, index, sids) => sids.indexOf(sid) < index);
}

function sidsOf({ statements }: CompiledPolicy): string[] {
  return statements.flatMap(({ reference: { sid = "" } }) => (sid === "" ? [] : [sid]));
}

/** The first character that IAM refuses in the text of a policy. */
export function refusedCharacter(text: string): string | undefined {
  return /[^\t\n\r\u0020-\u00ff]/.exec(stripUnknown(text))?.[0];
}

/** The policies that can be parsed, compiled. */
export function readablePolicies(policies: readonly PlannedPolicy[], kind: PolicyKind): CompiledPolicy[] {
  return policies
    .map((policy) => compiledPolicy(policy, kind))
    .filter((policy): policy is CompiledPolicy => !(policy instanceof PolicyGrammarError));
}

/** All policies of a set. */
export function policiesIn(policies: Policies): readonly CompiledPolicy[] {
  const { resourcePolicy, trustPolicy, permissionsBoundary, identityPolicies = [], sessionPolicies = [] } = policies;
  const { serviceControlPolicies = [], resourceControlPolicies = [] } = policies;
  const single = [resourcePolicy, trustPolicy, permissionsBoundary].filter((policy) => policy !== undefined);
  return [...single, ...identityPolicies, ...sessionPolicies, ...serviceControlPolicies.flat(), ...resourceControlPolicies];
}

const ownDocuments = new WeakMap<PlannedPolicy, unknown>();

/** The document, with one number for the own account wherever the plan does not contain its ID. */
export function ownDocument(policy: PlannedPolicy): unknown {
  const { document, text } = policy;
  if (text !== undefined && !hasOwnAccount(text)) return document;
  if (!ownDocuments.has(policy)) ownDocuments.set(policy, substituteOwnAccount(document));
  return ownDocuments.get(policy);
}

function compile(policy: PlannedPolicy, kind: PolicyKind): CompiledPolicy | PolicyGrammarError {
  const { name, location } = policy;
  try {
    return compilePolicy(ownDocument(policy), kind, { ...(name !== undefined && { name: showUnknown(name) }), location });
  } catch (error) {
    if (error instanceof PolicyGrammarError) return error;
    throw error;
  }
}
