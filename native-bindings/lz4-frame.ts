/**
 * LZ4 frames (lz4/lz4, lz4_Frame_format.md), as Kafka's clients write them: one frame of independent blocks. Frames are
 * walked, and their sizes added up, before anything is inflated.
 */
import { CompressionError } from '../engine/base/codec.ts';
import { lz4BlockBound, lz4CompressBlock, lz4DecompressBlock } from './lz4-block.ts';
import { xxhash32 } from './xxhash32.ts';

const frameMagic = 0x184d_2204;
const uncompressedBit = 0x8000_0000;
/** The densest a block can be: 255 bytes for each byte of a long match's length. */
const mostBytesPerByte = 255;
/** FLG: version 1, independent blocks. BD: blocks of 64 KB. */
const writtenFlags = 0x60;
const writtenBlockDescriptor = 0x40;
const writtenBlockBytes = 65_536;

function corrupt(what: string): CompressionError {
  return new CompressionError('corrupt', `lz4: ${what}`);
}

export interface Lz4Block {
  readonly start: number;
  readonly end: number;
  readonly isCompressed: boolean;
  /** No block inflates to more. */
  readonly mostBytes: number;
}

export interface Lz4Frame {
  readonly blocks: readonly Lz4Block[];
  readonly areIndependent: boolean;
  /** No more comes out of all blocks. */
  readonly mostBytes: number;
  /** xxHash32 of all that comes out; null where the frame has none. */
  readonly contentSum: number | null;
}

function uint32(bytes: Uint8Array, at: number): number {
  if (at + 4 > bytes.length) throw corrupt('a frame cut short');
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}

/** Reads the frame's header and the lengths of its blocks, and checks what checksums there are over compressed bytes. */
export function walkLz4Frame(bytes: Uint8Array): Lz4Frame {
  if (uint32(bytes, 0) !== frameMagic) throw corrupt('no frame');
  if (bytes.length < 7) throw corrupt('a frame cut short');
  const flags = bytes[4];
  const sizeCode = (bytes[5] >>> 4) & 7;
  if (flags >>> 6 !== 1 || (flags & 0x03) !== 0) throw corrupt('frame version or dictionary');
  if ((bytes[5] & 0x8f) !== 0 || sizeCode < 4) throw corrupt('block size');
  const descriptorEnd = 6 + ((flags & 0x08) === 0 ? 0 : 8);
  if (descriptorEnd >= bytes.length) throw corrupt('a frame cut short');
  if (((xxhash32(bytes, 4, descriptorEnd) >>> 8) & 0xff) !== bytes[descriptorEnd])
    throw corrupt('frame header checksum');
  const blockBytes = 1 << (8 + 2 * sizeCode);
  const hasBlockSums = (flags & 0x10) !== 0;
  const blocks: Lz4Block[] = [];
  let total = 0;
  let at = descriptorEnd + 1;
  for (let word = uint32(bytes, at); word !== 0; word = uint32(bytes, at)) {
    const length = word & 0x7fff_ffff;
    const start = at + 4;
    const end = start + length;
    if (length > blockBytes || end > bytes.length) throw corrupt('a block beyond the end');
    const isCompressed = word < uncompressedBit;
    const mostBytes = isCompressed ? Math.min(blockBytes, length * mostBytesPerByte) : length;
    blocks.push({ start, end, isCompressed, mostBytes });
    total += mostBytes;
    at = end;
    if (hasBlockSums) {
      if (uint32(bytes, at) !== xxhash32(bytes, start, end)) throw corrupt('block checksum');
      at += 4;
    }
  }
  const contentSum = (flags & 0x04) === 0 ? null : uint32(bytes, at + 4);
  return { blocks, areIndependent: (flags & 0x20) !== 0, mostBytes: total, contentSum };
}

/** Inflates a frame that was walked; `into` grows with what comes out and not with what is claimed. */
export function lz4DecompressFrame(bytes: Uint8Array, frame: Lz4Frame, maxBytes: number): Uint8Array {
  let into = new Uint8Array(Math.min(frame.mostBytes, maxBytes, Math.max(1024, bytes.length * 4)));
  let to = 0;
  for (const { start, end, isCompressed, mostBytes } of frame.blocks) {
    const most = Math.min(to + mostBytes, maxBytes + 1);
    if (most > into.length) {
      const larger = new Uint8Array(Math.max(most, Math.min(into.length * 2, frame.mostBytes, maxBytes)));
      larger.set(into.subarray(0, to));
      into = larger;
    }
    if (isCompressed) {
      to = inflateBlock(bytes, start, end, into, to, mostBytes, maxBytes, frame.areIndependent ? to : 0);
    } else {
      if (to + end - start > maxBytes) throw tooLarge(maxBytes);
      into.set(bytes.subarray(start, end), to);
      to += end - start;
    }
  }
  if (frame.contentSum !== null && xxhash32(into, 0, to) !== frame.contentSum) throw corrupt('content checksum');
  return into.subarray(0, to);
}

function inflateBlock(
  bytes: Uint8Array,
  start: number,
  end: number,
  into: Uint8Array,
  to: number,
  mostBytes: number,
  maxBytes: number,
  windowStart: number,
): number {
  const isBound = to + mostBytes > maxBytes;
  try {
    return lz4DecompressBlock(bytes, start, end, into, to, Math.min(to + mostBytes, maxBytes), windowStart);
  } catch (error) {
    // Where the limit is nearer than the block's own end we can't tell a bomb from rubbish: it is too large either way.
    if (isBound && error instanceof CompressionError) throw tooLarge(maxBytes);
    throw error;
  }
}

function tooLarge(maxBytes: number): CompressionError {
  return new CompressionError('too-large', `lz4: inflates to more than ${maxBytes} bytes`);
}

/** One frame of independent 64 KB blocks without content checksum, as Kafka's Java client frames it. */
export function lz4CompressFrame(bytes: Uint8Array): Uint8Array {
  const blockCount = Math.ceil(bytes.length / writtenBlockBytes);
  const into = new Uint8Array(7 + blockCount * 4 + lz4BlockBound(bytes.length) + blockCount * 16 + 4);
  const data = new DataView(into.buffer);
  data.setUint32(0, frameMagic, true);
  into[4] = writtenFlags;
  into[5] = writtenBlockDescriptor;
  into[6] = (xxhash32(into, 4, 6) >>> 8) & 0xff;
  let to = 7;
  for (let at = 0; at < bytes.length; at += writtenBlockBytes) {
    const blockEnd = Math.min(bytes.length, at + writtenBlockBytes);
    let end = lz4CompressBlock(bytes, at, blockEnd, into, to + 4);
    if (end - to - 4 < blockEnd - at) {
      data.setUint32(to, end - to - 4, true);
    } else {
      data.setUint32(to, (blockEnd - at + uncompressedBit) >>> 0, true);
      into.set(bytes.subarray(at, blockEnd), to + 4);
      end = to + 4 + blockEnd - at;
    }
    to = end;
  }
  // The end mark. A block that did not shrink may have left something there.
  into.fill(0, to, to + 4);
  return into.subarray(0, to + 4);
}
