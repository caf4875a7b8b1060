/** What the user says about organizations: their IDs, and the policies that apply to the account. */
import { accountOf } from "../../lib/contract";
import { compilePolicy, PolicyGrammarError } from "../../lib/evaluate";
import type { AccountModel, KnownOrganizations, PlannedOrganizationPolicy } from "../../lib/plan";
import { accountOfPoliciesIsMissing, invalidOrganizationPolicy } from "../errors";
import { accountId, organizationId, text, texts } from "../options";
import { readInputText } from "./input-files";

/** Options about the organization that the account belongs to. */
export const ORGANIZATION_OPTIONS = {
  scp: texts(
    "<file>",
    "the service control policies of one level of your organization: a policy document or a list of them; once for each level, the root first",
  ),
  rcp: texts(
    "<file>",
    "resource control policies that apply to your account: a policy document or a list of them; may be given several times",
  ),
  organization: text("<id>", "your own organization, for example o-a1b2c3d4e5"),
};

/** The values of `--scp`, `--rcp` and the related options. */
export interface OrganizationOptions {
  /** Files, root first. */
  readonly scp: readonly string[];
  readonly rcp: readonly string[];
  readonly organization?: string | undefined;
  readonly vendorOrganization?: string | undefined;
  readonly account?: string | undefined;
}

export interface GivenOrganization {
  readonly policies: readonly PlannedOrganizationPolicy[];
  readonly organizations: KnownOrganizations;
}

/**
 * @param model has the account that the policies apply to, unless the user gives it
 * @throws UsageError for a file without policies, and if it is unknown which account they apply to
 */
export function readOrganization(options: OrganizationOptions, model: AccountModel): GivenOrganization {
  const { scp, rcp, organization, vendorOrganization } = options;
  const [option] = [...(scp.length > 0 ? ["--scp"] : []), ...(rcp.length > 0 ? ["--rcp"] : [])];
  const targets = option === undefined ? [] : accountsOfPolicies(option, options, model);
  const given = (type: PlannedOrganizationPolicy["type"]) => (path: string, level: number) =>
    readPolicies(path, type).map((policy) => ({ type, policy, targets, address: path, level }));
  return {
    policies: [...scp.flatMap(given("serviceControl")), ...rcp.flatMap(given("resourceControl"))],
    organizations: {
      ...(organization !== undefined && { own: organizationId({ name: "--organization", value: organization }) }),
      ...(vendorOrganization !== undefined && { vendor: organizationId({ name: "--vendor-organization", value: vendorOrganization }) }),
    },
  };
}

/** The options as arguments, for a command that decides by the same policies. */
export function organizationArguments({ scp, rcp, organization }: OrganizationOptions): string[] {
  return [
    ...scp.flatMap((path) => ["--scp", path]),
    ...rcp.flatMap((path) => ["--rcp", path]),
    ...(organization === undefined ? [] : ["--organization", organization]),
  ];
}

export function withOrganization<Model extends AccountModel>(model: Model, { policies, organizations }: GivenOrganization): Model {
  return {
    ...model,
    organizationPolicies: [...(model.organizationPolicies ?? []), ...policies],
    organizations: { ...model.organizations, ...organizations },
  };
}

/** Undefined if the input has one account, even if its ID is unknown. */
function accountsOfPolicies(option: string, { account }: OrganizationOptions, { buckets, roles }: AccountModel): string[] {
  if (account !== undefined) return [accountId({ name: "--account", value: account })];
  const defined = buckets.filter(({ isReferenced }) => !isReferenced);
  const owners = [...defined.map((bucket) => bucket.account), ...roles.map((role) => role.account ?? accountOf(role.arn))];
  const accounts = new Set(owners.filter((owner) => owner !== undefined && owner !== ""));
  if (accounts.size > 1) throw accountOfPoliciesIsMissing(option, accounts.size);
  return [];
}

function readPolicies(path: string, type: PlannedOrganizationPolicy["type"]): PlannedOrganizationPolicy["policy"][] {
  const option = type === "serviceControl" ? "--scp" : "--rcp";
  const text = readInputText(path, { name: option, remedy: "name a file that holds policies of your organization" });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalidOrganizationPolicy({ option, rule: `must hold JSON: ${(error as Error).message}`, path });
  }
  const documents: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (documents.length === 0) throw invalidOrganizationPolicy({ option, rule: "must hold a policy document or a list of them", path });
  return documents.map((document, index) => {
    const location = { file: path, ...(Array.isArray(value) && { pointer: `/${index}` }) };
    assertPolicy(document, { option, type, path });
    return { document, name: path, location };
  });
}

interface PolicyFile {
  readonly option: string;
  readonly type: PlannedOrganizationPolicy["type"];
  readonly path: string;
}

function assertPolicy(document: unknown, { option, type, path }: PolicyFile): void {
  if (typeof document === "string") {
    throw invalidOrganizationPolicy({ option, rule: "must hold policy documents as objects, not as text", path });
  }
  try {
    compilePolicy(document, type);
  } catch (error) {
    if (!(error instanceof PolicyGrammarError)) throw error;
    throw invalidOrganizationPolicy({ option, rule: `must hold policies that AWS accepts: ${error.message}`, path });
  }
}
