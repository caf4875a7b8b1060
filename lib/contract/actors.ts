import { ACCOUNT_ID, memoize, OUTSIDE_ACCOUNTS, OUTSIDE_ROLE_NAME, type RequestContext, splitArn } from "../evaluate";
import { hasUnknown, kindOfUnknown, unknownsIn, unknownText } from "../unknown";
import { OWN_ACCOUNT, substituteOwnAccount } from "./own-account";
import type { Actor, DeliveryContract, Expectation } from "./types";

/** An organization that is not the customer's. */
const STRANGE_ORGANIZATION = "o-zzzzzzzzzz";

/** What the judge cannot know of a request. */
const NOT_KNOWN = {
  sourceIp: unknownText("the caller's IP address"),
  time: unknownText("the time of the request"),
  userAgent: unknownText("the caller's user agent"),
  authType: unknownText("whether the caller signs by a header or in the address"),
  signatureAge: unknownText("the age of the caller's signature"),
  payload: unknownText("whether the caller signs what it sends"),
  region: unknownText("the region of the request"),
  sessionName: unknownText("the session name that the caller chooses"),
  principalType: unknownText("whether the caller is a role or a user"),
  multiFactor: unknownText("whether the caller has a second factor"),
  userId: unknownText("the caller's unique ID"),
  organization: unknownText("the caller's organization"),
  organizationPath: unknownText("the caller's place in its organization"),
};

/** The keys that every request has, of which nobody can tell the value. */
export const EVERY_REQUEST: RequestContext = {
  "aws:SourceIp": NOT_KNOWN.sourceIp,
  "aws:CurrentTime": NOT_KNOWN.time,
  "aws:EpochTime": NOT_KNOWN.time,
  "aws:UserAgent": NOT_KNOWN.userAgent,
};

/** Contexts of requests by who makes them, how, and as which principal. */
type Contexts = Map<Actor, Map<string, RequestContext>>[];

/** Strangers are the same to every contract of an account and region, and whoever judges reads each context once. */
const contextsOf = memoize((): Contexts => [new Map(), new Map(), new Map(), new Map()]);

const MOST_PRINCIPALS = 2000;

/** Those who make the requests of one contract. */
export class Callers {
  /** The customer's account, 12 digits: out of the role's ARN where that is known, else the bucket's. */
  public readonly account: string;
  /** The account of the bucket: another one only where both are known. */
  private readonly bucketAccount: string;
  private readonly roleArn: string | undefined;
  private readonly vendorPrincipals: readonly string[];
  /** By the actor: at the bucket, and at the role. */
  private readonly principals: readonly Map<Actor, readonly string[]>[] = [new Map(), new Map()];
  private readonly contexts: Contexts;

  /** @param bucketAccount 12 digits, or anything else where it is not known */
  public constructor(
    private readonly contract: DeliveryContract,
    bucketAccount = "",
  ) {
    this.roleArn = contract.role && arnOrName(contract.partition, contract.role);
    const told = accountOf(bucketAccount);
    this.account = accountOf(this.roleArn ?? "") ?? told ?? OWN_ACCOUNT;
    this.bucketAccount = this.account === OWN_ACCOUNT ? OWN_ACCOUNT : (told ?? this.account);
    this.vendorPrincipals = substituteOwnAccount(contract.vendorPrincipals);
    this.contexts = contextsOf(JSON.stringify([this.account, this.bucketAccount, contract.bucket.region, contract.externalIds[0]]));
  }

  /** The account that owns the role or the bucket. */
  public ownerOf(assumes: boolean): string {
    return assumes ? this.account : this.bucketAccount;
  }

  /** The principals that a request of this actor may come from. Each has to get the expected answer. */
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
        return this.roleArn !== undefined && !assumes ? [this.roleArn] : vendorPrincipals.map((who) => somebodyOf(who, partition));
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

  /** The context that AWS would give a request: what the expectation sets, and what every request has. */
  public contextOf({ actor, context }: Expectation, assumes: boolean, principal: string): RequestContext {
    const overHttp = context["aws:SecureTransport"] === "false";
    const common = this.commonContext(actor, assumes, overHttp, principal);
    for (const key in context) if (common[key] !== context[key]) return { ...common, ...context };
    return common;
  }

