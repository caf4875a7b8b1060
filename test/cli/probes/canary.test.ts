/** The deployer's own test object, where the contract's prefix ends without a slash. */
import { expect, test } from "vitest";
import { isTestObject } from "../../../cli/names";
import { awsError } from "../fake-aws";
import { contractOf, FakeDestination } from "../fake-destination";

test.each(["activity/day-", "activity", ""])("is put, read back and removed below %j", async (keyPrefix) => {
  const place = new FakeDestination(contractOf("kandji", { keyPrefix }));

  place.aws
    .plan("s3:CreateMultipartUpload", () => ({ UploadId: "upload" }))
    .plan("s3:UploadPart", () => ({ ETag: "part" }))
    .plan("s3:CompleteMultipartUpload", ({ input }) => {
      place.objects.push({ key: input.Key });
      return {};
    })
    .plan("s3:AbortMultipartUpload", () => {
      throw awsError("NoSuchUpload", 404);
    });

  const report = await place.validate({ multipart: true });

  const canary = report.results.filter(({ id }) => id.startsWith("canary-") || id === "multipart-upload");
  expect(canary.map(({ id, outcome }) => [id, outcome])).toEqual([
    ["canary-put", "pass"],
    ["canary-get", "pass"],
    ["canary-http", "pass"],
    ["multipart-upload", "pass"],
  ]);
  const keys = (["s3:PutObject", "s3:CompleteMultipartUpload"] as const).flatMap((operation) => place.aws.made(operation));
  expect(keys.every(({ input }) => isTestObject(input.Key))).toBe(true);
  expect([report.left, place.objects, report.stopped]).toEqual([[], [], undefined]);
});

test("a refusal names the folder that the deployer needs", async () => {
  const place = new FakeDestination(contractOf("kandji", { keyPrefix: "activity/day-" }));
  const allows = place.allows;
  place.allows = (call) => call.operation !== "s3:PutObject" && allows(call);

  const report = await place.validate();

  expect(report.results.find(({ id }) => id === "canary-put")?.remedy).toBe(
    "give the deployer s3:PutObject on arn:aws:s3:::acme-kandji-activity/activity/*",
  );
});
