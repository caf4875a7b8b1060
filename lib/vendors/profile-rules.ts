import * as errors from "../errors";
import {
  day,
  flag,
  freeText,
  keyPrefix,
  listOf,
  optional,
  optionalNarrowing,
  type Rules,
  region,
  struct,
  text,
  texts,
  timeOfDay,
  wholeNumber,
  word,
} from "../props";
import { ExternalIdUse, VendorAccessMethod } from "./access-method";
import { BucketEncryption, BucketVersioning, ObjectOwnership } from "./bucket-settings";
import { ConnectionValue } from "./connection-form";
import { actionsOn } from "./profile-actions";

const minutes = wholeNumber(1, 525_600);
const permissionSet = struct({ bucketActions: actionsOn("bucket"), objectActions: actionsOn("object") });

/** Rules for `VendorCadence`. */
export const CADENCE_RULES: Rules = {
  firstDeliveryWithinMinutes: optional(minutes),
  everyMinutes: optional(minutes),
  dailyAtUtc: optional(timeOfDay),
  lateByMinutes: optional(wholeNumber(0, 525_600)),
};

/** Rules for `VendorProfileProps`. */
export const PROFILE_RULES: Rules = {
  id: text((value) => (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(value.got) ? undefined : errors.malformedProfileId(value))),
  vendorName: text(),
  product: text(),
  documentation: text(),
  accessMethods: listOf(word(VendorAccessMethod), { atLeastOne: true }),
  documentedPermissions: permissionSet,
  documentedGrantEndsAtPrefix: optionalNarrowing(flag),
  leastPermissions: optionalNarrowing(permissionSet),
  exercisedPermissions: optional(permissionSet),
  externalId: optional(word(ExternalIdUse)),
  regions: optional(listOf(region, { atLeastOne: true })),
  encryptions: optional(listOf(word(BucketEncryption), { atLeastOne: true })),
  bucketKey: optional(flag),
  versioning: optional(word(BucketVersioning)),
  objectOwnership: optional(word(ObjectOwnership)),
  bucketNamePrefix: optional(text()),
  bucketNameWithoutDots: optional(flag),
  vendorFolder: optional(keyPrefix),
  publishedPrincipals: optional(texts),
  connectionForm: optional(listOf(struct({ label: text(), value: word(ConnectionValue) }))),
  cadence: optional(struct(CADENCE_RULES)),
  acceptedFindings: optional(listOf(struct({ code: text(), reason: text(), source: text() }))),
  facts: listOf(struct({ fact: freeText, source: freeText })),
  sources: optional(listOf(struct({ url: text(), readOn: day }))),
  unknowns: optional(listOf(freeText)),
};
