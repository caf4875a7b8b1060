/** Reads a profile from JSON. No compiler has checked it, so every member is checked here. */
import * as errors from "../errors";
import {
  accountId,
  anything,
  brokenProp,
  mapOf,
  nearestName,
  optional,
  principalArn,
  type Rules,
  struct,
  text,
  unknownMember,
} from "../props";
import { actionsOn } from "./profile-actions";
import { PROFILE_RULES } from "./profile-rules";
import type { VendorProfileProps } from "./vendor-profile-props";

const JSON_RULES: Rules = {
  ...PROFILE_RULES,
  $schema: optional(anything),
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
  if (typeof json === "string" && at === "") throw errors.profileIsText({ prop: "json", got: json, at });
  const unknown = unknownMember(JSON_RULES, { prop: "profile", got: json, at });
  if (unknown) throw errors.unknownMember(unknown.member, unknown.known, nearestName(unknown.name, unknown.known));
  const error = brokenProp({ rules: JSON_RULES, props: json, at });
  if (error) throw error;
  const { $schema: _, ...members } = json as Readonly<Record<string, unknown>>;
  const props = members as unknown as VendorProfileProps;
  // Without it, the contract would expect nothing, and every policy would pass.
  const { documentedPermissions, exercisedPermissions } = props;
  const exercised = exercisedPermissions ?? documentedPermissions;
  const named = [...exercised.bucketActions, ...exercised.objectActions].filter((action) => !/[*?]/.test(action));
  if (named.length === 0) throw errors.nothingExercised({ prop: "exercisedPermissions", got: exercisedPermissions, at });
  return props;
}
