import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Arrival } from "../../../cli/report/watch/types";
import { inOrder, readMessage } from "../../../cli/watch/messages";

const EVENTS = JSON.parse(readFileSync(`${__dirname}/events.json`, "utf8"));
const read = (message: unknown) => readMessage(JSON.stringify(message));

const NOTIFIED: Arrival = {
  bucket: "acme-kandji-activity",
  key: "activity/2026 01/eé.json",
  at: Date.parse("2026-01-01T09:50:00.123Z"),
  size: 1024,
  eTag: "d41d",
  versionId: "v1",
  sequencer: "0A1B2C3D4E5F678901",
  writer: { field: "principalId", value: "AWS:AROAROLEOFTHECUSTOMER:kandji-42" },
  sourceIp: "203.0.113.7",
};

describe("a message", () => {
  test("of S3 tells what arrived, its key decoded, and who wrote", () => {
    expect(read(EVENTS.notification)).toEqual({ arrivals: [NOTIFIED] });
  });

  test("that came through SNS is read like S3's own", () => {
    expect(read({ Type: "Notification", Message: JSON.stringify(EVENTS.notification) }).arrivals).toEqual([NOTIFIED]);
  });

  test("of EventBridge tells the account, and its key is not encoded", () => {
    expect(read(EVENTS.eventBridge).arrivals).toEqual([
      {
        bucket: "acme.6sense.staging",
        key: "data-packs/a+b%20c.csv",
        at: Date.parse("2026-01-01T09:50:00Z"),
        size: 5,
        eTag: "b1",
        versionId: "v2",
        sequencer: "00617F08299329D189",
        writer: { field: "requester", value: "222222222222", owner: "111111111111" },
        sourceIp: "203.0.113.8",
      },
    ]);
  });

  test("that S3 sends to try the queue holds no arrival", () => {
    expect(read(EVENTS.test)).toEqual({ arrivals: [], testOf: "acme-kandji-activity" });
  });

  test("keeps a key that is no valid encoding", () => {
    const [record] = EVENTS.notification.Records;
    const odd = { ...record, s3: { ...record.s3, object: { key: "activity/100%" } } };

    expect(read({ Records: [odd] }).arrivals[0]?.key).toBe("activity/100%");
  });

  const [record] = EVENTS.notification.Records;
  test.each([
    ["nothing", undefined],
    ["no JSON", "hello"],
    ["null", "null"],
    ["a list", "[1]"],
    ["records that are none", '{"Records":[null,1,{}]}'],
    ["an object that was removed", JSON.stringify({ Records: [{ ...record, eventName: "ObjectRemoved:Delete" }] })],
    ["an event of another service", JSON.stringify({ Records: [{ ...record, eventSource: "aws:ses" }] })],
    ["an event without a time", JSON.stringify({ Records: [{ ...record, eventTime: "soon" }] })],
    ["an event of EventBridge about a deletion", JSON.stringify({ ...EVENTS.eventBridge, "detail-type": "Object Deleted" })],
  ])("holds no arrival if it is %s", (_, body) => {
    expect(readMessage(body).arrivals).toEqual([]);
  });
});

describe("arrivals", () => {
  const at = (key: string, time: number, sequencer?: string): Arrival => ({
    bucket: "b",
    key,
    at: time,
    ...(sequencer !== undefined && { sequencer }),
  });

  test("are put in order, each once, however often and in whatever order messages come", () => {
    const [one, two, three] = [at("x", 1, "0A"), at("y", 2, "01"), at("x", 3, "0B")];

    expect(inOrder([three, one, two, one, three])).toEqual([one, two, three]);
  });

  test("of one key in the same second follow their sequencers, which are numbers of different length", () => {
    const [one, two] = [at("x", 1, "FF"), at("x", 1, "100")];

    expect(inOrder([two, one])).toEqual([one, two]);
  });

  test("without a sequencer are told apart by version and ETag", () => {
    expect(inOrder([at("x", 1), at("x", 1), { ...at("x", 1), eTag: "other" }])).toHaveLength(2);
  });
});
