/** What a change of the policies newly allows, and no longer allows: for each bucket and role that is there before and after. */
import { type Change, difference, type RequestSet, type World } from "../access";
import { accountOf, OWN_ACCOUNT, substituteOwnAccount } from "../contract";
import { PolicyGrammarError, type PolicyLocation } from "../evaluate";
import type { AccountModel, PlannedBucket, PlannedRole } from "../plan";
import { ASSUMING_ACTIONS, bucketFacts, bucketWorlds, factsOfRole, principalOf, rolesNaming, trustWorld } from "../proof";
import { showUnknown } from "../unknown";

export interface AccessChange {
  /** Name of the bucket or role. */
  readonly resource: string;
  readonly kind: "newlyAllowed" | "noLongerAllowed" | "notTold";
  /** One request that shows it, what gives the access, and whether it depends on what is not known. */
  readonly detail: string;
  readonly location: PolicyLocation;
}

/** Resources that are new or gone are not compared: their contracts tell what they must allow. */
export function accessChanges(before: AccountModel, after: AccountModel): AccessChange[] {
  const buckets = new Map(before.buckets.map((bucket) => [bucket.name, bucket]));
  const roles = new Map(before.roles.map((role) => [nameOf(role), role]));
  return [
    ...after.buckets.flatMap((bucket) => {
      const earlier = buckets.get(bucket.name);
      return earlier === undefined || bucket.isReferenced || earlier.isReferenced
        ? []
        : ofBucket({ bucket: earlier, model: before }, { bucket, model: after });
    }),
    ...after.roles.flatMap((role) => {
      const earlier = roles.get(nameOf(role));
      return earlier === undefined ? [] : ofRole({ role: earlier, model: before }, { role, model: after });
    }),
  ];
}

function nameOf({ arn }: PlannedRole): string {
  return substituteOwnAccount(arn);
}

interface PlacedBucket {
  readonly bucket: PlannedBucket;
  readonly model: AccountModel;
}

function ofBucket(before: PlacedBucket, after: PlacedBucket): AccessChange[] {
  const { bucket } = after;
  const arn = substituteOwnAccount(bucket.arn);
  const location = bucket.policies[0]?.location ?? bucket.location;
  return compared({ resource: bucket.name, location }, { resources: [arn, `${arn}/*`] }, () => [worldsOf(before), worldsOf(after)]);
}

/** With every role that may reach the bucket as a principal whose policies are known. */
function worldsOf({ bucket, model }: PlacedBucket): readonly World[] {
  const facts = bucketFacts(bucket, { account: accountOf(bucket.account ?? "") ?? OWN_ACCOUNT, model });
  const principals = rolesNaming(bucket.name, model).map((role) => principalOf(factsOfRole(role, model)));
  return bucketWorlds({ partition: bucket.arn.split(":")[1] ?? "aws", bucket: facts }).map(({ world }) => ({ ...world, principals }));
}

interface PlacedRole {
  readonly role: PlannedRole;
  readonly model: AccountModel;
}

function ofRole(before: PlacedRole, after: PlacedRole): AccessChange[] {
  const { role } = after;
  const worldOf = ({ role, model }: PlacedRole) => trustWorld(factsOfRole(role, model)).world;
  const requests = { actions: ASSUMING_ACTIONS, resources: [nameOf(role)] };
  return compared({ resource: role.name, location: role.trustPolicy.location }, requests, () => [[worldOf(before)], [worldOf(after)]]);
}

type Place = Pick<AccessChange, "resource" | "location">;

/** Only where there is one bucket policy before and after: of several, nobody knows which takes effect. */
function compared(place: Place, requests: RequestSet, read: () => readonly (readonly World[])[]): AccessChange[] {
  const resource = showUnknown(place.resource);
  const notTold = (detail: string): AccessChange[] => [{ ...place, resource, kind: "notTold", detail }];
  let worlds: readonly (readonly World[])[];
  try {
    worlds = read();
  } catch (error) {
    if (!(error instanceof PolicyGrammarError)) throw error;
    return notTold(showUnknown(error.message));
  }
  const [[before, ...moreBefore] = [], [after, ...moreAfter] = []] = worlds;
  if (before === undefined || after === undefined || moreBefore.length + moreAfter.length > 0)
    return notTold("there are several bucket policies, and nobody knows which takes effect");
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const { newlyAllowed, noLongerAllowed } = difference({ before, after, requests });
  if (newlyAllowed === undefined || noLongerAllowed === undefined) return notTold("the comparison takes too many steps");
  return [
    ...distinct(newlyAllowed).map((detail): AccessChange => ({ ...place, resource, kind: "newlyAllowed", detail })),
    ...distinct(noLongerAllowed).map((detail): AccessChange => ({ ...place, resource, kind: "noLongerAllowed", detail })),
  ];
}

function distinct(changes: readonly Change[]): string[] {
  return [...new Set(changes.map(described))];
}

function described({ certainty, witness, statement, words }: Change): string {
  const { principal, action, resource } = witness;
  const by = statement === "" ? "" : ` by ${statement}`;
  const which = words === "" ? "" : ` (${words})`;
  return showUnknown(`${principal} ${certainty === "sure" ? "can" : "may"} ${action} on ${resource}${by}${which}`);
}
