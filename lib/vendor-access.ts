import { Fn, type TerraformResource, Token } from "cdktf";
import { checkProps, GIVEN_ROLE_OPTIONS_RULES, PRINCIPALS_RULES } from "./checks";
import * as errors from "./errors";
import { parseIamArn } from "./names";
import { accountId, roleArn, roleNameWithPath, userArn } from "./props";
import { addPrecondition, isKnown, lazyExpression } from "./tokens";
import { VendorAccessMethod, type VendorProfile } from "./vendors";

const ACCOUNT_RULES = { accountId };
const ROLE_RULES = { accountId, roleName: roleNameWithPath };

/**
 * The vendor's principal: a role, a user or a whole account.
 *
 * Use the narrowest that the vendor documents. An account stands for every principal that the account's own policies allow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 *
 * @example
 * import { VendorPrincipal } from "cdktf-vendor-destination";
 *
 * const role = VendorPrincipal.role("444455556666", "delivery");
 * const sameRole = VendorPrincipal.roleArn("arn:aws:iam::444455556666:role/delivery");
 */
export class VendorPrincipal {
  /**
   * A role, by the account ID and role name that the vendor shows.
   *
   * The ARN gets the partition of the bucket.
   *
   * @param accountId 12 digits.
   * @param roleName name of the role, with its path if it has one (`service/delivery`).
   */
  public static role(accountId: string, roleName: string): VendorPrincipal {
    checkProps(ROLE_RULES, { accountId, roleName }, "");
    return new VendorPrincipal((partition) => `arn:${partition}:iam::${accountId}:role/${roleName}`, "role", false);
  }

  /** A role by its ARN. */
  public static roleArn(arn: string): VendorPrincipal {
    checkProps({ roleArn }, { roleArn: arn }, "");
    return new VendorPrincipal(() => arn, "role", true);
  }

  /** A user by its ARN. */
  public static userArn(arn: string): VendorPrincipal {
    checkProps({ userArn }, { userArn: arn }, "");
    return new VendorPrincipal(() => arn, "user", true);
  }

  /**
   * Every principal of an account that the account's own policies allow.
   *
   * @param accountId 12 digits.
   */
  public static account(accountId: string): VendorPrincipal {
    checkProps(ACCOUNT_RULES, { accountId }, "");
    return new VendorPrincipal((partition) => `arn:${partition}:iam::${accountId}:root`, "account", false);
  }

  /**
   * The principal that a vendor publishes.
   *
   * @param vendor profile of the vendor.
   * @param site as the profile names it (`us1`); needed where the vendor publishes several principals.
   */
  public static published(vendor: VendorProfile, site?: string): VendorPrincipal {
    const { publishedPrincipals = {}, vendorName } = vendor.facts;
    const sites = Object.keys(publishedPrincipals);
    const chosen = site ?? (sites.length === 1 ? sites[0] : undefined);
    if (chosen === undefined || !sites.includes(chosen)) throw errors.unknownSite({ prop: "site", got: site, at: "" }, vendorName, sites);
    const principal = publishedPrincipals[chosen]!;
    const [, account] = /^(?:arn:.*::)?(\d+)(?::root)?$/.exec(principal) ?? [];
    if (account !== undefined) return VendorPrincipal.account(account);
    return principal.includes(":user/") ? VendorPrincipal.userArn(principal) : VendorPrincipal.roleArn(principal);
  }

  private constructor(
    private readonly render: (partition: string) => string,
    /** `role`, `user` or `account`. */
    public readonly kind: string,
    private readonly ownPartition: boolean,
  ) {}

  /** The ARN for policies in that partition. */
  public arn(partition: string): string {
    return this.render(partition);
  }

