/** What a change newly allows and no longer allows, for each bucket and role that exists before and after. */
import { type Change, difference, type RequestSet, type World } from "../access";
import { showOwnAccount, substituteOwnAccount } from "../contract";
import { PolicyGrammarError, type PolicyLocation } from "../evaluate";
import type { AccountModel, PlannedBucket, PlannedRole } from "../plan";
import { ASSUMING_ACTIONS } from "../proof";
import { showUnknown } from "../unknown";
import { type AccessHashes, rolesTagsIn, withTagsOfEach, worldsOfBucket, worldsOfRole } from "./resource-worlds";

export interface AccessChange {
  /** Name of the bucket or role. */
  readonly resource: string;
  readonly kind: "newlyAllowed" | "noLongerAllowed" | "undecided";
  /** Whether the pin approves the resource with exactly these policies and settings. */
  readonly isPinned: boolean;
  /** One request that shows the change, what gives the access, and whether that depends on unknown values. */
  readonly detail: string;
  readonly location: PolicyLocation;
}

export interface ComparedModels {
  readonly before: AccountModel;
  readonly after: AccountModel;
  /** Of the later model, and of what the pin approves. */
  readonly hashes?: { readonly found: AccessHashes; readonly pinned: AccessHashes };
}

/** Resources that are new or gone are not compared. Their contracts say what they must allow. */
export function accessChanges({ before, after, hashes }: ComparedModels): AccessChange[] {
  const buckets = new Map(before.buckets.map((bucket) => [bucket.name, bucket]));
  const roles = new Map(before.roles.map((role) => [nameOf(role), role]));
  const isPinned = (arn: string) => {
    const found = hashes?.found[showUnknown(arn)];
    return found !== undefined && found === hashes?.pinned[showUnknown(arn)];
  };
  return [
    ...after.buckets.flatMap((bucket) => {
      const earlier = buckets.get(bucket.name);
      if (earlier === undefined || bucket.isReferenced || earlier.isReferenced) return [];
      return compared(placeOfBucket(bucket, isPinned(bucket.arn)), [
        { model: before, read: () => worldsOfBucket(earlier, before) },
        { model: after, read: () => worldsOfBucket(bucket, after) },
      ]);
    }),
    ...after.roles.flatMap((role) => {
      const earlier = roles.get(nameOf(role));
      if (earlier === undefined) return [];
      return compared(placeOfRole(role, isPinned(role.arn)), [
        { model: before, read: () => worldsOfRole(earlier, before) },
        { model: after, read: () => worldsOfRole(role, after) },
      ]);
    }),
  ];
}

function nameOf({ arn }: PlannedRole): string {
  return substituteOwnAccount(arn);
}

interface Place extends Pick<AccessChange, "resource" | "location" | "isPinned"> {
  readonly requests: RequestSet;
}

function placeOfBucket(bucket: PlannedBucket, isPinned: boolean): Place {
  const arn = substituteOwnAccount(bucket.arn);
  const location = bucket.policies[0]?.location ?? bucket.location;
  return { resource: bucket.name, location, isPinned, requests: { resources: [arn, `${arn}/*`] } };
}

function placeOfRole(role: PlannedRole, isPinned: boolean): Place {
  const requests = { actions: ASSUMING_ACTIONS, resources: [nameOf(role)] };
  return { resource: role.name, location: role.trustPolicy.location, isPinned, requests };
}

interface Side {
  readonly model: AccountModel;
  readonly read: () => readonly World[];
}

/** Only if there is one bucket policy before and after. Of several policies, it is unknown which takes effect. */
function compared({ requests, ...place }: Place, sides: readonly [Side, Side]): AccessChange[] {
  const resource = showUnknown(place.resource);
  const undecided = (detail: string): AccessChange[] => [{ ...place, resource, kind: "undecided", detail }];
  let worlds: readonly (readonly World[])[];
  try {
    worlds = sides.map(({ read }) => read());
  } catch (error) {
    if (!(error instanceof PolicyGrammarError)) throw error;
    return undecided(showUnknown(error.message));
  }
  const [[before, ...moreBefore] = [], [after, ...moreAfter] = []] = worlds;
  if (before === undefined || after === undefined || moreBefore.length + moreAfter.length > 0)
    return undecided("there are several bucket policies, and it is unknown which one takes effect");
  const ofTags = changedTags([before, after], sides)
    .map((tag) => `it depends on ${tag}, which changes`)
    .flatMap(undecided);
  if (JSON.stringify(before) === JSON.stringify(after)) return ofTags;
  const [earlier, later] = withTagsOfEach(before, after);
  const { newlyAllowed, noLongerAllowed } = difference({ before: earlier, after: later, requests });
  if (newlyAllowed === undefined || noLongerAllowed === undefined) return undecided("the comparison takes too many steps");
  return [
    ...distinct(newlyAllowed, "denied before").map((detail): AccessChange => ({ ...place, resource, kind: "newlyAllowed", detail })),
    ...distinct(noLongerAllowed, "denies now").map((detail): AccessChange => ({ ...place, resource, kind: "noLongerAllowed", detail })),
    ...ofTags,
  ];
}

/** The tags of roles that the policies use and that the change affects. */
function changedTags(worlds: readonly World[], [before, after]: readonly [Side, Side]): string[] {
  const [earlier, later] = [rolesTagsIn(worlds, before.model), rolesTagsIn(worlds, after.model)];
  return [...later].flatMap(([tag, value]) => (earlier.has(tag) && earlier.get(tag) !== value ? [tag] : []));
}

/** @param denies describes what the denying statement does on the other side of the comparison */
function distinct(changes: readonly Change[], denies: string): string[] {
  return [...new Set(changes.map((change) => described(change, denies)))];
}

function described({ certainty, witness, statement, denial, words }: Change, denies: string): string {
  const { principal, action, resource } = witness;
  const denied = denial === undefined ? "" : `, which ${denial} ${denies}`;
  const by = `${statement === "" ? "" : ` by ${statement}`}${denied}`;
  const which = words === "" ? "" : ` (${words})`;
  return showOwnAccount(`${principal} ${certainty === "certain" ? "can" : "may"} ${action} on ${resource}${by}${which}`);
}
