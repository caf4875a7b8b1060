import { accountOf, type DeliveryContract, OWN_ACCOUNT, substituteOwnAccount } from "../contract";
import { type CompiledStatement, PolicyGrammarError, type PolicyKind, type PolicyLocation } from "../evaluate";
import { bucketOf, compiledPolicy, readablePolicies, roleOf } from "../judge";
import type {
  AccountModel,
  PlannedBucket,
  PlannedDataFlow,
  PlannedOrganizationPolicy,
  PlannedPolicy,
  PlannedRole,
  PlannedServiceGrant,
} from "../plan";
import { showUnknown } from "../unknown";
import { destinationsOfFlow } from "./reach/flow-source";
import type { Account, Finding, JudgedBucket, JudgedPolicy, JudgedRole, Rule, RuleAnswer, RuleFault } from "./rule";
import { BY_MEMBER, EVERYWHERE_BY_MEMBER, type RulesByMember } from "./rules";

export interface RuleOptions {
  /** The customer's account, 12 digits. */
  readonly account?: string;
}

/**
 * All findings of the rules, in the order of the plan.
 *
 * If no contract names a bucket or role of a stack, all rules check all of them. Otherwise all rules check the buckets and roles of the
 * contracts, and only the rules with `everywhere` check the others of that stack.
 */
export function applyRules(model: AccountModel, contracts: readonly DeliveryContract[], options: RuleOptions = {}): Finding[] {
  return new Run(model, contracts, options).findings();
}

class Run {
  private readonly found: Finding[] = [];
  private readonly account: Account;
  private readonly unknownAccount: Account = { id: OWN_ACCOUNT, isKnown: false };
  private readonly ofBuckets: ReadonlyMap<PlannedBucket, readonly DeliveryContract[]>;
  private readonly ofRoles: ReadonlyMap<PlannedRole, readonly DeliveryContract[]>;
  private readonly vendors: ReadonlySet<string>;

  public constructor(
    private readonly model: AccountModel,
    private readonly contracts: readonly DeliveryContract[],
    { account }: RuleOptions,
  ) {
    this.ofBuckets = grouped(contracts, (contract) => bucketOf(contract, model));
    this.ofRoles = grouped(contracts, (contract) => roleOf(contract, model));
    const known = account ?? knownAccount([...this.ofRoles.keys()], [...this.ofBuckets.keys()]) ?? knownAccount(model.roles, model.buckets);
    this.account = { id: known ?? OWN_ACCOUNT, isKnown: known !== undefined };
    this.vendors = new Set(
      contracts.flatMap(({ role, vendorPrincipals }) => substituteOwnAccount([...vendorPrincipals, ...(role ? [role.arn] : [])])),
    );
  }

  public findings(): Finding[] {
    const contracted = new Set([...this.ofBuckets.keys(), ...this.ofRoles.keys()].map(({ part }) => part));
    const isAlone = ({ part }: PlannedBucket | PlannedRole) => !contracted.has(part);
    const destinations: JudgedBucket[] = [];
    for (const bucket of this.model.buckets) {
      const contracts = this.ofBuckets.get(bucket) ?? [];
      const policies = readablePolicies(bucket.policies, "resource");
      const judged = { bucket, contracts, policies, model: this.model, account: this.accountOf(bucket) };
      if (contracts.length > 0) destinations.push(judged);
      this.bucket(judged, isAlone(bucket));
    }
    for (const role of this.model.roles) {
      const judged = { role, contracts: this.ofRoles.get(role) ?? [], destinations, model: this.model, account: this.accountOf(role) };
      this.role(judged, isAlone(role));
    }
    for (const flow of this.model.dataFlows ?? []) this.dataFlow(flow, destinations);
    for (const grant of this.model.serviceGrants ?? []) this.serviceGrant(grant, destinations);
    for (const policy of this.model.organizationPolicies ?? []) this.organizationPolicy(policy);
    return this.found;
  }

  /** The account of a bucket or role; the account of the model if it does not assign them to accounts. */
  private accountOf({ account }: PlannedBucket | PlannedRole): Account {
    if (account === undefined || account === this.account.id) return this.account;
    const id = accountOf(account);
    if (id === undefined) return this.unknownAccount;
    return { id, isKnown: true };
  }

  private bucket(judged: JudgedBucket, alone: boolean): void {
    const { bucket, contracts, account } = judged;
    const rules = alone || contracts.length > 0 ? BY_MEMBER : EVERYWHERE_BY_MEMBER;
    for (const rule of rules.bucket)
      this.add(rule, rule.bucket!(judged), { location: bucket.location, contracts, ...whether(bucket, contracts) });
    const owner = { rules, bucket: judged, contracts, account, ...whether(bucket, contracts) };
    for (const policy of bucket.policies) this.policy(policy, "resource", owner);
  }

  private role(judged: JudgedRole, alone: boolean): void {
    const { role, contracts, account } = judged;
    const rules = alone || contracts.length > 0 ? BY_MEMBER : EVERYWHERE_BY_MEMBER;
    for (const rule of rules.role) this.add(rule, rule.role!(judged), { location: role.location, contracts, ...whether(role, contracts) });
    const owner = { rules, role: judged, contracts, account, ...whether(role, contracts) };
    this.policy(role.trustPolicy, "trust", owner);
    for (const policy of [...role.inlinePolicies, ...role.managedPolicies]) this.policy(policy, "identity", owner);
    if (role.permissionsBoundary !== undefined) this.policy(role.permissionsBoundary, "permissionsBoundary", owner);
  }

