import { TerraformStack } from "cdktf";
import { type Actor, type DeliveryContract, type Expectation, readContract } from "../contract";
import { showUnknown } from "../evaluate";
import { judge } from "../judge";
import type { AccountModel } from "../plan";
import { prove } from "../proof";
import { actionsMatching, applyRules, type Finding, reasonInContract, reasonInContracts } from "../rules";
import { explained, failure, verdictOf } from "./failure";
import { type Asked, type RequestOptions, said } from "./request";
import { synthesize } from "./synthesize";

/** What counts as healthy. */
export interface HealthOptions {
  /**
   * Whether an expectation may depend on a value that only Terraform will know.
   *
   * @default false
   */
  readonly allowUnknown?: boolean;
}

/**
 * Assertions about one destination of a stack: `expectDestination(stack, "Kandji").vendorMay("s3:PutObject", { under: "activity/" })`.
 *
 * Requests are decided as AWS documents it, by the policies that the stack synthesizes to. A request that cannot be decided fails, too.
 *
 * @param subject the stack, or its account model, which saves the synthesis where there are many assertions
 * @param destination id or path of the construct; not needed where the stack has one destination only
 */
export function expectDestination(subject: TerraformStack | AccountModel, destination?: string): DestinationAssertions {
  const account = TerraformStack.isStack(subject) ? synthesize(subject) : (subject as AccountModel);
  return new DestinationAssertions(account, findContract(account, destination));
}

function findContract(account: AccountModel, destination?: string): DeliveryContract {
  const contracts = account.contracts.map(({ contract }) => readContract(contract, account.name));
  const wanted = [destination, `${account.name}/${destination}`];
  const found = destination === undefined ? contracts : contracts.filter(({ id }) => wanted.includes(id));
  if (found.length === 1) return found[0]!;
  const all = contracts.length === 0 ? "it has none" : `it has ${contracts.map(({ id }) => id).join(", ")}`;
  const got = destination === undefined ? "none" : JSON.stringify(destination);
  throw new Error(`UnknownDestination: 'destination' must be one of the stack, got ${got}; ${all} (at ${account.name})`);
}

/** See `expectDestination`. Each assertion throws an `AssertionError` or returns this object, so that several can be chained. */
export class DestinationAssertions {
  public constructor(
    private readonly account: AccountModel,
    private readonly contract: DeliveryContract,
  ) {}

  /** The vendor may do this, as far as this stack decides it. */
  public vendorMay(action: string, options: RequestOptions = {}): this {
    return this.expect("allowed", `the vendor may ${action}${said(options)}`, this.asked("vendor", action, options));
  }

  /** The vendor may not do this. */
  public vendorMayNot(action: string, options: RequestOptions = {}): this {
    return this.expect("denied", `the vendor may not ${action}${said(options)}`, this.asked("vendor", action, options));
  }

  /** Nobody else may do this: no other principal of the vendor's account, no other account, nobody without a signature. */
  public strangerMayNot(action: string, options: RequestOptions = {}): this {
    for (const actor of this.strangers()) {
      this.expect("denied", `${STRANGERS[actor]} may not ${action}${said(options)}`, this.asked(actor, action, options));
    }
    return this;
  }

  /** The vendor may assume the role, with the external ID where there is one. */
  public vendorMayAssume(): this {
    return this.expect("allowed", "the vendor may assume the role", this.assuming("vendor"));
  }

  /** Nobody else may assume the role; nor the vendor without the external ID, where there is one. */
  public strangerMayNotAssume(): this {
    const { externalIds } = this.contract;
    if (externalIds.length > 0) {
      this.expect("denied", "the vendor may not assume the role without the external ID", this.assuming("vendorWithoutExternalId"));
    }
    for (const actor of this.strangers()) {
      this.expect("denied", `${STRANGERS[actor]} may not assume the role`, this.assuming(actor));
    }
    return this;
  }

  /** Plain HTTP is refused to the vendor, for everything that it may do over HTTPS. */
  public refusesHttp(): this {
    const { expectations } = this.contract;
    const actions = expectations.filter(({ actor, action, expected }) => actor === "vendor" && expected === "allowed" && isOfS3(action));
    for (const action of new Set(["s3:PutObject", ...actions.map((expectation) => expectation.action)])) {
      this.vendorMayNot(action, { overHttp: true });
    }
    return this;
  }

