import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compressionCodec } from '../../../../../engine/base/codec.ts';
import { assignOffsets } from '../../../../../engine/log/validation/assign-offsets.ts';
import { validateSmallInflated } from '../../../../../engine/log/validation/inflate-batch.ts';
import { validateBatch } from '../../../../../engine/log/validation/validate-batch.ts';
import { ValidationResult } from '../../../../../engine/log/validation/validation-types.ts';
import { errorCode } from '../../../../../engine/protocol/errors.ts';
import * as view from '../../../../../engine/protocol/records/batch-view.ts';
import { RecordCursor } from '../../../../../engine/protocol/records/record-cursor.ts';
import { checksum } from '../../../../../native-bindings/checksum.ts';
import { compression, plainCompression } from '../../../../../native-bindings/compression.ts';
import { bombs } from '../../../../support/bombs.ts';
import fc from '../../../../support/fast-check.ts';
import { batchOf } from '../../../../support/hostile-batches.ts';
import { builderWith, plainRecords, sampleRecords } from '../../../../support/record-samples.ts';
import { validationConfig } from '../../../../support/validation-config.ts';

const out = new ValidationResult();
const nowMs = 1_700_000_100_000;
/** Takes every timestamp that is a number. */
const anyTime = validationConfig({ timestampAfterMaxMs: 2 ** 63, maxMessageBytes: 10_000_000 });
const codecs = [compressionCodec.gzip, compressionCodec.snappy, compressionCodec.lz4, compressionCodec.zstd] as const;

test('every batch that the builder makes is accepted, its extremes known', () => {
  fc.assert(
    fc.property(sampleRecords, (records) => {
      const batch = builderWith(records).build(checksum);
      assert.equal(validateBatch(batch, 0, batch.length, anyTime, checksum, nowMs, out), 'ok', out.reason);
      assert.equal(out.recordCount, records.length);
      assert.equal(out.batchBytes, batch.length);
      assert.equal(out.maxTimestampMs, Math.max(...records.map((record) => record.timestampMs)));
      assert.equal(out.needsSeal, false);
      const isKeyed = records.every((record) => record.key !== null);
      const compacted = { ...anyTime, isCompacted: true };
      const status = validateBatch(batch, 0, batch.length, compacted, checksum, nowMs, out);
      assert.equal(status, isKeyed ? 'ok' : 'rejected');
    }),
  );
});

test('changed bytes under a good checksum: accepted only when every record can be walked', () => {
  const change = fc.record({ at: fc.nat(), byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xff)) });
  fc.assert(
    fc.property(sampleRecords, fc.array(change, { minLength: 1, maxLength: 4 }), (records, changes) => {
      const batch = batchOf(records);
      for (const { at, byte } of changes) batch[21 + (at % (batch.length - 21))] = byte;
      view.sealBatch(batch, 0, checksum);
      const status = validateBatch(batch, 0, batch.length, anyTime, checksum, nowMs, out);
      if (status === 'rejected') assert.notEqual(out.errorCode, 0);
      if (status !== 'ok') return;
      const cursor = new RecordCursor();
      cursor.openBatch(batch, 0);
      let count = 0;
      while (cursor.next()) {
        assert.equal(cursor.offsetDelta, count++);
        while (cursor.nextHeader());
      }
      assert.equal(cursor.fault, null);
      assert.equal(count, out.recordCount);
    }),
    { numRuns: 2000 },
  );
});

test('rubbish is rejected, and nothing beyond its length is read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(40), (bytes, at) => {
      const place = new Uint8Array(at + bytes.length);
      place.set(bytes, at);
      assert.equal(validateBatch(place, at, bytes.length, anyTime, checksum, nowMs, out), 'rejected');
    }),
  );
});

