/** `validate --clean-up`: removes what earlier runs left behind, found by their journals and by the names of test objects. */
import type { DeliveryContract } from "../../lib/contract";
import { type Connect, type CredentialSource, failureOf, findRegion, regionToAskFrom, showFailure } from "../aws";
import type { Clock } from "../clock";
import { isTestObject, TEST_OBJECT_PREFIX } from "../names";
import type { CleanUpReport, Leftover } from "../report/validate";
import { findStandIns } from "./find-stand-ins";
import { findTestObjects } from "./find-test-objects";
import { type Journal, type JournalItem, NO_JOURNAL } from "./journal";
import { describeTestObjects, removeTestObjects } from "./remove-test-objects";
import { quote } from "./shell";
import { removeStandIn, standInLeft } from "./stand-in-role";
import { TestObjects } from "./test-objects";

/** A younger object may belong to a validation that is still running. */
const OLD_MS = 15 * 60 * 1000;
const YOUNG = "it is young and may belong to a validation that is still running; --older-than-minutes 0 removes it now";

export interface CleanUpOptions {
  /** The journals of earlier runs, with what is still in them. */
  readonly journals: readonly { readonly journal: Journal; readonly items: readonly JournalItem[] }[];
  /** Destinations to search for test objects that are in no journal. */
  readonly contracts: readonly DeliveryContract[];
  /** Credentials to remove with, in this order. */
  readonly sources: readonly { readonly title: string; readonly source: CredentialSource }[];
  readonly connect: Connect;
  readonly clock: Clock;
  readonly region: string | undefined;
  readonly signal: AbortSignal;
  /** Also delete the stand-in roles of the account that are in no journal. */
  readonly searchRoles?: boolean;
  /** What is in no journal is removed if it is at least this old. @default 15 minutes */
  readonly olderThanMs?: number;
}

export async function cleanUpLater(options: CleanUpOptions): Promise<CleanUpReport> {
  const run: Run = { options, removed: [], left: [] };
  for (const { journal, items } of options.journals)
    for (const item of items) {
      if (item.kind === "role") await cleanRole(item, journal, run);
      else await cleanObject(item, journal, run);
    }
  for (const contract of options.contracts) await cleanDestination(contract, run);
  const notSearched = options.searchRoles ? await cleanStandIns(run) : [];
  return { removed: run.removed, left: run.left, ...(notSearched.length > 0 ? { notSearched } : {}) };
}

/** What was removed, and what remains, so far. */
interface Run {
  readonly options: CleanUpOptions;
  readonly removed: string[];
  readonly left: Leftover[];
}

async function cleanRole(item: JournalItem, journal: Journal, { options, removed, left }: Run): Promise<void> {
  const [remover] = removersIn(item.region ?? "us-east-1", options);
  const leftover = await removeStandIn(remover!.aws, item.name, options.clock);
  if (leftover) left.push(leftover);
  else {
    removed.push(`role ${item.name}`);
    journal.gone(item);
  }
}

async function cleanObject({ name, key, region = "us-east-1", owner, inParts }: JournalItem, journal: Journal, run: Run): Promise<void> {
  if (key === undefined || !isTestObject(key)) return;
  const place = { bucket: { name, arn: "" }, keyPrefix: "" };
  const testObjects = new TestObjects({ place, region, owner, journal, uuid: run.options.clock.uuid });
  testObjects.adopt(key, { inParts });
  await removeAll(testObjects, run);
}

async function removeAll(testObjects: TestObjects, { options, removed, left }: Run): Promise<void> {
  left.push(...(await removeTestObjects(testObjects, removersIn(testObjects.region, options), options.clock)));
  removed.push(...testObjects.objects.filter(({ gone }) => gone).map(({ key }) => `s3://${testObjects.bucket}/${key}`));
}

function removersIn(region: string, { sources, connect }: CleanUpOptions) {
  return sources.map(({ title, source }) => ({ title, aws: connect(source, region) }));
}

async function cleanDestination(contract: DeliveryContract, run: Run): Promise<void> {
  const { sources, connect, clock, signal, region: configured, olderThanMs = OLD_MS } = run.options;
  const first = contract.bucket.region ?? regionToAskFrom(contract.partition, configured);
  const [remover] = sources;
  const found = await findRegion(connect(remover!.source, first), contract.bucket.name, signal);
  const region = found.region ?? first;
  const testObjects = new TestObjects({ place: contract, region, owner: undefined, journal: NO_JOURNAL, uuid: clock.uuid });
  try {
    const before = clock.now() - olderThanMs;
    for (const [key, { inParts, newest }] of await findTestObjects(contract, connect(remover!.source, region))) {
      if (newest <= before) testObjects.adopt(key, { inParts });
      else run.left.push(youngObject(testObjects, key, inParts));
    }
  } catch (error) {
    const failure = failureOf(error, "s3:ListObjectVersions");
    // The bucket is destroyed, and everything in it.
    if (failure.causeId === "no-such-bucket" && found.failure?.status === 404) return;
    const prefix = `${contract.keyPrefix}${TEST_OBJECT_PREFIX}`;
    const command = `aws s3api list-object-versions --bucket ${quote(testObjects.bucket)} --prefix ${quote(prefix)}`;
    const reason = `its objects cannot be listed: ${showFailure(failure)}`;
    run.left.push({ what: `s3://${testObjects.bucket}/${prefix}*`, reason, command });
    return;
  }
  await removeAll(testObjects, run);
}

function youngObject({ place, region }: TestObjects, key: string, inParts: boolean): Leftover {
  const young = new TestObjects({ place, region, owner: undefined, journal: NO_JOURNAL, uuid: () => "" });
  young.adopt(key, { inParts });
  const [{ what, command }] = describeTestObjects(young) as [Leftover];
  return { what, reason: YOUNG, command };
}

/** Stand-in roles that are in no journal. */
async function cleanStandIns(run: Run): Promise<string[]> {
  const { clock, olderThanMs = OLD_MS } = run.options;
  const [remover] = removersIn("us-east-1", run.options);
  const { old, young, problem } = await findStandIns(remover!.aws, clock.now() - olderThanMs);
  for (const name of old) {
    const leftover = await removeStandIn(remover!.aws, name, clock);
    if (leftover) run.left.push(leftover);
    else run.removed.push(`role ${name}`);
  }
  run.left.push(...young.map((name) => standInLeft(name, YOUNG)));
  return problem === undefined ? [] : [`stand-in roles that are in no journal: ${problem}`];
}
