import { memoizeByObject } from "../../evaluate";
import type { AccountModel, PlannedRole, RefusedArgument } from "../../plan";
import { hasUnknown } from "../../unknown";
import type { Rule, RuleFault } from "../rule";

export const refusedArgument: Rule = {
  id: "refused-argument",
  title: "AWS refuses an argument",
  severity: "high",
  reason: "terraform apply fails, often after it has created other resources, and nothing is delivered",
  details:
    "The rule covers names, name prefixes, paths, descriptions, tags, session durations and settings of buckets, of roles and of their " +
    "policies. IAM ignores the case of role names: two roles of one account must differ in more than that. What AWS has accepted " +
    "before is not judged: old buckets may have names that no new bucket may have.",
  remedy: "correct the argument",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
  bucket: ({ bucket: { refused = [] } }) => refused.map(faultOf),
  role: ({ role, model }) => [...(role.refused ?? []).map(faultOf), ...nameTaken(role, model)],
};

const LONGEST_SHOWN = 200;

function faultOf({ address, argument, rule, got, location }: RefusedArgument): RuleFault {
  const value = JSON.stringify(got);
  // The key of the tag that is wrong would be lost among fifty.
  const shown = argument === "tags" ? "" : `, got ${value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value}`;
  return { detail: `${address}: '${argument}' ${rule}${shown}`, location };
}

/** IAM compares the names of roles without their case, and creates one of two roles. */
function nameTaken(role: PlannedRole, model: AccountModel): RuleFault[] {
  const roles = rolesByName(model).get(nameKey(role)) ?? [];
  const other = roles.includes(role) ? roles.find((each) => each !== role) : undefined;
  if (other === undefined) return [];
  const rule = `must differ in more than case from that of ${other.address}`;
  return [{ detail: `${role.address}: 'name' ${rule}, got ${JSON.stringify(role.name)}` }];
}

/** The roles that certainly exist, by name. */
const rolesByName = memoizeByObject((model: AccountModel): ReadonlyMap<string, readonly PlannedRole[]> => {
  const found = new Map<string, PlannedRole[]>();
  for (const role of model.roles) {
    if (role.isUncertain || role.account === undefined || hasUnknown(role.name)) continue;
    const same = found.get(nameKey(role));
    if (same === undefined) found.set(nameKey(role), [role]);
    else same.push(role);
  }
  return found;
});

/** Credentials of one name may belong to different accounts in different stacks. */
function nameKey({ name, account = "", part = "" }: PlannedRole): string {
  return JSON.stringify([name.toLowerCase(), account, hasUnknown(account) ? part : ""]);
}