  /**
   * What `check` passes: every expectation of the delivery contract holds, and what it says of all requests; the bucket has the settings
   * that the vendor documents, and no rule has a finding of severity high or medium in the destination, except what the vendor itself asks for and what the
   * constructs accept with a reason.
   */
  public isHealthy({ allowUnknown = false }: HealthOptions = {}): this {
    const contracts = this.account.contracts.map(({ contract }) => readContract(contract, this.account.name));
    const neighbours = contracts.filter(({ id, bucket }) => id !== this.contract.id && bucket.arn === this.contract.bucket.arn);
    const results = [...judge(this.contract, this.account), ...prove(this.contract, this.account, { neighbours, contracts })];
    const broken = results.filter(
      (result) =>
        (result.outcome === "fail" || (result.outcome === "unknown" && !allowUnknown)) &&
        reasonInContract(result, this.contract) === undefined,
    );
    const findings = this.findings();
    if (broken.length + findings.length === 0) return this;
    const asked = new Map(this.contract.expectations.map((expectation) => [expectation.id, expectation]));
    const count = (found: readonly unknown[], one: string, many: string) =>
      found.length === 0 ? [] : [`${found.length} ${found.length === 1 ? one : many}`];
    const what = [...count(broken, "expectation does not hold", "expectations do not hold"), ...count(findings, "finding", "findings")];
    throw failure(
      `${this.contract.id} is not healthy: ${what.join(", ")}`,
      [
        ...broken.flatMap((result) => [`  ${result.id}: ${result.title}`, ...explained(this.contract, result, asked.get(result.id))]),
        ...findings.flatMap(({ ruleId, detail, remedy }) => [`  ${ruleId}: ${detail}`, `    ${"remedy".padEnd(12)}${remedy}`]),
      ],
      { actual: [...broken.map(({ id, outcome }) => `${id}: ${outcome}`), ...findings.map(({ ruleId }) => ruleId)], expected: [] },
    );
  }

  /** The findings of the rules in this destination that fail `check` and that nobody has accepted. */
  private findings(): readonly Finding[] {
    const contracts = this.account.contracts.map(({ contract }) => readContract(contract, this.account.name));
    return applyRules(this.account, contracts).filter(
      (finding) =>
        (finding.severity === "high" || finding.severity === "medium") &&
        finding.acceptedAs === undefined &&
        finding.contracts.includes(this.contract.id) &&
        reasonInContracts(finding, contracts) === undefined,
    );
  }

  private expect(expected: Expectation["expected"], title: string, asked: Asked): this {
    const expectation: Expectation = { id: title, title, expected, why: "", ...asked };
    const [result] = judge({ ...this.contract, expectations: [expectation], posture: [] }, this.account);
    if (result!.outcome === "pass") return this;
    const actual = verdictOf(result!);
    throw failure(`${this.contract.id} does not satisfy "${title}"`, explained(this.contract, result!, asked), {
      actual,
      expected: expected === "allowed" ? "Allowed" : "denied",
    });
  }

  private asked(actor: Actor, action: string, options: RequestOptions): Asked {
    const { objects, buckets } = actionsMatching(action);
    if (objects.length + buckets.length !== 1) {
      const remedy = 'write one action in full, e.g. "s3:PutObject"';
      throw new Error(`UnknownAction: 'action' must be an S3 action on a bucket or an object, got ${JSON.stringify(action)}; ${remedy}`);
    }
    const { bucketArn = this.contract.bucket.arn, overHttp = false, under } = options;
    const { key = `${under ?? this.contract.keyPrefix}${SAMPLE_OBJECT}` } = options;
    const listed = under !== undefined && LISTINGS.includes(action.toLowerCase());
    return {
      actor,
      action,
      resource: objects.length === 1 ? `${bucketArn}/${key}` : bucketArn,
      context: { ...(overHttp && { "aws:SecureTransport": "false" }), ...(listed && { "s3:prefix": under }), ...options.context },
    };
  }

  private assuming(actor: Actor): Asked {
    const { role, bucket } = this.contract;
    if (role === undefined) {
      const remedy = "ask what the vendor may do to the bucket";
      throw new Error(
        `NoRole: the vendor of ${this.contract.id} assumes no role: the policy of ${showUnknown(bucket.name)} names it; ${remedy}`,
      );
    }
    return { actor, action: "sts:AssumeRole", resource: role.arn, context: {} };
  }

  /** If the vendor is a whole account, nobody in it is a stranger. */
  private strangers(): (keyof typeof STRANGERS)[] {
    const known = new Set(this.contract.expectations.map(({ actor }) => actor));
    return (Object.keys(STRANGERS) as (keyof typeof STRANGERS)[]).filter((actor) => known.has(actor));
  }
}

const STRANGERS = {
  strangerInVendorAccount: "another principal of the vendor's account",
  strangerAccount: "another account",
  anonymous: "somebody without a signature",
} as const;

const SAMPLE_OBJECT = "vendor-destination-test";

const LISTINGS: readonly string[] = ["s3:listbucket", "s3:listbucketversions"];

function isOfS3(action: string): boolean {
  return action.startsWith("s3:");
}
