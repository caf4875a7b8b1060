import type { TerraformResource } from "cdktf";
import * as errors from "./errors";
import { brokenAccountIdRule, brokenRoleNameRule, parseIamArn } from "./policy";
import { addPrecondition, isKnown, lazyExpression } from "./tokens";
import { VendorAccessMethod } from "./vendors";

/**
 * Whom the vendor comes as: a role, a user or a whole account.
 *
 * Name the narrowest that the vendor documents. An account admits every principal that the vendor's own policies allow.
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
   * The ARN lies in the partition of the bucket.
   *
   * @param accountId 12 digits.
   * @param roleName name of the role, with its path where it has one (`service/delivery`).
   */
  public static role(accountId: string, roleName: string): VendorPrincipal {
    checkAccountId("accountId", accountId, "");
    checkRoleName("roleName", roleName, "");
    return new VendorPrincipal((partition) => `arn:${partition}:iam::${accountId}:role/${roleName}`, "role", false);
  }

  /** A role by its ARN. */
  public static roleArn(arn: string): VendorPrincipal {
    checkArn("roleArn", "role", arn, "");
    return new VendorPrincipal(() => arn, "role", true);
  }

  /** A user by its ARN. */
  public static userArn(arn: string): VendorPrincipal {
    checkArn("userArn", "user", arn, "");
    return new VendorPrincipal(() => arn, "user", true);
  }

  /**
   * Every principal of an account that the account's own policies allow.
   *
   * @param accountId 12 digits.
   */
  public static account(accountId: string): VendorPrincipal {
    checkAccountId("accountId", accountId, "");
    return new VendorPrincipal((partition) => `arn:${partition}:iam::${accountId}:root`, "account", false);
  }

  private constructor(
    private readonly render: (partition: string) => string,
    /** `role`, `user` or `account`. */
    public readonly kind: string,
    private readonly ownPartition: boolean,
  ) {}

  /** The ARN, as it stands in policies of that partition. */
  public arn(partition: string): string {
    return this.render(partition);
  }

  /**
   * Fails where the principal is known and lies in another partition; what is not known at synth becomes a precondition of the resource
   * that names it.
   *
   * @internal
   */
  public _check(partition: string, namedBy: TerraformResource, at: string): void {
    const arn = this.arn(partition);
    if (!isKnown(arn)) {
      const resource = this.kind === "account" ? "root" : `${this.kind}/[A-Za-z0-9_+=,.@/-]+`;
      const pattern = `^arn:${partition}:iam::[0-9]{12}:${resource}$`;
      addPrecondition(
        namedBy,
        lazyExpression(namedBy, [pattern, arn], (quotedPattern, quotedArn) => `can(regex(${quotedPattern}, ${quotedArn}))`),
        `InvalidArn: the vendor's principal must be the ARN of an IAM ${this.kind} in the partition ${partition}`,
      );
    } else if (this.ownPartition && parseIamArn(arn)!.partition !== partition) {
      throw errors.wrongPartition("principals", partition, arn, at);
    }
  }
}

/** How the vendor assumes a role in the customer's account. */
export interface AssumedRoleOptions {
  /** Whom the role trusts: these and nobody else. */
  readonly principals: VendorPrincipal[];
  /**
   * IDs of which the vendor must present one when it assumes the role.
   *
   * The vendor issues one ID per customer, so that no other customer of the same vendor can point it at this role (the "confused
   * deputy" problem).
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
   * ARN of the policy that bounds what the role may do.
   *
   * @default - no boundary
   */
  readonly permissionsBoundaryArn?: string;
  /**
   * Longest session that may be asked for, 3600 to 43200 seconds.
   *
   * A vendor that comes with a role of its own gets one hour at most, whatever stands here: AWS limits role chaining.
   *
   * @default 3600
   */
  readonly maxSessionDurationSeconds?: number;
  /**
   * ARN of a principal of your own that may assume the role, under the session name `vendor-destination-validation` only, so that the
   * validation can act with the role's own session.
   *
   * It opens the trust policy by this one statement; leave it out again and the statement goes.
   *
   * @default - nobody but the vendor may assume the role
   */
  readonly validatorPrincipalArn?: string;
}

/** How the bucket policy names the vendor. */
export interface BucketPolicyOptions {
  /** Whom the bucket policy names: these and nobody else. */
  readonly principals: VendorPrincipal[];
}

/**
 * Who comes, and by which door.
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
    return new VendorAccess(VendorAccessMethod.ASSUMED_ROLE, options.principals, options);
  }

  /** The bucket policy grants the vendor's principal. */
  public static bucketPolicy(options: BucketPolicyOptions): VendorAccess {
    return new VendorAccess(VendorAccessMethod.BUCKET_POLICY, options.principals, undefined);
  }

  private constructor(
    /** The door. */
    public readonly door: VendorAccessMethod,
    /** The vendor's principals. */
    public readonly principals: VendorPrincipal[],
    /** What the role is like, for the door that has one. */
    public readonly assumedRoleOptions: AssumedRoleOptions | undefined,
  ) {}
}

/** Fails on an account ID that is known and wrong. @internal */
export function checkAccountId(prop: string, accountId: string, at: string): void {
  if (!isKnown(accountId)) return;
  const rule = brokenAccountIdRule(accountId);
  if (rule) throw errors.invalidAccountId(prop, rule, accountId, at);
}

/** Fails on a role name, with its path, that is known and wrong. @internal */
export function checkRoleName(prop: string, roleName: string, at: string): void {
  if (!isKnown(roleName)) return;
  const rule = brokenRoleNameRule(roleName.slice(roleName.lastIndexOf("/") + 1));
  if (rule) throw errors.invalidRoleName(prop, rule, roleName, at);
  if (!/^([!-~]+\/)?[^/]+$/.test(roleName) || /^\/|[*?:]/.test(roleName)) {
    throw errors.invalidRoleName(prop, "may not begin with a slash, nor hold wildcards, colons or white space", roleName, at);
  }
}

/** Fails on an IAM ARN that is known and wrong. @internal */
export function checkArn(prop: string, kind: "role" | "user", arn: string, at: string): void {
  if (!isKnown(arn)) return;
  const parsed = parseIamArn(arn);
  if (parsed?.resource.startsWith(`${kind}/`) !== true) {
    throw errors.invalidArn(prop, `the ARN of an IAM ${kind} (arn:<partition>:iam::<account>:${kind}/<name>)`, arn, at);
  }
}
