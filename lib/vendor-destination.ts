import { createHash } from "node:crypto";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Annotations, Fn, type TerraformResource, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { checkAccess, checkBucket, checkContract, checkKeyPrefix } from "./checks";
import { ConnectionDetails, type ConnectionField } from "./connection-details";
import {
  type AcceptedFinding,
  type AccessMethod,
  type ContractChoices,
  type ContractTerms,
  contractTerms,
  deriveContract,
  VALIDATION_SESSION_NAME,
} from "./contract";
import { DestinationBucket } from "./destination-bucket";
import { DestinationValidation } from "./destination-validation";
import * as errors from "./errors";
import { allow, keyPrefixOf } from "./policy";
import { attributeExpression, dependableOn, isKnown, lazyExpression } from "./tokens";
import type { AssumedRoleOptions } from "./vendor-access";
import { bucketPropsOf, type VendorDestinationProps } from "./vendor-destination-props";
import { VendorRole } from "./vendor-role";
import { ConnectionValue, type VendorPermissionSet, VendorPermissions, type VendorProfile } from "./vendors";

/**
 * A bucket that one vendor can deliver into, and nobody else: the whole recipe.
 *
 * It defines a bucket, the role that the vendor assumes or the grant in the bucket policy, a validation that runs after deploy, and
 * the delivery contract that both `check` and `validate` judge by.
 *
 * @example
 * import { VendorAccess, VendorDestination, VendorPrincipal, VendorProfile } from "cdktf-vendor-destination";
 * import { TerraformStack } from "cdktf";
 *
 * declare const stack: TerraformStack;
 * declare const acme: VendorProfile;
 * new VendorDestination(stack, "Acme", {
 *   vendor: acme,
 *   access: VendorAccess.bucketPolicy({ principals: [VendorPrincipal.userArn("arn:aws:iam::444455556666:user/logs")] }),
 *   bucketName: "example-acme-logs",
 *   keyPrefix: "acme",
 * });
 */
export class VendorDestination extends Construct {
  /** The bucket. */
  public readonly bucket: DestinationBucket;
  /** The role that the vendor assumes, for the door that has one. */
  public readonly role?: VendorRole;
  /** The validation, and the contract that travels with it. */
  public readonly validation: DestinationValidation;
  /** What to enter into the vendor's form. */
  public readonly connectionDetails: ConnectionDetails;
  /** Where in the bucket the vendor delivers, each with a slash at its end; empty for the whole bucket. @internal */
  public readonly _keyPrefixes: readonly string[];
  private readonly terms: ContractTerms;

