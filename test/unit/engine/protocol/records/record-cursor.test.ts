import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  controlRecordKey,
  controlRecordType,
  endTxnMarkerValue,
  readControlRecordType,
  readEndTxnMarkerEpoch,
} from '../../../../../engine/protocol/records/control-records.ts';
import { RecordCursor } from '../../../../../engine/protocol/records/record-cursor.ts';
import { varintSize, varlongSize, writeVarint, writeVarlong } from '../../../../../engine/protocol/records/varints.ts';
import { checksum } from '../../../../../native-bindings/checksum.ts';
import fc from '../../../../support/fast-check.ts';
import { batchOf } from '../../../../support/hostile-batches.ts';
import { recordCases } from '../../../../support/hostile-records.ts';
import { builderWith, plainRecords, sampleRecords } from '../../../../support/record-samples.ts';

test('sizes of varints are what is written', () => {
  const bytes = new Uint8Array(10);
  fc.assert(
    fc.property(fc.integer(), fc.maxSafeInteger(), (int, long) => {
      assert.equal(writeVarint(bytes, 0, int), varintSize(int));
      const half = Math.trunc(long / 2);
      assert.equal(writeVarlong(bytes, 0, half), varlongSize(half));
    }),
  );
  for (const [value, size] of [
    [0, 1],
    [-1, 1],
    [63, 1],
    [64, 2],
    [-65, 2],
    [2 ** 31 - 1, 5],
    [-(2 ** 31), 5],
  ]) {
    assert.equal(varintSize(value), size);
    assert.equal(varlongSize(value), size);
  }
});

test('broken framing is a fault, not an exception', () => {
  const cursor = new RecordCursor();
  let faults = 0;
  for (const { name, bytes, ours } of recordCases(1_700_000_000_000)) {
    cursor.openBatch(bytes, 0);
    while (cursor.next()) while (cursor.nextHeader());
    // Offsets and attributes are not the cursor's to judge, nor is a null of another length than -1.
    if (/offset delta|attributes|length -2/.test(name)) continue;
    assert.equal(cursor.fault !== null, ours !== 0, name);
    faults++;
  }
  assert(faults > 10);
});

test('no change of bytes makes the cursor throw or read beyond the batch', () => {
  const cursor = new RecordCursor();
  fc.assert(
    fc.property(sampleRecords, fc.nat(), fc.nat(255), (records, position, byte) => {
      const batch = batchOf(records);
      batch[61 + (position % (batch.length - 61))] = byte;
      cursor.openBatch(batch, 0);
      while (cursor.next()) {
        assert(cursor.keyAt + Math.max(0, cursor.keyLength) <= cursor.recordEnd);
        assert(cursor.valueAt + Math.max(0, cursor.valueLength) <= cursor.recordEnd);
        assert(cursor.recordEnd <= batch.length);
        while (cursor.nextHeader()) {
          assert(cursor.headerValueAt + Math.max(0, cursor.headerValueLength) <= cursor.recordEnd);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('with the time of appending every record has it', () => {
  const batch = builderWith(plainRecords(3), { logAppendTimeMs: 42 }).build(checksum);
  const cursor = new RecordCursor();
  cursor.openBatch(batch, 0);
  let count = 0;
  for (; cursor.next(); count++) assert.equal(cursor.timestampMs, 42);
  assert.equal(count, 3);
});

test('control records are known by their key', () => {
  const key = controlRecordKey(controlRecordType.kraftVoters);
  assert.equal(readControlRecordType(key, 0, key.length), controlRecordType.kraftVoters);
  assert.equal(readControlRecordType(key, 0, 3), -1);
  assert.equal(readControlRecordType(key, 0, -1), -1);
  assert.equal(readControlRecordType(Uint8Array.of(0xff, 0xff, 0, 1), 0, 4), -1);
  const value = endTxnMarkerValue(-7);
  assert.equal(readEndTxnMarkerEpoch(value, 0, value.length), -7);
  assert.equal(readEndTxnMarkerEpoch(value, 0, 5), null);
});
