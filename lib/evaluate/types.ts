/**
 * What goes into a decision and what comes out of it.
 *
 * Every text may hold placeholders for what is not known yet (see `lib/unknown`).
 */

/** IAM's verdicts, and `unknown` where the policies or the request are not known well enough to tell. */
export type Verdict = "Allowed" | "ExplicitlyDenied" | "ImplicitlyDenied" | "unknown";

/** The context of a request. It is complete: a key that is not here is absent from the request. Key names are case-insensitive. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** What a condition key can have in a request: a value or several; undefined where the request lacks the key. */
export type PossibleValue = string | readonly string[] | undefined;

/**
 * The values that a key can have where more than one is possible, or one that is not known; undefined where the context alone decides.
 *
 * @param key - in lower case
 */
export type PossibleValues = (key: string) => readonly PossibleValue[] | undefined;

/** One request, as AWS sees it. */
export interface AccessRequest {
  /**
   * The caller: the ARN of a user, root, session (`arn:aws:sts::111122223333:assumed-role/name/session`), federated user or web
   * identity; a role ARN, which means a session of that role with an unknown name; a 12-digit account ID, which means somebody of that
   * account; the name of a service (`logging.s3.amazonaws.com`); a canonical user ID; or `*` for an unsigned request.
   */
  readonly principal: string;
  /** The caller's account, 12 digits; taken from the ARN when not given. */
  readonly principalAccount?: string;
  /** For example `s3:PutObject`. */
  readonly action: string;
  /** ARN of the bucket, object or (for `sts:AssumeRole…`) role. */
  readonly resource: string;
  /** The account that owns the resource, 12 digits; taken from the ARN when not given and the ARN has one. */
  readonly resourceAccount?: string;
  /** It is read once, so it must not change after the first request. */
  readonly context: RequestContext;
  /**
   * For keys that the context does not have.
   *
   * @default - a key that the context does not have is absent
   */
  readonly possibleValues?: PossibleValues;
}

/** The four settings of S3 Block Public Access. */
export interface BlockPublicAccess {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** Where a policy was found, so that a finding can point at it. */
export interface PolicyLocation {
  /** Path of the file, as it was given. */
  readonly file: string;
  /** Address of the Terraform resource, for example `aws_s3_bucket_policy.logs`, module path included. */
  readonly address?: string;
  /** JSON pointer of the value inside the file. */
  readonly pointer?: string;
  /** Line in the file, from 1. */
  readonly line?: number;
}

/** Which sort of policy a document is. It decides the grammar and the part in the decision. */
export type PolicyKind = "identity" | "resource" | "trust" | "permissionsBoundary" | "session" | "serviceControl" | "resourceControl";

/** One statement of one policy, for reports. */
export interface StatementReference {
  readonly policy: PolicyKind;
  /** The policy's name where it has one. */
  readonly policyName?: string;
  /** Position in `Statement`, from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  readonly location?: PolicyLocation;
}

/** The statement that came closest to allowing a request that was denied. */
export interface NearestStatement {
  readonly statement: StatementReference;
  /** The parts that did not match, for people: `Resource: arn:aws:s3:::a/* does not match arn:aws:s3:::b/key`. */
  readonly mismatches: readonly string[];
}

/** The outcome for one request, and why. Reason and nearest statement are computed when read, so a spread copy lacks them. */
export interface Decision {
  readonly verdict: Verdict;
  /**
   * `full` where all that AWS looks at was given. `customer` where the caller's own half (its identity policies, in another account)
   * is not known: then `Allowed` means "permitted by the customer", no more.
   */
  readonly scope: "full" | "customer";
  /** The statements that decided; empty where nothing matched. */
  readonly deciding: readonly StatementReference[];
  /** One sentence for people. */
  readonly reason: string;
  /** For `unknown`: what is missing. */
  readonly missing: readonly string[];
  /** For `ImplicitlyDenied`: the nearest statement that would have allowed. */
  readonly nearest?: NearestStatement;
}
