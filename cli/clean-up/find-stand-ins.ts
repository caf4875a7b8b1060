/** Finds stand-in roles that are in no journal: by their name, and by their tag or description. */
import { type Aws, failureOf, type Operations, showFailure } from "../aws";
import { STAND_IN_DESCRIPTION, STAND_IN_NAME, STAND_IN_TAG } from "./stand-in-role";

export interface FoundStandIns {
  readonly old: readonly string[];
  /** They may belong to a validation that is still running. */
  readonly young: readonly string[];
  /** Why not all roles could be searched. */
  readonly problem?: string;
}

type Role = NonNullable<Operations["iam:ListRoles"][1]["Roles"]>[number];

export async function findStandIns(aws: Aws, before: number): Promise<FoundStandIns> {
  const old: string[] = [];
  const young: string[] = [];
  try {
    let marker: string | undefined;
    do {
      const page = await aws.call("iam:ListRoles", marker === undefined ? {} : { Marker: marker });
      for (const role of page.Roles ?? []) {
        if (role.RoleName === undefined || !STAND_IN_NAME.test(role.RoleName) || !(await isStandIn(aws, role))) continue;
        ((role.CreateDate?.getTime() ?? 0) < before ? old : young).push(role.RoleName);
      }
      marker = page.IsTruncated ? page.Marker : undefined;
    } while (marker !== undefined);
    return { old, young };
  } catch (error) {
    return { old, young, problem: `iam:ListRoles: ${showFailure(failureOf(error, "iam:ListRoles"))}` };
  }
}

async function isStandIn(aws: Aws, { RoleName, Description }: Role): Promise<boolean> {
  if (Description === STAND_IN_DESCRIPTION) return true;
  const { Role } = await aws.call("iam:GetRole", { RoleName });
  return Role?.Tags?.some(({ Key, Value }) => Key === STAND_IN_TAG.Key && Value === STAND_IN_TAG.Value) ?? false;
}
