import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import type { AcceptFindingOptions } from "./accept-finding";
import {
  addWarning,
  checkBucketInApp,
  checkBucketInStack,
  checkBucketProps,
  checkedAcceptance,
  checkPreconditionProps,
  publicStatements,
} from "./checks";
import type { Acceptance, ContractTerms } from "./contract";
import type { DestinationBucketProps } from "./destination-bucket-props";
import * as errors from "./errors";
import { allowSslRequestsOnly, BUCKET_POLICY_BYTES, bucketPolicySize, denyTlsBelow, partitionOf } from "./policy";
import { addPrecondition, dependableOn, isKnown, PolicyBuilder } from "./tokens";
import { BucketEncryption, BucketVersioning, ObjectOwnership } from "./vendors";

/**
 * A bucket for deliveries of a vendor: private, encrypted, HTTPS only, with one bucket policy.
 *
 * The policy collects all grants and statements and is written once, because a second `aws_s3_bucket_policy` would overwrite it.
 * Terraform changes the bucket's settings one after the other, because S3 answers 409 to simultaneous changes of one bucket.
 *
 * @example
 * import { DestinationBucket } from "cdktf-vendor-destination";
 * import { TerraformStack } from "cdktf";
 *
 * declare const stack: TerraformStack;
 * const bucket = new DestinationBucket(stack, "Logs", { bucketName: "acme-vendor-logs" });
 */
export class DestinationBucket extends Construct {
  /** The bucket. */
  public readonly bucket: S3Bucket;
  /** Block Public Access, with all four settings on. */
  public readonly publicAccessBlock: S3BucketPublicAccessBlock;
  /** Object Ownership. */
  public readonly ownershipControls: S3BucketOwnershipControls;
  /** Default encryption. */
  public readonly encryptionConfiguration: S3BucketServerSideEncryptionConfigurationA;
  /** Versioning. */
  public readonly versioningConfiguration: S3BucketVersioningA;
  /** Lifecycle rules, if any were defined. */
  public readonly lifecycleConfiguration?: S3BucketLifecycleConfiguration;
  /** The one bucket policy. */
  public readonly policy: S3BucketPolicy;

  /** Name of the bucket: the literal name if one was given, otherwise Terraform's attribute. */
  public readonly bucketName: string;
  /** ARN of the bucket: literal if the name is. */
  public readonly bucketArn: string;
  /** AWS Region of the bucket: as given, otherwise Terraform's attribute. */
  public readonly region: string;
  /** Partition of the bucket. */
  public readonly partition: string;
  /** The default encryption. */
  public readonly encryption: BucketEncryption;
  /** The versioning state. */
  public readonly versioning: BucketVersioning;
  /** The setting of Object Ownership. */
  public readonly objectOwnership: ObjectOwnership;

  /** The Region, where it was given. @internal */
  public readonly _givenRegion: string | undefined;
  /** ARN of the customer managed key, where the bucket encrypts with one. @internal */
  public readonly _kmsKeyArn: string | undefined;
  private readonly policyBuilder: PolicyBuilder;
  private readonly claims: Claim[] = [];
  /** The terms of every destination of the bucket. @internal */
  public readonly _terms: ContractTerms[] = [];
  /** What every destination of the bucket accepts. @internal */
  public readonly _acceptances: Acceptance[] = [];

  public constructor(scope: Construct, id: string, props: DestinationBucketProps = {}) {
    super(scope, id);
    checkBucketProps(props, this.node.path);
    const { provider, region } = props;
    this.partition = props.partition ?? (isKnown(region) ? partitionOf(region) : "aws");
    this.encryption = props.encryption ?? BucketEncryption.SSE_S3;
    this.versioning = props.versioning ?? BucketVersioning.DISABLED;
    this.objectOwnership = props.objectOwnership ?? ObjectOwnership.BUCKET_OWNER_ENFORCED;
    this.policyBuilder = new PolicyBuilder("resource", this);

    this.bucket = new S3Bucket(this, "Resource", {
      bucket: props.bucketName,
      region,
      forceDestroy: props.forceDestroy ?? false,
      tags: props.tags,
      provider,
      dependsOn: props.dependsOn,
      lifecycle: props.lifecycle,
    });
    const literal = isKnown(props.bucketName);
    this.bucketName = literal ? props.bucketName! : this.bucket.bucket;
    this.bucketArn = literal ? `arn:${this.partition}:s3:::${props.bucketName}` : this.bucket.arn;
    this._givenRegion = region;
    this._kmsKeyArn = props.kmsKeyArn;
    this.region = region ?? this.bucket.region;

    const common = { bucket: this.bucket.bucket, region, provider };
    this.publicAccessBlock = new S3BucketPublicAccessBlock(this, "PublicAccessBlock", {
      ...common,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    this.ownershipControls = new S3BucketOwnershipControls(this, "OwnershipControls", {
      ...common,
      rule: { objectOwnership: this.objectOwnership },
      dependsOn: [dependableOn(this.publicAccessBlock)],
    });
    this.encryptionConfiguration = new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      ...common,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: this.encryption, kmsMasterKeyId: props.kmsKeyArn },
          bucketKeyEnabled: true,
          // Providers 6.22 to 6.39 show a difference in every plan where this is not set.
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
      dependsOn: [dependableOn(this.ownershipControls)],
    });
    this.versioningConfiguration = new S3BucketVersioningA(this, "Versioning", {
      ...common,
      versioningConfiguration: { status: this.versioning },
      dependsOn: [dependableOn(this.encryptionConfiguration)],
    });
    if (props.abortIncompleteMultipartUploadAfterDays !== undefined) {
      this.lifecycleConfiguration = new S3BucketLifecycleConfiguration(this, "Lifecycle", {
        ...common,
        rule: [
          {
            id: "abort-incomplete-multipart-uploads",
            status: "Enabled",
            filter: [{ prefix: "" }],
            abortIncompleteMultipartUpload: [{ daysAfterInitiation: props.abortIncompleteMultipartUploadAfterDays }],
          },
        ],
        dependsOn: [dependableOn(this.versioningConfiguration)],
      });
    }
    this.policy = new S3BucketPolicy(this, "Policy", {
      ...common,
      policy: this.policyBuilder.finalText,
      dependsOn: [dependableOn(this.lifecycleConfiguration ?? this.versioningConfiguration)],
    });

