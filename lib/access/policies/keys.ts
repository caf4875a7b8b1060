/** Condition keys: how many values they have, of which type, and whether anything determines the values. */
import { keyType } from "../data";
import type { AttributeTraits } from "../sets";

/** Attributes of a request that are not condition keys. */
export const CALLER = "caller";
export const SESSION = "session";
export const ACTION = "action";
export const RESOURCE = "resource";
export const TIME = "aws:currenttime";

/** Global keys with several values. */
const SEVERAL = new Set([
  "aws:calledvia",
  "aws:principalorgpaths",
  "aws:principalservicenameslist",
  "aws:resourceorgpaths",
  "aws:sourceorgpaths",
  "aws:tagkeys",
]);

/** Global keys with one value. Keys of services are in AWS's lists. A key with a variable part ends in a slash. */
const SINGLE = new Set([
  "aws:calledviafirst",
  "aws:calledvialast",
  "aws:currenttime",
  "aws:ec2instancesourceprivateipv4",
  "aws:ec2instancesourcevpc",
  "aws:federatedprovider",
  "aws:multifactorauthage",
  "aws:multifactorauthpresent",
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalisawsservice",
  "aws:principalorgid",
  "aws:principalservicename",
  "aws:principaltag/",
  "aws:principaltype",
  "aws:referer",
  "aws:requestedregion",
  "aws:requesttag/",
  "aws:resourceaccount",
  "aws:resourceorgid",
  "aws:resourcetag/",
  "aws:securetransport",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceidentity",
  "aws:sourceip",
  "aws:sourceorgid",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:tokenissuetime",
  "aws:useragent",
  "aws:userid",
  "aws:username",
  "aws:viaawsservice",
  "aws:vpcsourceip",
]);

/** Keys whose values are always numbers, points in time or addresses. */
const SORTS: Readonly<Record<string, AttributeTraits["sort"]>> = {
  "aws:currenttime": "date",
  "aws:multifactorauthage": "number",
  "aws:sourceip": "address",
  "aws:tokenissuetime": "date",
  "aws:vpcsourceip": "address",
};

/** The same for the types of AWS's lists. */
const SORTS_OF_TYPES: Readonly<Record<string, AttributeTraits["sort"]>> = { Numeric: "number", Date: "date" };

/** Attributes of the resource or of an identity. Policies do not show which resource or identity has which value. */
const DOUBTFUL = ["aws:resourcetag/", "aws:userid", "s3:buckettag/", "s3:existingobjecttag/", "iam:resourcetag/", "aws:resourceorgid"];

/** Attributes of the caller, which it cannot choose for each request. */
const FACTS_OF_CALLER = [
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principaltag/",
  "aws:federatedprovider",
  "aws:multifactorauth",
];

export interface KeyDoubts {
  /** Keys whose values are fixed. */
  readonly fixed: ReadonlySet<string>;
  /** Whether the question is about one caller whose own attributes are unknown. */
  readonly isAboutCaller: boolean;
}

export function traitsOfAttribute(attribute: string, { fixed, isAboutCaller }: KeyDoubts): AttributeTraits {
  const doubtful = isAboutCaller ? [...DOUBTFUL, ...FACTS_OF_CALLER] : DOUBTFUL;
  return {
    hasSeveralValues: hasSeveralValues(attribute),
    sort: SORTS[attribute] ?? SORTS_OF_TYPES[keyType(attribute) ?? ""],
    isUsuallyPresent: attribute === "aws:sourceip",
    isDoubtful: !fixed.has(attribute) && doubtful.some((prefix) => attribute.startsWith(prefix)),
  };
}

/** A key that is in no list may have several values. */
function hasSeveralValues(attribute: string): boolean {
  if (!attribute.includes(":") || SINGLE.has(attribute)) return false;
  const slash = attribute.indexOf("/");
  if (slash !== -1 && SINGLE.has(attribute.slice(0, slash + 1))) return false;
  if (SEVERAL.has(attribute)) return true;
  const type = keyType(attribute);
  return type === undefined || type.startsWith("ArrayOf");
}