  public constructor(scope: Construct, id: string, props: VendorDestinationProps) {
    super(scope, id);
    const vendor = props.vendor.facts;
    const permissions = props.permissions ?? VendorPermissions.DOCUMENTED;
    checkAccess(props, this.node.path);
    const bucketProps = bucketPropsOf(props, this.node.path);
    checkBucket(props.bucket ?? bucketProps, props.vendor, this.node.path);

    this.bucket = props.bucket ?? new DestinationBucket(this, "Bucket", bucketProps);
    if (TerraformStack.of(this.bucket) !== TerraformStack.of(this)) throw errors.bucketInOtherStack(this.bucket.node.path, this.node.path);

    const keyPrefixes = [...(props.keyPrefix === undefined ? [] : [props.keyPrefix]), ...(props.furtherKeyPrefixes ?? [])].map((prefix) =>
      this.keyPrefix(prefix, vendor.ownFolder),
    );
    if (keyPrefixes.length === 0 && vendor.ownFolder !== undefined) keyPrefixes.push(vendor.ownFolder);
    this._keyPrefixes = keyPrefixes;
    const endsAtPrefix = permissions === VendorPermissions.LEAST_PRIVILEGE || vendor.documentedGrantEndsAtPrefix === true;
    const limitedToPrefixes = endsAtPrefix && keyPrefixes.length > 0;
    const ordinal = this.bucket._claim({ owner: this, vendorName: vendor.vendorName, prefixes: keyPrefixes, limitedToPrefixes });
    const granted = props.vendor.permissionSet(permissions);
    if (permissions === VendorPermissions.LEAST_PRIVILEGE) {
      Annotations.of(this).addInfo(errors.leastPrivilegeUnconfirmed(vendor.vendorName));
    }

    const region = this.checkedRegion(props);
    const principalArns = props.access.principals.map((principal) => principal.arn(this.bucket.partition));
    const objectArns = (limitedToPrefixes ? keyPrefixes : [""]).map((prefix) => `${this.bucket.bucketArn}/${prefix}*`);
    const role = props.access.assumedRoleOptions;
    if (role !== undefined) {
      this.role = this.defineRole(role, props, ordinal);
      for (const grant of this.grants(granted, objectArns)) this.role.addToPolicy(grant);
    } else {
      for (const principal of props.access.principals) principal._check(this.bucket.partition, this.bucket.policy, this.node.path);
      for (const grant of this.grants(granted, objectArns, principalArns, ordinal)) this.bucket.addToResourcePolicy(grant);
    }

    this.terms = contractTerms(vendor, {
      id: this.node.path,
      door: props.access.door as AccessMethod,
      partition: this.bucket.partition,
      bucket: { name: this.bucket.bucketName, arn: this.bucket.bucketArn, ...(region !== undefined && { region }) },
      ...(this.role && { role: { name: this.role.roleName, arn: this.role.roleArn } }),
      vendorPrincipals: principalArns,
      externalIds: knownLength(role?.externalIds ?? []),
      keyPrefixes,
      limitedToPrefixes,
      granted,
      exercised: props.vendor.exercised,
      posture: {
        encryption: this.bucket.encryption,
        versioning: this.bucket.versioning,
        objectOwnership: this.bucket.objectOwnership,
      },
      accepted: this.acceptedFindings(props.vendor, permissions),
      ...(props.cadence && { cadence: props.cadence }),
      ...(role?.validatorPrincipalArn !== undefined && {
        validator: { principalArn: role.validatorPrincipalArn, sessionName: VALIDATION_SESSION_NAME },
      }),
    } satisfies ContractChoices);

    this.validation = new DestinationValidation(this, "Validation", {
      ...props.validation,
      contract: this.terms,
      triggers: this.validationTriggers(),
      dependsOn: [this.bucket.policy, ...(this.role ? [this.role.inlinePolicy] : [])].map(dependableOn),
    });
    this.connectionDetails = new ConnectionDetails(this, "ConnectionDetails", {
      form: `${vendor.vendorName}, ${vendor.product}`,
      fields: this.connectionFields(props),
    });
    checkContract(this, this.terms);
  }

  /** The delivery contract with all that it expects, as JSON data. It may hold tokens. The stack carries its terms, from which the rest follows. */
  public get contract(): any {
    return deriveContract(this.terms);
  }

  private connectionFields({ vendor, keyPrefix = "", furtherConnectionFields = [] }: VendorDestinationProps): ConnectionField[] {
    const { bucket, role } = this;
    const values: { [value in ConnectionValue]: () => string } = {
      // The account is part of the role's ARN; only without a role does the provider have to ask for it.
      awsAccountId: () =>
        role
          ? lazyExpression(this, [role.roleArn], (arn) => `element(split(":", ${arn}), 4)`)
          : new DataAwsCallerIdentity(this, "Account", { provider: bucket.bucket.provider }).accountId,
      bucketName: () => bucket.bucketName,
      bucketArn: () => bucket.bucketArn,
      region: () => bucket.region,
      keyPrefix: () => keyPrefix,
      roleArn: () => role?.roleArn ?? "",
      roleName: () => role?.roleName ?? "",
    };
    const form = vendor.facts.connectionForm ?? [
      { label: "S3 Bucket Name", value: ConnectionValue.BUCKET_NAME },
      { label: "AWS Region", value: ConnectionValue.REGION },
      { label: "Key Prefix", value: ConnectionValue.KEY_PREFIX },
      ...(role ? [{ label: "IAM Role ARN", value: ConnectionValue.ROLE_ARN }] : []),
    ];
    return [...form.map(({ label, value }) => ({ label, value: values[value]() })), ...furtherConnectionFields];
  }

  private keyPrefix(path: string, ownFolder = ""): string {
    checkKeyPrefix("keyPrefix", path, this.node.path);
    if (isKnown(path)) return keyPrefixOf(path) + ownFolder;
    this.bucket.addPrecondition(
      lazyExpression(this, [path], (quoted) => `can(regex("^([^/*?]+/)*[^/*?]+/?$", ${quoted}))`),
      "MalformedKeyPrefix: a key prefix may not be empty, begin with a slash, nor hold two slashes in a row, * or ?",
    );
    return `${lazyExpression(this, [path], (quoted) => `trimsuffix(${quoted}, "/")`)}/${ownFolder}`;
  }

