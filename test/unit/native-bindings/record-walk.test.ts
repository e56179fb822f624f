import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { plainRecordWalk } from '../../../engine/log/validation/walk-records.ts';
import { batchHeaderBytes } from '../../../engine/protocol/batch-layout.ts';
import { batchRecordCount } from '../../../engine/protocol/records/batch-view.ts';
import { checksum } from '../../../native-bindings/checksum.ts';
import { nativeRecords } from '../../../native-bindings/native-records.ts';
import { recordWalk } from '../../../native-bindings/record-walk.ts';
import fc from '../../support/fast-check.ts';
import { findProgram } from '../../support/find-program.ts';
import { builderWith, sampleRecord } from '../../support/record-samples.ts';

const hasCompiler = findProgram('cc') !== null;
const skip = recordWalk === undefined && !hasCompiler ? 'records.c was not compiled: there is no C compiler' : false;

describe('records.c and its twin', { skip }, () => {
  test('it is compiled of the present source', () => {
    const folder = new URL('../../../native-bindings/', import.meta.url);
    const digest = createHash('sha256')
      .update(readFileSync(new URL('records.c', folder)))
      .digest('hex');
    assert.equal(readFileSync(new URL('build/records.digest', folder), 'utf8'), digest);
    assert.ok(recordWalk !== undefined);
  });

  test('both say the same of whole and of broken records, whatever lies around them', () => {
    const change = fc.record({ at: fc.nat(), byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xff)) });
    let faults = 0;
    let whole = 0;
    fc.assert(
      fc.property(
        fc.array(sampleRecord, { minLength: 1, maxLength: 20 }),
        fc.array(change, { maxLength: 3 }),
        fc.integer({ min: -3, max: 3 }),
        fc.constantFrom(0, 0, 0, 1, 2 ** 31 - 1),
        (records, changes, cut, extraCount) => {
          const batch = builderWith(records).build(checksum);
          for (const { at, byte } of changes) batch[21 + (at % (batch.length - 21))] = byte;
          const count = Math.min(batchRecordCount(batch, 0) + extraCount, 2 ** 31 - 1);
          const end = batch.length - Math.max(cut, 0);
          if (count < 0 || end < batchHeaderBytes) return;
          const expected = plainRecordWalk.walk(batch, batchHeaderBytes, end, count);
          for (const filler of [0x00, 0x01, 0x80, 0xff]) {
            const around = new Uint8Array(batch.length + 64).fill(filler);
            around.set(batch.subarray(0, end), 32);
            const said = recordWalk!.walk(around, 32 + batchHeaderBytes, 32 + end, count);
            assert.equal(said, expected);
          }
          if (expected === null) {
            whole++;
            assert.deepEqual(recordWalk!.walked, plainRecordWalk.walked);
          } else faults++;
        },
      ),
      { numRuns: 5000 },
    );
    assert.ok(faults > 500 && whole > 500, `${faults} broken, ${whole} whole`);
  });

  test('timestamps are the same numbers at every size', () => {
    for (const delta of [0, 1, -1, 63, -64, 64, 8191, -8193, 2 ** 31, -(2 ** 31), 2 ** 51, -(2 ** 51) - 1]) {
      const records = Array.from({ length: 9 }, (_, index) => recordOf(index, index === 4 ? BigInt(delta) : 0n));
      const bytes = Uint8Array.from(records.flat());
      assert.equal(recordWalk!.walk(bytes, 0, bytes.length, 9), null);
      assert.equal(plainRecordWalk.walk(bytes, 0, bytes.length, 9), null);
      assert.deepEqual(recordWalk!.walked, plainRecordWalk.walked);
      assert.equal(delta < 0 ? recordWalk!.walked.minTimestampDelta : recordWalk!.walked.maxTimestampDelta, delta);
    }
  });

  test('positions outside of the array are refused, not followed', () => {
    const bytes = new Uint8Array(100);
    for (const [start, end] of [
      [0, 101],
      [50, 49],
      [101, 101],
      [-1, 10],
      [0, 2 ** 40],
      [0, Number.NaN],
    ] as const) {
      assert.throws(() => nativeRecords!.walk(bytes, start, end, 1), RangeError);
    }
    assert.throws(() => nativeRecords!.walk([] as unknown as Uint8Array, 0, 0, 1), RangeError);
    assert.throws(() => nativeRecords!.crc32c(new Float64Array(1) as unknown as Uint8Array, 0), RangeError);
  });
});

function varint(value: bigint): number[] {
  let left = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  const bytes = [];
  for (; left >= 0x80n; left >>= 7n) bytes.push(Number(left & 0x7fn) | 0x80);
  return [...bytes, Number(left)];
}

/** A record without key, value and headers. */
function recordOf(offsetDelta: number, timestampDelta: bigint): number[] {
  const body = [0, ...varint(timestampDelta), ...varint(BigInt(offsetDelta)), 1, 1, 0];
  return [...varint(BigInt(body.length)), ...body];
}
