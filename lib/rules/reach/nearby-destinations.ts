/** Finds the destinations that a role may reach, without comparing every role with every bucket. */
import { substituteOwnAccount } from "../../contract";
import { type CompiledStatement, memoizeByObject } from "../../evaluate";
import { namedPrincipals, namesEverybody } from "../../judge";
import type { PlannedRole } from "../../plan";
import { hasUnknown } from "../../unknown";
import { s3Resource } from "../patterns";
import type { JudgedBucket } from "../rule";
import { itemsAt, type Positions, positionsBy } from "./positions";
import { policiesOfRole } from "./role-policies";

interface DestinationIndex {
  readonly byName: Positions;
  /** By the principals that the policies of the buckets name; `ANYBODY` where they may name any role. */
  readonly byPrincipal: Positions;
}

const ANYBODY = "";

/** In their order. All of them if a policy of the role does not name single buckets. */
export function nearbyDestinations(role: PlannedRole, destinations: readonly JudgedBucket[]): readonly JudgedBucket[] {
  const names = bucketsNamedBy(role);
  if (names === undefined) return destinations;
  const { byName, byPrincipal } = indexOf(destinations);
  const principals = [ANYBODY, substituteOwnAccount(role.arn)];
  return itemsAt(destinations, [...principals.map((each) => byPrincipal.get(each)), ...names.map((name) => byName.get(name))]);
}

/** The names of the buckets on which its policies allow something; undefined where they may name any. */
function bucketsNamedBy(role: PlannedRole): readonly string[] | undefined {
  const names: string[] = [];
  for (const { resource } of policiesOfRole(role).identityPolicies.flatMap(({ allows }) => allows)) {
    if (resource === undefined || resource.not) return undefined;
    for (const text of resource.texts) {
      if (hasUnknown(text) || text.includes("${")) return undefined;
      const bucket = s3Resource(text)?.bucket;
      if (bucket !== undefined && /[*?]/.test(bucket)) return undefined;
      if (bucket !== undefined) names.push(bucket);
    }
  }
  return names;
}

const indexOf = memoizeByObject(
  (destinations: readonly JudgedBucket[]): DestinationIndex => ({
    byName: positionsBy(destinations, ({ bucket }) => [bucket.name]),
    byPrincipal: positionsBy(destinations, ({ policies }) => policies.flatMap(({ allows }) => allows.flatMap(principalsOf))),
  }),
);

function principalsOf(statement: CompiledStatement): string[] {
  if (statement.principal === undefined || namesEverybody(statement)) return [ANYBODY];
  return namedPrincipals(statement).aws.map((text) => substituteOwnAccount(text));
}
