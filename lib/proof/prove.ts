import { type Proof, QuestionError, type Witness } from "../access";
import { accountOf, type DeliveryContract, PROOF_IDS, type Result, showOwnAccount } from "../contract";
import { type Decision, decide, type Policies, PolicyGrammarError, type StatementReference } from "../evaluate";
import { bucketOf, type DeniedRequest, judge, mayUseKey, organizationRemedy, roleOf } from "../judge";
import type { AccountModel } from "../plan";
import { hasUnknown, showUnknown } from "../unknown";
import { conditionsIn, statementsIn } from "./documents";
import { estateFacts, type Reached, reached } from "./estate";
import { factsOf } from "./facts";
import type { Question, Statement, Subject } from "./questions";
import { sharedAnswer } from "./shared-proofs";
import { statementsOf } from "./statements";
import type { Facts, FactsInEstate, KnownAccessPoints } from "./types";
import { documentsOf, type Judged } from "./worlds";

/** Other contracts for the same bucket. */
export type Neighbours = ReadonlyMap<DeliveryContract, readonly DeliveryContract[]>;

export interface ProofOptions {
  /** Other contracts for the same bucket. */
  readonly neighbours?: readonly DeliveryContract[] | undefined;
  /**
   * All contracts of the estate.
   *
   * @default - the contract and those for the same bucket
   */
  readonly contracts?: readonly DeliveryContract[] | undefined;
  /** What the bucket's access points allow. @default - unknown */
  readonly accessPoints?: KnownAccessPoints | undefined;
}

/**
 * One result for each statement about all requests that the contract implies.
 *
 * Never throws. What the model does not show is `unknown`, with the reason.
 */
export function prove(contract: DeliveryContract, model: AccountModel, options: ProofOptions = {}): Result[] {
  const { neighbours = [], contracts = [contract, ...neighbours], accessPoints } = options;
  let facts: FactsInEstate;
  try {
    const own = factsOf(contract, model, neighbours);
    facts = { ...own, ...(accessPoints && { accessPoints }), estate: estateFacts({ contract, contracts, facts: own, model }) };
  } catch (error) {
    if (!(error instanceof PolicyGrammarError)) throw error;
    return [{ ...MALFORMED, cause: error.message }];
  }
  const { bucket, role, externalIds } = contract;
  const names = { bucket: bucket.name, ...(role && { role: role.name }), externalIds };
  const results = sharedAnswer(facts, names, (shared) => statementsOf(shared).map((statement) => resultOf(statement, shared)));
  return results.map((result) => {
    const whole = result.id === PROOF_IDS.delivers && result.outcome === "pass" ? withKeyUse(result, contract, model) : result;
    return whole.outcome === "pass" ? whole : located(whole, contract, model);
  });
}

/** The sets contain no requests to KMS. The judge decides those, for every object key. */
function withKeyUse(result: Result, contract: DeliveryContract, model: AccountModel): Result {
  const bucket = bucketOf(contract, model);
  if (bucket === undefined || !mayUseKey(bucket)) return result;
  const expectations = contract.expectations.filter(({ actor, expected }) => actor === "vendor" && expected === "allowed");
  const judged = judge({ ...contract, expectations, posture: [] }, model).filter(({ outcome }) => outcome !== "pass");
  const worst = judged.find(({ outcome }) => outcome === "fail") ?? judged[0];
  if (worst === undefined) return result;
  const { outcome, evidence, cause, remedy } = worst;
  return { id: result.id, title: result.title, expected: result.expected, outcome, evidence, cause, remedy, deciding: [] };
}

const MALFORMED = {
  id: "nobody-else-reaches-bucket",
  title: "nobody but the vendor and your own account can do anything to the bucket",
  expected: "denied",
  outcome: "unknown",
  remedy: "correct the policy",
  deciding: [],
} as const;

/** The other contracts for each contract's bucket. */
export function neighboursOf(contracts: readonly DeliveryContract[]): Neighbours {
  const byBucket = new Map<string, DeliveryContract[]>();
  for (const contract of contracts) byBucket.set(contract.bucket.arn, [...(byBucket.get(contract.bucket.arn) ?? []), contract]);
  return new Map(
    contracts.map((contract) => [
      contract,
      byBucket.get(contract.bucket.arn)!.filter((other) => other !== contract && other.id !== contract.id),
    ]),
  );
}

