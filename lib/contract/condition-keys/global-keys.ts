/**
 * What is known about AWS's global condition keys.
 *
 * A stranger tags its own roles, sets up its own VPC endpoints and names its own sessions, so it chooses what the vendor's requests leave
 * unknown. The session of the destination role comes from `sts:AssumeRole`, so it has no keys of an identity provider or a compute service.
 */
import type { ConditionKeyRow } from "./types";

const GLOBAL = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html";
const SESSION_TAGS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html";
const ABAC = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html";

/** An organization that is not the customer's. */
const STRANGER_ORGANIZATION = "o-zzzzzzzzzz";

const BY_CALLER = { stranger: "chosen", anonymous: "never" } as const;
const BEFORE_THE_SESSION = { session: "never", anonymous: "never" } as const;

export const GLOBAL_KEYS: readonly ConditionKeyRow[] = [
  {
    keys: [
      "aws:securetransport",
      "aws:viaawsservice",
      "aws:principalisawsservice",
      "aws:principalarn",
      "aws:principalaccount",
      "aws:principaltype",
      "aws:userid",
      "aws:resourceaccount",
      "aws:currenttime",
      "aws:epochtime",
      "aws:tokenissuetime",
    ],
    scope: "all",
    knowledge: "known",
    source: GLOBAL,
  },
  // Only requests that an AWS service makes, or forwards, have them.
  {
    keys: [
      "aws:sourcearn",
      "aws:sourceaccount",
      "aws:sourceowner",
      "aws:sourceorgid",
      "aws:sourceorgpaths",
      "aws:principalservicename",
      "aws:principalservicenameslist",
      "aws:calledvia",
      "aws:calledviafirst",
      "aws:calledvialast",
      "aws:assumedroot",
      "aws:chatbotsourcearn",
    ],
    scope: "all",
    knowledge: "never",
    source: GLOBAL,
  },
  // Tags of the principal and of its session.
  { keys: ["aws:principaltag/"], scope: "all", knowledge: "unknown", except: BY_CALLER, source: SESSION_TAGS },
  {
    keys: ["aws:requesttag/", "aws:tagkeys"],
    scope: /^sts:|tagging$|^s3:(un)?tagresource$|^s3:createbucket$/,
    knowledge: "chosen",
    source: GLOBAL,
  },
  { keys: ["aws:resourcetag/"], scope: "all", knowledge: "unknown", source: ABAC },
  // A stranger need not be in an organization.
  { keys: ["aws:resourceorgid", "aws:resourceorgpaths"], scope: "all", knowledge: "unknown", source: GLOBAL },
  {
    keys: ["aws:principalorgid"],
    scope: "all",
    knowledge: "unknown",
    except: BY_CALLER,
    valuesOfStrangers: [STRANGER_ORGANIZATION],
    source: GLOBAL,
  },
  {
    keys: ["aws:principalorgpaths"],
    scope: "all",
    knowledge: "unknown",
    except: BY_CALLER,
    valuesOfStrangers: [`${STRANGER_ORGANIZATION}/`],
    source: GLOBAL,
  },
  { keys: ["aws:sourcevpcarn"], scope: "all", knowledge: "unknown", source: GLOBAL },
  // Without it, the request comes through a VPC endpoint.
  { keys: ["aws:sourceip"], scope: "all", knowledge: "unknown", except: { stranger: "chosen", anonymous: "chosen" }, source: GLOBAL },
  ...Object.entries({
    "aws:sourcevpc": ["vpc-ffffffffffffffff0"],
    "aws:sourcevpce": ["vpce-ffffffffffffffff0"],
    "aws:vpceaccount": ["999999999999"],
    "aws:vpceorgid": [STRANGER_ORGANIZATION],
    "aws:vpceorgpaths": [`${STRANGER_ORGANIZATION}/`],
    // Anybody can give its own VPC any private range.
    "aws:vpcsourceip": undefined,
  }).map(
    ([key, valuesOfStrangers]): ConditionKeyRow => ({
      keys: [key],
      scope: "all",
      knowledge: "unknown",
      except: { stranger: "chosen", anonymous: "chosen" },
      valuesOfStrangers,
      source: GLOBAL,
    }),
  ),
  { keys: ["aws:referer"], scope: "all", knowledge: "chosen", source: GLOBAL },
  { keys: ["aws:useragent"], scope: "all", knowledge: "chosen", source: GLOBAL },
  // STS has an endpoint in every Region and one for all; the Region of a request to S3 is that of the bucket.
  { keys: ["aws:requestedregion"], scope: "sts", knowledge: "chosen", isAlwaysPresent: true, source: GLOBAL },
  { keys: ["aws:requestedregion"], scope: "all", knowledge: "known", source: GLOBAL },
  { keys: ["aws:username"], scope: "all", knowledge: "known", except: BY_CALLER, source: GLOBAL },
  { keys: ["aws:sourceidentity"], scope: "sts", knowledge: "chosen", source: GLOBAL },
  { keys: ["aws:sourceidentity"], scope: "all", knowledge: "unknown", except: BY_CALLER, source: GLOBAL },
  // A program signs in without MFA.
  { keys: ["aws:multifactorauthpresent"], scope: "all", knowledge: "known", except: BY_CALLER, values: ["true", "false"], source: GLOBAL },
  { keys: ["aws:multifactorauthage"], scope: "all", knowledge: "never", except: BY_CALLER, source: GLOBAL },
  {
    keys: [
      "aws:federatedprovider",
      "aws:ec2instancesourcevpc",
      "aws:ec2instancesourceprivateipv4",
      "ec2:roledelivery",
      "ec2:sourceinstancearn",
      "lambda:sourcefunctionarn",
      "ssm:sourceinstancearn",
      "glue:credentialissuingservice",
      "glue:rolesessionname",
    ],
    scope: "all",
    knowledge: "unknown",
    except: BEFORE_THE_SESSION,
    source: GLOBAL,
  },
];
