/**
 * The service and resource control policies that apply to an account. Only the management account of the organization and its delegated
 * administrators may read them.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_inheritance_auth.html
 */
import { PolicyGrammarError } from "../../../lib/evaluate";
import { compiledPolicy } from "../../../lib/judge";
import type { KnownOrganizations, PlannedOrganizationPolicy, PlannedPolicy } from "../../../lib/plan";
import { type Aws, type Failure, type OperationName, type Operations, rightFor } from "../../aws";
import { AccountReader, contentOf, isFailure, livePolicy, NOT_SET } from "./account-reader";
import { allPages } from "./pages";
import { type Unseen, unseen } from "./unseen";

export interface OrganizationReading {
  /** Root first. If a level could not be read completely, only its Deny statements count. */
  readonly policies: readonly PlannedOrganizationPolicy[];
  readonly organizations?: KnownOrganizations;
  readonly unseen: readonly Unseen[];
}

const SUBJECT = "SCPs and RCPs of this organization";

interface PolicyType {
  /** For people. */
  readonly title: string;
  readonly filter: Operations["organizations:ListPoliciesForTarget"][0]["Filter"];
  readonly type: PlannedOrganizationPolicy["type"];
}

const TYPES: readonly PolicyType[] = [
  { title: "service control policies", filter: "SERVICE_CONTROL_POLICY", type: "serviceControl" },
  { title: "resource control policies", filter: "RESOURCE_CONTROL_POLICY", type: "resourceControl" },
];

/** The root, and organizational units, which can be nested five deep. */
const MOST_PARENTS = 6;

/** Stands for the unread policies of a level, so that the other policies can only deny. */
const ASSUMED: PlannedPolicy = {
  name: "policies that could not be read",
  document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
  location: { file: "policies that could not be read" },
};

export interface Asker {
  readonly aws: Aws;
  /** Account of the caller, if it is known. */
  readonly caller: string | undefined;
}

/** What is known about organizations. Each account is looked up once in a run. */
export class Organizations {
  private readonly known = new Map<string, Promise<OrganizationReading>>();

  constructor(private readonly signal: AbortSignal) {}

  of(account: string, asker: Asker): Promise<OrganizationReading> {
    const found = this.known.get(account) ?? new OrganizationReader(account, asker, this.signal).read();
    this.known.set(account, found);
    return found;
  }
}

type LevelPolicy = Omit<PlannedOrganizationPolicy, "level">;

class OrganizationReader {
  private readonly reader: AccountReader;
  private readonly unseen: Unseen[] = [];

  constructor(
    private readonly account: string,
    private readonly asker: Asker,
    signal: AbortSignal,
  ) {
    this.reader = new AccountReader(asker.aws, signal);
  }

  async read(): Promise<OrganizationReading> {
    const { account, unseen } = this;
    const isCallers = this.asker.caller === account;
    const described = await this.reader.read("organizations:DescribeOrganization", {});
    if (described === NOT_SET && isCallers) return { policies: [], unseen };
    const { Id: own, MasterAccountId: management } = contentOf(described)?.Organization ?? {};
    if (own === undefined || management === undefined) {
      this.miss("organizations:DescribeOrganization", isFailure(described) ? described : `it names no organization of account ${account}`);
      return { policies: [], unseen };
    }
    const organizations = { own, management };
    // Policies do not limit the management account.
    if (account === management) return { policies: [], organizations, unseen };
    const first = await this.policiesAt(account);
    if (first === undefined) return { policies: [], ...(isCallers && { organizations }), unseen };
    const levels = [first];
    for (const parent of await this.parents()) levels.push((await this.policiesAt(parent)) ?? []);
    this.requireEachLevel(levels);
    await this.requireDisabled(levels);
    const policies = levels.reverse().flatMap((level, number) => level.map((policy) => ({ ...policy, level: number })));
    return { policies, organizations, unseen };
  }

  /** From the parent of the account to the root. */
  private async parents(): Promise<string[]> {
    const found: string[] = [];
    for (let child = this.account; found.length < MOST_PARENTS; ) {
      const answer = await this.ask("organizations:ListParents", { ChildId: child });
      if (answer === undefined) return found;
      const { Id, Type } = answer.Parents?.[0] ?? {};
      if (Id === undefined) break;
      found.push(Id);
      if (Type === "ROOT") return found;
      child = Id;
    }
    this.miss("organizations:ListParents", "the answers do not lead to the root");
    return found;
  }

