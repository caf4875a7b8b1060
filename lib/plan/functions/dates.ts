/** Functions on times. @see https://developer.hashicorp.com/terraform/language/functions */
import { counted, type Functions, fail, text } from "./arguments";

export const DATE_FUNCTIONS: Functions = {
  formatdate: counted(2, 2, (format, time) => formatTime(text(format), parseTime(text(time)))),
  timeadd: counted(2, 2, (time, duration) => addTo(parseTime(text(time)), text(duration))),
  timecmp: counted(2, 2, (left, right) => Math.sign(parseTime(text(left)).at - parseTime(text(right)).at)),
};

interface Time {
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  /** Minutes east of UTC. */
  readonly offset: number;
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:Z|([-+])(\d\d):(\d\d))$/;
const MINUTE = 60_000;

/** Times with fractions of a second are unknown to this reader. */
function parseTime(source: string): Time {
  const [, year, month, day, hour, minute, second, sign, hours, minutes] = TIME.exec(source) ?? fail("the text is not a time of RFC 3339");
  const offset = sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const isReal = new Date(local).toISOString().startsWith(source.slice(0, 19));
  return isReal ? { at: local - offset * MINUTE, offset } : fail("there is no such time");
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ["h", 60 * MINUTE],
  ["m", MINUTE],
  ["s", 1000],
  ["ms", 1],
]);

function addTo({ at, offset }: Time, duration: string): string | undefined {
  if (!/^[-+]?(?:\d+(?:\.\d*)?(?:h|m|s|ms|[u\u00b5\u03bc]s|ns))+$/.test(duration))
    return duration === "0" ? "0" : fail("the text is not a duration");
  let sum = 0;
  for (const [, count, unit] of duration.matchAll(/(\d+(?:\.\d*)?)(ms|[u\u00b5\u03bc]s|ns|h|m|s)/g)) {
    const length = UNITS.get(unit!);
    if (length === undefined) return undefined;
    sum += Number(count) * length;
  }
  const result = at + (duration.startsWith("-") ? -sum : sum);
  return result % 1000 === 0 ? formatTime("YYYY-MM-DD'T'hh:mm:ssZ", { at: result, offset }) : undefined;
}

const MONTHS = "January February March April May June July August September October November December".split(" ");
const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const SEQUENCE = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/g;

function formatTime(format: string, { at, offset }: Time): string {
  const local = new Date(at + offset * MINUTE);
  return format.replace(SEQUENCE, (sequence, quoted: string | undefined, letter: string | undefined) => {
    if (quoted !== undefined) return quoted.replaceAll("''", "'");
    if (sequence === "'") return fail("the quoted text is not closed");
    return letter === undefined ? sequence : (partOf(sequence, local, offset) ?? fail(`there is no sequence ${JSON.stringify(sequence)}`));
  });
}

function partOf(sequence: string, local: Date, offset: number): string | undefined {
  const two = (value: number): string => String(value).padStart(2, "0");
  const [month, day, hour] = [local.getUTCMonth(), local.getUTCDate(), local.getUTCHours()];
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  const parts: Readonly<Record<string, string>> = {
    YYYY: String(local.getUTCFullYear()).padStart(4, "0"),
    YY: two(local.getUTCFullYear() % 100),
    MMMM: MONTHS[month]!,
    MMM: MONTHS[month]!.slice(0, 3),
    MM: two(month + 1),
    M: String(month + 1),
    DD: two(day),
    D: String(day),
    EEEE: DAYS[local.getUTCDay()]!,
    EEE: DAYS[local.getUTCDay()]!.slice(0, 3),
    hh: two(hour),
    h: String(hour),
    HH: two(twelve),
    H: String(twelve),
    AA: hour < 12 ? "AM" : "PM",
    aa: hour < 12 ? "am" : "pm",
    mm: two(local.getUTCMinutes()),
    m: String(local.getUTCMinutes()),
    ss: two(local.getUTCSeconds()),
    s: String(local.getUTCSeconds()),
    ZZZZZ: zone(offset, ":"),
    ZZZZ: zone(offset, ""),
    ZZZ: offset === 0 ? "UTC" : zone(offset, ""),
    Z: offset === 0 ? "Z" : zone(offset, ":"),
  };
  return Object.hasOwn(parts, sequence) ? parts[sequence] : undefined;
}

function zone(offset: number, separator: string): string {
  const minutes = Math.abs(offset);
  const two = (value: number): string => String(value).padStart(2, "0");
  return (offset < 0 ? "-" : "+") + two(Math.floor(minutes / 60)) + separator + two(minutes % 60);
}
