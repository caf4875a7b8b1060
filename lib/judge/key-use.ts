/** Whether the vendor may use the KMS key of the bucket, as requests to S3 need where the bucket encrypts with one. */
import { accountNamedBy, accountOf, type Callers, type Expectation, hasOwnAccount, OWN_ACCOUNT, substituteOwnAccount } from "../contract";
import { type Decision, decide, type Policies, PolicyGrammarError, type RequestContext } from "../evaluate";
import type { AccountModel, PlannedBucket } from "../plan";
import { hasUnknown, showUnknown, unknownText } from "../unknown";
import { compiledPolicy } from "./compiled-policies";
import { closestToAllow } from "./decisions";
import { type EncryptionKey, encryptionKeyOf, encryptionOf, type KeyOwner, viaService } from "./encryption-key";
import { compiledControls, controlsOf } from "./organization";

/** A decision about the key, with the remedy if it does not allow the request. */
export interface KeyDecision {
  readonly decision: Decision;
  readonly remedy: string;
}

/**
 * The requests that S3 makes to KMS on behalf of the caller.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
const NEEDED: ReadonlyMap<string, { readonly action: string; readonly ofParts?: string }> = new Map([
  ["s3:putobject", { action: "kms:GenerateDataKey", ofParts: "kms:Decrypt" }],
  ["s3:getobject", { action: "kms:Decrypt" }],
]);

const ADD_KEY = "add the plan or state that defines the KMS key to the input: its policy decides";

/** One expectation, and the policies of the caller. */
export interface KeyUse {
  readonly expectation: Expectation;
  /** ARNs for each of which the expectation must hold. */
  readonly resources: readonly string[];
  readonly caller: Pick<Policies, "identityPolicies" | "permissionsBoundary">;
  /** Whether the caller is a session of a role whose policies the plan shows. */
  readonly hasRole: boolean;
  /** Holds the policies of the organization. */
  readonly organization: AccountModel;
}

/** The use for one of the resources. */
type SingleUse = KeyUse & { readonly resource: string };

/** The key of a bucket that may encrypt with KMS, and the requests to KMS that the vendor's requests to S3 cause. */
export class BucketKey {
  private readonly encryption: string;
  private readonly key: EncryptionKey;

  public constructor(private readonly owner: KeyOwner) {
    this.encryption = encryptionOf(owner.bucket);
    this.key = encryptionKeyOf(owner);
  }

  /** The decision that is closest to a denial; undefined if the request needs no key, or may use the key for each resource. */
  public refusal(use: KeyUse): KeyDecision | undefined {
    const found = use.resources.map((resource) => this.refusalOf({ ...use, resource })).filter((each) => each !== undefined);
    return found.find(({ decision }) => decision.verdict !== "unknown") ?? found[0];
  }

  private refusalOf(use: SingleUse): KeyDecision | undefined {
    const { key } = this;
    const needed = NEEDED.get(use.expectation.action.toLowerCase());
    if (needed === undefined || use.expectation.expected !== "allowed") return undefined;
    const found = this.worst(key, use, needed.action) ?? this.refusalOfParts(key, use, needed.ofParts);
    if (found === undefined || !hasUnknown(this.encryption)) return found;
    return { ...found, decision: unknownDecision(found.decision, `It is not known how the bucket encrypts. ${found.decision.reason}`) };
  }

  /** A vendor may upload in parts, and does not document whether it does. */
  private refusalOfParts(key: EncryptionKey, use: SingleUse, action: string | undefined): KeyDecision | undefined {
    const found = action === undefined ? undefined : this.worst(key, use, action);
    if (found === undefined) return undefined;
    const reason = `It is not known whether the vendor uploads in parts. ${found.decision.reason}`;
    return { ...found, decision: unknownDecision(found.decision, reason) };
  }

  private worst(key: EncryptionKey, use: SingleUse, action: string): KeyDecision | undefined {
    const decisions = this.owner.callers
      .principalsOf(use.expectation.actor, false)
      .flatMap((principal) =>
        key.policies.map((_, index) => ({ principal, decision: this.decide({ key, index, use, action, principal }) })),
      )
      .filter(({ decision }) => decision.verdict !== "Allowed");
    const worst = decisions.find(({ decision }) => decision.verdict !== "unknown") ?? decisions[0];
    if (worst === undefined) return undefined;
    const isMissing = worst.decision.verdict === "unknown" && !key.isKnown;
    return { decision: worst.decision, remedy: isMissing ? ADD_KEY : remedyOf(key, use, worst.principal) };
  }

