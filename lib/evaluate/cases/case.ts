/**
 * Cases: a request, the policies, and the verdict that is expected, as data.
 *
 * `schemas/case.schema.json` publishes the format. A file holds an array of cases, or one case on each line.
 */
import type { Policies } from "../policies";
import type { AccessRequest, BlockPublicAccess, Decision, StatementReference, Verdict } from "../types";

/** One case as it is written. `null` is the same as absent. */
export interface CaseInput {
  readonly id: string;
  /** Address of the page that decides it. */
  readonly source?: string;
  readonly description?: string;
  readonly request: {
    readonly principal: string;
    readonly principalAccount?: string | null;
    readonly action: string;
    readonly resource: string;
    readonly resourceAccount?: string | null;
    /** Complete: a key that is not here is absent from the request. */
    readonly context?: Readonly<Record<string, ContextValue>> | null;
  };
  readonly identityPolicies?: readonly unknown[] | null;
  readonly resourcePolicy?: unknown;
  readonly trustPolicy?: unknown;
  readonly permissionsBoundary?: unknown;
  readonly sessionPolicies?: readonly unknown[] | null;
  /** An entry is a level, root first: a policy, or a list of the policies attached there. */
  readonly serviceControlPolicies?: readonly unknown[] | null;
  readonly resourceControlPolicies?: readonly unknown[] | null;
  readonly blockPublicAccess?: BlockPublicAccess | null;
  readonly objectOwnership?: string | null;
  /** Accounts of canonical user IDs. */
  readonly canonicalUsers?: Readonly<Record<string, string>> | null;
  readonly expected?: Verdict;
}

type ContextValue = string | number | boolean | readonly (string | number | boolean)[];

/** A parsed case. */
export interface Case {
  readonly id: string;
  readonly request: AccessRequest;
  readonly policies: Policies;
  readonly expected?: Verdict;
}

/** The outcome of a case, one line of JSON. */
export interface CaseResult {
  readonly id: string;
  /** `error` where the case or one of its policies cannot be read. */
  readonly verdict: Verdict | "error";
  readonly expected?: Verdict;
  readonly deciding: readonly StatementReference[];
  /** The message, for `error`. */
  readonly error?: string;
  /** The whole decision, unless there is an error. Not enumerable, so that it does not go into JSON. */
  readonly decision?: Decision;
}
