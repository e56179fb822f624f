/**
 * The framing of snappy-java's streams, which Kafka's clients write: 16 bytes of header, then blocks of raw snappy with
 * their lengths in front. Streams may follow each other. Without the header the bytes are one raw block.
 */
import { CompressionError } from '../engine/base/codec.ts';
import { snappyBlockSize } from './snappy-plain.ts';

export interface SnappyBlocks {
  compress(bytes: Uint8Array): Uint8Array;
  /** The claimed size was checked by `snappyBlockSize`. */
  decompress(block: Uint8Array): Uint8Array;
}

const magic = [0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00] as const;
const headerBytes = 16;
/** Written, and least understood, version of the framing. */
const version = 1;
/** Uncompressed bytes of a block; what snappy-java takes unless told otherwise. */
const blockBytes = 32_768;

export function xerialCompress(bytes: Uint8Array, blocks: SnappyBlocks): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = headerBytes;
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const part = blocks.compress(bytes.subarray(at, at + blockBytes));
    parts.push(part);
    length += 4 + part.length;
  }
  const into = new Uint8Array(length);
  into.set(magic, 0);
  into[11] = version;
  into[15] = version;
  const data = new DataView(into.buffer);
  let to = headerBytes;
  for (const part of parts) {
    data.setUint32(to, part.length);
    into.set(part, to + 4);
    to += 4 + part.length;
  }
  return into;
}

export function xerialDecompress(bytes: Uint8Array, maxBytes: number, blocks: SnappyBlocks): Uint8Array {
  if (!hasHeader(bytes, 0)) {
    checkSize(snappyBlockSize(bytes).size, maxBytes);
    return blocks.decompress(bytes);
  }
  const found = findBlocks(bytes, maxBytes);
  if (found.length === 1) return blocks.decompress(found[0]);
  const inflated = found.map((block) => blocks.decompress(block));
  const into = new Uint8Array(inflated.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of inflated) {
    into.set(part, to);
    to += part.length;
  }
  return into;
}

/** The blocks of all streams, the sum of their claims checked. */
function findBlocks(bytes: Uint8Array, maxBytes: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  let total = 0;
  let at = 0;
  while (at < bytes.length) {
    if (hasHeader(bytes, at)) {
      at += headerBytes;
      continue;
    }
    if (at + 4 > bytes.length) throw new CompressionError('corrupt', 'snappy: half a block length');
    const length = ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
    at += 4;
    if (length > bytes.length - at) throw new CompressionError('corrupt', 'snappy: a block beyond the end');
    const block = bytes.subarray(at, at + length);
    total += snappyBlockSize(block).size;
    checkSize(total, maxBytes);
    found.push(block);
    at += length;
  }
  return found;
}

function hasHeader(bytes: Uint8Array, at: number): boolean {
  return at + headerBytes <= bytes.length && magic.every((byte, index) => bytes[at + index] === byte);
}

function checkSize(size: number, maxBytes: number): void {
  if (size > maxBytes) throw new CompressionError('too-large', `snappy: ${size} bytes inflated, at most ${maxBytes}`);
}
