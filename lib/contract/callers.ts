/** Who makes the requests of a contract, and what AWS would know about each request. */
import { memoize, OUTSIDE_ACCOUNTS, OUTSIDE_ROLE_NAME, type RequestContext } from "../evaluate";
import { unknownText } from "../unknown";
import { OWN_ACCOUNT, substituteOwnAccount } from "./own-account";
import { accountNamedBy, accountOf, isWholeAccount } from "./principals";
import type { Actor, DeliveryContract, Expectation } from "./types";

/** An organization that is not the customer's. */
const STRANGER_ORGANIZATION = "o-zzzzzzzzzz";

/** What a plan cannot show about a request. */
const NOT_KNOWN = {
  sourceIp: unknownText("the caller's IP address"),
  time: unknownText("the time of the request"),
  userAgent: unknownText("the caller's user agent"),
  authType: unknownText("whether the caller signs in a header or in the URL"),
  signatureAge: unknownText("the age of the caller's signature"),
  payload: unknownText("whether the caller signs the payload"),
  region: unknownText("the region of the request"),
  sessionName: unknownText("the session name that the caller chooses"),
  principalType: unknownText("whether the caller is a role or a user"),
  multiFactor: unknownText("whether the caller uses MFA"),
  userId: unknownText("the caller's unique ID"),
  organization: unknownText("the caller's organization"),
  bucketAccount: unknownText("whether the bucket is in the account of the role"),
  organizationPath: unknownText("the caller's place in its organization"),
};

/** The keys that every request has, with values that are not known. */
export const EVERY_REQUEST: RequestContext = {
  "aws:SourceIp": NOT_KNOWN.sourceIp,
  "aws:CurrentTime": NOT_KNOWN.time,
  "aws:EpochTime": NOT_KNOWN.time,
  "aws:UserAgent": NOT_KNOWN.userAgent,
};

/** A request, as far as its context depends on it. */
interface RequestKind {
  readonly actor: Actor;
  /** Whether the request assumes the role. */
  readonly assumes: boolean;
  readonly overHttp: boolean;
  readonly principal: string;
}

/** Contexts by `assumes` and `overHttp`, then by actor, then by principal. */
type Contexts = Map<Actor, Map<string, RequestContext>>[];

/** All contracts of an account and region share the contexts of strangers, and the evaluator reads each context once. */
const contextsOf = memoize((): Contexts => [new Map(), new Map(), new Map(), new Map()]);

/** Principals whose contexts are kept. */
const MOST_PRINCIPALS = 2000;

/**
 * The callers of one contract: for each actor of its expectations, the principals that stand for it and the context of their requests.
 *
 * A stranger is a made-up role in another account. The vendor is the principal that the contract names, and at the bucket the role that
 * it assumes.
 */
export class Callers {
  /** The customer's account, 12 digits: from the role's ARN if that is known, otherwise the bucket's account. */
  public readonly account: string;
  /** The account of the bucket. It differs from `account` only if both are known. */
  private readonly bucketAccount: string;
  private readonly roleArn: string | undefined;
  private readonly vendorPrincipals: readonly string[];
  /** By actor: for requests to the bucket, and for requests that assume the role. */
  private readonly principals: readonly Map<Actor, readonly string[]>[] = [new Map(), new Map()];
  private readonly contexts: Contexts;

  /**
   * @param bucketAccount - 12 digits, or anything else if it is not known
   * @param mayDiffer - whether it is unknown that the bucket and the role are in the same account
   */
  public constructor(
    private readonly contract: DeliveryContract,
    bucketAccount = "",
    private readonly mayDiffer = false,
  ) {
    this.roleArn = contract.role && arnOrName(contract.partition, contract.role);
    const knownBucketAccount = accountOf(bucketAccount);
    this.account = accountOf(this.roleArn ?? "") ?? knownBucketAccount ?? OWN_ACCOUNT;
    this.bucketAccount = this.account === OWN_ACCOUNT ? OWN_ACCOUNT : (knownBucketAccount ?? this.account);
    this.vendorPrincipals = substituteOwnAccount(contract.vendorPrincipals);
    this.contexts = contextsOf(JSON.stringify([this.account, this.bucketAccount, contract.bucket.region, contract.externalIds[0]]));
  }

  /** The account that owns the role or the bucket; a placeholder where that may be the caller's account or another one. */
  public ownerOf(assumes: boolean, actor?: Actor): string {
    if (this.mayDiffer && !assumes && actor === "vendor" && this.roleArn !== undefined) return NOT_KNOWN.bucketAccount;
    return assumes ? this.account : this.bucketAccount;
  }

  /** The principals that stand for the actor. The expectation must hold for each of them. */
  public principalsOf(actor: Actor, assumes: boolean): readonly string[] {
    const known = this.principals[assumes ? 1 : 0]!;
    let found = known.get(actor);
    if (found === undefined) {
      found = this.findPrincipals(actor, assumes);
      known.set(actor, found);
    }
    return found;
  }

