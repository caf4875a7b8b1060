import type { Construct } from "constructs";
import { checkProps, DESTINATION_OPTIONS_RULES, ROLE_OPTIONS_RULES } from "./checks";
import { accountId, given, keyPrefix, optionalNarrowing, type Rules, roleNameWithPath } from "./props";
import { VendorAccess, VendorPrincipal } from "./vendor-access";
import { VendorDestination } from "./vendor-destination";
import type { DestinationOptions, VendorDestinationProps } from "./vendor-destination-props";
import { KANDJI_PROFILE, type VendorProfile } from "./vendors";

/** Props of a Kandji destination. */
export interface KandjiDestinationProps extends DestinationOptions {
  /**
   * The value `KANDJI_AWS_ACCOUNT_ID` from Kandji's screen (`IRU_ENDPOINT_AWS_ACCOUNT_ID` in Iru): 12 digits.
   *
   * @see https://support.kandji.io/kb/amazon-s3-activity-log-events-integration
   */
  readonly vendorAccountId: string;
  /**
   * The value `KANDJI_IAM_ROLE` from Kandji's screen (`IRU_ENDPOINT_IAM_ROLE` in Iru): the name of a role, without its ARN.
   *
   * @see https://support.kandji.io/kb/amazon-s3-activity-log-events-integration
   */
  readonly vendorRoleName: string;
  /**
   * The "Destination Path" of Kandji's form: the key prefix of the events.
   *
   * The documented grant covers the whole bucket; with `LEAST_PRIVILEGE` it ends at this path. Kandji does not document whether its
   * test file is under the path: if Connect fails, leave the path or `LEAST_PRIVILEGE` out.
   *
   * Leave it out for the default: `undefined` is refused, so that an environment variable that is not set never grants more.
   *
   * @default - the root of the bucket
   */
  readonly destinationPath?: string;
  /**
   * Name of the role that Kandji assumes, 1 to 64 characters.
   *
   * @default - "kandji-" and the bucket's name
   */
  readonly roleName?: string;
  /**
   * Path of the role that Kandji assumes.
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
   * ARN of a principal of yours that may assume the role to validate it; see `AssumedRoleOptions`.
   *
   * @default - nobody but Kandji may assume the role
   */
  readonly validatorPrincipalArn?: string;
}

/**
 * A bucket that Kandji (now Iru) delivers its activity log into.
 *
 * It follows Kandji's page: Block Public Access, versioning disabled, SSE-S3 with the bucket key, HTTPS only, and a role that only
 * Kandji's role may assume, with `s3:ListBucket` on the bucket and `s3:*` on its objects. Enter `connectionDetails` into Kandji's form;
 * Kandji then uploads and deletes a test file. The first events arrive within two hours, later ones every hour.
 *
 * @see https://support.kandji.io/kb/amazon-s3-activity-log-events-integration
 *
 * @example
 * import { KandjiDestination } from "cdktf-vendor-destination";
 * import { TerraformStack } from "cdktf";
 *
 * declare const stack: TerraformStack;
 * new KandjiDestination(stack, "Kandji", {
 *   bucketName: "acme-kandji-activity",
 *   vendorAccountId: "123456789012",
 *   vendorRoleName: "kandji-activity",
 *   destinationPath: "activity",
 * });
 */
export class KandjiDestination extends VendorDestination {
  /** What Kandji documents. */
  public static readonly PROFILE: VendorProfile = KANDJI_PROFILE;

  public constructor(scope: Construct, id: string, props: KandjiDestinationProps) {
    super(scope, id, generalProps(props, `${scope.node.path}/${id}`));
  }
}

const KANDJI_RULES: Rules = {
  ...DESTINATION_OPTIONS_RULES,
  vendorAccountId: accountId,
  vendorRoleName: roleNameWithPath,
  destinationPath: optionalNarrowing(keyPrefix),
  ...ROLE_OPTIONS_RULES,
};

function generalProps(props: KandjiDestinationProps, at: string): VendorDestinationProps {
  checkProps(KANDJI_RULES, props, at);
  const {
    vendorAccountId,
    vendorRoleName,
    destinationPath,
    roleName,
    rolePath,
    permissionsBoundaryArn,
    validatorPrincipalArn,
    ...general
  } = props;
  const principals = [VendorPrincipal.role(vendorAccountId, vendorRoleName)];
  return given({
    ...general,
    vendor: KANDJI_PROFILE,
    keyPrefix: destinationPath === "" ? undefined : destinationPath,
    access: VendorAccess.assumedRole(given({ principals, roleName, rolePath, permissionsBoundaryArn, validatorPrincipalArn })),
  });
}
