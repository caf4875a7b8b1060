/** Variables of the module for any vendor. */
import { ObjectOwnership, VendorAccessMethod } from "../../../lib/vendors";
import { profileRules } from "./profile";
import { roleVariables, tagsAndValidation } from "./role-variables";
import {
  BUCKET,
  BUCKET_NAME,
  encryption,
  ifGiven,
  KEY_PREFIX,
  leastPrivilege,
  matches,
  objectOwnership,
  PRINCIPAL_ARN,
  pathVariable,
  type Variables,
  versioning,
  wordRule,
} from "./variables";

const everyOne = (name: string, condition: string) => `alltrue([for item in var.${name} : ${condition}])`;
const [WHOLE, DIGITS] = ["item", "^[0-9]{12}$"];

export const ANY_VENDOR_VARIABLES: Variables = {
  ...BUCKET_NAME,
  vendor_profile: {
    prop: "vendor",
    type: "any",
    description:
      'What the vendor documents: the members of schemas/vendor-profile.schema.json, written here as an object, or read by jsondecode(file("acme.json")).',
    rules: profileRules(),
  },
  vendor_principals: {
    prop: "principals",
    type: "list(string)",
    description:
      "The vendor's principals: ARNs of roles, users or account roots, account IDs, or names of the profile's publishedPrincipals. Use the narrowest that the vendor documents.",
    rules: [
      {
        condition: `length(var.vendor_principals) > 0 && ${everyOne("vendor_principals", `${matches(WHOLE, PRINCIPAL_ARN)} || ${matches(WHOLE, DIGITS)} || length(split(":", item)) == 1`)}`,
        message: "vendor_principals must hold at least one ARN, account ID or name of publishedPrincipals.",
      },
    ],
  },
  access_method: {
    prop: "access",
    type: "string",
    description: "assumedRole or bucketPolicy; null for the only one of the profile's accessMethods.",
    fallback: null,
    rules: [wordRule("access_method", Object.values(VendorAccessMethod), { orNull: true })],
  },
  external_ids: {
    prop: "externalIds",
    type: "list(string)",
    description: "External IDs, of which the vendor must send one when it assumes the role.",
    fallback: [],
    rules: [
      {
        condition: everyOne("external_ids", `length(item) <= 1224 && ${matches(WHOLE, "^[A-Za-z0-9_+=,.@:/-]{2,}$")}`),
        message: "external_ids must have 2 to 1,224 characters each, out of letters, digits and _+=,.@:/-.",
      },
    ],
  },
  key_prefix: pathVariable("key_prefix", "keyPrefix", "Key prefix under which the vendor delivers; empty for the whole bucket."),
  additional_key_prefixes: {
    prop: "additionalKeyPrefixes",
    type: "list(string)",
    description: "Additional key prefixes, for a vendor that delivers to several.",
    fallback: [],
    rules: [
      {
        condition: everyOne("additional_key_prefixes", matches(WHOLE, KEY_PREFIX)),
        message: "additional_key_prefixes may not be empty, begin with a slash, nor hold two slashes in a row, * or ?.",
      },
    ],
  },
  least_privilege: leastPrivilege(
    "Whether the vendor gets the profile's leastPermissions only, under its key prefixes, in place of what it documents.",
  ),
  ...roleVariables("the vendor", "the profile's id"),
  max_session_duration_seconds: {
    prop: "maxSessionDurationSeconds",
    type: "number",
    description: "Maximum session duration of the role, 3600 to 43200 seconds; null for 3600.",
    fallback: null,
    rules: [
      {
        condition: ifGiven(
          "max_session_duration_seconds",
          "try(var.max_session_duration_seconds >= 3600 && var.max_session_duration_seconds <= 43200, false)",
        ),
        message: "max_session_duration_seconds must be 3600 to 43200.",
      },
    ],
  },
  ...BUCKET,
  ...encryption(null, "Default encryption: AES256, or aws:kms, which needs kms_key_arn; null for the first of the profile, else AES256."),
  versioning: versioning(null, "Versioning: Disabled or Enabled; null for that of the profile, else Disabled."),
  object_ownership: objectOwnership(
    null,
    Object.values(ObjectOwnership),
    "Object Ownership; null for that of the profile, else BucketOwnerPreferred where it grants s3:PutObjectAcl, else BucketOwnerEnforced.",
  ),
  cadence: {
    prop: "cadence",
    type: "any",
    description: "When deliveries are due, as in the profile, where that depends on choices in the vendor's form; null for the profile's.",
    fallback: null,
    rules: [
      {
        condition: ifGiven(
          "cadence",
          'try(length(setsubtract(keys(var.cadence), ["firstDeliveryWithinMinutes", "everyMinutes", "dailyAtUtc", "lateByMinutes"])) == 0, false)',
        ),
        message: "cadence may hold firstDeliveryWithinMinutes, everyMinutes, dailyAtUtc and lateByMinutes.",
      },
    ],
  },
  additional_connection_fields: {
    prop: "additionalConnectionFields",
    type: "list(object({ label = string, value = string }))",
    description: "Fields of the vendor's form in addition to those of its profile.",
    fallback: [],
  },
  ...tagsAndValidation("the bucket and the role"),
};