function resultOf({ id, title, expected, subject, remedy, questions, holdsUnasked }: Statement, facts: Facts): Result {
  const base = { id, title, expected, deciding: [] };
  const missing = missingPart(subject, facts);
  if (missing !== undefined) return { ...base, outcome: "unknown", cause: missing, remedy: "add the plan that defines it to the input" };
  if (questions.length === 0 && !holdsUnasked) {
    const cause = "the contract names no principal of the vendor";
    return { ...base, outcome: "unknown", cause, remedy: "add the vendor's principal to the contract" };
  }
  const worst = worstOf(questions, expected);
  if (worst === undefined) {
    const doubts = doubtsAbout(id, subject, facts);
    if (doubts.length === 0) return { ...base, outcome: "pass", evidence: "proved" };
    return { ...base, outcome: "unknown", cause: `it holds by what the input says; it depends on ${doubts.join("; ")}`, remedy };
  }
  return { ...base, ...worst, remedy: worst.remedy ?? remedy };
}

function missingPart(subject: Subject, { role, bucket }: Facts): string | undefined {
  if (subject !== "bucket" && role === undefined) return "the role is not in the input";
  return subject !== "role" && bucket === undefined ? "the bucket is not in the input" : undefined;
}

/** What the input does not show, although it proves the statement. */
function doubtsAbout(id: string, subject: Subject, { doubts }: Facts): readonly string[] {
  return [
    ...(subject === "role" ? [] : doubts.bucket),
    ...(subject === "bucket" ? [] : doubts.role),
    ...(id === PROOF_IDS.nobodyElse ? doubts.acl : []),
    ...(id === PROOF_IDS.nothingElse ? doubts.owner : []),
  ];
}

function worstOf(questions: Iterable<Question>, expected: Statement["expected"]): Answer | undefined {
  let unknown: Answer | undefined;
  for (const question of questions) {
    const answer = answerTo(question, expected);
    if (answer.outcome === "fail") return answer;
    if (answer.outcome === "unknown") unknown ??= answer;
  }
  return unknown;
}

function answerTo({ next, thereby, ...question }: Question, expected: Statement["expected"]): Answer {
  const answer = answerOf(question, expected);
  if (answer.outcome === "pass") return answer;
  if (thereby !== undefined) {
    const gained = worstOf(thereby(), expected);
    return gained === undefined ? answer : { ...answer, cause: `${answer.cause}; then, ${gained.cause}` };
  }
  if (next === undefined) return answer;
  const further = worstOf(next(), expected);
  if (further === undefined) return { outcome: "pass", deciding: [] };
  const cause = `${answer.cause}; then, ${further.cause}`;
  if (answer.outcome === "fail" && further.outcome === "fail") return { ...answer, cause };
  const { evidence: _, ...rest } = answer;
  return { ...rest, outcome: "unknown", cause, deciding: [] };
}

type Answer = Pick<Result, "outcome" | "cause" | "remedy" | "witness" | "evidence"> & { readonly deciding: Result["deciding"] };

function answerOf({ ask, judged, choicesFor, dependsOn, remedy: openRemedy }: Question, expected: Statement["expected"]): Answer {
  let proof: Proof;
  try {
    proof = ask();
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    return { outcome: "unknown", cause: `there is nothing to prove: ${error.message}`, deciding: [] };
  }
  const { outcome, witness, missing, statements } = proof;
  if (outcome === "proved") return { outcome: "pass", deciding: [] };
  if (outcome === "couldNotTell" || witness === undefined)
    return { outcome: "unknown", cause: `could not tell: it depends on ${missing.join("; ")}`, deciding: [] };
  const request = { witness: requestOf(witness, judged) };
  const by = statements.length === 0 ? "" : ` by ${statements.map(showUnknown).join(", ")}`;
  const verb = expected === "denied" ? "can" : "cannot";
  const whose = `${showOwnAccount(witness.principal)} ${verb} ${witness.action} on ${showOwnAccount(witness.resource)}${by}`;
  if (outcome === "couldNotExclude")
    return {
      outcome: "unknown",
      cause: `could not exclude that ${whose}; it depends on ${missing.map(showUnknown).join("; ")}`,
      deciding: [],
      ...request,
    };
  if (dependsOn !== undefined) {
    const cause = `could not exclude that ${whose}; it depends on ${dependsOn}`;
    return { outcome: "unknown", cause, deciding: [], ...request, ...(openRemedy !== undefined && { remedy: openRemedy }) };
  }
  const choices = choicesFor?.(witness) ?? [];
  if (choices.length > 0) {
    const cause = `could not exclude that ${whose}; it depends on ${choices.join(", ")} of the request`;
    return { outcome: "unknown", cause, deciding: [], ...request };
  }
  const { decision, policies } = judgeAgain(witness, judged);
  const isConfirmed = expected === "denied" ? decision.verdict === "Allowed" : /Denied$/.test(decision.verdict);
  if (!isConfirmed)
    return { outcome: "unknown", cause: `could not exclude that ${whose}; ${showUnknown(decision.reason)}`, deciding: [], ...request };
  const { deciding } = decision;
  const remedy = expected === "denied" ? undefined : organizationRemedy(deciding, policies, deniedRequest(witness, judged));
  return { outcome: "fail", evidence: "proved", cause: whose, deciding, ...request, ...(remedy !== undefined && { remedy }) };
}

