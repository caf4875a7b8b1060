/** The place that a validation works on: one bucket, its owner, and the test objects in it. */
import type { DeliveryContract } from "../../lib/contract";
import type { Journal } from "./journal";

/** Every object that a validation writes is called `<folder>vendor-destination-validation-<uuid>`. Nothing else is ever deleted. */
export const OBJECT_NAME = "vendor-destination-validation-";
const NAME_PATTERN = new RegExp(`(^|/)${OBJECT_NAME}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`);

export function isTestObject(key: string): boolean {
  return NAME_PATTERN.test(key);
}

export interface TestObject {
  readonly key: string;
  /** A write was answered with success; until then it may or may not be there. */
  written: boolean;
  /** AWS said that it is gone, and no version of it stayed. */
  gone: boolean;
  /** Behind a delete marker: there, but not to be had by its key. */
  hidden: boolean;
  readonly versionIds: Set<string>;
  /** Uploads in parts may be open under its key. */
  inParts: boolean;
  uploadId?: string;
}

/** The part of a contract that says where. */
export type SitePlace = Pick<DeliveryContract, "bucket" | "keyPrefix">;

export class TestObjects {
  readonly objects: TestObject[] = [];

  constructor(
    readonly place: SitePlace,
    readonly region: string,
    /** Account that must own the bucket, for `ExpectedBucketOwner`; undefined where it is not known. */
    readonly owner: string | undefined,
    private readonly journal: Journal,
    private readonly uuid: () => string,
  ) {}

  get bucket(): string {
    return this.place.bucket.name;
  }

  /** A test object with a new name in a folder of the bucket; the journal knows it before it is written. */
  newObject(folder: string, { inParts = false } = {}): TestObject {
    const object: TestObject = {
      key: `${folder}${OBJECT_NAME}${this.uuid()}`,
      written: false,
      gone: false,
      hidden: false,
      versionIds: new Set<string>(),
      inParts,
    };
    this.journal.intend(this.item(object));
    this.objects.push(object);
    return object;
  }

  /** A test object of an earlier run, which that run's journal knows. */
  adopt(key: string, { inParts = false } = {}): void {
    this.objects.push({ key, written: true, gone: false, hidden: false, versionIds: new Set(), inParts });
  }

  markGone(object: TestObject): void {
    object.gone = true;
    this.journal.gone(this.item(object));
  }

  /** A test object that can be had by its key, the newest first. */
  present(): TestObject | undefined {
    return this.objects.findLast((object) => object.written && !object.gone && !object.hidden);
  }

  /** Inputs that every S3 request to the bucket carries. */
  address(): { Bucket: string; ExpectedBucketOwner?: string } {
    return { Bucket: this.bucket, ...(this.owner ? { ExpectedBucketOwner: this.owner } : {}) };
  }

  private item(object: TestObject) {
    return {
      kind: "object" as const,
      name: this.bucket,
      key: object.key,
      region: this.region,
      ...(this.owner ? { owner: this.owner } : {}),
      ...(object.inParts ? { inParts: true } : {}),
    };
  }
}

/** The part of a key up to its last slash, slash included. */
export function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf("/") + 1);
}
