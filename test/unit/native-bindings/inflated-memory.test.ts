/**
 * What is inflated holds what the compressed bytes say and nothing else: no memory that was used before (CVE-2025-12183
 * and CVE-2025-66566 of lz4-java), nothing from beyond the input (CVE-2023-34455 of snappy-java).
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Compression, CompressionError, compressionCodec } from '../../../engine/base/codec.ts';
import { compression, plainCompression } from '../../../native-bindings/compression.ts';
import { xxhash32 } from '../../../native-bindings/xxhash32.ts';

const secret = Buffer.from('another client sent this');
const kinds = [
  ['native', compression],
  ['plain', plainCompression],
  ['brief', { ...compression, decompress: (codec, bytes) => compression.decompressBriefly(codec, bytes) }],
] as const satisfies readonly (readonly [string, Compression])[];

function lz4Frame(blocks: readonly Uint8Array[], flags = 0x60, blockDescriptor = 0x40): Uint8Array {
  const head = Buffer.from([0x04, 0x22, 0x4d, 0x18, flags, blockDescriptor, 0]);
  head[6] = (xxhash32(head, 4, 6) >>> 8) & 0xff;
  const parts = blocks.flatMap((block) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(block.length);
    return [length, block];
  });
  return Uint8Array.from(Buffer.concat([head, ...parts, Buffer.alloc(4)]));
}

/** A match that reaches back to before the first byte, by so many bytes. */
const reachingBack = (offset: number): Uint8Array =>
  Uint8Array.of(0x1f, 65, offset & 0xff, offset >> 8, 40, 0x50, 1, 2, 3, 4, 5);

const lz4Lies: readonly (readonly [string, Uint8Array])[] = [
  ['a match from before the block', lz4Frame([reachingBack(2)])],
  ['a match from far before', lz4Frame([reachingBack(60_000)])],
  ['a match at no distance, which leaves bytes as they were', lz4Frame([reachingBack(0)])],
  ['a match from an independent block before', lz4Frame([Uint8Array.of(0x50, 1, 2, 3, 4, 5), reachingBack(4)])],
  ['a literal that is longer than the block', lz4Frame([Uint8Array.of(0xf0, 200, 1, 2, 3)])],
  ['a large block of a few bytes', lz4Frame([reachingBack(3)], 0x60, 0x70)],
];

const snappyLies: readonly (readonly [string, Uint8Array])[] = [
  ['more claimed than there is', Uint8Array.of(60, 0, 65)],
  ['a copy from before', Uint8Array.of(40, 0, 65, (38 << 2) | 2, 2, 0)],
  ['a copy from far before', Uint8Array.of(40, 0, 65, (38 << 2) | 3, 0, 0, 1, 0)],
  ['a copy at no distance', Uint8Array.of(40, 0, 65, (38 << 2) | 2, 0, 0)],
  ['a literal beyond the input', Uint8Array.of(20, 19 << 2, 1, 2)],
];

for (const [kind, ours] of kinds) {
  describe(`inflating, ${kind}`, () => {
    for (const [codec, lies] of [
      [compressionCodec.lz4, lz4Lies],
      [compressionCodec.snappy, snappyLies],
    ] as const) {
      for (const [what, bytes] of lies) {
        test(`codec ${codec}: ${what} is refused`, async () => {
          // The memory that comes next has been somebody's.
          const theirs = await ours.compress(codec, Buffer.from(secret.toString().repeat(3000)), undefined);
          for (let round = 0; round < 20; round++) {
            ours.decompress(codec, theirs, 1 << 20);
            assert.throws(() => ours.decompress(codec, bytes, 1 << 20), CompressionError);
          }
        });
      }
    }

    test('a frame within larger memory is read to its own end', async () => {
      for (const codec of [
        compressionCodec.lz4,
        compressionCodec.snappy,
        compressionCodec.gzip,
        compressionCodec.zstd,
      ]) {
        const deflated = await ours.compress(codec, Buffer.from('abcd'.repeat(100)), undefined);
        const within = new Uint8Array(deflated.length + secret.length);
        within.set(deflated);
        within.set(secret, deflated.length);
        const short = within.subarray(0, deflated.length - 3);
        assert.throws(() => ours.decompress(codec, short, 1 << 20), CompressionError);
      }
    });
  });
}
