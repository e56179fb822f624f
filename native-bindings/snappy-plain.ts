/** Raw snappy blocks in TypeScript (google/snappy, format_description.txt). */
import { CompressionError } from '../engine/base/codec.ts';

/** Matches are looked for within a block of this size, so that an offset fits two bytes. */
const blockBytes = 65_536;
const hashBits = 13;
const hashShift = 32 - hashBits;
/** The decoder's densest element: three bytes for 64. */
const mostBytesPerByte = 64 / 3;

function corrupt(what: string): CompressionError {
  return new CompressionError('corrupt', `snappy: ${what}`);
}

/**
 * The inflated size that a block claims, as [size, bytes of the varint]. Throws where it claims more than any block of
 * its length can hold, so that nothing is allocated by claim alone.
 */
export function snappyBlockSize(block: Uint8Array): { readonly size: number; readonly headBytes: number } {
  let size = 0;
  let scale = 1;
  for (let at = 0; at < 5 && at < block.length; at++) {
    size += (block[at] & 0x7f) * scale;
    if (block[at] < 0x80) {
      if (size > (block.length - at) * mostBytesPerByte) throw corrupt(`${block.length} bytes claim to hold ${size}`);
      return { size, headBytes: at + 1 };
    }
    scale *= 0x80;
  }
  throw corrupt('no length');
}

export function snappyDecompressBlock(block: Uint8Array): Uint8Array {
  const { size, headBytes } = snappyBlockSize(block);
  const into = new Uint8Array(size);
  let from = headBytes;
  let to = 0;
  while (from < block.length) {
    const tag = block[from++];
    const kind = tag & 3;
    if (kind === 0) {
      let length = (tag >>> 2) + 1;
      if (length > 60) {
        const extra = length - 60;
        if (from + extra > block.length) throw corrupt('a literal without length');
        length = littleEndian(block, from, extra) + 1;
        from += extra;
      }
      if (from + length > block.length || to + length > size) throw corrupt('a literal beyond the end');
      into.set(block.subarray(from, from + length), to);
      from += length;
      to += length;
      continue;
    }
    const offsetBytes = kind === 3 ? 4 : kind;
    if (from + offsetBytes > block.length) throw corrupt('a copy without offset');
    const length = kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
    const offset = kind === 1 ? ((tag >>> 5) << 8) | block[from] : littleEndian(block, from, offsetBytes);
    from += offsetBytes;
    if (offset === 0 || offset > to || to + length > size) throw corrupt('a copy from outside');
    // Byte by byte: source and target may overlap, which repeats a pattern.
    for (let left = length; left > 0; left--, to++) into[to] = into[to - offset];
  }
  if (to !== size) throw corrupt('fewer bytes than claimed');
  return into;
}

function littleEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = count - 1; index >= 0; index--) value = value * 256 + bytes[at + index];
  return value;
}

/** Largest size that `length` bytes may deflate to. */
function bound(length: number): number {
  return 32 + length + Math.ceil(length / 6);
}

export function snappyCompressBlock(bytes: Uint8Array): Uint8Array {
  const into = new Uint8Array(bound(bytes.length));
  let to = 0;
  let length = bytes.length;
  while (length >= 0x80) {
    into[to++] = (length % 0x80) | 0x80;
    length = Math.floor(length / 0x80);
  }
  into[to++] = length;
  const table = new Int32Array(1 << hashBits);
  for (let start = 0; start < bytes.length; start += blockBytes) {
    table.fill(-1);
    to = compressPart(bytes, start, Math.min(bytes.length, start + blockBytes), into, to, table);
  }
  return into.subarray(0, to);
}

function compressPart(
  bytes: Uint8Array,
  start: number,
  end: number,
  into: Uint8Array,
  outAt: number,
  table: Int32Array,
): number {
  let to = outAt;
  let literalFrom = start;
  let at = start;
  while (at + 4 <= end) {
    const word = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    const slot = Math.imul(word, 0x1e35_a7bd) >>> hashShift;
    const candidate = table[slot];
    table[slot] = at;
    if (candidate < 0 || !sameWord(bytes, candidate, at)) {
      // The longer nothing was found, the larger the steps: what does not compress is passed quickly.
      at += 1 + ((at - literalFrom) >>> 5);
      continue;
    }
    to = writeLiteral(bytes, literalFrom, at, into, to);
    let matched = 4;
    while (at + matched < end && bytes[candidate + matched] === bytes[at + matched]) matched++;
    to = writeCopies(at - candidate, matched, into, to);
    at += matched;
    literalFrom = at;
  }
  return writeLiteral(bytes, literalFrom, end, into, to);
}

function sameWord(bytes: Uint8Array, one: number, other: number): boolean {
  return (
    bytes[one] === bytes[other] &&
    bytes[one + 1] === bytes[other + 1] &&
    bytes[one + 2] === bytes[other + 2] &&
    bytes[one + 3] === bytes[other + 3]
  );
}

function writeLiteral(bytes: Uint8Array, from: number, end: number, into: Uint8Array, outAt: number): number {
  const length = end - from;
  if (length === 0) return outAt;
  let to = outAt;
  const last = length - 1;
  if (last < 60) {
    into[to++] = last << 2;
  } else if (last < 256) {
    into[to++] = 60 << 2;
    into[to++] = last;
  } else {
    into[to++] = 61 << 2;
    into[to++] = last;
    into[to++] = last >>> 8;
  }
  into.set(bytes.subarray(from, end), to);
  return to + length;
}

function writeCopies(offset: number, length: number, into: Uint8Array, outAt: number): number {
  let to = outAt;
  for (let left = length; left > 0; ) {
    const part = Math.min(left, 64);
    into[to++] = ((part - 1) << 2) | 2;
    into[to++] = offset;
    into[to++] = offset >>> 8;
    left -= part;
  }
  return to;
}
