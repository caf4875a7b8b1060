/** `validate --clean-up`: removes what earlier runs left behind, found by their journals and by the name of test objects. */
import type { DeliveryContract } from "../../lib/contract";
import { type Aws, type Connect, type CredentialSource, failureOf, findRegion, regionToAskFrom, showFailure } from "../aws";
import { removeStandIn } from "../probes";
import type { CleanUpReport, Clock, Leftover, Party } from "../report/validate/types";
import { cleanUp } from "./clean-up";
import type { Journal, JournalItem } from "./journal";
import { folderOf, isTestObject, OBJECT_NAME, TestObjects } from "./test-objects";

/** A younger object may belong to a validation that is under way. */
const OLD_MS = 15 * 60 * 1000;

export interface CleanUpOptions {
  /** What journals of earlier runs say is there still. */
  readonly journals: readonly { readonly journal: Journal; readonly items: readonly JournalItem[] }[];
  /** Destinations to look through for test objects that no journal knows. */
  readonly contracts: readonly DeliveryContract[];
  /** Who removes, the surest first. */
  readonly sources: readonly { readonly title: string; readonly source: CredentialSource }[];
  readonly connect: Connect;
  readonly clock: Clock;
  readonly region: string | undefined;
  readonly signal: AbortSignal;
}

export async function cleanUpLater(options: CleanUpOptions): Promise<CleanUpReport> {
  const removed: string[] = [];
  const left: Leftover[] = [];
  const parties = (region: string): Party[] =>
    options.sources.map(({ title, source }) => ({ title, aws: options.connect(source, region) }));
  const clean = async (site: TestObjects) => {
    const stayed = await cleanUp(site, parties(site.region), options.clock);
    left.push(...stayed);
    removed.push(...site.objects.filter(({ gone }) => gone).map(({ key }) => `s3://${site.bucket}/${key}`));
  };

  for (const { journal, items } of options.journals) {
    for (const item of items) {
      if (item.kind === "role") {
        const stayed = await removeStandIn(parties(item.region ?? "us-east-1")[0]!.aws, item.name, options.clock);
        if (stayed) left.push(stayed);
        else {
          removed.push(`role ${item.name}`);
          journal.gone(item);
        }
      } else if (item.key !== undefined && isTestObject(item.key)) {
        const place = { bucket: { name: item.name, arn: "" }, keyPrefix: "" };
        const site = new TestObjects(place, item.region ?? "us-east-1", item.owner, journal, options.clock.uuid);
        site.adopt(item.key, { inParts: item.inParts });
        await clean(site);
      }
    }
  }
  for (const contract of options.contracts) await cleanContract(contract, options, clean, left);
  return { removed, left };
}

async function cleanContract(
  contract: DeliveryContract,
  { sources, connect, clock, region, signal }: CleanUpOptions,
  clean: (site: TestObjects) => Promise<void>,
  left: Leftover[],
): Promise<void> {
  const first = contract.bucket.region ?? regionToAskFrom(contract.partition, region);
  const [cleaner] = sources;
  const found = await findRegion(connect(cleaner!.source, first), contract.bucket.name, signal);
  const site = new TestObjects(contract, found.region ?? first, undefined, { intend: () => {}, gone: () => {} }, clock.uuid);
  try {
    await adoptOld(site, contract, connect(cleaner!.source, site.region), clock.now() - OLD_MS);
  } catch (error) {
    const what = `s3://${site.bucket}/${contract.keyPrefix}${OBJECT_NAME}*`;
    const command = `aws s3api list-object-versions --bucket ${site.bucket} --prefix ${contract.keyPrefix}${OBJECT_NAME}`;
    left.push({ what, reason: `it cannot be told what is there: ${showFailure(failureOf(error, "s3:ListObjectVersions"))}`, command });
    return;
  }
  await clean(site);
}

/** Test objects and unfinished uploads in all folders that the contract speaks of. */
async function adoptOld(site: TestObjects, contract: DeliveryContract, aws: Aws, before: number): Promise<void> {
  const keys = contract.expectations
    .filter(({ resource }) => resource.startsWith(`${contract.bucket.arn}/`))
    .map(({ resource }) => resource.slice(contract.bucket.arn.length + 1));
  const folders = new Set([contract.keyPrefix, ...keys.map(folderOf)]);
  const old = new Map<string, { inParts: boolean }>();
  const isOld = (at: Date | undefined) => at !== undefined && at.getTime() < before;
  for (const folder of folders) {
    const Prefix = `${folder}${OBJECT_NAME}`;
    const versions = await aws.call("s3:ListObjectVersions", { ...site.address(), Prefix });
    for (const { Key, LastModified } of [...(versions.Versions ?? []), ...(versions.DeleteMarkers ?? [])])
      if (Key !== undefined && isTestObject(Key) && isOld(LastModified)) old.set(Key, { inParts: false });
    const uploads = await aws.call("s3:ListMultipartUploads", { ...site.address(), Prefix });
    for (const { Key, Initiated } of uploads.Uploads ?? [])
      if (Key !== undefined && isTestObject(Key) && isOld(Initiated)) old.set(Key, { inParts: true });
  }
  for (const [key, how] of old) site.adopt(key, how);
}
