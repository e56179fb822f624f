/** LZ4 blocks in TypeScript (lz4/lz4, lz4_Block_format.md). */
import { CompressionError } from '../engine/base/codec.ts';

const hashBits = 14;
const hashShift = 32 - hashBits;
const maxOffset = 65_535;
/** The format wants the last five bytes as literals, and no match to begin in the last twelve. */
const lastLiterals = 5;
const matchLimit = 12;
const leastMatch = 4;

function corrupt(what: string): CompressionError {
  return new CompressionError('corrupt', `lz4: ${what}`);
}

/**
 * Inflates `from` to `end` of `bytes` into `into` at `start`, at most to `limit`; answers the position after. Matches
 * may reach back to `windowStart`.
 */
export function lz4DecompressBlock(
  bytes: Uint8Array,
  begin: number,
  end: number,
  into: Uint8Array,
  start: number,
  limit: number,
  windowStart: number,
): number {
  let from = begin;
  let to = start;
  while (from < end) {
    const token = bytes[from++];
    let literals = token >>> 4;
    if (literals === 15) {
      let more = 255;
      while (more === 255) {
        if (from >= end) throw corrupt('a literal without length');
        more = bytes[from++];
        literals += more;
      }
    }
    if (literals > end - from || literals > limit - to) throw corrupt('a literal beyond the end');
    if (literals > 32) into.set(bytes.subarray(from, from + literals), to);
    else for (let index = 0; index < literals; index++) into[to + index] = bytes[from + index];
    from += literals;
    to += literals;
    if (from === end) return to;
    if (end - from < 2) throw corrupt('a match without offset');
    const offset = bytes[from] | (bytes[from + 1] << 8);
    from += 2;
    let length = token & 15;
    if (length === 15) {
      let more = 255;
      while (more === 255) {
        if (from >= end) throw corrupt('a match without length');
        more = bytes[from++];
        length += more;
      }
    }
    length += leastMatch;
    if (offset === 0 || offset > to - windowStart || length > limit - to) throw corrupt('a match from outside');
    if (offset >= length && length > 32) {
      into.copyWithin(to, to - offset, to - offset + length);
      to += length;
    } else {
      for (let left = length; left > 0; left--, to++) into[to] = into[to - offset];
    }
  }
  throw corrupt('a block that ends with a match');
}

/** Largest size that `length` bytes may deflate to. */
export function lz4BlockBound(length: number): number {
  return length + Math.ceil(length / 255) + 16;
}

/** Deflates `start` to `end` of `bytes` into `into` at `outAt`; answers the position after. Greedy, one candidate a hash. */
export function lz4CompressBlock(
  bytes: Uint8Array,
  start: number,
  end: number,
  into: Uint8Array,
  outAt: number,
): number {
  const table = new Int32Array(1 << hashBits).fill(-1);
  const matchEnd = end - lastLiterals;
  let to = outAt;
  let literalFrom = start;
  let at = start;
  while (at <= end - matchLimit) {
    const word = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    const slot = Math.imul(word, 0x9e37_79b1) >>> hashShift;
    const candidate = table[slot];
    table[slot] = at;
    if (candidate < 0 || at - candidate > maxOffset || !sameWord(bytes, candidate, at)) {
      at += 1 + ((at - literalFrom) >>> 6);
      continue;
    }
    let length = leastMatch;
    while (at + length < matchEnd && bytes[candidate + length] === bytes[at + length]) length++;
    to = writeSequence(bytes, literalFrom, at, at - candidate, length, into, to);
    at += length;
    literalFrom = at;
  }
  return writeSequence(bytes, literalFrom, end, 0, 0, into, to);
}

function sameWord(bytes: Uint8Array, one: number, other: number): boolean {
  return (
    bytes[one] === bytes[other] &&
    bytes[one + 1] === bytes[other + 1] &&
    bytes[one + 2] === bytes[other + 2] &&
    bytes[one + 3] === bytes[other + 3]
  );
}

/** Literals and, unless `offset` is 0, a match. */
function writeSequence(
  bytes: Uint8Array,
  literalFrom: number,
  literalEnd: number,
  offset: number,
  length: number,
  into: Uint8Array,
  outAt: number,
): number {
  const literals = literalEnd - literalFrom;
  const matched = offset === 0 ? 0 : length - leastMatch;
  let to = outAt;
  into[to++] = (Math.min(literals, 15) << 4) | Math.min(matched, 15);
  to = writeLength(literals, into, to);
  into.set(bytes.subarray(literalFrom, literalEnd), to);
  to += literals;
  if (offset === 0) return to;
  into[to++] = offset;
  into[to++] = offset >>> 8;
  return writeLength(matched, into, to);
}

function writeLength(length: number, into: Uint8Array, outAt: number): number {
  if (length < 15) return outAt;
  let to = outAt;
  let rest = length - 15;
  for (; rest >= 255; rest -= 255) into[to++] = 255;
  into[to++] = rest;
  return to;
}
