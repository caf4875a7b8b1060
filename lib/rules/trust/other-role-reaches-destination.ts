import { substituteOwnAccount } from "../../contract";
import type { PlannedRole } from "../../plan";
import { nearbyDestinations } from "../reach/nearby-destinations";
import { outsideCallersOf } from "../reach/outside-callers";
import { accessOf, type RoleAccess, wideningAction } from "../reach/role-access";
import { rolesReachedFrom } from "../reach/role-chains";
import type { JudgedBucket, JudgedRole, Rule } from "../rule";
import { listed } from "../statements";

export const otherRoleReachesDestination: Rule = {
  id: "other-role-reaches-destination",
  title: "another role gives somebody outside your account access to the destination",
  severity: "medium",
  everywhere: true,
  reason: "Whoever can assume the role can access the deliveries, although no contract allows it",
  details:
    "Outside your account are other accounts, and identity providers whose tokens anybody can get. The role is judged by everything that is " +
    "attached to it, by the roles that it can assume in turn, and by its rights to change roles and policies. Of AWS managed policies, " +
    "the program knows the most common ones. What it does not know leaves it open whether the role reaches the destination (exit code 3).",
  remedy: "remove the bucket from the role's policies, or the caller from its trust policy",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
  role: (judged) => {
    const { role, contracts, destinations, account, model } = judged;
    if (contracts.length > 0 || destinations.length === 0) return undefined;
    const outsideCallers = outsideCallersOf(role, account);
    if (outsideCallers.length === 0) return undefined;
    const certain = outsideCallers.filter(({ isUnknown }) => !isUnknown);
    const who = listed((certain.length > 0 ? certain : outsideCallers).map((caller) => caller.who));
    const ways = [{ role, way: [role], isUnknown: false }].concat(
      rolesReachedFrom(role, model, account).map((reached) => ({ ...reached, way: [role, ...reached.way] })),
    );
    let open: string | undefined;
    for (const { role: last, way, isUnknown } of ways) {
      const reach = reachOf(last, judged);
      if (reach === undefined) continue;
      const text = `${who} can assume ${way.map(({ name }) => name).join(", which can assume ")}, which ${reach.text}`;
      if (certain.length > 0 && !isUnknown && reach.because === undefined) return text;
      open ??= reach.because === undefined ? text : `${text}; ${reach.because}`;
    }
    return open === undefined ? undefined : { detail: open, isUnknown: true };
  },
};

interface Reach {
  readonly text: string;
  readonly because?: string;
}

/** What the role can do in a destination, or to give itself access to it. The first that is certain, else the first. */
function reachOf(role: PlannedRole, { destinations, account, model }: JudgedRole): Reach | undefined {
  let open: Reach | undefined;
  for (const destination of nearbyDestinations(role, destinations)) {
    const access = accessOf(role, destination);
    if (access === undefined) continue;
    const reach = described(access, (verb) => `${verb} ${access.action} in ${destination.bucket.name}`);
    if (reach.because === undefined) return reach;
    open ??= reach;
  }
  const reaches = (arn: string) => {
    const passed = model.roles.filter((each) => substituteOwnAccount(each.arn) === arn);
    return passed.length === 0 || passed.some((each) => mayReach(each, destinations));
  };
  const widening = wideningAction(role, account, reaches);
  if (widening === undefined) return open;
  const reach = described(widening, (verb) => `${verb} ${widening.action} and so give itself access`);
  return reach.because === undefined ? reach : (open ?? reach);
}

function mayReach(role: PlannedRole, destinations: readonly JudgedBucket[]): boolean {
  return nearbyDestinations(role, destinations).some((destination) => accessOf(role, destination) !== undefined);
}

function described({ because }: RoleAccess, text: (verb: string) => string): Reach {
  return because === undefined ? { text: text("can call") } : { text: text("may call"), because };
}
