/** Validates one destination: reads how it stands, acts, judges, and cleans up whatever happens. */
import type { DeliveryContract, Result } from "../../lib/contract";
import type { AccountModel } from "../../lib/plan";
import type { Connect } from "../aws";
import { cleanUp, describeLeft, type Journal, TestObjects } from "../clean-up";
import { type ChosenCallers, chooseCallers, type Identities, type Sources } from "../credentials";
import {
  type Analysis,
  analyze,
  drift,
  type Located,
  liveFindings,
  locate,
  nowhere,
  type ReadBack,
  ruleFindings,
  type Simulated,
  settledReading,
  simulate,
} from "../live";
import {
  ASSUMED,
  canary,
  createStandIn,
  leftStandIn,
  multipart,
  type Performance,
  type Performed,
  perform,
  type StandIn,
  StandInLeft,
} from "../probes";
import type { Clock, DestinationReport, Judge, Leftover, LiveResult, Mode, Party } from "../report/validate/types";
import { merge } from "./merge";
import { notChecked } from "./not-checked";

export interface DestinationOptions {
  /** All contracts of this run. */
  readonly contracts: readonly DeliveryContract[];
  readonly sources: Sources;
  readonly asked: Mode | undefined;
  readonly connect: Connect;
  readonly identities: Identities;
  readonly judge: Judge;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly assumeMs: number;
  readonly s3Ms: number;
  /** Region from the user's settings. */
  readonly region: string | undefined;
  /** Account that owns the bucket, where the user named it. */
  readonly owner: string | undefined;
  /** Also put an object in parts. */
  readonly multipart: boolean;
  /** The user's own endpoint for S3. */
  readonly endpoint: string | undefined;
  /** Told what may be left behind, should the program be killed; returns a function that ends it. */
  onKill(describe: () => readonly Leftover[]): () => void;
  /** Told what is going on, for people who wait. */
  progress(contract: DeliveryContract, step: string): void;
}

/** What is known so far. Whatever stops a validation, what was seen until then is reported. */
interface Course {
  casting?: ChosenCallers;
  live?: ReadBack;
  computed: ReadonlyMap<string, Result>;
  simulated: Simulated;
  analysis: Analysis;
  readonly performance: Performance;
  standIn?: StandIn;
  /** What other principals of the bucket policy may do, which nothing here speaks of. */
  others: readonly string[];
  /** Results beside the contract's. */
  readonly extras: LiveResult[];
  readonly left: Leftover[];
  stopped?: string;
}

/**
 * @param planned what the plan or state says that the contract was found in; live policies that differ from it are findings
 */
export async function validateDestination(
  contract: DeliveryContract,
  options: DestinationOptions,
  planned?: AccountModel,
): Promise<DestinationReport> {
  const { clock, signal, progress } = options;
  const started = clock.now();
  const place = await locate(contract, options).catch((error) => {
    if (signal.aborted) return nowhere(contract, options);
    throw error;
  });
  const site = new TestObjects(contract, place.region, place.owner, options.journal, () => clock.uuid());
  const course: Course = {
    computed: new Map(),
    simulated: { decisions: new Map() },
    analysis: { results: [] },
    performance: { performed: new Map(), reasons: new Map() },
    others: [],
    extras: [...place.extras],
    left: [],
  };
  const unwatch = options.onKill(() => [...describeLeft(site), ...(course.standIn ? [leftStandIn(course.standIn.name)] : [])]);
  try {
    signal.throwIfAborted();
    course.casting = await chooseCallers({ ...options, contract, region: place.region, owner: place.owner });
    course.extras.push(...course.casting.extras);
    await look(contract, course, course.casting, place, options, planned);
    if (planned && course.live) course.extras.push(...drift(contract, planned, course.live.account));
    const plain = endpointTrouble(options.endpoint);
    if (plain) course.extras.push(plain);
    else if (!place.missing) await act(contract, course, course.casting, site, options);
  } catch (error) {
    const reason = signal.aborted ? signal.reason : error;
    course.stopped = reason instanceof Error ? reason.message : String(reason);
    if (error instanceof StandInLeft) course.left.push(error.left);
  }
  progress(contract, "cleaning up");
  course.left.push(...(await cleanUp(site, cleaners(course), clock)));
  const stayed = await course.standIn?.remove();
  if (stayed) course.left.push(stayed);
  unwatch();
  return report(contract, course, site, place, { asked: options.asked, durationMs: clock.now() - started });
}