  /** The region, as far as it can be known; what is not known at synth is left to a precondition. */
  private checkedRegion({ vendor }: VendorDestinationProps): string | undefined {
    const { regions, vendorName } = vendor.facts;
    const given = this.bucket._givenRegion;
    if (regions === undefined) return given;
    if (isKnown(given)) {
      if (!regions.includes(given)) throw errors.unsupportedRegion(vendorName, regions, given, this.node.path);
      return given;
    }
    const region = given ?? new DataAwsRegion(this, "Region", { provider: this.bucket.bucket.provider }).region;
    this.bucket.addPrecondition(
      lazyExpression(this, [region], (quoted) => `contains(${JSON.stringify(regions)}, ${quoted})`),
      `UnsupportedRegion: ${vendorName} supports these ${regions.length} regions only: ${regions.join(", ")}`,
    );
    return region;
  }

  private defineRole(options: AssumedRoleOptions, props: VendorDestinationProps, ordinal: number): VendorRole {
    const { id, vendorName, product } = props.vendor.facts;
    return new VendorRole(this, "Role", {
      ...options,
      roleName: options.roleName ?? defaultRoleName(id, this.bucket._literalName, ordinal),
      partition: this.bucket.partition,
      description: `Assumed by ${vendorName} to deliver ${product} into an S3 bucket`,
      tags: props.tags,
      provider: props.provider ?? this.bucket.bucket.provider,
      dependsOn: props.dependsOn,
    });
  }

  private grants(granted: VendorPermissionSet, objectArns: string[], principalArns?: string[], ordinal = 1): { [element: string]: any }[] {
    const suffix = ordinal === 1 ? "" : `${ordinal}`;
    return [
      ...(granted.bucketActions.length === 0
        ? []
        : [allow(`AllowVendorOnBucket${suffix}`, granted.bucketActions, [this.bucket.bucketArn], principalArns)]),
      ...(granted.objectActions.length === 0
        ? []
        : [allow(`AllowVendorOnObjects${suffix}`, granted.objectActions, objectArns, principalArns)]),
    ];
  }

  private acceptedFindings(vendor: VendorProfile, permissions: VendorPermissions): AcceptedFinding[] {
    const { vendorName, documentation, acceptedFindings = [] } = vendor.facts;
    const narrowed = permissions === VendorPermissions.LEAST_PRIVILEGE;
    return [
      ...acceptedFindings.filter(({ code }) => !(narrowed && code === "R-wild")),
      ...(this.bucket._literalName?.includes(".")
        ? [{ code: "R-dot", reason: `the bucket's name has a dot, which ${vendorName} does not refuse`, source: documentation }]
        : []),
    ];
  }

  /** Attributes of the live resources: a change of any makes the validation run again. */
  private validationTriggers(): { [name: string]: string } {
    const { bucket, role } = this;
    const attribute = (resource: TerraformResource, path: string) => `\${${attributeExpression(resource, path)}}`;
    const asJson = (expression: string) => `\${jsonencode(${expression})}`;
    const publicAccess = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
      .map((setting) => attributeExpression(bucket.publicAccessBlock, setting))
      .join(", ");
    return {
      bucket: attribute(bucket.bucket, "arn"),
      bucketPolicy: attribute(bucket.policy, "policy"),
      publicAccessBlock: asJson(`[${publicAccess}]`),
      ownership: attribute(bucket.ownershipControls, "rule[0].object_ownership"),
      encryption: asJson(attributeExpression(bucket.encryptionConfiguration, "rule")),
      versioning: attribute(bucket.versioningConfiguration, "versioning_configuration[0].status"),
      ...(role && {
        role: attribute(role.role, "unique_id"),
        trustPolicy: attribute(role.role, "assume_role_policy"),
        inlinePolicy: attribute(role.inlinePolicy, "policy"),
      }),
    };
  }
}

/** The external IDs; of a list that only Terraform knows, the first, since one of them suffices to assume the role. */
function knownLength(externalIds: readonly string[]): readonly string[] {
  return Token.isUnresolved(externalIds) ? [Fn.element(externalIds, 0)] : externalIds;
}

/** A name that the vendor can be told before the role is there: the vendor's id and the bucket's name, at most 64 characters. */
function defaultRoleName(vendorId: string, bucketName: string | undefined, ordinal: number): string | undefined {
  if (bucketName === undefined) return undefined;
  const name = `${vendorId}-${bucketName}${ordinal === 1 ? "" : `-${ordinal}`}`;
  if (name.length <= 64) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, 64 - 1 - hash.length)}-${hash}`;
}