  /** AWS keeps at least one policy of each type at every level, or none at any level if the type is disabled. */
  private requireEachLevel(levels: readonly (readonly LevelPolicy[])[]): void {
    if (this.unseen.length > 0) return;
    const has = TYPES.map(({ type }) => levels.map((level) => level.some((policy) => policy.type === type)));
    if (has.some((at) => at.includes(true) && at.includes(false)))
      this.miss("organizations:ListPoliciesForTarget", "no policy is attached at one of the levels");
  }

  /** Without a policy at any level, the type must be disabled: AWS attaches one to each root, unit and account when it is enabled. */
  private async requireDisabled(levels: readonly (readonly LevelPolicy[])[]): Promise<void> {
    const none = TYPES.filter(({ type }) => !levels.flat().some((policy) => policy.type === type));
    if (this.unseen.length > 0 || none.length === 0) return;
    const answer = await this.ask("organizations:ListRoots", {});
    if (answer === undefined) return;
    const [root] = answer.Roots ?? [];
    if (root === undefined) return this.miss("organizations:ListRoots", "the answer has no root");
    for (const { title, filter } of none)
      if (root.PolicyTypes?.some(({ Type, Status }) => Type === filter && Status !== "DISABLED"))
        this.miss("organizations:ListPoliciesForTarget", `${title} are enabled, and no level has one`);
  }

  /** The policies that are attached to the target itself; undefined if none of them could be listed. */
  private async policiesAt(target: string): Promise<readonly LevelPolicy[] | undefined> {
    const [serviceControl, resourceControl] = await Promise.all(TYPES.map((type) => this.policiesOf(type, target)));
    if (serviceControl === undefined && resourceControl === undefined) return undefined;
    return [...(serviceControl ?? []), ...(resourceControl ?? [])];
  }

  private async policiesOf({ filter, type }: PolicyType, target: string): Promise<readonly LevelPolicy[] | undefined> {
    const operation = "organizations:ListPoliciesForTarget";
    const { items, failure } = await allPages({
      read: (NextToken) => this.reader.read(operation, { TargetId: target, Filter: filter, ...(NextToken && { NextToken }) }),
      itemsOf: ({ Policies }) => Policies,
      nextOf: ({ NextToken }) => NextToken,
    });
    if (failure) this.miss(operation, failure);
    if (failure && items.length === 0) return undefined;
    const ids = items.flatMap(({ Id }) => Id ?? []);
    if (ids.length < items.length) this.miss(operation, "the answer has a policy without an ID");
    const policies = await Promise.all(ids.map((id) => this.policy(id, type)));
    const known = policies.filter((policy) => policy !== undefined);
    const isWhole = known.length === items.length && failure === undefined;
    return isWhole || type === "resourceControl" ? known : [...known, this.levelPolicy(ASSUMED, type)];
  }

  private async policy(id: string, type: PlannedOrganizationPolicy["type"]): Promise<LevelPolicy | undefined> {
    const answer = await this.ask("organizations:DescribePolicy", { PolicyId: id });
    if (answer === undefined) return undefined;
    const { Content = "", PolicySummary: { Name = id, Arn = id } = {} } = answer.Policy ?? {};
    const policy = { ...livePolicy(Content, { file: Arn, address: Name }), name: Name };
    if (typeof policy.document !== "object" || compiledPolicy(policy, type) instanceof PolicyGrammarError) {
      this.miss("organizations:DescribePolicy", `the policy ${Name} (${id}) cannot be parsed`);
      return undefined;
    }
    return this.levelPolicy(policy, type);
  }

  private levelPolicy(policy: PlannedPolicy, type: PlannedOrganizationPolicy["type"]): LevelPolicy {
    return { type, policy, targets: [this.account], address: policy.name ?? policy.location.file };
  }

  private async ask<N extends OrganizationsOperation>(operation: N, input: Operations[N][0]): Promise<Operations[N][1] | undefined> {
    const answer = await this.reader.read(operation, input);
    if (answer === NOT_SET || isFailure(answer)) {
      this.miss(operation, answer === NOT_SET ? "there is no organization" : (answer as Failure));
      return undefined;
    }
    return answer as Operations[N][1];
  }

  /** Lists an unread item once, even if several requests failed for the same reason. */
  private miss(operation: OrganizationsOperation, cause: Failure | string): void {
    const missed =
      typeof cause === "string" ? { subject: SUBJECT, right: rightFor(operation), why: cause } : unseen(SUBJECT, operation, cause);
    if (!this.unseen.some(({ right, why }) => right === missed.right && why === missed.why)) this.unseen.push(missed);
  }
}

type OrganizationsOperation = Extract<OperationName, `organizations:${string}`>;
