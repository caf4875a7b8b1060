import type { DeliveryContract } from "../../lib/contract";
import { type BucketAddress, bucketAddress } from "../aws";
import { folderOf, TEST_OBJECT_PREFIX } from "../names";
import type { Journal } from "./journal";

export interface TestObject {
  readonly key: string;
  /** AWS answered a write with success. Until then, the object may or may not exist. */
  written: boolean;
  /** AWS confirmed the deletion, and no version remains. */
  gone: boolean;
  /** A delete marker hides the object: it exists, but a request without a version ID does not find it. */
  hidden: boolean;
  readonly versionIds: Set<string>;
  /** There may be open multipart uploads for its key. */
  inParts: boolean;
  uploadId?: string;
}

export interface TestObjectsOptions {
  /** The part of a contract that says where. */
  readonly place: Pick<DeliveryContract, "bucket" | "keyPrefix">;
  readonly region: string;
  /** Account that must own the bucket, for `ExpectedBucketOwner`; undefined if it is unknown. */
  readonly owner: string | undefined;
  readonly journal: Journal;
  readonly uuid: () => string;
  /** Why nothing may be written into a folder; undefined if somebody is known who can remove it. */
  readonly mayWrite?: (folder: string, what: Written) => Promise<string | undefined>;
}

function isIn(folder: string, { key }: TestObject): boolean {
  return key.startsWith(folder) && !key.slice(folder.length).includes("/");
}
/** What is written: an object, or an upload in parts, which another right removes. */
export type Written = "object" | "upload";

/** Code of the error that says that nothing was written. */
const NOTHING_WRITTEN = "NothingWritten";

/** The test objects of one validation in one bucket. */
export class TestObjects {
  readonly objects: TestObject[] = [];
  readonly place: TestObjectsOptions["place"];
  readonly region: string;

  constructor(private readonly options: TestObjectsOptions) {
    this.place = options.place;
    this.region = options.region;
  }

  get bucket(): string {
    return this.place.bucket.name;
  }

  /** The folder of the contract's prefix, which may end without a slash. A test object's name begins after a slash. */
  get folder(): string {
    return folderOf(`${this.place.keyPrefix}sample`);
  }

  /** Why nothing may be written into a folder; undefined if it may. */
  async whyNotWrite(folder: string, what: Written = "object"): Promise<string | undefined> {
    return this.options.mayWrite?.(folder, what);
  }

  /** A test object with a new name in a folder of the bucket. It is in the journal before it is written. */
  async newObject(folder: string, { inParts = false } = {}): Promise<TestObject> {
    const reason = await this.whyNotWrite(folder, inParts ? "upload" : "object");
    if (reason !== undefined) throw Object.assign(new Error(reason), { name: NOTHING_WRITTEN });
    const object: TestObject = {
      key: `${folder}${TEST_OBJECT_PREFIX}${this.options.uuid()}`,
      written: false,
      gone: false,
      hidden: false,
      versionIds: new Set<string>(),
      inParts,
    };
    this.options.journal.intend(this.item(object));
    this.objects.push(object);
    return object;
  }

  /** Adds a test object of an earlier run, which is in the journal of that run. */
  adopt(key: string, { inParts = false } = {}): void {
    this.objects.push({ key, written: true, gone: false, hidden: false, versionIds: new Set(), inParts });
  }

  markGone(object: TestObject): void {
    object.gone = true;
    this.options.journal.gone(this.item(object));
  }

  /** The newest test object that a request without a version ID finds, in this folder. */
  present(folder = this.folder): TestObject | undefined {
    return this.objects.findLast((object) => object.written && !object.gone && !object.hidden && isIn(folder, object));
  }

  /**
   * The newest test object that was written into the folder, even if it was deleted. In a bucket with versions, deleting what was never
   * written would add a delete marker that nobody removes.
   */
  newest(folder: string): TestObject | undefined {
    return this.objects.findLast((object) => object.written && isIn(folder, object));
  }

  /** Inputs that every S3 request to the bucket carries. */
  address(): BucketAddress {
    return bucketAddress(this.bucket, this.options.owner);
  }

  private item(object: TestObject) {
    const { owner } = this.options;
    return {
      kind: "object" as const,
      name: this.bucket,
      key: object.key,
      region: this.region,
      ...(owner ? { owner } : {}),
      ...(object.inParts ? { inParts: true } : {}),
    };
  }
}
