import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CompressionCodec, CompressionError, compressionCodec } from '../../../engine/base/codec.ts';
import { batchHeaderBytes } from '../../../engine/protocol/batch-layout.ts';
import { checksum } from '../../../native-bindings/checksum.ts';
import { chosenCompression, compression, plainCompression } from '../../../native-bindings/compression.ts';
import { requireApacheKafka } from '../../support/apache-kafka.ts';
import { bombs } from '../../support/bombs.ts';
import fc from '../../support/fast-check.ts';
import { askJava, type JavaRequest, toBase64 } from '../../support/java-batches.ts';
import { builderWith, forJava, plainRecords } from '../../support/record-samples.ts';

const mib = 1024 * 1024;
const codecs = ['gzip', 'snappy', 'lz4', 'zstd'] as const;
const kinds = [
  ['native', compression],
  ['plain', plainCompression],
] as const;

const samples: readonly (readonly [string, Uint8Array])[] = [
  ['nothing', new Uint8Array(0)],
  ['a byte', Uint8Array.of(7)],
  ['twelve bytes', new Uint8Array(12).fill(1)],
  ['zeros', new Uint8Array(300_000)],
  ['words', Buffer.from('the quick brown fox jumps over the lazy dog; '.repeat(5000))],
  ['many words', Buffer.from('offset epoch leader '.repeat(50_000))],
  ['noise', noise(200_000)],
  ['noise and zeros', Buffer.concat([noise(70_000), new Uint8Array(70_000), noise(10), new Uint8Array(40)])],
  ['numbers', Uint8Array.from({ length: 100_000 }, (_, at) => (at * at) >>> 9)],
];

function noise(length: number): Uint8Array {
  let state = 12345;
  return Uint8Array.from({ length }, () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 16);
}

function isReason(reason: CompressionError['reason']) {
  return (error: unknown) => error instanceof CompressionError && error.reason === reason;
}

function same(actual: Uint8Array, expected: Uint8Array): void {
  assert.equal(Buffer.compare(actual, expected), 0);
}

test('the natives are installed where tests run', () => {
  assert.deepEqual(chosenCompression, {
    gzip: 'node:zlib',
    snappy: 'snappy',
    lz4: 'lz4-napi',
    zstd: '@mongodb-js/zstd',
  });
});

for (const name of codecs) {
  const codec = compressionCodec[name];
  for (const [kind, ours] of kinds) {
    describe(`${name}, ${kind}`, () => {
      for (const [what, bytes] of samples) {
        test(`${what} comes back, from either kind, up to its very size`, async () => {
          const deflated = await ours.compress(codec, bytes, undefined);
          for (const [, other] of kinds) {
            same(other.decompress(codec, deflated, bytes.length), bytes);
            same(other.decompress(codec, deflated, 10 * mib), bytes);
          }
          if (bytes.length > 0) {
            assert.throws(() => ours.decompress(codec, deflated, bytes.length - 1), isReason('too-large'));
          }
        });
      }

      test('shared memory is taken', async () => {
        const [, bytes] = samples[4];
        const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
        shared.set(bytes);
        const deflated = await ours.compress(codec, shared, undefined);
        const sharedDeflated = new Uint8Array(new SharedArrayBuffer(deflated.length));
        sharedDeflated.set(deflated);
        same(ours.decompress(codec, sharedDeflated, mib), bytes);
      });

      test('rubbish and torn bytes end in CompressionError and nothing else', async () => {
        const deflated = await ours.compress(codec, Buffer.from('abcabcabcabcabc,'.repeat(300)), undefined);
        fc.assert(
          fc.property(damaged(deflated), (bytes) => {
            try {
              assert(ours.decompress(codec, bytes, 100_000).length <= 100_000);
            } catch (error) {
              assert(error instanceof CompressionError, String(error));
            }
          }),
          { numRuns: 300 },
        );
        assert.throws(() => ours.decompress(codec, deflated.subarray(0, deflated.length - 5), mib), CompressionError);
        assert.throws(() => ours.decompress(codec, new Uint8Array(0), mib), isReason('corrupt'));
      });

      for (const bomb of bombs(name)) {
        test(`a bomb is stopped: ${bomb.name}`, () => {
          const before = process.memoryUsage().arrayBuffers;
          assert.throws(() => ours.decompress(codec, bomb.bytes, mib), CompressionError);
          const grownBytes = process.memoryUsage().arrayBuffers - before;
          assert(grownBytes < 40 * mib, `${grownBytes} bytes more in buffers`);
        });
      }
    });
  }
}