describe('timestamps', () => {
  const at = (
    timestampMs: number,
    config = validationConfig({ timestampBeforeMaxMs: 1000, timestampAfterMaxMs: 500 }),
  ) => {
    const batch = batchOf([...plainRecords(1, 10, nowMs), ...plainRecords(1, 10, timestampMs)]);
    return validateBatch(batch, 0, batch.length, config, checksum, nowMs, out);
  };

  test('the range includes its ends', () => {
    assert.equal(at(nowMs - 1000), 'ok');
    assert.equal(at(nowMs - 1001), 'rejected');
    assert.equal(at(nowMs + 500), 'ok');
    assert.equal(at(nowMs + 501), 'rejected');
    assert.equal(out.errorCode, errorCode.INVALID_TIMESTAMP);
    assert.deepEqual(out.recordErrors, [
      { batchIndex: 1, message: 'timestamp 1700000100501 of record 1 is outside of 1700000099000 to 1700000100500' },
    ]);
    assert.equal(at(-1), 'ok');
  });

  test('a timestamp that is no exact number is refused whatever the limits', () => {
    assert.equal(at(2 ** 53 - 1, anyTime), 'ok');
    const batch = batchOf(plainRecords(1));
    batch[27] = 0x7f;
    view.sealBatch(batch, 0, checksum);
    assert.equal(validateBatch(batch, 0, batch.length, anyTime, checksum, nowMs, out), 'rejected');
    assert.equal(out.errorCode, errorCode.INVALID_TIMESTAMP);
  });

  test('the time of appending replaces the kind and the maximum, under a new checksum', () => {
    const config = validationConfig({ isLogAppendTime: true });
    const batch = batchOf(plainRecords(3));
    assert.equal(validateBatch(batch, 0, batch.length, config, checksum, nowMs, out), 'ok');
    assignOffsets(batch, 0, 5, 2, out, config, checksum);
    assert(view.isIntactBatch(batch, 0, batch.length, checksum));
    assert(view.batchIsLogAppendTime(batch, 0));
    assert.equal(view.batchMaxTimestamp(batch, 0), nowMs);
  });

  test('without a reason the checksum is left alone', () => {
    const config = validationConfig();
    const batch = batchOf(plainRecords(3));
    const crc = view.batchCrc(batch, 0);
    assert.equal(validateBatch(batch, 0, batch.length, config, checksum, nowMs, out), 'ok');
    const counting = { crc32c: () => assert.fail('computed') };
    assignOffsets(batch, 0, 2 ** 40, 2, out, config, counting);
    assert.equal(view.batchCrc(batch, 0), crc);
    assert.equal(view.batchBaseOffset(batch, 0), 2 ** 40);
    assert.equal(view.batchPartitionLeaderEpoch(batch, 0), 2);
  });
});

describe('compressed', () => {
  for (const codec of codecs) {
    test(`codec ${codec}: small ones at once, large ones later`, async () => {
      const small = await builderWith(plainRecords(50)).buildCompressed(checksum, compression, codec);
      assert.equal(validateBatch(small, 0, small.length, anyTime, checksum, nowMs, out), 'needs-inflate');
      assert.equal(validateSmallInflated(small, 0, anyTime, compression, nowMs, out), 'ok');
      assert.equal(out.maxTimestampMs, 1_700_000_000_049);
      for (const [kind, count] of [
        [plainCompression, 1000],
        [compression, 10_000],
      ] as const) {
        const large = await builderWith(plainRecords(count)).buildCompressed(checksum, compression, codec);
        assert.equal(validateBatch(large, 0, large.length, anyTime, checksum, nowMs, out), 'needs-inflate');
        assert.equal(validateSmallInflated(large, 0, anyTime, kind, nowMs, out), 'needs-inflate');
      }
    });
  }

  for (const name of ['gzip', 'snappy', 'lz4', 'zstd'] as const) {
    for (const bomb of bombs(name)) {
      test(`a ${name} bomb never ends as ok: ${bomb.name}`, () => {
        const batch = new Uint8Array(61 + bomb.bytes.length);
        batch.set(batchOf(plainRecords(1)).subarray(0, 61));
        batch.set(bomb.bytes, 61);
        new DataView(batch.buffer).setInt32(8, batch.length - 12);
        view.setBatchAttributes(batch, 0, compressionCodec[name]);
        view.sealBatch(batch, 0, checksum);
        for (const kind of [compression, plainCompression]) {
          assert.equal(validateBatch(batch, 0, batch.length, anyTime, checksum, nowMs, out), 'needs-inflate');
          assert.notEqual(validateSmallInflated(batch, 0, anyTime, kind, nowMs, out), 'ok');
        }
      });
    }
  }
});

test('a time that no number holds exactly is refused in words, also where the topic sets no bound', () => {
  const unbound = validationConfig({ timestampBeforeMaxMs: Number.POSITIVE_INFINITY });
  const batch = batchOf(plainRecords(1, 10, 2 ** 53 - 1));
  assert.equal(validateBatch(batch, 0, batch.length, unbound, checksum, nowMs, out), 'rejected');
  assert.equal(out.errorCode, errorCode.INVALID_TIMESTAMP);
  assert.match(
    String(out.errorMessage),
    /timestamp 9007199254740991 of record 0 is outside of -9223372036854775808 to /,
  );
});
