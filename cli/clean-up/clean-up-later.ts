/** `validate --clean-up`: removes what earlier runs left behind, found by their journals and by the names of test objects. */
import type { DeliveryContract } from "../../lib/contract";
import { type Aws, type Connect, type CredentialSource, failureOf, findRegion, regionToAskFrom, showFailure } from "../aws";
import type { Clock } from "../clock";
import { folderOf, isTestObject, TEST_OBJECT_PREFIX } from "../names";
import type { CleanUpReport, Leftover } from "../report/validate";
import { type Journal, type JournalItem, NO_JOURNAL } from "./journal";
import { removeTestObjects } from "./remove-test-objects";
import { removeStandIn } from "./stand-in-role";
import { TestObjects } from "./test-objects";

/** A younger object may belong to a validation that is still running. */
const OLD_MS = 15 * 60 * 1000;

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
}

export async function cleanUpLater(options: CleanUpOptions): Promise<CleanUpReport> {
  const run: Run = { options, removed: [], left: [] };
  for (const { journal, items } of options.journals)
    for (const item of items) {
      if (item.kind === "role") await cleanRole(item, journal, run);
      else await cleanObject(item, journal, run);
    }
  for (const contract of options.contracts) await cleanDestination(contract, run);
  return { removed: run.removed, left: run.left };
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
  const { sources, connect, clock, signal, region: configured } = run.options;
  const first = contract.bucket.region ?? regionToAskFrom(contract.partition, configured);
  const [remover] = sources;
  const found = await findRegion(connect(remover!.source, first), contract.bucket.name, signal);
  const region = found.region ?? first;
  const testObjects = new TestObjects({ place: contract, region, owner: undefined, journal: NO_JOURNAL, uuid: clock.uuid });
  try {
    for (const [key, how] of await findOld(contract, connect(remover!.source, region), clock.now() - OLD_MS)) testObjects.adopt(key, how);
  } catch (error) {
    const prefix = `${contract.keyPrefix}${TEST_OBJECT_PREFIX}`;
    const command = `aws s3api list-object-versions --bucket ${testObjects.bucket} --prefix ${prefix}`;
    const reason = `its objects cannot be listed: ${showFailure(failureOf(error, "s3:ListObjectVersions"))}`;
    run.left.push({ what: `s3://${testObjects.bucket}/${prefix}*`, reason, command });
    return;
  }
  await removeAll(testObjects, run);
}

/** Test objects and unfinished uploads from before a point in time, by key, in all folders that the contract names. */
async function findOld({ bucket, keyPrefix, expectations }: DeliveryContract, aws: Aws, before: number) {
  const keys = expectations
    .filter(({ resource }) => resource.startsWith(`${bucket.arn}/`))
    .map(({ resource }) => resource.slice(bucket.arn.length + 1));
  const folders = new Set([keyPrefix, ...keys.map(folderOf)]);
  const old = new Map<string, { readonly inParts: boolean }>();
  const isOld = (key: string | undefined, at: Date | undefined): key is string =>
    key !== undefined && isTestObject(key) && at !== undefined && at.getTime() < before;
  for (const folder of folders) {
    const input = { Bucket: bucket.name, Prefix: `${folder}${TEST_OBJECT_PREFIX}` };
    const { Versions = [], DeleteMarkers = [] } = await aws.call("s3:ListObjectVersions", input);
    for (const { Key, LastModified } of [...Versions, ...DeleteMarkers]) if (isOld(Key, LastModified)) old.set(Key, { inParts: false });
    const { Uploads = [] } = await aws.call("s3:ListMultipartUploads", input);
    for (const { Key, Initiated } of Uploads) if (isOld(Key, Initiated)) old.set(Key, { inParts: true });
  }
  return old;
}
