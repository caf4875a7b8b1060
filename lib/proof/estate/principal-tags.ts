/** The tags of the sessions of a role: the role's own tags, and those that a caller may pass when it assumes the role. */
import type { World } from "../../access";
import { unknownText } from "../../unknown";
import { oneOrMore, statementsIn } from "../documents";
import { askedIn } from "../keys";
import type { RoleFacts } from "../types";
import { documentsOf } from "../worlds";

const TAG = "aws:principaltag/";

/** The world for requests of sessions of this role only, with the tags that its policies use. */
export function withPrincipalTags(world: World, role: RoleFacts | undefined): World {
  if (role === undefined || mayPassTags(role)) return world;
  const asked = askedIn(documentsOf(world)).filter((key) => key.startsWith(TAG));
  if (asked.length === 0) return world;
  const { tags } = role;
  const tagValue = (name: string) => {
    if (tags === undefined) return unknownText(`the tag ${name} of ${role.arn}`);
    return Object.hasOwn(tags, name) ? tags[name]! : null;
  };
  return { ...world, facts: { ...world.facts, ...Object.fromEntries(asked.map((key) => [key, tagValue(key.slice(TAG.length))])) } };
}

/** Whether a statement of the trust policy may let a caller pass session tags. */
function mayPassTags({ trustPolicy }: RoleFacts): boolean {
  return statementsIn(trustPolicy).some(({ Effect, Action }) => {
    return Effect !== "Deny" && (Action === undefined || oneOrMore(Action).some((action) => !/^sts:assumerole\w*$/i.test(String(action))));
  });
}
