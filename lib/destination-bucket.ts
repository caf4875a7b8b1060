import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { checkPolicyOwners, publicStatements } from "./checks";
import { checkBucketProps, type DestinationBucketProps } from "./destination-bucket-props";
import * as errors from "./errors";
import { allowSslRequestsOnly, BUCKET_POLICY_BYTES, bucketPolicySize, denyTlsBelow, partitionOf } from "./policy";
import { addPrecondition, dependableOn, isKnown, PolicyBuilder } from "./tokens";
import { BucketEncryption, BucketVersioning, ObjectOwnership } from "./vendors";

/**
 * A bucket that a vendor may write into: private, encrypted, HTTPS only, with one bucket policy.
 *
 * The policy is gathered from every grant and statement and written once, because a second `aws_s3_bucket_policy` would overwrite it.
 * Sub-resources are chained: S3 answers 409 to changes of one bucket at the same time.
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
  /** All four settings of Block Public Access, on. */
  public readonly publicAccessBlock: S3BucketPublicAccessBlock;
  /** Object Ownership. */
  public readonly ownershipControls: S3BucketOwnershipControls;
  /** Default encryption. */
  public readonly encryptionConfiguration: S3BucketServerSideEncryptionConfigurationA;
  /** Versioning. */
  public readonly versioningConfiguration: S3BucketVersioningA;
  /** Lifecycle rules, where any were asked for. */
  public readonly lifecycleConfiguration?: S3BucketLifecycleConfiguration;
  /** The one bucket policy. */
  public readonly policy: S3BucketPolicy;

  /** Name of the bucket: literal where it was given so, else Terraform's attribute. */
  public readonly bucketName: string;
  /** ARN of the bucket: literal where the name is. */
  public readonly bucketArn: string;
  /** Region of the bucket: as given, else what the provider finds. */
  public readonly region: string;
  /** Partition of the bucket. */
  public readonly partition: string;
  /** The default encryption that was chosen. */
  public readonly encryption: BucketEncryption;
  /** The versioning state that was chosen. */
  public readonly versioning: BucketVersioning;
  /** The Object Ownership that was chosen. */
  public readonly objectOwnership: ObjectOwnership;

  /** The region, where it was given. @internal */
  public readonly _givenRegion: string | undefined;
  private readonly gathered: PolicyBuilder;
  private readonly claims: Claim[] = [];

  public constructor(scope: Construct, id: string, props: DestinationBucketProps = {}) {
    super(scope, id);
    checkBucketProps(props, this.node.path);
    const { provider, region } = props;
    this.partition = props.partition ?? (isKnown(region) ? partitionOf(region) : "aws");
    this.encryption = props.encryption ?? BucketEncryption.SSE_S3;
    this.versioning = props.versioning ?? BucketVersioning.DISABLED;
    this.objectOwnership = props.objectOwnership ?? ObjectOwnership.BUCKET_OWNER_ENFORCED;
    this.gathered = new PolicyBuilder("resource", this);

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
          // Set, because providers 6.22 to 6.39 would show a difference for ever; SSE-C would be a second way to encrypt.
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
      policy: this.gathered.finalText,
      dependsOn: [dependableOn(this.lifecycleConfiguration ?? this.versioningConfiguration)],
    });

    this.gathered.add(allowSslRequestsOnly(this.bucketArn));
    if (props.minimumTlsVersion !== undefined) this.gathered.add(denyTlsBelow(this.bucketArn, props.minimumTlsVersion));
    if (literal && props.bucketName!.includes(".")) Annotations.of(this).addWarning(errors.dottedBucketName(props.bucketName!));
    checkPolicyOwners(this);
    this.node.addValidation({ validate: () => [...this.policySizeErrors(), ...this.publicPolicyErrors()] });
  }

  /** The name, where it is known at synth. @internal */
  public get _literalName(): string | undefined {
    return isKnown(this.bucketName) ? this.bucketName : undefined;
  }

  /**
   * Adds one statement to the bucket policy.
   *
   * For what a vendor asks you to paste, and for denies of your own. It is merged with the grants of the constructs.
   *
   * @param statement one statement in IAM's JSON grammar, with `Effect`, `Principal`, `Action` and `Resource`. Errors: an unknown
   *   element, a missing one, a `Sid` that is taken.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
   */
  public addToResourcePolicy(statement: { readonly [element: string]: any }): void {
    this.gathered.add(statement);
  }

  /**
   * Has Terraform check something before the bucket is made, for what is not known at synth.
   *
   * @param condition Terraform expression that is true where all is well.
   * @param errorMessage what Terraform says otherwise.
   */
  public addPrecondition(condition: any, errorMessage: string): void {
    addPrecondition(this.bucket, condition, errorMessage);
  }

  /**
   * Claims prefixes for one destination; an error where another has them. Answers how many destinations there are by now.
   *
   * Where there are several, each whose grant does not end at its prefixes is warned.
   *
   * @internal
   */
  public _claim(claim: Claim): number {
    const own = claim.prefixes.length === 0 ? [""] : claim.prefixes;
    for (const { owner, prefixes } of this.claims) {
      const taken = own.find((prefix) => prefixes.some((other) => overlap(prefix, other)));
      if (taken !== undefined) throw errors.duplicateKeyPrefix(owner.node.path, taken, claim.owner.node.path);
    }
    this.claims.push({ ...claim, prefixes: own });
    const sharers = this.claims.length === 1 ? [] : this.claims.length === 2 ? this.claims : this.claims.slice(-1);
    for (const { owner, vendorName, limitedToPrefixes } of sharers) {
      if (!limitedToPrefixes) Annotations.of(owner).addWarning(errors.wideGrantInSharedBucket(vendorName));
    }
    return this.claims.length;
  }

  private publicPolicyErrors(): string[] {
    if (!this.gathered.namesEverybody) return [];
    return publicStatements(this).map((statement) => errors.publicStatement(statement, this.node.path));
  }

  private policySizeErrors(): string[] {
    const size = bucketPolicySize(this.gathered.text);
    if (size <= BUCKET_POLICY_BYTES) return [];
    return [errors.policyTooLarge("bucket policy", BUCKET_POLICY_BYTES, "bytes", size, this.node.path).message];
  }
}

/** What one destination takes of the bucket. */
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
