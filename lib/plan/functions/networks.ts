/** Functions on IP networks. @see https://developer.hashicorp.com/terraform/language/functions */
import { counted, type Functions, fail, integer, text } from "./arguments";

export const NETWORK_FUNCTIONS: Functions = {
  cidrhost: counted(2, 2, (prefix, host) => hostIn(network(prefix), integer(host))),
  cidrnetmask: counted(1, 1, (prefix) => netmask(network(prefix))),
  cidrsubnet: counted(3, 3, (prefix, bits, index) => written(subnet(network(prefix), integer(bits), integer(index)))),
  cidrsubnets: counted(1, Number.POSITIVE_INFINITY, (prefix, ...bits) => subnets(network(prefix), bits.map(integer))),
};

interface Network {
  /** The first address. */
  readonly address: bigint;
  /** Bits of an address: 32 or 128. */
  readonly size: 32 | 128;
  readonly prefix: number;
}

function network(value: unknown): Network {
  const [, source, length] = /^([^/]+)\/(\d{1,3})$/.exec(text(value)) ?? fail("the text is not a CIDR prefix");
  const size = source!.includes(":") ? 128 : 32;
  const prefix = Number(length);
  if (prefix > size) return fail("the prefix is too long");
  const address = size === 32 ? addressOf(partsOfV4(source!), 8n) : addressOf(partsOfV6(source!), 16n);
  const hostBits = BigInt(size - prefix);
  return { address: (address >> hostBits) << hostBits, size, prefix };
}

function addressOf(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((address, part) => (address << bits) | BigInt(part), 0n);
}

function partsOfV4(source: string): number[] {
  const parts = source.split(".");
  // Terraform reads digits after a leading zero as decimal; newer versions reject them.
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    fail("the address is not valid");
  return parts.map(Number);
}

function partsOfV6(source: string): number[] {
  const [before, after, ...more] = source.split("::");
  const groups = (part: string | undefined): number[] =>
    part === undefined || part === ""
      ? []
      : part.split(":").map((group) => (/^[\da-f]{1,4}$/i.test(group) ? Number.parseInt(group, 16) : fail("the address is not valid")));
  const [head, tail] = [groups(before), groups(after)];
  const missing = 8 - head.length - tail.length;
  if (more.length > 0 || (after === undefined ? missing !== 0 : missing < 1)) return fail("the address is not valid");
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

function written({ address, size, prefix }: Network): string {
  return `${writeAddress(address, size)}/${prefix}`;
}

function writeAddress(address: bigint, size: 32 | 128): string {
  const bits = size === 32 ? 8n : 16n;
  const parts = Array.from({ length: size / Number(bits) }, (_, index) => {
    const shift = BigInt(size) - bits * BigInt(index + 1);
    return Number((address >> shift) & ((1n << bits) - 1n));
  });
  if (size === 32) return parts.join(".");
  // The first of the longest runs of zeros is left out.
  const text = parts.map((part) => part.toString(16)).join(":");
  const runs = text.match(/\b0(?::0)+\b/g) ?? [];
  const longest = runs.reduce((found, run) => (run.length > found.length ? run : found), "");
  if (longest === "") return text;
  const at = text.search(new RegExp(`(?<![\\da-f:])${longest}\\b|(?<=:)${longest}\\b`));
  return `${text.slice(0, Math.max(at - 1, 0))}::${text.slice(at + longest.length + 1)}`;
}

function hostIn({ address, size, prefix }: Network, host: number): string {
  const all = 1n << BigInt(size - prefix);
  const index = host < 0 ? all + BigInt(host) : BigInt(host);
  return index < 0n || index >= all ? fail("the network has no such host") : writeAddress(address | index, size);
}

function netmask({ size, prefix }: Network): string {
  if (size !== 32) return fail("only IPv4 has network masks");
  const ones = (1n << BigInt(prefix)) - 1n;
  return writeAddress(ones << BigInt(32 - prefix), 32);
}

function subnet({ address, size, prefix }: Network, bits: number, index: number): Network {
  const length = prefix + bits;
  if (bits < 0 || length > size) return fail("the prefix has no room for so many bits");
  if (index < 0 || BigInt(index) >= 1n << BigInt(bits)) return fail("there is no such subnet");
  return { address: address | (BigInt(index) << BigInt(size - length)), size, prefix: length };
}

function subnets(whole: Network, bits: readonly number[]): string[] {
  let next = whole.address;
  const end = whole.address + (1n << BigInt(whole.size - whole.prefix));
  return bits.map((each) => {
    const { size } = whole;
    const prefix = whole.prefix + each;
    if (each < 1 || prefix > size) return fail("the prefix has no room for so many bits");
    const step = 1n << BigInt(size - prefix);
    const address = ((next + step - 1n) / step) * step;
    next = address + step;
    return next > end ? fail("the prefix has no room for all subnets") : written({ address, size, prefix });
  });
}
