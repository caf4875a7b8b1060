import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { AcceptFindingOptions } from "./accept-finding";
import { addInfo, checkContractInStack, checkDeployer, checkDestinationProps, checkedAcceptance, checkVendorBucket } from "./checks";
import { ConnectionDetails } from "./connection-details";
import { connectionFields } from "./connection-fields";
import type { Acceptance, AcceptedFinding, AccessMethod, ContractTerms } from "./contract";
import { type ContractChoices, contractTerms, VALIDATION_SESSION_NAME } from "./contract/terms";
import { DestinationBucket } from "./destination-bucket";
import { DestinationValidation } from "./destination-validation";
import * as errors from "./errors";
import { keyPrefixOf } from "./names";
import { allowToUseKey, vendorStatements } from "./policy";
import { dependableOn, isKnown, jsonText, lazyExpression, lazyList, lazyText, resolveTokens } from "./tokens";
import { validationTriggers } from "./validation-triggers";
import { type AssumedRoleOptions, knownLength } from "./vendor-access";
import { bucketPropsOf, type VendorDestinationProps } from "./vendor-destination-props";
import { allowInKeyPolicy } from "./vendor-key-policy";
import { defaultRoleName, VendorRole } from "./vendor-role";
import { VendorPermissions, type VendorProfile } from "./vendors";

