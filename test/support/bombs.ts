/** Few bytes that inflate, or say that they inflate, to very many. */
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { lz4CompressFrame } from '../../native-bindings/lz4-frame.ts';
import { xxhash32 } from '../../native-bindings/xxhash32.ts';

export interface Bomb {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const gib = 1024 ** 3;
const hugeBytes = 64 * 1024 * 1024;

export function bombs(codec: 'gzip' | 'snappy' | 'lz4' | 'zstd'): Bomb[] {
  const huge = new Uint8Array(hugeBytes);
  switch (codec) {
    case 'gzip':
      return [{ name: '64 MiB of zeros', bytes: gzipSync(huge) }];
    case 'zstd':
      return [
        { name: '64 MiB of zeros', bytes: zstdCompressSync(huge) },
        {
          name: '64 MiB of zeros, size not said',
          bytes: zstdCompressSync(huge, { params: { [constants.ZSTD_c_contentSizeFlag]: 0 } }),
        },
        { name: 'claims 1 GiB', bytes: zstdClaiming(gib) },
      ];
    case 'snappy':
      return [
        { name: 'claims 1 GiB, raw', bytes: snappyClaiming(gib) },
        { name: 'claims 1 GiB, in a stream', bytes: xerial([snappyClaiming(gib)]) },
        { name: 'many blocks', bytes: xerial(Array.from({ length: 1000 }, () => snappyZeros(65_000))) },
        { name: 'one block', bytes: snappyZeros(20_000_000) },
      ];
    case 'lz4':
      return [
        { name: '64 MiB of zeros', bytes: lz4CompressFrame(huge) },
        { name: 'one block of 4 MiB', bytes: lz4Zeros(4 * 1024 * 1024) },
        { name: 'one block claims 2 GiB', bytes: lz4Claiming() },
      ];
  }
}

/** A frame header with an eight-byte content size, and an empty last block. */
function zstdClaiming(sizeBytes: number): Uint8Array {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(0xfd2f_b528, 0);
  bytes[4] = 0xe0;
  bytes.writeBigUInt64LE(BigInt(sizeBytes), 5);
  bytes[13] = 1;
  return bytes;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}

function snappyClaiming(sizeBytes: number): Uint8Array {
  return Uint8Array.from([...varint(sizeBytes), 0, 65]);
}

/** A literal zero, then copies of 64. */
function snappyZeros(sizeBytes: number): Uint8Array {
  const copies = Math.floor((sizeBytes - 1) / 64);
  const copy = [(63 << 2) | 2, 1, 0];
  const head = [...varint(1 + copies * 64), 0, 0];
  const bytes = new Uint8Array(head.length + copies * 3);
  bytes.set(head);
  for (let index = 0; index < copies; index++) bytes.set(copy, head.length + index * 3);
  return bytes;
}

function xerial(blocks: readonly Uint8Array[]): Uint8Array {
  const head = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  const parts = blocks.flatMap((block) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(block.length);
    return [length, Buffer.from(block)];
  });
  return Buffer.concat([head, ...parts]);
}

function lz4Head(blockDescriptor: number): Buffer {
  const head = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, blockDescriptor, 0]);
  head[6] = (xxhash32(head, 4, 6) >>> 8) & 0xff;
  return head;
}

/** A single match over the whole block: each byte of its length is worth 255. */
function lz4Zeros(sizeBytes: number): Uint8Array {
  const ones = Math.floor((sizeBytes - 100) / 255);
  const block = Buffer.concat([
    Buffer.from([0x1f, 0, 1, 0]),
    Buffer.alloc(ones, 255),
    Buffer.from([0, 0x50, 0, 0, 0, 0, 0]),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(block.length);
  return Buffer.concat([lz4Head(0x70), length, block, Buffer.alloc(4)]);
}

function lz4Claiming(): Uint8Array {
  return Buffer.concat([lz4Head(0x70), Buffer.from([0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0])]);
}
