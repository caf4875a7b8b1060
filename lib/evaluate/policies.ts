/** The policies and settings that decide a request. */
import type { CompiledPolicy } from "./document/compiled-policy";

/** The part of the policies that AWS's documentation looks at; what is not given does not exist, save as said below. */
export interface Policies {
  /**
   * Policies of the caller: its own, and those of its groups. An empty list: it has none.
   *
   * @default - the caller's half is not known; of a caller in another account only the customer's half is judged
   */
  readonly identityPolicies?: readonly CompiledPolicy[];
  /** The bucket's policy. */
  readonly resourcePolicy?: CompiledPolicy;
  /** The role's trust policy, for `sts:AssumeRole…`, `sts:TagSession` and `sts:SetSourceIdentity` on a role. */
  readonly trustPolicy?: CompiledPolicy;
  /** The caller's permissions boundary. */
  readonly permissionsBoundary?: CompiledPolicy;
  /** Policies passed when the caller's session began. */
  readonly sessionPolicies?: readonly CompiledPolicy[];
  /** Of the caller's account, root first: one entry is one level, with one policy or several. Every level must allow. */
  readonly serviceControlPolicies?: readonly (CompiledPolicy | readonly CompiledPolicy[])[];
  /** Of the resource's account. They only take away, since the policy that allows everything always stands beside them. */
  readonly resourceControlPolicies?: readonly CompiledPolicy[];
  /** Of the bucket; where the account's differ, the stricter of both. */
  readonly blockPublicAccess?: BlockPublicAccessSettings;
  /**
   * `BucketOwnerEnforced`, `BucketOwnerPreferred`, `ObjectWriter`, or a placeholder.
   *
   * @default - ACL headers of the request are looked at by conditions only
   */
  readonly objectOwnership?: string;
  /** Accounts of canonical user IDs, as far as they are known: `{ "79a5…": "111122223333" }`. */
  readonly canonicalUsers?: Readonly<Record<string, string>>;
}

/** `true`, `false`, the same as text, or a placeholder where it is not known. */
export type Flag = boolean | string;

/** Like `BlockPublicAccess`, where a setting may be absent, which is off, or not known. */
export interface BlockPublicAccessSettings {
  readonly blockPublicAcls?: Flag;
  readonly ignorePublicAcls?: Flag;
  readonly blockPublicPolicy?: Flag;
  readonly restrictPublicBuckets?: Flag;
}