    this.policyBuilder.add(allowSslRequestsOnly(this.bucketArn));
    if (props.minimumTlsVersion !== undefined) this.policyBuilder.add(denyTlsBelow(this.bucketArn, props.minimumTlsVersion));
    if (literal && props.bucketName!.includes(".")) addWarning(this, errors.dottedBucketName(props.bucketName!));
    checkBucketInStack(this);
    checkBucketInApp(this);
  }

  /** The name, where it is known at synth. @internal */
  public get _literalName(): string | undefined {
    return isKnown(this.bucketName) ? this.bucketName : undefined;
  }

  /**
   * Adds one statement to the bucket policy.
   *
   * Use it for statements that a vendor asks you to add, and for Deny statements of your own.
   *
   * @param statement one statement in IAM's JSON grammar, with `Effect`, `Principal`, `Action` and `Resource`. Errors: an unknown
   *   element, a missing one, a `Sid` that is taken.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
   */
  public addToResourcePolicy(statement: { readonly [element: string]: any }): void {
    this.policyBuilder.add(statement);
  }

  /**
   * Accepts a finding of `vendor-destination check` in every destination of this bucket.
   *
   * @param id as for `VendorDestination.acceptFinding`, with its reason.
   */
  public acceptFinding(id: string, reason: string, options?: AcceptFindingOptions): void {
    this._acceptances.push(checkedAcceptance(this, { id, reason, options }));
  }

  /**
   * Adds a Terraform precondition to the bucket, for values that are not known at synthesis.
   *
   * @param condition Terraform expression that must be true.
   * @param errorMessage message that Terraform shows if it is not true.
   */
  public addPrecondition(condition: any, errorMessage: string): void {
    checkPreconditionProps({ condition, errorMessage }, this.node.path);
    addPrecondition(this.bucket, condition, errorMessage);
  }

  /**
   * Reserves prefixes for one destination, and answers how many destinations the bucket has. Errors: another destination has a prefix.
   *
   * A destination of a shared bucket gets a warning where its grant does not end at its prefixes.
   *
   * @internal
   */
  public _claim(claim: Claim): number {
    const own = claim.prefixes.length === 0 ? [""] : claim.prefixes;
    for (const { owner, prefixes } of this.claims) {
      const taken = own.find((prefix) => prefixes.some((other) => overlap(prefix, other)));
      if (taken !== undefined)
        throw errors.duplicateKeyPrefix({ prop: "keyPrefix", got: taken, at: claim.owner.node.path }, owner.node.path);
    }
    this.claims.push({ ...claim, prefixes: own });
    // The second claim makes the bucket a shared one, so that the first destination is warned, too.
    const unwarned = this.claims.length === 1 ? [] : this.claims.length === 2 ? this.claims : this.claims.slice(-1);
    for (const { owner, vendorName, limitedToPrefixes } of unwarned) {
      if (!limitedToPrefixes) addWarning(owner, errors.wideGrantInSharedBucket(vendorName));
    }
    return this.claims.length;
  }

  /** @internal */
  public _policyErrors(): string[] {
    const at = this.node.path;
    const [acceptance] = this._terms.length === 0 ? this._acceptances : [];
    if (acceptance) return [errors.acceptanceOutsideDestination("bucket", acceptance.id, at)];
    const size = bucketPolicySize(this.policyBuilder.text);
    if (size > BUCKET_POLICY_BYTES) {
      return [errors.policyTooLarge({ policy: "bucket policy", limit: BUCKET_POLICY_BYTES, unit: "bytes", size, at })];
    }
    return this.policyBuilder.namesEverybody ? publicStatements(this).map((statement) => errors.publicStatement(statement, at)) : [];
  }
}

/** The prefixes of one destination. */
interface Claim {
  readonly owner: Construct;
  readonly vendorName: string;
  /** Empty for the whole bucket. */
  readonly prefixes: readonly string[];
  /** Whether the vendor's grant ends at these prefixes. */
  readonly limitedToPrefixes: boolean;
}

function overlap(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}
