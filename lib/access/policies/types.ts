/** The input of the prover. It shares no types with the evaluator, so that neither can repeat a mistake of the other. */

/** A principal whose own policies are known. */
export interface KnownPrincipal {
  /** ARN of the role, user or root, never of a session. */
  readonly arn: string;
  /**
   * Its own policies and those of its groups, as parsed JSON.
   *
   * @default - unknown: a principal of the own account may be allowed anything; of another account only the customer's half is judged
   */
  readonly identityPolicies?: readonly unknown[];
  readonly permissionsBoundary?: unknown;
  /** Policies passed when the session began. */
  readonly sessionPolicies?: readonly unknown[];
  /** Of the principal's account, root first; each level one policy or several. Every level must allow. */
  readonly serviceControlPolicies?: readonly (unknown | readonly unknown[])[];
}

/** A setting. An absent one is off, and a text is unknown. */
export type Setting = boolean | string | undefined;

/** Everything that decides about requests to one resource: a bucket with its objects, a role or a KMS key. */
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
  /** Condition keys of every request, for example tags of the bucket (`aws:ResourceTag/…`): values, or `null` for an absent key. */
  readonly facts?: Readonly<Record<string, string | readonly string[] | null>>;
  /** The time before which no request is made, in ISO 8601. */
  readonly now?: string;
}

/** The kind of a policy document, which determines its grammar. */
export type DocumentKind = "identity" | "resource" | "trust" | "boundary" | "session" | "serviceControl" | "resourceControl";

/** The policies of a principal in a world. Two worlds that are compared may have different policies for one principal. */
export function principalIn({ principals = [] }: World, { arn }: KnownPrincipal): KnownPrincipal {
  return principals.find((one) => one.arn === arn) ?? { arn };
}
