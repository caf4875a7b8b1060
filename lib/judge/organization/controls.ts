/**
 * The policies of the organization that certainly apply to an account: those that the user gives, and those that the plan attaches to the
 * account itself. The rule `organization-policy-denies` reports what other policies may deny.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
import { PolicyGrammarError } from "../../evaluate";
import type { AccountModel, PlannedOrganizationPolicy, PlannedPolicy } from "../../plan";
import { compiledPolicy } from "../compiled-policies";

export interface OrganizationControls {
  /** They limit the principals of the account. Root first; every level must allow. */
  readonly serviceControlPolicies?: readonly (readonly PlannedPolicy[])[];
  /** They limit access to the resources of the account for every caller. */
  readonly resourceControlPolicies?: readonly PlannedPolicy[];
}

const NONE: OrganizationControls = {};

/** AWS attaches `FullAWSAccess` to every root, organizational unit and account. A plan does not show whether it was detached. */
const FULL_AWS_ACCESS: PlannedPolicy = {
  name: "FullAWSAccess",
  document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
  location: { file: "FullAWSAccess" },
};

type Policies = readonly PlannedOrganizationPolicy[];

const known = new WeakMap<Policies, Map<string, OrganizationControls>>();

export interface ControlledAccount {
  /** 12 digits; undefined for a caller that is no principal of an account. */
  readonly account: string | undefined;
  /** Whether it is an account of the input. The vendor's and those of strangers are not. */
  readonly isOwn: boolean;
}

export function controlsOf(
  { organizationPolicies = [], organizations }: AccountModel,
  { account, isOwn }: ControlledAccount,
): OrganizationControls {
  const isManagement = account !== undefined && account === organizations?.management;
  if (organizationPolicies.length === 0 || isManagement) return NONE;
  let ofModel = known.get(organizationPolicies);
  if (ofModel === undefined) {
    ofModel = new Map();
    known.set(organizationPolicies, ofModel);
  }
  const key = `${account} ${isOwn}`;
  let found = ofModel.get(key);
  if (found === undefined) {
    found = read(organizationPolicies, { account, isOwn });
    ofModel.set(key, found);
  }
  return found;
}

function read(all: Policies, { account, isOwn }: ControlledAccount): OrganizationControls {
  const applying = all.filter(({ targets, type, policy, level, isUncertain }) => {
    const isGivenForAll = level !== undefined && targets.length === 0;
    const applies = isGivenForAll ? isOwn : account !== undefined && targets.includes(account);
    // A rule says that it may be there.
    return applies && !isUncertain && !(compiledPolicy(policy, type) instanceof PolicyGrammarError);
  });
  const levels = levelsOf(applying.filter(({ type }) => type === "serviceControl"));
  const resourceControls = applying.filter(({ type }) => type === "resourceControl").map(({ policy }) => policy);
  return {
    ...(levels.length > 0 && { serviceControlPolicies: levels }),
    ...(resourceControls.length > 0 && { resourceControlPolicies: resourceControls }),
  };
}

/** The policies that are given by level, then those that the plan attaches to the account. */
function levelsOf(policies: Policies): PlannedPolicy[][] {
  const given = policies.filter(({ level }) => level !== undefined);
  const planned = policies.filter(({ level }) => level === undefined).map(({ policy }) => policy);
  const numbers = [...new Set(given.map(({ level }) => level!))].sort((one, other) => one - other);
  return [
    ...numbers.map((number) => given.filter(({ level }) => level === number).map(({ policy }) => policy)),
    ...(planned.length > 0 ? [[...planned, FULL_AWS_ACCESS]] : []),
  ];
}