/** Reads how bucket and role stand, and judges that. */
async function look(
  contract: DeliveryContract,
  course: Course,
  { cast, mode }: ChosenCallers,
  place: Located,
  options: DestinationOptions,
  planned: AccountModel | undefined,
) {
  const { deployer } = cast;
  if (!deployer) return;
  options.progress(contract, "reading the live policies and settings");
  const settled = await settledReading(contract, { ...options, aws: deployer.aws, place });
  course.live = settled.live;
  course.computed = new Map(settled.results.map((result) => [result.id, result]));
  course.extras.push(...liveFindings(contract, course.live));
  const neighbours = options.contracts.filter(({ bucket }) => bucket.name === contract.bucket.name);
  const { results, others } = ruleFindings(contract, course.live, { neighbours, complete: planned !== undefined });
  course.extras.push(...results);
  course.others = others;
  course.analysis = await analyze(deployer.aws, contract, course.live.account, options.signal);
  course.extras.push(...course.analysis.results);
  // Where the role or the vendor acts, AWS itself answers, and better.
  if (mode === "deployer") course.simulated = await simulate(deployer.aws, contract, course.live.account, options.signal);
}

/** Does what the vendor would do, and what nobody may. */
async function act(
  contract: DeliveryContract,
  course: Course,
  { cast: chosen, mode }: ChosenCallers,
  site: TestObjects,
  options: DestinationOptions,
) {
  const { clock, signal, s3Ms } = options;
  const { deployer } = chosen;
  let cast = chosen;
  let canaryHeld = false;
  if (deployer && mode === "deployer") {
    options.progress(contract, "putting a test object");
    const shown = await canary({ contract, site, deployer, s3Ms, clock, signal });
    canaryHeld = shown.held;
    course.extras.push(...shown.results);
  }
  if (mode === "stand-in" && deployer && contract.role && course.live) {
    options.progress(contract, "making a stand-in role");
    course.standIn = await createStandIn({
      ...options,
      region: site.region,
      deployer,
      account: course.live.account,
      roleArn: contract.role.arn,
    });
    cast = { ...cast, role: { title: "a stand-in role", isStandIn: true, assume: course.standIn.assume } };
  }
  const { computed, performance } = course;
  const progress = (step: string) => options.progress(contract, step);
  await perform({ ...options, contract, site, cast, computed, canaryHeld, progress }, performance);
  const uploader = performance.writer ?? deployer;
  if (options.multipart && uploader) course.extras.push(await multipart({ site, who: uploader, s3Ms, clock, signal }));
}

function report(
  contract: DeliveryContract,
  { casting, live, computed, simulated, analysis, performance, standIn, others, extras, left, stopped }: Course,
  site: TestObjects,
  place: Located,
  { asked, durationMs }: { asked: Mode | undefined; durationMs: number },
): DestinationReport {
  const into = performance.performed.get(ASSUMED);
  return {
    contract: contract.id,
    vendor: `${contract.vendor.name} ${contract.vendor.product}`,
    bucket: contract.bucket.name,
    region: place.region,
    mode: casting?.mode ?? asked ?? "deployer",
    ...(casting?.actedAs ? { actedAs: casting.actedAs } : {}),
    results: [
      ...merge(contract, { ...performance, computed, simulated: simulated.decisions }),
      ...extras,
      ...(into && into.outcome !== "pass" ? [roleTrouble(into, contract)] : []),
    ],
    notChecked: notChecked({ casting, live, simulated, analysis, others }),
    written: site.objects.filter(({ written }) => written).length + (standIn ? 1 : 0),
    left,
    durationMs,
    ...(stopped === undefined ? {} : { stopped }),
  };
}

/** Over plain HTTP the bucket refuses everybody, as it should: nothing could be told from it. */
function endpointTrouble(endpoint: string | undefined): LiveResult | undefined {
  if (!endpoint?.startsWith("http://")) return undefined;
  return {
    id: "endpoint-is-https",
    title: "requests go over HTTPS",
    kind: "extra",
    expected: "https",
    outcome: "unknown",
    cause: `the endpoint ${endpoint} speaks plain HTTP, which the bucket is meant to refuse for everybody: nothing was tried`,
    remedy: "set AWS_ENDPOINT_URL to the https:// form of the endpoint (NODE_EXTRA_CA_CERTS names its certificate's issuer)",
    deciding: [],
  };
}

/** The way into the role that is not the vendor's was closed. */
function roleTrouble({ outcome, by, cause, remedy }: Performed, { validator }: DeliveryContract): LiveResult {
  const trust = validator && `the trust policy must let ${validator.principalArn} in, with the session name ${validator.sessionName}`;
  return {
    id: ASSUMED,
    title: `the deployer can assume ${by}`,
    kind: "extra",
    expected: "allowed",
    outcome,
    by: "the deployer",
    deciding: [],
    ...(outcome === "unknown" ? {} : { evidence: "performed" }),
    ...(cause ? { cause } : {}),
    ...((trust ?? remedy) ? { remedy: trust ?? remedy } : {}),
    note: "where the trust policy names the deployer's account and not the deployer, the deployer needs sts:AssumeRole on the role too",
  };
}

/** Who may remove test objects, the surest first. */
function cleaners({ casting, performance }: Course): Party[] {
  return [casting?.cast.deployer, performance.writer].filter((party) => party !== undefined);
}