function deniedRequest({ principal, action, resource, context }: Witness, { world }: Judged): DeniedRequest {
  const isOwn = accountOf(principal) === world.account;
  const organization = context["aws:PrincipalOrgID"];
  const organizations = typeof organization === "string" ? { [isOwn ? "own" : "vendor"]: organization } : undefined;
  return { principal, action, resource, isOwn, organizations };
}

/** Judges the witness with the evaluator, which shares no code with the prover. */
function judgeAgain(witness: Witness, { policiesOf }: Judged): { readonly decision: Decision; readonly policies: Policies } {
  const arn = witness.context["aws:PrincipalArn"];
  const policies = policiesOf(typeof arn === "string" ? arn : witness.principal);
  return { decision: decide(witness, policies), policies };
}

/** Keys that explain the witness even if no policy uses them. */
const ALWAYS_SHOWN = /^(sts:(ExternalId|RoleSessionName)|aws:(SourceAccount|SourceArn|FederatedProvider))$/i;

/** The witness without keys that no policy uses. */
function requestOf({ principal, action, resource, context }: Witness, { world }: Judged): NonNullable<Result["witness"]> {
  const asked = new Set(documentsOf(world).flatMap((document) => conditionsIn(document).map(({ key }) => key.toLowerCase())));
  const isRelevant = ([key, value]: readonly [string, unknown]) => {
    if (key === "aws:SecureTransport") return value === "false" || asked.has("aws:securetransport");
    return asked.has(key.toLowerCase()) || ALWAYS_SHOWN.test(key) || (key === "aws:PrincipalArn" && hasPath(String(value)));
  };
  return { principal, action, resource, context: Object.fromEntries(Object.entries(context).filter(isRelevant)) };
}

/** The ARN of a session does not contain the role's path. */
function hasPath(arn: string): boolean {
  return /:role\/.*\//.test(arn);
}

/** Adds the location of the deciding policy. */
function located(result: Result, contract: DeliveryContract, model: AccountModel): Result {
  const isElsewhere = result.id === PROOF_IDS.nothingBeside;
  const { bucket, role, key }: Reached = isElsewhere
    ? reached(result, model)
    : { bucket: bucketOf(contract, model), role: roleOf(contract, model) };
  const placeOf = ({ policy, index, sid }: StatementReference) => {
    if (policy === "serviceControl" || policy === "resourceControl")
      return model.organizationPolicies?.find(
        ({ type, policy: { document } }) => type === policy && statementsIn(document)[index]?.Sid === sid,
      )?.policy.location;
    if (policy === "trust") return role?.trustPolicy.location;
    if (policy === "identity") return (role?.inlinePolicies[0] ?? role?.managedPolicies[0])?.location;
    return policy === "resource" ? (bucket?.policies[0] ?? key)?.location : role?.permissionsBoundary?.location;
  };
  const deciding = result.deciding.map((reference) => {
    const location = placeOf(reference);
    return location === undefined ? reference : { ...reference, location };
  });
  const location = deciding[0]?.location ?? ((isElsewhere || /role/.test(result.id) ? role : undefined) ?? bucket ?? key)?.location;
  const title = hasUnknown(result.title) ? showUnknown(result.title) : result.title;
  return { ...result, title, deciding, ...(location && { location }) };
}
