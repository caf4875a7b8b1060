/** What every request has, whatever the policies say: a time, an address, and names in the form that AWS gives them. */
import {
  ADDRESSES,
  complementOf,
  EVERYTHING,
  HIGHEST,
  type Literal,
  literal,
  positive,
  rangeTest,
  readAddresses,
  readDate,
  some,
  stringTest,
  unionOf,
} from "../sets";
import { patternFrom } from "./derived-keys";
import { SESSION, TIME } from "./keys";
import { exactly } from "./texts";

/** Account IDs: 12 digits, or the placeholder of such an ID. */
export const ANY_ACCOUNT = some("digit", 12);

/** What every request has. */
export function factsOfEveryRequest(now: string | undefined): Literal[] {
  const from = now === undefined ? undefined : readDate(now);
  const time = positive(TIME, rangeTest("date", from === undefined ? EVERYTHING : [{ from: { value: from, after: false }, to: HIGHEST }]));
  return [time, positive("aws:securetransport", exactly("true", "false")), PUBLIC_ADDRESS, positive(SESSION, SESSION_NAMES)];
}

const SESSION_NAMES = stringTest([{ tokens: [...some("name", 2), ...some("name")] }], { isText: true });

/**
 * No request from a private address reaches S3 or STS through the internet. It may still come another way, so such an address is possible
 * but not certain.
 */
const PRIVATE = unionOf(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"].map((range) => readAddresses(range)!));
const PUBLIC_ADDRESS = literal({
  attribute: "aws:sourceip",
  whenAbsent: true,
  whenPresent: { test: rangeTest("address", ADDRESSES, complementOf(PRIVATE, ADDRESSES)), inverted: false, quantifier: "some" },
});

/** Names of services as AWS lists them: `s3.amazonaws.com`, `alexa-appkit.amazon.com`. */
export const SERVICES = stringTest(
  [
    patternFrom(["service:", ...some("any", 1), ...some("any"), ".amazonaws.com", ...some("any")]),
    patternFrom(["service:", ...some("any", 5), ...some("any"), ".amazon.com"]),
  ],
  { isText: true },
);

/** An account ID, if the key is present. */
export const SOURCE_IS_ACCOUNT = literal({
  attribute: "aws:sourceaccount",
  whenAbsent: true,
  whenPresent: { test: stringTest([patternFrom(ANY_ACCOUNT)], { isText: true }), inverted: false, quantifier: "some" },
});