/**
 * A bucket that one vendor, and nobody else, can deliver into.
 *
 * It defines the bucket, the role that the vendor assumes or the grant in the bucket policy, a validation that runs after deploy, and
 * the delivery contract that `check` and `validate` judge by.
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
  /** The role that the vendor assumes, if it assumes one. */
  public readonly role?: VendorRole;
  /** Name of the bucket: the literal name if one was given, otherwise Terraform's attribute. */
  public readonly bucketName: string;
  /** ARN of the bucket: literal if the name is. */
  public readonly bucketArn: string;
  /** ARN of the role that the vendor assumes, if it assumes one. */
  public readonly roleArn?: string;
  /** Name of the role that the vendor assumes, if it assumes one. */
  public readonly roleName?: string;
  /** Policy of the bucket's KMS key, where the stack defines the key without one and the bucket policy names the vendor. */
  public readonly keyPolicy?: KmsKeyPolicy;
  /** The validation, which holds the delivery contract. */
  public readonly validation: DestinationValidation;
  /** What to enter into the vendor's form. */
  public readonly connectionDetails: ConnectionDetails;
  /** Key prefixes of the deliveries, each with a slash at its end; empty for the whole bucket. @internal */
  public readonly _keyPrefixes: readonly string[];
  private readonly terms: ContractTerms;
  private readonly acceptances: Acceptance[] = [];

  public constructor(scope: Construct, id: string, props: VendorDestinationProps) {
    super(scope, id);
    const at = this.node.path;
    checkDestinationProps(props, at);
    const vendor = props.vendor.facts;
    const permissions = props.permissions ?? VendorPermissions.DOCUMENTED;
    const bucketProps = bucketPropsOf(props, at);
    checkVendorBucket({ vendor: props.vendor, settings: props.bucket ?? bucketProps, isShared: props.bucket !== undefined, at });

    this.bucket = props.bucket ?? new DestinationBucket(this, "Bucket", bucketProps);
    if (TerraformStack.of(this.bucket) !== TerraformStack.of(this)) throw errors.bucketInOtherStack(this.bucket.node.path, at);
    this.bucketName = this.bucket.bucketName;
    this.bucketArn = this.bucket.bucketArn;

    const keyPrefixes = [...(props.keyPrefix === undefined ? [] : [props.keyPrefix]), ...(props.additionalKeyPrefixes ?? [])].map(
      (prefix) => this.keyPrefix(prefix, vendor.vendorFolder),
    );
    if (keyPrefixes.length === 0 && vendor.vendorFolder !== undefined) keyPrefixes.push(vendor.vendorFolder);
    this._keyPrefixes = keyPrefixes;
    const endsAtPrefix = permissions === VendorPermissions.LEAST_PRIVILEGE || vendor.documentedGrantEndsAtPrefix === true;
    const limitedToPrefixes = endsAtPrefix && keyPrefixes.length > 0;
    const ordinal = this.bucket._claim({ owner: this, vendorName: vendor.vendorName, prefixes: keyPrefixes, limitedToPrefixes });
    const granted = props.vendor.permissionSet(permissions);
    const documentsMore = vendor.leastPermissions !== undefined || (limitedToPrefixes && vendor.documentedGrantEndsAtPrefix !== true);
    if (permissions === VendorPermissions.LEAST_PRIVILEGE && documentsMore) {
      addInfo(this, errors.leastPrivilegeUnconfirmed(vendor.vendorName));
    }

    const region = this.checkedRegion(props);
    const principalArns = props.access.principals.map((principal) => principal.arn(this.bucket.partition));
    const objectArns = (limitedToPrefixes ? keyPrefixes : [""]).map((prefix) => `${this.bucket.bucketArn}/${prefix}*`);
    const role = props.access.assumedRoleOptions;
    if (role !== undefined) {
      this.role = this.defineRole(role, props, ordinal);
      this.role._isOfDestination = true;
      this.roleArn = this.role.roleArn;
      this.roleName = this.role.roleName;
      for (const grant of vendorStatements({ bucketArn: this.bucket.bucketArn, granted, objectArns })) this.role.addToPolicy(grant);
      if (this.bucket._kmsKeyArn !== undefined) this.role.addToPolicy(allowToUseKey(this.bucket._kmsKeyArn));
    } else {
      for (const principal of props.access.principals) principal._check(this.bucket.partition, this.bucket.policy, this.node.path);
      for (const grant of vendorStatements({ bucketArn: this.bucket.bucketArn, granted, objectArns, principalArns, ordinal }))
        this.bucket.addToResourcePolicy(grant);
      this.keyPolicy = allowInKeyPolicy(this.bucket, principalArns);
    }

    this.terms = contractTerms(vendor, {
      id: this.node.path,
      door: props.access.method as AccessMethod,
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
      acceptances: lazyList(() => this.allAcceptances),
      ...(props.cadence && { cadence: props.cadence }),
      ...(role?.validatorPrincipalArn !== undefined && {
        validator: { principalArn: role.validatorPrincipalArn, sessionName: VALIDATION_SESSION_NAME },
      }),
    } satisfies ContractChoices);

    this.bucket._terms.push(this.terms);
    this.validation = new DestinationValidation(this, "Validation", {
      ...props.validation,
      environment: { ...props.validation?.environment, [NEIGHBOURS_VARIABLE]: lazyText(() => this.neighbours()) },
      contract: this.terms,
      ...validationTriggers({ bucket: this.bucket, role: this.role, keyPolicy: this.keyPolicy, acceptances: () => this.allAcceptances }),
      dependsOn: [this.bucket.policy, this.role?.inlinePolicy ?? this.keyPolicy ?? []].flat().map(dependableOn),
    });
    this.connectionDetails = new ConnectionDetails(this, "ConnectionDetails", {
      form: `${vendor.vendorName}, ${vendor.product}`,
      fields: connectionFields({ scope: this, bucket: this.bucket, role: this.role }, props),
    });
    checkDeployer({ destination: this, provider: props.provider ?? this.bucket.bucket.provider, validation: props.validation });
    checkContractInStack({ destination: this, bucket: this.bucket, terms: this.terms });
  }

  /** The delivery contract as JSON data, with every expectation. It may hold tokens. The synthesized stack holds only its terms. */
  public get contract(): any {
    // Loaded on demand, because it loads the judge.
    const { deriveContract } = require("./contract") as typeof import("./contract");
    return deriveContract(this.terms);
  }

  /**
   * Accepts a finding of `vendor-destination check` in this destination.
   *
   * It travels with the delivery contract, and every report shows it with its reason. An acceptance that covers nothing is a finding.
   *
   * @param id of a rule, or of one expectation or setting of the contract, as the report shows it.
   * @param options what the acceptance is limited to.
   */
  public acceptFinding(id: string, reason: string, options?: AcceptFindingOptions): void {
    this.acceptances.push(checkedAcceptance(this, { id, reason, options }));
  }

  private get allAcceptances(): Acceptance[] {
    return [...this.acceptances, ...this.bucket._acceptances, ...(this.role?._acceptances ?? [])];
  }

  /** The terms of the bucket's other destinations, as JSON: the bucket policy names their vendors, too. */
  private neighbours(): string | undefined {
    const others = this.bucket._terms.filter((terms) => terms !== this.terms).map(({ cadence: _, accepted: __, ...terms }) => terms);
    return others.length === 0 ? undefined : jsonText(resolveTokens(this, others));
  }

  private keyPrefix(path: string, vendorFolder = ""): string {
    if (isKnown(path)) return keyPrefixOf(path) + vendorFolder;
    this.bucket.addPrecondition(
      lazyExpression(this, [path], (quoted) => `can(regex("^([^/*?]+/)*[^/*?]+/?$", ${quoted}))`),
      "MalformedKeyPrefix: a key prefix may not be empty, begin with a slash, nor hold two slashes in a row, * or ?",
    );
    return `${lazyExpression(this, [path], (quoted) => `trimsuffix(${quoted}, "/")`)}/${vendorFolder}`;
  }

  /** The Region. Where it is not known at synthesis, a precondition checks it. */
  private checkedRegion({ vendor }: VendorDestinationProps): string | undefined {
    const { regions, vendorName } = vendor.facts;
    const given = this.bucket._givenRegion;
    if (regions === undefined) return given;
    if (isKnown(given)) {
      if (!regions.includes(given)) throw errors.unsupportedRegion({ prop: "region", got: given, at: this.node.path }, vendorName, regions);
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
}

/** The program reads the neighbours' contracts from it. */
const NEIGHBOURS_VARIABLE = "VENDOR_DESTINATION_NEIGHBOURS";
