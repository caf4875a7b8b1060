/** Whether the data of a flow comes from a bucket. */
import type { DeliveryContract } from "../../contract";
import { roleOf } from "../../judge";
import { type AccountModel, type PlannedBucket, type PlannedDataFlow, withoutKeys } from "../../plan";
import { hasUnknown, nameUnknown, unknownsIn } from "../../unknown";
import type { JudgedBucket } from "../rule";
import { itemsAt, type Positions, positionsBy } from "./positions";

/** All buckets of an account, in S3 Access Grants. */
const EVERY_BUCKET = /^s3:\/\/\*?$/;

const BUCKET_REFERENCE = /(?:^|, from |, |\.)((?:module\.[\w-]+(?:\[[^\]]*\])?\.)*aws_s3_bucket\.[\w-]+(?:\[[^\]]*\])?)/g;

const ROLE_REFERENCE = /(?:^|[^\w.])((?:module\.[\w-]+(?:\[[^\]]*\])?\.)*aws_iam_role\.[\w-]+(?:\[[^\]]*\])?)/g;

/** Whether the text names the bucket: by its name, ARN or URL, or by a reference to its resource. */
export function namesBucket(source: string, bucket: PlannedBucket): boolean {
  if (EVERY_BUCKET.test(source)) return true;
  if (!hasUnknown(bucket.name) && containsName(source, bucket.name)) return true;
  if (hasUnknown(bucket.name) && source.includes(bucket.name)) return true;
  return referencesIn(source).some((address) => isSame(address, bucket.address));
}

/** Whether the text may name the bucket, because a part of it is unknown and does not refer to another bucket. */
export function mayNameBucket(source: string, bucket: PlannedBucket): boolean {
  return namesBucket(source, bucket) || isOpen(source);
}

/** Whether a part of the text is unknown and may be any bucket. */
function isOpen(source: string): boolean {
  return unknownsIn(source).some(
    (unknown) =>
      addressesIn(unknown).length === 0 && !/^account( of .*)?$|\baws_(iam_role|caller_identity|region|partition)\b/.test(unknown),
  );
}

/** Buckets by what a source may hold of them, so that not every flow is compared with every bucket. */
interface BucketIndex {
  /** `UNUSUAL` for an unknown name. */
  readonly byName: Positions;
  readonly byAddress: Positions;
}

const UNUSUAL = "";
const indexes = new WeakMap<readonly object[], BucketIndex>();

/** Those among the destinations whose data the flow has or may have, in their order. */
export function destinationsOfFlow<Destination extends Pick<JudgedBucket, "bucket" | "contracts" | "model">>(
  { source, kind }: Pick<PlannedDataFlow, "source" | "kind">,
  destinations: readonly Destination[],
): { readonly concerned: readonly Destination[]; readonly isSourceKnown: boolean } {
  // Another tool may also change the role through which a vendor delivers.
  const ofRoles =
    kind === "tool"
      ? destinations.filter(({ contracts, model }) => contracts.some((contract) => contract.role && namesRole(source, contract, model)))
      : [];
  const ofBuckets = destinationsWithData(source, destinations);
  if (ofRoles.length === 0) return ofBuckets;
  const concerned = new Set([...ofRoles, ...ofBuckets.concerned]);
  return { concerned: destinations.filter((each) => concerned.has(each)), isSourceKnown: true };
}

function namesRole(source: string, contract: DeliveryContract, model: AccountModel): boolean {
  const { name = "" } = contract.role ?? {};
  const address = hasUnknown(source) && source.includes("aws_iam_role.") ? roleOf(contract, model)?.address : undefined;
  if (address !== undefined && [...nameUnknown(source).matchAll(ROLE_REFERENCE)].some((match) => isSame(match[1]!, address))) return true;
  return hasUnknown(name) ? source.includes(name) : name !== "" && containsName(source, name);
}

function destinationsWithData<Destination extends Pick<JudgedBucket, "bucket">>(
  source: string,
  destinations: readonly Destination[],
): { readonly concerned: readonly Destination[]; readonly isSourceKnown: boolean } {
  const near = EVERY_BUCKET.test(source) || isOpen(source) ? destinations : nearby(source, destinations);
  return {
    concerned: near.filter(({ bucket }) => mayNameBucket(source, bucket)),
    isSourceKnown: near.some(({ bucket }) => namesBucket(source, bucket)),
  };
}

function nearby<Destination extends { readonly bucket: PlannedBucket }>(
  source: string,
  destinations: readonly Destination[],
): readonly Destination[] {
  const index = indexes.get(destinations) ?? indexOf(destinations);
  indexes.set(destinations, index);
  return itemsAt(destinations, [
    ...[UNUSUAL, ...namesIn(nameUnknown(source))].map((name) => index.byName.get(name)),
    ...referencesIn(source).map((address) => index.byAddress.get(withoutKeys(address))),
  ]);
}

function indexOf(destinations: readonly { readonly bucket: PlannedBucket }[]): BucketIndex {
  return {
    byName: positionsBy(destinations, ({ bucket }) => [/^[\w.-]+$/.test(bucket.name) ? bucket.name : UNUSUAL]),
    byAddress: positionsBy(destinations, ({ bucket }) => [withoutKeys(bucket.address)]),
  };
}

/** Parts of the text that can be the name of a bucket. */
function namesIn(text: string): string[] {
  return (text.match(/[\w.-]+/g) ?? []).flatMap((word) => [
    word,
    ...[...word.matchAll(/\.s3(?=[.-])/g)].map(({ index }) => word.slice(0, index)),
  ]);
}

function referencesIn(source: string): string[] {
  return unknownsIn(source).flatMap(addressesIn);
}

function addressesIn(unknown: string): string[] {
  return [...unknown.matchAll(BUCKET_REFERENCE)].map((match) => match[1]!);
}

/** Whether a reference means the resource, whatever the instance. */
function isSame(reference: string, address: string): boolean {
  return withoutKeys(reference) === withoutKeys(address);
}

/** Whether the text contains the name as a whole: `acme-logs` is in `acme-logs.s3.amazonaws.com`, but not in `acme-logs-archive`. */
function containsName(text: string, name: string): boolean {
  const shown = nameUnknown(text);
  for (let at = shown.indexOf(name); at >= 0; at = shown.indexOf(name, at + 1)) {
    const before = shown[at - 1] ?? " ";
    const after = shown.slice(at + name.length);
    if (!/[\w.-]/.test(before) && (!/^[\w.-]/.test(after) || /^\.s3[.-]/.test(after))) return true;
  }
  return false;
}
