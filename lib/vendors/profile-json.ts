/** A profile as JSON holds it: no compiler has seen it, so everything that is read from it is checked. */
import { ACTION_LISTS, actionFacts, actionsMatching } from "../access/data";
import * as errors from "../errors";
import { accountId, brokenProp, listOf, mapOf, optional, principalArn, type Rules, struct, text, unknownMember } from "../props";
import { PROFILE_RULES } from "./profile-rules";
import type { VendorProfileProps } from "./vendor-profile-props";

const LIST_DATE = ACTION_LISTS.find(({ service }) => service === "s3")!.date;

/** Actions of one level, which can be patterns: `s3:*`. */
function actionsOn(level: "bucket" | "object", { byName = false } = {}) {
  const phrase = level === "bucket" ? "a bucket" : "an object";
  return listOf(
    text((value) => {
      if (byName && /[*?]/.test(value.got)) return errors.actionWithWildcard(value);
      // Letter case means nothing to IAM, but everything that reads a profile compares with the names that AWS writes.
      const candidates = /[*?]/.test(value.got)
        ? actionsMatching(value.got)
        : actionsMatching(value.got).filter((name) => name === value.got);
      const isRight = value.got.startsWith("s3:") && candidates.some((name) => actionFacts(name)?.resourceTypes.includes(level));
      return isRight ? undefined : errors.actionNotOn(value, phrase, LIST_DATE);
    }),
  );
}

const PERMISSIONS = struct({ bucketActions: actionsOn("bucket"), objectActions: actionsOn("object") });

const JSON_RULES: Rules = {
  ...PROFILE_RULES,
  documentedPermissions: PERMISSIONS,
  leastPermissions: optional(PERMISSIONS),
  exercisedPermissions: optional(
    struct({ bucketActions: actionsOn("bucket", { byName: true }), objectActions: actionsOn("object", { byName: true }) }),
  ),
  publishedPrincipals: optional(
    mapOf(
      text((value) => {
        const isPrincipal = [accountId, principalArn].some((rule) => rule.check(value, () => true) === undefined);
        return isPrincipal ? undefined : errors.malformedPrincipal(value);
      }),
    ),
  ),
};

/**
 * What the JSON says a vendor documents.
 *
 * @param at - file that holds it, for error messages; empty for none
 * @throws Error that names the member
 */
export function readProfileJson(json: unknown, at: string): VendorProfileProps {
  const error = brokenProp({ rules: JSON_RULES, props: json, at });
  if (error) throw error;
  const { $schema: _, ...members } = json as Readonly<Record<string, unknown>>;
  const unknown = unknownMember(JSON_RULES, { prop: "profile", got: members, at });
  if (unknown) throw unknown;
  const props = members as unknown as VendorProfileProps;
  // Without it nothing would be expected of the vendor, and whatever the policies say would pass.
  const { documentedPermissions, exercisedPermissions } = props;
  const exercised = exercisedPermissions ?? documentedPermissions;
  const named = [...exercised.bucketActions, ...exercised.objectActions].filter((action) => !/[*?]/.test(action));
  if (named.length === 0) throw errors.nothingExercised({ prop: "exercisedPermissions", got: exercisedPermissions, at });
  return props;
}
