import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as view from '../../../../../engine/protocol/records/batch-view.ts';
import * as numbers from '../../../../../engine/protocol/records/big-endian.ts';
import { BatchWalk, splitBatches } from '../../../../../engine/protocol/records/split-batches.ts';
import { checksum } from '../../../../../native-bindings/checksum.ts';
import fc from '../../../../support/fast-check.ts';
import { builderWith, plainRecords } from '../../../../support/record-samples.ts';

const at = 13;

function placed(batch: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(new SharedArrayBuffer(batch.length + at + 5)).fill(0xee);
  bytes.set(batch, at);
  return bytes;
}

test('numbers agree with DataView', () => {
  const bytes = new Uint8Array(11);
  const data = new DataView(bytes.buffer);
  const int64 = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -300n, max: 300n }));
  fc.assert(
    fc.property(int64, (value) => {
      data.setBigInt64(3, value);
      assert.equal(numbers.readBigInt64(bytes, 3), value);
      assert.equal(numbers.readInt64(bytes, 3), Number(value));
      assert.equal(numbers.isSafeInt64(bytes, 3), value >= -(2n ** 53n) && value < 2n ** 53n);
      numbers.writeBigInt64(bytes, 2, value);
      assert.equal(data.getBigInt64(2), value);
      if (numbers.isSafeInt64(bytes, 2)) {
        numbers.writeInt64(bytes, 1, Number(value));
        assert.equal(data.getBigInt64(1), value);
      }
    }),
  );
  numbers.writeInt64(bytes, 0, 2 ** 63);
  assert.equal(data.getBigInt64(0), 2n ** 63n - 1n);
  numbers.writeInt64(bytes, 0, -(2 ** 64));
  assert.equal(data.getBigInt64(0), -(2n ** 63n));
});

test('every field is read where it lies', () => {
  const bytes = placed(
    builderWith(plainRecords(5), {
      baseOffset: 2 ** 52,
      partitionLeaderEpoch: 17,
      producerId: 2n ** 40n + 3n,
      producerEpoch: 300,
      baseSequence: 0x7fff_fffe,
      isTransactional: true,
    }).build(checksum),
  );
  assert.equal(view.batchBaseOffset(bytes, at), 2 ** 52);
  assert.equal(view.batchNextOffset(bytes, at), 2 ** 52 + 5);
  assert(view.batchOffsetsAreSafe(bytes, at));
  assert.equal(view.batchPartitionLeaderEpoch(bytes, at), 17);
  assert.equal(view.batchMagic(bytes, at), 2);
  assert.equal(view.batchCodec(bytes, at), 0);
  assert.equal(view.batchProducerId(bytes, at), 2n ** 40n + 3n);
  assert.equal(view.batchProducerIdHigh(bytes, at), 256);
  assert.equal(view.batchProducerIdLow(bytes, at), 3);
  assert.equal(view.batchProducerEpoch(bytes, at), 300);
  assert.equal(view.batchLastSequence(bytes, at), 2);
  assert.equal(view.batchBaseTimestamp(bytes, at), 1_700_000_000_000);
  assert.equal(view.batchMaxTimestamp(bytes, at), 1_700_000_000_004);
  assert(view.batchIsTransactional(bytes, at) && view.batchHasProducerId(bytes, at));
  assert(
    !view.batchIsControl(bytes, at) && !view.batchIsLogAppendTime(bytes, at) && !view.batchHasDeleteHorizon(bytes, at),
  );
});

test('offset and leader epoch are outside of the checksum, attributes and time inside', () => {
  const bytes = placed(builderWith(plainRecords(2)).build(checksum));
  const intact = () => view.isIntactBatch(bytes, at, bytes.length, checksum);
  view.setBatchBaseOffset(bytes, at, 123_456_789_012);
  view.setBatchPartitionLeaderEpoch(bytes, at, 5);
  assert(intact());
  view.setBatchMaxTimestamp(bytes, at, 9);
  assert(!intact());
  view.sealBatch(bytes, at, checksum);
  assert(intact());
  view.setBatchAttributes(bytes, at, 8);
  assert(!intact() && view.batchIsLogAppendTime(bytes, at));
});

test('a buffer is split at its batches', () => {
  const batches = [1, 4, 2].map((count) => builderWith(plainRecords(count)).build(checksum));
  const all = Buffer.concat(batches);
  assert.deepEqual(
    splitBatches(all).map((batch) => Buffer.from(batch)),
    batches.map((batch) => Buffer.from(batch)),
  );
  for (let cut = 0; cut < all.length; cut++) {
    const walk = new BatchWalk(all, 0, cut);
    let end = 0;
    while (walk.next()) end = walk.at + walk.sizeBytes;
    assert.equal(walk.stopped, end === cut ? 'end' : 'partial');
    assert(!walk.next());
  }
});

test('a wrong size or magic stops the walk', () => {
  const good = builderWith(plainRecords(1)).build(checksum);
  for (const [position, byte] of [
    [16, 1],
    [16, 3],
    [8, 0x80],
    [11, 0],
  ] as const) {
    const bad = good.slice();
    bad[position] = byte;
    if (position === 11) bad[10] = 0;
    const walk = new BatchWalk(Buffer.concat([good, bad]));
    assert(walk.next());
    assert(!walk.next());
    assert.equal(walk.stopped, 'corrupt');
    assert.equal(walk.at, good.length);
  }
});