  private commonContext(actor: Actor, assumes: boolean, overHttp: boolean, principal: string): RequestContext {
    const ofActors = this.contexts[(assumes ? 1 : 0) + (overHttp ? 2 : 0)]!;
    let ofActor = ofActors.get(actor);
    if (ofActor === undefined) {
      ofActor = new Map();
      ofActors.set(actor, ofActor);
    }
    let found = ofActor.get(principal);
    if (found === undefined) {
      // Each destination of an account without end may have a role of its own.
      if (ofActor.size >= MOST_PRINCIPALS) ofActor.clear();
      found = this.newContext(actor, assumes, overHttp, principal);
      ofActor.set(principal, found);
    }
    return found;
  }

  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
  private newContext(actor: Actor, assumes: boolean, overHttp: boolean, principal: string): RequestContext {
    const { contract } = this;
    const [externalId] = contract.externalIds;
    return {
      "aws:SecureTransport": String(!overHttp),
      "aws:ViaAWSService": "false",
      "aws:PrincipalIsAWSService": "false",
      // Amazon S3 accepts no version below 1.2; a request over plain HTTP has none.
      ...(!overHttp && !assumes && { "s3:TlsVersion": "1.2" }),
      ...EVERY_REQUEST,
      // SDKs sign with version 4; whether by a header or in the address, the caller chooses.
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
  const organization = actor.startsWith("stranger") ? STRANGE_ORGANIZATION : NOT_KNOWN.organization;
  return {
    "aws:PrincipalArn": principal,
    "aws:PrincipalAccount": accountNamedBy(principal),
    "aws:PrincipalType": !isArn ? NOT_KNOWN.principalType : user ? "User" : "AssumedRole",
    "aws:PrincipalOrgID": organization,
    "aws:PrincipalOrgPaths": actor.startsWith("stranger") ? `${organization}/` : NOT_KNOWN.organizationPath,
    "aws:userid": NOT_KNOWN.userId,
    // A session has it; that of a user's access key has not.
    ...(isArn && !user && { "aws:TokenIssueTime": NOT_KNOWN.time }),
    // A program that delivers at night has no second factor.
    ...(!user && { "aws:MultiFactorAuthPresent": isArn ? "false" : NOT_KNOWN.multiFactor }),
  };
}

/** The account of an IAM ARN, or of a bare account ID; undefined where it is not known. */
export function accountOf(principal: string): string | undefined {
  const account = accountPart(principal);
  return account !== undefined && ACCOUNT_ID.test(account) ? account : undefined;
}

/** The account of a principal, known or not. Of an ARN that is not known at all, it has a name of its own. */
export function accountNamedBy(principal: string): string {
  const kind = kindOfUnknown(principal) === "otherPrincipal" ? "otherAccount" : undefined;
  return accountPart(principal) ?? unknownText(`the account of ${unknownsIn(principal).join(" ") || principal}`, kind);
}

function accountPart(principal: string): string | undefined {
  if (ACCOUNT_ID.test(principal)) return principal;
  return hasUnknown(principal) ? splitArn(principal)?.account : principal.split(":")[4];
}

/** Whether the whole account is meant. */
export function isWholeAccount(principal: string): boolean {
  return principal.endsWith(":root") || ACCOUNT_ID.test(principal);
}

/** Of a whole account, some role in it; of anybody else, that one. */
function somebodyOf(principal: string, partition: string): string {
  return isWholeAccount(principal) ? arnOfRole(partition, accountNamedBy(principal), "vendor-destination-vendor") : principal;
}

/** The ARN, or where it is not known at all, the one that follows from the name. */
function arnOrName(partition: string, { arn, name }: { readonly arn: string; readonly name: string }): string {
  return arn.startsWith("arn:") ? substituteOwnAccount(arn) : arnOfRole(partition, OWN_ACCOUNT, name);
}

function arnOfRole(partition: string, account: string, name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}

export function isAssuming(action: string): boolean {
  return action.startsWith("sts:");
}