  /**
   * Fails where the principal is known and in another partition. Where it is not known at synthesis, the resource that names it gets a
   * precondition.
   *
   * @internal
   */
  public _check(partition: string, namedBy: TerraformResource, at: string): void {
    const arn = this.arn(partition);
    if (!isKnown(arn) || (this.ownPartition && !isKnown(partition))) {
      const resource = this.kind === "account" ? "root" : `${this.kind}/[A-Za-z0-9_+=,.@/-]+`;
      const pattern = `^arn:${partition}:iam::[0-9]{12}:${resource}$`;
      addPrecondition(
        namedBy,
        lazyExpression(namedBy, [pattern, arn], (quotedPattern, quotedArn) => `can(regex(${quotedPattern}, ${quotedArn}))`),
        `InvalidArn: the vendor's principal must be the ARN of an IAM ${this.kind} in the partition ${partition}`,
      );
    } else if (this.ownPartition && parseIamArn(arn)!.partition !== partition) {
      throw errors.wrongPartition({ prop: "principals", got: arn, at }, partition);
    }
  }
}

/** How the vendor assumes a role in the customer's account. */
export interface AssumedRoleOptions {
  /** The principals that may assume the role. */
  readonly principals: VendorPrincipal[];
  /**
   * External IDs. The vendor must send one of them when it assumes the role.
   *
   * The vendor issues one ID per customer, so that no other customer of the same vendor can point it at this role (the "confused
   * deputy" problem).
   *
   * Leave it out for the default: `undefined` is refused, so that an environment variable that is not set never removes the condition.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html
   * @default - no external ID is required
   */
  readonly externalIds?: string[];
  /**
   * Name of the role, 1 to 64 characters.
   *
   * @default - the vendor's id and the bucket's name; Terraform chooses one where the bucket's name is not known at synth
   */
  readonly roleName?: string;
  /**
   * Path of the role.
   *
   * @default "/"
   */
  readonly rolePath?: string;
  /**
   * ARN of the permissions boundary of the role.
   *
   * Leave it out for the default: `undefined` is refused, so that an environment variable that is not set never removes the boundary.
   *
   * @default - no permissions boundary
   */
  readonly permissionsBoundaryArn?: string;
  /**
   * Maximum session duration, 3600 to 43200 seconds.
   *
   * A vendor that assumes the role from a role of its own gets at most one hour, because AWS limits role chaining.
   *
   * @default 3600
   */
  readonly maxSessionDurationSeconds?: number;
  /**
   * ARN of a principal of yours that may assume the role under the session name `vendor-destination-validation`, so that the validation
   * can act with the role's permissions.
   *
   * It adds one statement to the trust policy.
   *
   * @default - nobody but the vendor may assume the role
   */
  readonly validatorPrincipalArn?: string;
}

/** How the bucket policy names the vendor. */
export interface BucketPolicyOptions {
  /** The principals that the bucket policy names. */
  readonly principals: VendorPrincipal[];
}

/**
 * The vendor's principals, and the access method that they use.
 *
 * @example
 * import { VendorAccess, VendorPrincipal } from "cdktf-vendor-destination";
 *
 * const access = VendorAccess.assumedRole({
 *   principals: [VendorPrincipal.roleArn("arn:aws:iam::444455556666:role/delivery")],
 *   externalIds: ["customer-42"],
 * });
 */
export class VendorAccess {
  /** The vendor assumes a role in the customer's account. */
  public static assumedRole(options: AssumedRoleOptions): VendorAccess {
    checkProps(GIVEN_ROLE_OPTIONS_RULES, options, "");
    return new VendorAccess(VendorAccessMethod.ASSUMED_ROLE, options.principals, options);
  }

  /** The bucket policy grants the vendor's principal. */
  public static bucketPolicy(options: BucketPolicyOptions): VendorAccess {
    checkProps(PRINCIPALS_RULES, options, "");
    return new VendorAccess(VendorAccessMethod.BUCKET_POLICY, options.principals, undefined);
  }

  private constructor(
    /** The access method. */
    public readonly method: VendorAccessMethod,
    /** The vendor's principals. */
    public readonly principals: VendorPrincipal[],
    /** The options of the role, for ASSUMED_ROLE. */
    public readonly assumedRoleOptions: AssumedRoleOptions | undefined,
  ) {}
}

/** The external IDs; of a list that only Terraform knows, the first, since one of them suffices to assume the role. */
export function knownLength(externalIds: readonly string[]): readonly string[] {
  return Token.isUnresolved(externalIds) ? [Fn.element(externalIds, 0)] : externalIds;
}
