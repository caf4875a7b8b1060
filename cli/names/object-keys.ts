/** Keys of S3 objects, and those of the test objects among them. */
import { type Expectation, VALIDATION_SESSION_NAME } from "../../lib/contract";

/** The key of a test object is `<folder>vendor-destination-validation-<uuid>`. A validation never deletes any other object. */
export const TEST_OBJECT_PREFIX = `${VALIDATION_SESSION_NAME}-`;
const TEST_OBJECT_KEY = new RegExp(`(^|/)${TEST_OBJECT_PREFIX}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`);

export function isTestObject(key: string): boolean {
  return TEST_OBJECT_KEY.test(key);
}

/** The part of a key up to its last slash, slash included. */
export function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf("/") + 1);
}

/** Where the vendor delivers: the folders of the objects that it must be able to put, or else the contract's prefix. */
export function deliveryFolders(
  requests: readonly Pick<Expectation, "actor" | "action" | "resource" | "expected">[],
  keyPrefix: string,
): string[] {
  const puts = requests.filter(({ actor, action, expected }) => actor === "vendor" && action === "s3:PutObject" && expected === "allowed");
  // The first slash of an object's ARN ends the bucket's name.
  const folders = puts.map(({ resource }) => folderOf(resource.slice(resource.indexOf("/") + 1)));
  return folders.length > 0 ? [...new Set(folders)] : [keyPrefix];
}