  private decide(asked: {
    readonly key: EncryptionKey;
    readonly index: number;
    readonly use: SingleUse;
    readonly action: string;
    readonly principal: string;
  }): Decision {
    const { key, index, use, action, principal } = asked;
    const { callers, bucket } = this.owner;
    const named = key.isAwsManaged ? "the key aws/s3 of AWS" : `the KMS key ${showUnknown(key.arn)}`;
    const because = `The bucket encrypts with ${named}, so the request needs ${action} too.`;
    if (key.unusable !== undefined) return refused(`${because} S3 cannot use the key: ${key.unusable}.`);
    const keyPolicy = compiledPolicy(key.policies[index]!, "resource");
    if (keyPolicy instanceof PolicyGrammarError) return unknownDecision(refused(""), `${because} ${keyPolicy.message}`);
    const expectation = { ...use.expectation, action, context: {} };
    const decisions = arnsOf(key.arn, callers.ownerOf(true)).map((arn) =>
      decide(
        {
          principal,
          principalAccount: hasUnknown(principal) ? accountNamedBy(principal) : undefined,
          action,
          resource: arn,
          resourceAccount: key.account,
          context: contextOf({ bucket, callers, expectation, principal, resource: use.resource, account: key.account }),
          possibleValues: callers.possibleValuesOf(expectation, false),
        },
        { ...use.caller, resourcePolicy: keyPolicy, ...this.controlsFor(principal, key, use.organization) },
      ),
    );
    const denied = decisions.find((one) => one.verdict === "ExplicitlyDenied");
    const { verdict, scope, deciding, missing, nearest, reason } = denied ?? closestToAllow(decisions);
    const decision = { verdict, scope, deciding, missing, ...(key.isWritten && { nearest }), reason: `${because} ${reason}` };
    if (!key.isLookedUpByCaller || use.hasRole || verdict === "unknown") return decision;
    return unknownDecision(decision, `${because} S3 looks an alias without an ARN up in the account of the vendor.`);
  }

  /** Resource control policies do not apply to keys that AWS manages. */
  private controlsFor(principal: string, { account, isAwsManaged }: EncryptionKey, organization: AccountModel): Policies {
    const own = [this.owner.callers.ownerOf(true), this.owner.callers.ownerOf(false)];
    const controls = (id: string | undefined) =>
      controlsOf(organization, { account: id, isOwn: id !== undefined && (id === OWN_ACCOUNT || own.includes(id)) });
    return compiledControls({
      caller: controls(accountOf(principal)),
      resource: isAwsManaged ? {} : controls(accountOf(account) ?? OWN_ACCOUNT),
    });
  }
}

/**
 * The ARN with the account as policies write it: the number that stands for the own account if they refer to the key, the real account ID
 * if they contain it, or a placeholder if that is unknown.
 */
function arnsOf(arn: string, account: string): string[] {
  if (!hasOwnAccount(arn)) return [arn];
  return [substituteOwnAccount(arn), account === OWN_ACCOUNT ? arn : substituteOwnAccount(arn, account)];
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
function contextOf(request: {
  readonly bucket: PlannedBucket;
  readonly callers: Callers;
  readonly expectation: Expectation;
  readonly principal: string;
  readonly resource: string;
  readonly account: string;
}): RequestContext {
  const { bucket, callers, expectation, principal, resource, account } = request;
  const [common] = callers.contextsOf(expectation, false, principal);
  return {
    ...common,
    "aws:ViaAWSService": "true",
    "aws:ResourceAccount": account,
    "kms:CallerAccount": common?.["aws:PrincipalAccount"] ?? accountNamedBy(principal),
    "kms:ViaService": viaService(bucket),
    "kms:EncryptionContext:aws:s3:arn": encryptedArn(bucket, resource),
    "kms:EncryptionContextKeys": ["aws:s3:arn"],
    "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
  };
}

/** With an S3 Bucket Key, the bucket; without one, the object. Double encryption has no bucket keys. */
function encryptedArn(bucket: PlannedBucket, object: string): string {
  const { bucketKeyEnabled = "false", encryption } = bucket;
  if (hasUnknown(bucketKeyEnabled) || hasUnknown(encryption ?? "")) return unknownText("whether the bucket uses an S3 Bucket Key");
  return bucketKeyEnabled === "true" && encryption === "aws:kms" ? bucket.arn : object;
}

function refused(reason: string): Decision {
  return { verdict: "ImplicitlyDenied", scope: "full", deciding: [], missing: [], reason };
}

function unknownDecision({ scope, deciding, missing }: Decision, reason: string): Decision {
  return { verdict: "unknown", scope, deciding, missing, reason };
}

function remedyOf(key: EncryptionKey, { expectation, hasRole }: KeyUse, principal: string): string {
  if (key.unusable !== undefined) return "enable the key, or encrypt with another one";
  if (key.isAwsManaged)
    return "encrypt with SSE-S3, or with a KMS key of your own whose policy names the vendor: no other account can use aws/s3";
  const actions = /getobject$/i.test(expectation.action) ? "kms:Decrypt" : ["kms:GenerateDataKey", "kms:Decrypt"];
  const statement = hasRole
    ? { Effect: "Allow", Action: actions, Resource: showUnknown(key.arn) }
    : { Effect: "Allow", Principal: { AWS: showUnknown(principal) }, Action: actions, Resource: "*" };
  return `add to ${hasRole ? "the inline policy of the role" : "the key policy"}: ${JSON.stringify(statement)}`;
}
