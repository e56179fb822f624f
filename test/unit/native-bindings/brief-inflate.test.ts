import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { constants, zstdCompressSync } from 'node:zlib';
import { type Compression, CompressionError, compressionCodec } from '../../../engine/base/codec.ts';
import { batchLimits } from '../../../engine/base/limits.ts';
import { inflateBriefly, inflatesBriefly } from '../../../native-bindings/brief-inflate.ts';
import { compression, plainCompression } from '../../../native-bindings/compression.ts';
import { xxhash32 } from '../../../native-bindings/xxhash32.ts';
import { bombs } from '../../support/bombs.ts';
import fc from '../../support/fast-check.ts';
import { findProgram } from '../../support/find-program.ts';

const limitBytes = batchLimits.nativeInlineInflateBytes;
const codecs = ['gzip', 'snappy', 'lz4', 'zstd'] as const;
const isBuilt = inflatesBriefly(compressionCodec.lz4);
const skip = !isBuilt && findProgram('cc') === null ? 'inflate.c was not compiled: there is no C compiler' : false;

/** What comes out, or why nothing does. */
function outcome(inflate: () => Uint8Array): Buffer | string {
  try {
    return Buffer.from(inflate());
  } catch (error) {
    assert(error instanceof CompressionError, String(error));
    return error.reason;
  }
}

/** Bytes with repetitions of every length and distance: what decoders copy in steps must overlap well. */
const repetitive = fc
  .array(
    fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => ({ bytes, times: 1 })),
      fc.record({ bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }), times: fc.integer({ min: 2, max: 300 }) }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => Buffer.concat(parts.flatMap(({ bytes, times }) => Array.from({ length: times }, () => bytes))));

/** No beginnings of another frame of zstd, which node:zlib passes over. */
const behindIt = fc.array(fc.constantFrom(0, 1, 9, 255), { maxLength: 3 }).map((bytes) => Uint8Array.from(bytes));

