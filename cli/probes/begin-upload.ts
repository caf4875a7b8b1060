import { type Aws, failureOf } from "../aws";
import type { TestObject, TestObjects } from "../clean-up";
import { isRefusal } from "./is-refusal";

/** A new test object with an open multipart upload. */
export async function beginUpload(aws: Aws, testObjects: TestObjects, folder = testObjects.folder): Promise<TestObject> {
  const object = await testObjects.newObject(folder, { inParts: true });
  try {
    const { UploadId, $metadata } = await aws.call("s3:CreateMultipartUpload", { ...testObjects.address(), Key: object.key });
    object.uploadId = UploadId!;
    // Every try may have started an upload of its own, and only the ID in the last answer is known.
    object.inParts = ($metadata?.attempts ?? 1) > 1;
    return object;
  } catch (error) {
    if (isRefusal(failureOf(error, "s3:CreateMultipartUpload"))) testObjects.markGone(object);
    throw error;
  }
}
