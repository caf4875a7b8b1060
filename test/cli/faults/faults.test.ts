/**
 * Requests go wrong, each in its way, at each place of a run, in each mode: nothing passes that was not done, nothing is left, and it ends.
 *
 * Each kind meets each destination at some of the places, in turn; CASES=all tries all of them, which takes a quarter of an hour.
 */
import { describe, expect, test } from "vitest";
import { type Asked, type Destination, FaultAccount } from "./account";
import { DESTINATIONS, titleOf } from "./destinations";
import { INCIDENTS, type IncidentKind } from "./incidents";
import { problemsOf } from "./properties";

interface Place {
  readonly title: string;
  readonly isMet: (asked: Asked) => boolean;
}

const ALL = process.env.CASES === "all";
/** Places of one kind at one destination. */
const PLACES = 2;

/** The places that a run of the destination has: every operation of it, once or more often, and the run from some request on. */
async function placesOf(destination: Destination): Promise<Place[]> {
  const account = new FaultAccount(destination);
  const operations = new Set<string>();
  account.fault = ({ operation }) => {
    operations.add(operation);
    return undefined;
  };
  await account.validate();
  const times: readonly [string, (nth: number) => boolean][] = [
    ["once", (nth) => nth === 1],
    ["for ever", () => true],
    ["from the second time on", (nth) => nth > 1],
    ["the second and the third time", (nth) => nth === 2 || nth === 3],
  ];
  return [
    ...[...operations].flatMap((name) =>
      times.map(([when, isTime]) => ({
        title: `${name} ${when}`,
        isMet: ({ operation, nth }: Asked) => operation === name && isTime(nth),
      })),
    ),
    ...[1, 2, 5, 20, 40, 60].map((first) => ({ title: `all from request ${first} on`, isMet: ({ index }: Asked) => index >= first })),
  ];
}

function isMetBy({ happens }: IncidentKind, { title }: Place): boolean {
  return title.startsWith("all ") || happens({ operation: title.split(" ")[0] } as Asked) !== undefined;
}

/** What once went wrong, by destination, kind and place. */
const ONCE_FOUND: readonly [string, string, string][] = [
  ["as stand-in through a role, versioned", "307 TemporaryRedirect", "s3:PutObject from the second time on"],
  ["as vendor through a role", "400 Throttling", "s3:ListObjectVersions once"],
  ["as vendor through a role", "a put that is confirmed and not done", "all from request 2 on"],
  ["as vendor through a role", "a list that lags", "all from request 60 on"],
  ["as stand-in through a role, versioned", "a delete that is confirmed and not done", "all from request 2 on"],
  ["as vendor through the bucket policy, versioned", "a put that is confirmed and not done", "all from request 40 on"],
];

test.each(ONCE_FOUND)("%s, %s: %s", async (where, what, when) => {
  const destination = DESTINATIONS.find((one) => titleOf(one) === where)!;
  const kind = INCIDENTS.find(({ title }) => title === what)!;
  const { isMet } = (await placesOf(destination)).find(({ title }) => title === when)!;
  const account = new FaultAccount(destination);
  account.fault = (asked) => (isMet(asked) ? kind.happens(asked) : undefined);

  expect(await problemsOf(account, kind)).toEqual([]);
});

describe.each(DESTINATIONS.map((destination, turn) => ({ title: titleOf(destination), destination, turn })))("$title", (one) => {
  const places = placesOf(one.destination);

  test("nothing is wrong where no request goes wrong", async () => {
    const account = new FaultAccount(one.destination);

    expect(await problemsOf(account, {})).toEqual([]);
    expect(account.left).toEqual([]);
  });

  test.each(INCIDENTS.map((kind, index) => ({ ...kind, kind, index })))("$title", async ({ kind, index }) => {
    const all = (await places).filter((place) => isMetBy(kind, place));
    const start = one.turn * 5 + index * 7;
    const tried = ALL ? all : Array.from({ length: PLACES }, (_, nth) => all[(start + nth * 31) % all.length]!);

    for (const { title, isMet } of tried) {
      const account = new FaultAccount(one.destination);
      account.fault = (asked) => (isMet(asked) ? kind.happens(asked) : undefined);
      expect(await problemsOf(account, kind), title).toEqual([]);
    }
  });
});