  private dataFlow(flow: PlannedDataFlow, destinations: readonly JudgedBucket[]): void {
    const { concerned, isSourceKnown } = destinationsOfFlow(flow, destinations);
    if (concerned.length === 0) return;
    const contracts = concerned.flatMap((destination) => destination.contracts);
    const account = concerned.map((destination) => destination.account).find(({ isKnown }) => isKnown) ?? this.account;
    const judged = { flow, destinations: concerned, isSourceKnown, model: this.model, account };
    for (const rule of BY_MEMBER.dataFlow) this.add(rule, rule.dataFlow!(judged), { location: flow.location, contracts, ...whether(flow) });
  }

  private serviceGrant(grant: PlannedServiceGrant, destinations: readonly JudgedBucket[]): void {
    const { contracts, account, model } = this;
    if (contracts.length === 0) return;
    for (const rule of BY_MEMBER.serviceGrant)
      this.add(rule, rule.serviceGrant!({ grant, contracts, destinations, model, account }), {
        location: grant.location,
        contracts: [],
        ...whether(grant),
      });
  }

  private organizationPolicy(organizationPolicy: PlannedOrganizationPolicy): void {
    const { contracts, account } = this;
    if (contracts.length === 0) return;
    for (const rule of BY_MEMBER.organizationPolicy) {
      const answer = rule.organizationPolicy!({ organizationPolicy, contracts, account });
      this.add(rule, answer, { location: organizationPolicy.policy.location, contracts, ...whether(organizationPolicy) });
    }
  }

  private policy(planned: PlannedPolicy, kind: PolicyKind, { rules, bucket, role, contracts, account, onlyIf }: PolicyOwner): void {
    const at = { location: planned.location, contracts, ...(onlyIf !== undefined && { onlyIf }) };
    const compiled = compiledPolicy(planned, kind);
    if (compiled instanceof PolicyGrammarError) {
      for (const rule of rules.malformed) this.add(rule, rule.malformed!(compiled.message), at);
      return;
    }
    const { vendors, model, contracts: allContracts } = this;
    const judged: JudgedPolicy = { kind, planned, compiled, bucket, role, contracts, vendors, allContracts, model, account };
    for (const rule of rules.policy) this.add(rule, rule.policy!(judged), at);
    const ofKind = rules.statement[kind];
    for (const statement of compiled.statements) {
      for (const rule of ofKind[statement.reference.effect]) {
        if (statement.unknowns.length > 0 && !rule.evenUnknown) continue;
        const detail = rule.statement!(statement, judged);
        if (detail === undefined) continue;
        const isOpen = rule.effect !== undefined && compiled.allows.includes(statement) && compiled.denies.includes(statement);
        this.add(rule, detail, { ...at, statement, ...(isOpen && { onlyIf: `its effect is ${rule.effect}` }) });
      }
    }
  }

  private add(rule: Rule, answer: RuleAnswer, checked: Checked): void {
    if (answer === undefined) return;
    if (typeof answer === "string") this.addFault(rule, { detail: answer }, checked);
    else for (const fault of [answer].flat() as readonly RuleFault[]) this.addFault(rule, fault, checked);
  }

  private addFault(rule: Rule, given: RuleFault, { location, contracts, statement, onlyIf }: Checked): void {
    const fault = onlyIf === undefined || given.isUnknown ? given : { ...given, detail: `${given.detail}, if ${onlyIf}`, isUnknown: true };
    const accepted = contracts.some((contract) => contract.accepted.some(({ code }) => code === rule.acceptedBy));
    this.found.push({
      ruleId: rule.id,
      severity: fault.isUnknown ? "info" : rule.severity,
      detail: showUnknown(fault.isUnknown ? `could not tell: ${fault.detail}` : fault.detail),
      remedy: rule.remedy,
      location: fault.location ?? location,
      ...(fault.isUnknown && { isUnknown: true }),
      ...(statement && {
        statement: { index: statement.reference.index, ...(statement.reference.sid !== undefined && { sid: statement.reference.sid }) },
      }),
      contracts: contracts.map(({ id }) => id),
      ...(accepted && !fault.isUnknown && rule.acceptedBy !== undefined && { acceptedAs: rule.acceptedBy }),
    });
  }
}

/** The account that the roles belong to, or the buckets if there are no roles. */
function knownAccount(roles: readonly PlannedRole[], buckets: readonly PlannedBucket[]): string | undefined {
  const ids = [...roles.map(({ arn }) => accountOf(substituteOwnAccount(arn))), ...buckets.map(({ account = "" }) => accountOf(account))];
  return ids.find((id) => id !== undefined && id !== OWN_ACCOUNT);
}

/** The item that a rule has checked. */
interface Checked {
  readonly location: PolicyLocation;
  readonly contracts: readonly DeliveryContract[];
  readonly statement?: CompiledStatement;
  /** What the plan leaves open and the finding depends on: whether the item exists, or the effect of the statement. */
  readonly onlyIf?: string;
}

/** The destination of a contract counts as existing, whatever its `count` is computed from. */
function whether(
  { isUncertain, address }: { readonly isUncertain?: true; readonly address: string },
  contracts: readonly DeliveryContract[] = [],
): Pick<Checked, "onlyIf"> {
  return isUncertain && contracts.length === 0 ? { onlyIf: `${address} exists` } : {};
}

/** The bucket or role of a policy, and the rules that check it. */
type PolicyOwner = Pick<JudgedPolicy, "bucket" | "role" | "contracts" | "account"> &
  Pick<Checked, "onlyIf"> & { readonly rules: RulesByMember };

function grouped<Key>(contracts: readonly DeliveryContract[], key: (contract: DeliveryContract) => Key | undefined) {
  const groups = new Map<Key, DeliveryContract[]>();
  for (const contract of contracts) {
    const found = key(contract);
    if (found === undefined) continue;
    const group = groups.get(found);
    if (group === undefined) groups.set(found, [contract]);
    else group.push(contract);
  }
  return groups;
}
