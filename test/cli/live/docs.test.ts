import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { OperationName } from "../../../cli/aws/operations";
import { denied } from "../fake-aws";
import { contractOf, FakeDestination } from "../fake-destination";
import { addOrganization } from "../surroundings";

const page = readFileSync(`${__dirname}/../../../docs/validate.md`, "utf8");
const policy = JSON.parse(page.match(/```json organization\n(.*?)```/s)![1]!);
const actions: OperationName[] = policy.Statement.flatMap(({ Action }: { Action: OperationName[] }) => Action);

test.each(actions)("the policies of the organization are not checked without %s, which the docs list", async (action) => {
  const place = new FakeDestination(contractOf("kandji"));
  addOrganization(place, { scp: [[{ Effect: "Deny", Action: "s3:PutBucketPolicy", Resource: "*" }], [], []] });
  place.aws.plan(action, () => {
    throw denied();
  });

  const { notChecked } = await place.validate();

  expect(notChecked.filter((line) => line.startsWith(`what ${action} `))).not.toEqual([]);
});
