/** Validates one destination: reads it, makes requests, judges, and cleans up whatever happens. */
import type { DeliveryContract } from "../../lib/contract";
import type { AccountModel } from "../../lib/plan";
import { CLEAN_UP_MS, describeStandIn, describeTestObjects, removeTestObjects, stoppedBy, TestObjects } from "../clean-up";
import { chooseCallers } from "../credentials";
import { deadlineAfter } from "../deadline";
import { defaultLocation, locate } from "../live";
import { StandInLeft } from "../probes";
import type { DestinationReport, LiveResult } from "../report/validate";
import { makeRequests } from "./make-requests";
import { readAgain, readDestination } from "./read-destination";
import { RemovalCheck } from "./removal-check";
import { reportOf } from "./report";
import type { DestinationOptions, Validation } from "./state";

/**
 * @param planned the plan or state that holds the contract; live policies that differ from it are findings
 */
export async function validateDestination(
  contract: DeliveryContract,
  options: DestinationOptions,
  planned?: AccountModel,
): Promise<DestinationReport> {
  const { clock, signal, progress } = options;
  const started = clock.now();
  const validation = await begin(contract, options, planned);
  const unregister = options.onKill(() => whatWouldRemain(validation));
  try {
    signal.throwIfAborted();
    await runStages(validation);
  } catch (error) {
    const reason = signal.aborted ? signal.reason : error;
    validation.stopped = reason instanceof Error ? reason.message : String(reason);
    if (error instanceof StandInLeft) validation.left.push(error.left);
  }
  progress(contract, "cleaning up");
  await cleanUp(validation);
  unregister();
  return reportOf(validation, clock.now() - started);
}

async function begin(contract: DeliveryContract, options: DestinationOptions, planned: AccountModel | undefined): Promise<Validation> {
  const { journal, clock, signal } = options;
  const place = await locate(contract, options).catch((error) => {
    if (signal.aborted) return defaultLocation(contract, options);
    throw error;
  });
  const { region, owner } = place;
  const removal = new RemovalCheck(() => validation);
  const mayWrite = removal.whyNotWrite.bind(removal);
  const validation: Validation = {
    contract,
    options,
    planned,
    place,
    testObjects: new TestObjects({ place: contract, region, owner, journal, uuid: () => clock.uuid(), mayWrite }),
    removal,
    computed: new Map(),
    simulated: { decisions: new Map() },
    analysis: { results: [] },
    probes: { performed: new Map(), reasons: new Map() },
    read: [],
    extras: [...place.extras],
    left: [],
  };
  return validation;
}

async function runStages(validation: Validation): Promise<void> {
  const { contract, options, place, extras } = validation;
  const chosen = await chooseCallers({ ...options, contract, region: place.region, owner: place.owner });
  validation.chosen = chosen;
  extras.push(...chosen.extras);
  await readDestination(validation, chosen);
  const plainHttp = plainHttpEndpoint(options.endpoint);
  if (plainHttp) extras.push(plainHttp);
  else if (!place.missing && !validation.isForeign) {
    await makeRequests(validation, chosen);
    await readAgain(validation, chosen);
  }
  if (!validation.isForeign) extras.push(...validation.removal.result());
}

/** The bucket denies every request through a plain HTTP endpoint, as it should, so the answers would say nothing. */
function plainHttpEndpoint(endpoint: string | undefined): LiveResult | undefined {
  if (!endpoint?.startsWith("http://")) return undefined;
  return {
    id: "endpoint-is-https",
    title: "requests go over HTTPS",
    kind: "extra",
    expected: "https",
    outcome: "unknown",
    cause: `nothing was tried: the endpoint ${endpoint} uses plain HTTP, and the bucket must deny plain HTTP`,
    remedy: "set AWS_ENDPOINT_URL to an https:// endpoint; NODE_EXTRA_CA_CERTS names the issuer of its certificate",
    deciding: [],
  };
}

/** The clean-up has its own deadline, so that nothing is left behind when the run's deadline passes. */
async function cleanUp({ chosen, probes, standIn, testObjects, options, left }: Validation): Promise<void> {
  const { clock } = options;
  const reason = `the ${CLEAN_UP_MS / 1_000} s for the clean-up are over`;
  const deadline = deadlineAfter({ milliseconds: CLEAN_UP_MS, reason, clock });
  const removers = [chosen?.callers.deployer, probes.writer]
    .filter((party) => party !== undefined)
    .map(({ title, aws }) => ({ title, aws: stoppedBy(aws, deadline.signal) }));
  left.push(...(await removeTestObjects(testObjects, removers, clock)));
  const remaining = await standIn?.remove(deadline.signal);
  if (remaining) left.push(remaining);
  deadline.clear();
}

function whatWouldRemain({ testObjects, standIn }: Validation) {
  return [...describeTestObjects(testObjects), ...(standIn ? [describeStandIn(standIn.name)] : [])];
}
