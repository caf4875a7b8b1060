/**
 * Hashes of bytes, written out because this room uses no module of Node.js.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1321 (MD5)
 * @see https://csrc.nist.gov/pubs/fips/180-4/upd1/final (SHA)
 */

/** Of a hash whose words have 32 or 64 bits. */
interface Padding {
  readonly block: 64 | 128;
  readonly littleEndian: boolean;
}

/** The message in whole blocks, which end with its length. */
function padded(message: Uint8Array, { block, littleEndian }: Padding): DataView {
  const size = Math.ceil((message.length + 1 + block / 8) / block) * block;
  const bytes = new Uint8Array(size);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(size - 8, BigInt(message.length) * 8n, littleEndian);
  return view;
}

const rotateLeft = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

function toBytes(words: readonly number[], littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(words.length * 4));
  for (const [index, word] of words.entries()) view.setUint32(index * 4, word >>> 0, littleEndian);
  return new Uint8Array(view.buffer);
}

const MD5_SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];
const MD5_CONSTANTS = Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32));

export function md5(message: Uint8Array): Uint8Array {
  const view = padded(message, { block: 64, littleEndian: true });
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < view.byteLength; at += 64) {
    let [a, b, c, d] = state as [number, number, number, number];
    for (let step = 0; step < 64; step++) {
      const round = step >> 4;
      const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round]!;
      const word = [step, 5 * step + 1, 3 * step + 5, 7 * step][round]! % 16;
      const sum = (a + mixed + MD5_CONSTANTS[step]! + view.getUint32(at + word * 4, true)) | 0;
      [a, b, c, d] = [d, (b + rotateLeft(sum, MD5_SHIFTS[round]![step % 4]!)) | 0, b, c];
    }
    for (const [index, word] of [a, b, c, d].entries()) state[index] = (state[index]! + word) | 0;
  }
  return toBytes(state, true);
}

export function sha1(message: Uint8Array): Uint8Array {
  const view = padded(message, { block: 64, littleEndian: false });
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let at = 0; at < view.byteLength; at += 64) {
    const words = Array.from({ length: 16 }, (_, index) => view.getUint32(at + index * 4));
    for (let index = 16; index < 80; index++) {
      words.push(rotateLeft(words[index - 3]! ^ words[index - 8]! ^ words[index - 14]! ^ words[index - 16]!, 1));
    }
    let [a, b, c, d, e] = state as [number, number, number, number, number];
    for (const [step, word] of words.entries()) {
      const round = Math.floor(step / 20);
      const mixed = [(b & c) | (~b & d), b ^ c ^ d, (b & c) | (b & d) | (c & d), b ^ c ^ d][round]!;
      const sum = (rotateLeft(a, 5) + mixed + e + [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][round]! + word) | 0;
      [a, b, c, d, e] = [sum, a, rotateLeft(b, 30), c, d];
    }
    for (const [index, word] of [a, b, c, d, e].entries()) state[index] = (state[index]! + word) | 0;
  }
  return toBytes(state, false);
}

/** What distinguishes SHA-256 from SHA-512. */
interface Sha2 {
  readonly bits: 32n | 64n;
  readonly rounds: 64 | 80;
  /** Rotations; the last of each of the first two is a shift. */
  readonly schedule: readonly (readonly [bigint, bigint, bigint])[];
  readonly sums: readonly (readonly [bigint, bigint, bigint])[];
}

const SHA_256: Sha2 = {
  bits: 32n,
  rounds: 64,
  schedule: [
    [7n, 18n, 3n],
    [17n, 19n, 10n],
  ],
  sums: [
    [2n, 13n, 22n],
    [6n, 11n, 25n],
  ],
};
const SHA_512: Sha2 = {
  bits: 64n,
  rounds: 80,
  schedule: [
    [1n, 8n, 7n],
    [19n, 61n, 6n],
  ],
  sums: [
    [28n, 34n, 39n],
    [14n, 18n, 41n],
  ],
};

export const sha256 = (message: Uint8Array): Uint8Array => sha2(message, SHA_256);
export const sha512 = (message: Uint8Array): Uint8Array => sha2(message, SHA_512);

function sha2(message: Uint8Array, { bits, rounds, schedule, sums }: Sha2): Uint8Array {
  const width = Number(bits) / 8;
  const mask = (1n << bits) - 1n;
  const rotate = (word: bigint, by: bigint): bigint => ((word >> by) | (word << (bits - by))) & mask;
  const view = padded(message, { block: bits === 32n ? 64 : 128, littleEndian: false });
  const readWord = (at: number): bigint => (bits === 32n ? BigInt(view.getUint32(at)) : view.getBigUint64(at));
  const spread = (word: bigint, [one, two, shift]: readonly [bigint, bigint, bigint]): bigint =>
    rotate(word, one) ^ rotate(word, two) ^ (word >> shift);
  const sum = (word: bigint, by: readonly [bigint, bigint, bigint]): bigint =>
    rotate(word, by[0]) ^ rotate(word, by[1]) ^ rotate(word, by[2]);
  const constants = PRIMES.slice(0, rounds).map((prime) => fractionOfRoot(prime, 3n, bits));
  const state = PRIMES.slice(0, 8).map((prime) => fractionOfRoot(prime, 2n, bits));
  for (let at = 0; at < view.byteLength; at += width * 16) {
    const words = Array.from({ length: 16 }, (_, index) => readWord(at + index * width));
    for (let index = 16; index < rounds; index++) {
      const [before, last] = [spread(words[index - 15]!, schedule[0]!), spread(words[index - 2]!, schedule[1]!)];
      words.push((words[index - 16]! + before + words[index - 7]! + last) & mask);
    }
    const mixed = [...state];
    for (const [step, word] of words.entries()) {
      const [a, b, c, d, e, f, g, h] = mixed as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
      const first = h + sum(e, sums[1]!) + ((e & f) ^ (~e & mask & g)) + constants[step]! + word;
      const second = sum(a, sums[0]!) + ((a & b) ^ (a & c) ^ (b & c));
      mixed.splice(0, 8, (first + second) & mask, a, b, c, (d + first) & mask, e, f, g);
    }
    for (const [index, word] of mixed.entries()) state[index] = (state[index]! + word) & mask;
  }
  const hex = state.map((word) => word.toString(16).padStart(width * 2, "0")).join("");
  return Uint8Array.from(hex.match(/../g)!, (byte) => Number.parseInt(byte, 16));
}

const PRIMES = primes(80);

function primes(count: number): bigint[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  return found.map(BigInt);
}

/** The first bits behind the point of the square or cube root of a number. */
function fractionOfRoot(value: bigint, degree: 2n | 3n, bits: bigint): bigint {
  const scaled = value << (bits * degree);
  let [low, high] = [0n, 1n << (bits + 8n)];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= scaled) low = middle;
    else high = middle;
  }
  return low & ((1n << bits) - 1n);
}
