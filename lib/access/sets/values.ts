/** Values other than text. A value that cannot be parsed is undefined and matches nothing. */
import { type Interval, upTo } from "./intervals";

export function readNumber(text: string): number | undefined {
  const trimmed = text.trim();
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : undefined;
}

const ISO_DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/i;

/** Milliseconds since 1970, from an ISO 8601 date (in UTC unless it has an offset) or from seconds since 1970. */
export function readDate(text: string): number | undefined {
  if (/^-?\d{5,}(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const match = ISO_DATE.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((at) => Number(match[at] ?? (at === 2 || at === 3 ? 1 : 0)));
  const lastDay = new Date(Date.UTC(year!, month!, 0)).getUTCDate();
  if (month! < 1 || month! > 12 || day! < 1 || day! > lastDay || hour! > 23 || minute! > 59 || second! > 59) return undefined;
  const fraction = Number(`0.${match[7] ?? "0"}`);
  return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) + Math.floor(fraction * 1000) - offsetOf(match[8] ?? "Z");
}

function offsetOf(zone: string): number {
  if (zone.toUpperCase() === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

const V4_END = 1n << 32n;

/** All addresses in one order: IPv4 first, then IPv6. */
export const ADDRESSES: readonly Interval[] = [upTo(0n, V4_END + (1n << 128n))];

/** The addresses of a range in CIDR notation, or a single address. */
export function readAddresses(text: string): Interval | undefined {
  const match = /^([0-9a-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text.trim());
  if (match === null) return undefined;
  const isV6 = match[1]!.includes(":");
  const bits = isV6 ? 128 : 32;
  const fixed = match[2] === undefined ? bits : Number(match[2]);
  const address = isV6 ? readV6(match[1]!) : readV4(match[1]!);
  if (address === undefined || fixed > bits) return undefined;
  const size = 1n << BigInt(bits - fixed);
  const first = (address / size) * size + (isV6 ? V4_END : 0n);
  return upTo(first, first + size);
}

export function showAddress(value: bigint): string {
  if (value < V4_END) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
  const address = value - V4_END;
  return Array.from({ length: 8 }, (_, index) => ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16)).join(":");
}

function readV4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function readV6(text: string): bigint | undefined {
  // An IPv4 address at the end counts as two groups.
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const v4 = tail === null ? undefined : readV4(tail[2]!);
  if (tail !== null && v4 === undefined) return undefined;
  const plain = v4 === undefined ? text : `${tail![1]}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`;
  const halves = plain.split("::").map((half) => (half === "" ? [] : half.split(":")));
  if (halves.length > 2 || !halves.flat().every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const [head, rest] = halves as [string[], string[]?];
  const missing = 8 - head.length - (rest?.length ?? 0);
  if (rest === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(missing).fill("0"), ...(rest ?? [])];
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}
