/** Condition values other than text: numbers, dates, addresses, bytes. A value that cannot be parsed is undefined and matches nothing. */

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

export function parseNumber(text: string): number | undefined {
  return NUMBER.test(text.trim()) ? Number(text) : undefined;
}

/** The W3C profile of ISO 8601, from the year alone to fractions of a second. */
const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/i;
/** Seconds since 1970; more digits than a year has. */
const EPOCH = /^-?\d{5,}(\.\d+)?$/;

/** A point in time, in milliseconds since 1970. A time without zone is UTC. */
export function parseDate(text: string): number | undefined {
  if (EPOCH.test(text)) return Number(text) * 1000;
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [, year, month = "01", day = "01", hour = "00", minute = "00", second = "00", fraction = "", zone = "Z"] = match;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}${offset}`);
  // `Date.parse` reads the 30th of February as the 1st or 2nd of March.
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number.isNaN(time) || Number(day) > days ? undefined : time;
}

/** A range of addresses of one version of the Internet Protocol. */
export interface AddressRange {
  readonly version: 4 | 6;
  readonly address: bigint;
  /** Leading bits that are fixed. */
  readonly prefixLength: number;
}

const BITS = { 4: 32, 6: 128 } as const;

/** An address, or a range in CIDR notation. */
export function parseAddressRange(text: string): AddressRange | undefined {
  const match = /^([0-9a-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text.trim());
  if (match === null) return undefined;
  const version = match[1]!.includes(":") ? 6 : 4;
  const address = version === 4 ? parseIpv4(match[1]!) : parseIpv6(match[1]!);
  const prefixLength = match[2] === undefined ? BITS[version] : Number(match[2]);
  return address === undefined || prefixLength > BITS[version] ? undefined : { version, address, prefixLength };
}

/** Whether all of `inner` lies in `outer`. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  if (outer.version !== inner.version || inner.prefixLength < outer.prefixLength) return false;
  const shift = BigInt(BITS[outer.version] - outer.prefixLength);
  return outer.address >> shift === inner.address >> shift;
}

/**
 * Ranges from which no request comes to AWS through the internet. A request through a VPC endpoint has no `aws:SourceIp`.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const PRIVATE_RANGES = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "::1",
  "fc00::/7",
  "fe80::/10",
].map((text) => parseAddressRange(text)!);

/** Whether no address of the range is a public one. */
export function isPrivateRange(range: AddressRange): boolean {
  return PRIVATE_RANGES.some((outer) => contains(outer, range));
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const groups = halves.map(ipv6Groups);
  if (groups.includes(undefined)) return undefined;
  const [head, tail] = groups as [string[], string[]?];
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = tail === undefined ? head : [...head, ...Array<string>(missing).fill("0"), ...tail];
  return all.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

/** The groups of one half of an address; an IPv4 address at the end counts as two. */
function ipv6Groups(text: string): string[] | undefined {
  if (text === "") return [];
  const groups = text.split(":");
  const last = groups.at(-1)!;
  if (last.includes(".")) {
    const ipv4 = parseIpv4(last);
    if (ipv4 === undefined) return undefined;
    groups.splice(-1, 1, (ipv4 >> 16n).toString(16), (ipv4 & 0xffffn).toString(16));
  }
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? groups : undefined;
}

/** Base64 without padding, in the standard alphabet, so that two encodings of the same bytes are equal. */
export function normalizeBase64(text: string): string {
  return text
    .replace(/\s|=+$/g, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/");
}