  private findPrincipals(actor: Actor, assumes: boolean): readonly string[] {
    const { vendorPrincipals } = this;
    const { partition } = this.contract;
    switch (actor) {
      case "vendor":
      case "vendorWithoutExternalId":
        return this.roleArn !== undefined && !assumes
          ? [this.roleArn]
          : vendorPrincipals.map((principal) => callerFor(principal, partition));
      case "strangerInVendorAccount":
        return [...new Set(vendorPrincipals.map(accountNamedBy))].map((account) => arnOfRole(partition, account, OUTSIDE_ROLE_NAME));
      case "strangerAccount": {
        const known = [this.account, this.bucketAccount, ...vendorPrincipals.map(accountOf)];
        return [arnOfRole(partition, OUTSIDE_ACCOUNTS.find((account) => !known.includes(account))!, OUTSIDE_ROLE_NAME)];
      }
      case "anonymous":
        return ["*"];
    }
  }

  /** The context that AWS would set for the request: the keys of the expectation, and those of every request. */
  public contextOf({ actor, context }: Expectation, assumes: boolean, principal: string): RequestContext {
    const overHttp = context["aws:SecureTransport"] === "false";
    const common = this.commonContext({ actor, assumes, overHttp, principal });
    for (const key in context) if (common[key] !== context[key]) return { ...common, ...context };
    return common;
  }

  private commonContext(request: RequestKind): RequestContext {
    const { actor, assumes, overHttp, principal } = request;
    const ofActors = this.contexts[(assumes ? 1 : 0) + (overHttp ? 2 : 0)]!;
    let ofActor = ofActors.get(actor);
    if (ofActor === undefined) {
      ofActor = new Map();
      ofActors.set(actor, ofActor);
    }
    let found = ofActor.get(principal);
    if (found === undefined) {
      // A plan can have many destinations, each with its own role.
      if (ofActor.size >= MOST_PRINCIPALS) ofActor.clear();
      found = this.newContext(request);
      ofActor.set(principal, found);
    }
    return found;
  }

  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
  private newContext({ actor, assumes, overHttp, principal }: RequestKind): RequestContext {
    const { contract } = this;
    const [externalId] = contract.externalIds;
    return {
      "aws:SecureTransport": String(!overHttp),
      "aws:ViaAWSService": "false",
      "aws:PrincipalIsAWSService": "false",
      // Amazon S3 does not accept versions below 1.2. A request over plain HTTP has no TLS version.
      ...(!overHttp && !assumes && { "s3:TlsVersion": "1.2" }),
      ...EVERY_REQUEST,
      // SDKs use signature version 4. The caller chooses between a header and the URL.
      ...(principal !== "*" &&
        !assumes && {
          "s3:signatureversion": "AWS4-HMAC-SHA256",
          "s3:authType": NOT_KNOWN.authType,
          "s3:signatureAge": NOT_KNOWN.signatureAge,
          "s3:x-amz-content-sha256": NOT_KNOWN.payload,
        }),
      "aws:RequestedRegion": contract.bucket.region ?? NOT_KNOWN.region,
      "aws:ResourceAccount": this.ownerOf(assumes),
      ...(assumes ? { "sts:RoleSessionName": NOT_KNOWN.sessionName } : { "s3:ResourceAccount": this.bucketAccount }),
      ...(principal === "*" ? { "aws:PrincipalAccount": "anonymous", "aws:PrincipalType": "Anonymous" } : signedContext(actor, principal)),
      ...(actor === "vendor" && assumes && externalId !== undefined && { "sts:ExternalId": externalId }),
    };
  }
}

function signedContext(actor: Actor, principal: string): RequestContext {
  const isArn = principal.startsWith("arn:");
  const user = principal.includes(":user/");
  const organization = actor.startsWith("stranger") ? STRANGER_ORGANIZATION : NOT_KNOWN.organization;
  return {
    "aws:PrincipalArn": principal,
    "aws:PrincipalAccount": accountNamedBy(principal),
    "aws:PrincipalType": !isArn ? NOT_KNOWN.principalType : user ? "User" : "AssumedRole",
    "aws:PrincipalOrgID": organization,
    "aws:PrincipalOrgPaths": actor.startsWith("stranger") ? `${organization}/` : NOT_KNOWN.organizationPath,
    "aws:userid": NOT_KNOWN.userId,
    // A role session has this key; a request with the access key of a user does not.
    ...(isArn && !user && { "aws:TokenIssueTime": NOT_KNOWN.time }),
    // A program does not use MFA.
    ...(!user && { "aws:MultiFactorAuthPresent": isArn ? "false" : NOT_KNOWN.multiFactor }),
  };
}

/** For a whole account, a role in it; otherwise the principal itself. */
function callerFor(principal: string, partition: string): string {
  return isWholeAccount(principal) ? arnOfRole(partition, accountNamedBy(principal), "vendor-destination-vendor") : principal;
}

/** The ARN; if it is not known, the ARN that follows from the name. */
function arnOrName(partition: string, { arn, name }: { readonly arn: string; readonly name: string }): string {
  return arn.startsWith("arn:") ? substituteOwnAccount(arn) : arnOfRole(partition, OWN_ACCOUNT, name);
}

function arnOfRole(partition: string, account: string, name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}

/** Whether the action belongs to AWS STS, so that the trust policy decides it. */
export function isAssuming(action: string): boolean {
  return action.startsWith("sts:");
}
