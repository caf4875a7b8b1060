/** What the prover is given. It knows nothing of the evaluator's types, so that neither can lend the other its mistakes. */

/** A principal whose own policies are known. */
export interface KnownPrincipal {
  /** ARN of the role, user or root, never of a session. */
  readonly arn: string;
  /**
   * Its own policies and those of its groups, as parsed JSON.
   *
   * @default - not known: of a principal of the own account anything is possible, of another only the customer's half is judged
   */
  readonly identityPolicies?: readonly unknown[];
  readonly permissionsBoundary?: unknown;
  /** Policies passed when the session began. */
  readonly sessionPolicies?: readonly unknown[];
  /** Of the principal's account, root first; each level one policy or several. Every level must allow. */
  readonly serviceControlPolicies?: readonly (unknown | readonly unknown[])[];
}

/** A setting that may be absent, which is off, or text that is not known. */
export type Setting = boolean | string | undefined;

/** All that decides about requests to one resource: a bucket with its objects, a role or a KMS key. */
export interface World {
  readonly partition: string;
  /**
   * Account that owns the resource, 12 digits.
   *
   * @default - not known: `OWNER_ACCOUNT` in the callers of a question
   */
  readonly account?: string;
  /** Policy of the bucket or key, as parsed JSON. */
  readonly resourcePolicy?: unknown;
  /** The role's trust policy, as parsed JSON. */
  readonly trustPolicy?: unknown;
  readonly principals?: readonly KnownPrincipal[];
  /** Of the account that owns the resource, for its own principals that are not in `principals`. Root first. */
  readonly serviceControlPolicies?: readonly (unknown | readonly unknown[])[];
  readonly resourceControlPolicies?: readonly unknown[];
  readonly blockPublicAccess?: { readonly blockPublicAcls?: Setting; readonly restrictPublicBuckets?: Setting };
  /** `BucketOwnerEnforced`, `BucketOwnerPreferred` or `ObjectWriter`; may be unknown text. */
  readonly objectOwnership?: string;
  /** Accounts of canonical user IDs. */
  readonly canonicalUsers?: Readonly<Record<string, string>>;
  /** Roles and users by their unique IDs (`AROA…`, `AIDA…`): ARNs. */
  readonly uniqueIds?: Readonly<Record<string, string>>;
  /** What all requests have, for example tags of the bucket (`aws:ResourceTag/…`): values, or `null` for an absent key. */
  readonly facts?: Readonly<Record<string, string | readonly string[] | null>>;
  /** No request comes before it. ISO 8601. */
  readonly now?: string;
}

/** Which of a principal's policies a document is. It decides its grammar. */
export type DocumentKind = "identity" | "resource" | "trust" | "boundary" | "session" | "serviceControl" | "resourceControl";

/** The policies of a principal in a world: two worlds that are compared may know different ones. */
export function principalIn({ principals = [] }: World, { arn }: KnownPrincipal): KnownPrincipal {
  return principals.find((one) => one.arn === arn) ?? { arn };
}