describe('inflate.c and its twins', { skip }, () => {
  test('it is compiled of the present source, with all codecs', () => {
    const folder = new URL('../../../native-bindings/', import.meta.url);
    const digest = createHash('sha256')
      .update(readFileSync(new URL('inflate.c', folder)))
      .digest('hex');
    assert.equal(readFileSync(new URL('build/inflate.digest', folder), 'utf8'), digest);
    for (const name of codecs) assert.ok(inflatesBriefly(compressionCodec[name]), name);
  });

  for (const name of codecs) {
    const codec = compressionCodec[name];
    const deflaters: readonly Compression[] = [compression, plainCompression];

    test(`${name}: whatever was deflated comes back`, async () => {
      await fc.assert(
        fc.asyncProperty(repetitive, fc.nat(1), async (bytes, kind) => {
          const deflated = await deflaters[kind]!.compress(codec, bytes, undefined);
          assert.equal(Buffer.compare(inflateBriefly(codec, deflated), bytes), 0);
        }),
        { numRuns: 150 },
      );
    });

    test(`${name}: up to the limit and not a byte beyond`, async () => {
      const bytes = Buffer.from('the quick brown fox '.repeat(limitBytes / 20 + 1)).subarray(0, limitBytes + 1);
      for (const one of deflaters) {
        const deflated = await one.compress(codec, bytes.subarray(0, limitBytes), undefined);
        assert.equal(Buffer.compare(inflateBriefly(codec, deflated), bytes.subarray(0, limitBytes)), 0);
        const larger = await one.compress(codec, bytes, undefined);
        assert.equal(
          outcome(() => inflateBriefly(codec, larger)),
          'too-large',
        );
      }
    });

    test(`${name}: bombs are stopped`, () => {
      for (const { name: what, bytes } of bombs(name))
        assert.equal(typeof outcome(() => inflateBriefly(codec, bytes)), 'string', what);
    });

    test(`${name}: damaged bytes come to the same as in TypeScript`, async () => {
      const change = fc.record({ at: fc.nat(), byte: fc.nat(255) });
      let good = 0;
      let refused = 0;
      await fc.assert(
        fc.asyncProperty(
          repetitive,
          fc.nat(1),
          fc.array(change, { maxLength: 2 }),
          fc.nat(),
          behindIt,
          async (bytes, kind, changes, cut, behind) => {
            const whole = await deflaters[kind]!.compress(codec, bytes, undefined);
            const deflated = Buffer.concat([whole, behind]);
            // What is behind stays: changed, it could be such a beginning.
            for (const { at, byte } of changes) deflated[at % whole.length] = byte;
            const damaged = deflated.subarray(0, cut % 4 === 0 ? cut % deflated.length : deflated.length);
            const ours = outcome(() => inflateBriefly(codec, damaged));
            const theirs = outcome(() => plainCompression.decompress(codec, damaged, limitBytes));
            if (typeof ours !== 'string' || typeof theirs !== 'string') assert.deepEqual(ours, theirs);
            if (typeof ours === 'string') refused++;
            else good++;
          },
        ),
        { numRuns: 600 },
      );
      assert.ok(good > 20 && refused > 20, `${good} were good, ${refused} refused`);
    });
  }

  test('lz4: checksums of blocks and content are looked at, blocks may reach back where they are not independent', () => {
    const sum = (bytes: Uint8Array): Uint8Array => {
      const four = Buffer.alloc(4);
      four.writeUInt32LE(xxhash32(bytes, 0, bytes.length));
      return four;
    };
    const block = Uint8Array.of(0x40, 97, 98, 99, 100);
    const second = Uint8Array.of(0x04, 4, 0, 0x50, 49, 50, 51, 52, 53);
    const content = Buffer.from('abcdabcdabcd12345');
    const frame = (blockSum: Uint8Array, contentSum: Uint8Array): Uint8Array => {
      const head = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x54, 0x40, 0]);
      head[6] = (xxhash32(head, 4, 6) >>> 8) & 0xff;
      const blocks = [block, blockSum, Buffer.from([9, 0, 0, 0]), second, sum(second)];
      return Buffer.concat([head, Buffer.from([5, 0, 0, 0]), ...blocks, Buffer.alloc(4), contentSum]);
    };
    for (const [bytes, wanted] of [
      [frame(sum(block), sum(content)), content],
      [frame(sum(second), sum(content)), 'corrupt'],
      [frame(sum(block), sum(block)), 'corrupt'],
    ] as const) {
      assert.deepEqual(
        outcome(() => inflateBriefly(compressionCodec.lz4, bytes)),
        wanted,
      );
      assert.deepEqual(
        outcome(() => plainCompression.decompress(compressionCodec.lz4, bytes, limitBytes)),
        wanted,
      );
    }
  });

  test('zstd: a window that consumers refuse is refused', () => {
    const params = { [constants.ZSTD_c_windowLog]: 27, [constants.ZSTD_c_contentSizeFlag]: 0 };
    const frame = zstdCompressSync(Buffer.from('offset '.repeat(1000)), { params });
    const at = 5;
    frame[at] = 17 << 3;
    assert.notEqual(
      outcome(() => inflateBriefly(compressionCodec.zstd, frame)),
      'corrupt',
    );
    frame[at] = (17 << 3) | 1;
    assert.equal(
      outcome(() => inflateBriefly(compressionCodec.zstd, frame)),
      'corrupt',
    );
  });
});

test('where inflate.c is missing, what is small is inflated in TypeScript', async () => {
  const small = Buffer.from('offset '.repeat(batchLimits.inlineInflateBytes / 8));
  const large = Buffer.from('offset '.repeat(batchLimits.inlineInflateBytes / 4));
  for (const name of codecs) {
    const codec = compressionCodec[name];
    const deflated = await plainCompression.compress(codec, small, undefined);
    assert.deepEqual(Buffer.from(plainCompression.decompressBriefly(codec, deflated)), small);
    const larger = await plainCompression.compress(codec, large, undefined);
    assert.equal(
      outcome(() => plainCompression.decompressBriefly(codec, larger)),
      'too-large',
    );
  }
});
