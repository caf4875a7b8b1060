/** Turns an actor of a contract into the principals and the context that AWS would see. */

import type { RequestContext } from "../evaluate/types";
import { unknownText } from "../evaluate/unknown";
import type { Actor, DeliveryContract, Expectation } from "./types";

/** Stands for the customer's account where the plan does not know it. It is nobody's: AWS hands out no account of zeros. */
const CUSTOMER_ACCOUNT = "000000000000";
const STRANGER_ACCOUNTS = ["999999999999", "888888888888", "777777777777"];
const STRANGER_NAME = "vendor-destination-stranger";

/** The customer's account: out of the role's ARN where that is known. */
export function customerAccount(contract: DeliveryContract): string {
  return accountOf(contract.role?.arn ?? "") ?? CUSTOMER_ACCOUNT;
}

/** The principals that a request of this actor may come from. Each has to get the expected answer. */
export function principalsOf(actor: Actor, contract: DeliveryContract, action: string): readonly string[] {
  switch (actor) {
    case "vendor":
    case "vendorWithoutExternalId":
      return contract.role !== undefined && !action.startsWith("sts:")
        ? [roleArn(contract.partition, customerAccount(contract), contract.role.name)]
        : contract.vendorPrincipals.map((principal) => somebodyOf(principal, contract.partition));
    case "strangerInVendorAccount":
      return [...new Set(contract.vendorPrincipals.map((principal) => accountOf(principal) ?? principal))].map((account) =>
        roleArn(contract.partition, account, STRANGER_NAME),
      );
    case "strangerAccount": {
      const known = [customerAccount(contract), ...contract.vendorPrincipals.map(accountOf)];
      const account = STRANGER_ACCOUNTS.find((candidate) => !known.includes(candidate))!;
      return [roleArn(contract.partition, account, STRANGER_NAME)];
    }
    case "anonymous":
      return ["*"];
  }
}

/**
 * The context that AWS would give a request: what the expectation sets, and what every request has.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function contextOf(expectation: Expectation, contract: DeliveryContract, principal: string): RequestContext {
  const overHttp = expectation.context["aws:SecureTransport"] === "false";
  const signed = principal !== "*";
  const ofVendor = expectation.actor === "vendor";
  return {
    "aws:SecureTransport": "true",
    // Amazon S3 accepts no version below 1.2; a request over plain HTTP has none.
    ...(!overHttp && !expectation.action.startsWith("sts:") && { "s3:TlsVersion": "1.2" }),
    "aws:SourceIp": unknownText("the caller's IP address"),
    "aws:CurrentTime": unknownText("the time of the request"),
    "aws:EpochTime": unknownText("the time of the request"),
    "aws:UserAgent": unknownText("the caller's user agent"),
    "aws:RequestedRegion": contract.bucket.region ?? unknownText("the region of the request"),
    "aws:ResourceAccount": accountOf(contract.role?.arn ?? "") ?? unknownText("the customer's account"),
    ...(signed
      ? {
          "aws:PrincipalArn": principal,
          "aws:PrincipalAccount": accountOf(principal) ?? unknownText("the caller's account"),
          "aws:PrincipalType": principal.includes(":user/") ? "User" : "AssumedRole",
          "aws:userid": unknownText("the caller's unique ID"),
        }
      : { "aws:PrincipalAccount": "anonymous", "aws:PrincipalType": "Anonymous" }),
    ...(ofVendor && expectation.action === "sts:AssumeRole" && contract.externalIds[0] !== undefined
      ? { "sts:ExternalId": contract.externalIds[0] }
      : {}),
    ...(expectation.action === "sts:AssumeRole" && { "sts:RoleSessionName": unknownText("the session name that the caller chooses") }),
    ...expectation.context,
  };
}

/** The account of an IAM ARN, or of a bare account ID. */
export function accountOf(principal: string): string | undefined {
  if (/^\d{12}$/.test(principal)) return principal;
  const account = principal.split(":")[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

/** Of a whole account, some role in it; of anybody else, that one. */
function somebodyOf(principal: string, partition: string): string {
  const account = accountOf(principal);
  const whole = /^\d{12}$/.test(principal) || principal.endsWith(":root");
  return whole && account !== undefined ? roleArn(partition, account, "vendor-destination-vendor") : principal;
}

function roleArn(partition: string, account: string, name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}