function damaged(good: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.record({ at: fc.nat(good.length - 1), byte: fc.nat(255) });
  const changed = fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const bytes = good.slice();
    for (const { at, byte } of changes) bytes[at] = byte;
    return bytes;
  });
  const cut = fc.nat(good.length - 1).map((length) => good.subarray(0, length));
  return fc.oneof(changed, cut, fc.uint8Array({ maxLength: 200 }));
}

test('no codec passes bytes on, up to the limit', async () => {
  const bytes = Uint8Array.of(1, 2, 3);
  same(compression.decompress(compressionCodec.none, bytes, 3), bytes);
  assert.throws(() => compression.decompress(compressionCodec.none, bytes, 2), isReason('too-large'));
  same(await compression.compress(compressionCodec.none, bytes, undefined), bytes);
});

test('levels reach gzip and zstd', async () => {
  const words = ['offset', 'leader', 'epoch', 'segment', 'index', 'replica', 'fetch', 'produce', 'quorum', 'voter'];
  const bytes = Buffer.from([...noise(20_000)].map((byte) => words[byte % words.length]).join(' '));
  for (const [, ours] of kinds) {
    for (const [codec, low, high] of [
      [compressionCodec.gzip, 1, 9],
      [compressionCodec.zstd, 1, 19],
      [compressionCodec.zstd, -50, 1],
    ] as const) {
      const loose = await ours.compress(codec, bytes, low);
      const tight = await ours.compress(codec, bytes, high);
      assert(tight.length < loose.length, `${codec}: ${tight.length} < ${loose.length}`);
      same(ours.decompress(codec, tight, mib), bytes);
    }
  }
});

test('snappy without the stream framing is one raw block', () => {
  const raw = Uint8Array.of(5, 4 << 2, 104, 101, 108, 108, 111);
  for (const [, ours] of kinds) {
    assert.equal(Buffer.from(ours.decompress(compressionCodec.snappy, raw, 5)).toString(), 'hello');
    assert.throws(() => ours.decompress(compressionCodec.snappy, raw, 4), isReason('too-large'));
  }
});

test('streams of snappy, members of gzip and frames of zstd may follow each other', async () => {
  const one = Buffer.from('one '.repeat(20_000));
  const two = Buffer.from('two '.repeat(20_000));
  for (const [, ours] of kinds) {
    for (const codec of [compressionCodec.snappy, compressionCodec.gzip, compressionCodec.zstd]) {
      const both = [await ours.compress(codec, one, undefined), await ours.compress(codec, two, undefined)];
      same(ours.decompress(codec, Buffer.concat(both), mib), Buffer.concat([one, two]));
    }
  }
});

test('Apache Kafka reads what we deflate, and we read what it deflates', async (t) => {
  if (!requireApacheKafka(t)) return;
  const records = [...plainRecords(200, 700), ...plainRecords(1, 100_000)];
  const ours: Uint8Array[] = [];
  const requests: JavaRequest[] = [];
  for (const [, kind] of kinds) {
    for (const name of codecs) {
      const batch = await builderWith(records).buildCompressed(checksum, kind, compressionCodec[name]);
      ours.push(batch);
      requests.push({ op: 'read', batch: toBase64(batch) ?? '' });
    }
  }
  const javaCodecs = [
    ...codecs.map((codec) => ({ codec })),
    { codec: 'gzip', level: 9 },
    { codec: 'lz4', level: 17 },
    { codec: 'zstd', level: 19 },
  ];
  for (const options of javaCodecs) requests.push({ op: 'build', ...options, records: forJava(records) });
  const answers = await askJava(requests);
  const read = answers.slice(0, ours.length);
  read.forEach((answer, index) => {
    assert.equal(answer.error, undefined);
    const [batch] = answer.batches ?? [];
    assert.equal(batch.codec, codecs[index % codecs.length]);
    assert.deepEqual(
      batch.records.map(({ offset: _offset, ...record }) => record),
      forJava(records),
    );
  });
  const plain = builderWith(records).build(checksum).subarray(batchHeaderBytes);
  answers.slice(ours.length).forEach((answer, index) => {
    const bytes = Buffer.from(answer.batch ?? '', 'base64').subarray(batchHeaderBytes);
    const codec: CompressionCodec = compressionCodec[javaCodecs[index].codec as (typeof codecs)[number]];
    for (const [, kind] of kinds) same(kind.decompress(codec, bytes, plain.length), plain);
  });
});
