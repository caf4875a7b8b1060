/** The condition keys of a request whose values are settled, or present in any case. */
import type { RequestContext } from "../evaluate";
import { unknownText } from "../unknown";
import { accountNamedBy } from "./principals";
import type { Actor } from "./types";

const TIME = unknownText("the time of the request", "requestTime");
const USER_ID = unknownText("the caller's unique ID");
const SESSION_NAME = unknownText("the session name that the caller chooses", "name");
const REGION = unknownText("the region of the request");
const PRINCIPAL_TYPE = unknownText("whether the caller is a role or a user");
const MULTI_FACTOR = unknownText("whether the caller uses MFA");

/** The keys that every request has, with values that are not known. */
export const EVERY_REQUEST: RequestContext = {
  "aws:SourceIp": unknownText("the caller's IP address", "publicAddress"),
  "aws:CurrentTime": TIME,
  "aws:EpochTime": TIME,
  "aws:UserAgent": unknownText("the caller's user agent"),
};

/** A request, as far as its context depends on it. */
export interface RequestKind {
  readonly actor: Actor;
  /** Whether it goes to AWS STS: the trust policy decides it. */
  readonly assumes: boolean;
  readonly overHttp: boolean;
  readonly principal: string;
}

/** What the request is about. */
interface Target {
  readonly region?: string;
  /** The account of the role or bucket. */
  readonly owner: string;
  readonly bucketAccount: string;
  /** Of the role whose session makes the request, where it is known. */
  readonly uniqueId?: string;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
export function requestContext({ actor, assumes, overHttp, principal }: RequestKind, target: Target): RequestContext {
  return {
    "aws:SecureTransport": String(!overHttp),
    "aws:ViaAWSService": "false",
    "aws:PrincipalIsAWSService": "false",
    "aws:CurrentTime": TIME,
    "aws:EpochTime": TIME,
    ...(principal !== "*" && !assumes && { "s3:signatureversion": "AWS4-HMAC-SHA256" }),
    ...(!assumes && { "aws:RequestedRegion": target.region ?? REGION }),
    "aws:ResourceAccount": target.owner,
    ...(!assumes && { "s3:ResourceAccount": target.bucketAccount }),
    ...(principal === "*" ? { "aws:PrincipalAccount": "anonymous", "aws:PrincipalType": "Anonymous" } : signedContext(actor, principal)),
    // A session has the ID of its role, and the name that its caller chose.
    ...(target.uniqueId !== undefined && { "aws:userid": `${target.uniqueId}:${SESSION_NAME}` }),
  };
}

function signedContext(actor: Actor, principal: string): RequestContext {
  const isArn = principal.startsWith("arn:");
  const user = principal.includes(":user/");
  return {
    "aws:PrincipalArn": principal,
    "aws:PrincipalAccount": accountNamedBy(principal),
    "aws:userid": USER_ID,
    "aws:PrincipalType": !isArn ? PRINCIPAL_TYPE : user ? "User" : "AssumedRole",
    ...(user && { "aws:username": principal.slice(principal.lastIndexOf("/") + 1) }),
    // A role session has this key; a request with the access key of a user does not.
    ...(isArn && !user && { "aws:TokenIssueTime": TIME }),
    // A program does not use MFA. A stranger may.
    ...(!user && !actor.startsWith("stranger") && { "aws:MultiFactorAuthPresent": isArn ? "false" : MULTI_FACTOR }),
  };
}
