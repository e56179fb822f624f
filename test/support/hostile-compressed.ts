/** Compressed batches whose records lie, or whose compressed bytes are broken. */
import { gzipSync } from 'node:zlib';
import { batchHeaderBytes, batchLayout, logOverheadBytes } from '../../engine/protocol/batch-layout.ts';
import { writeInt16, writeInt32, writeInt64 } from '../../engine/protocol/records/big-endian.ts';
import { batchOf, code, type HostileCase, onTopic, sealed } from './hostile-batches.ts';
import { firstRecord, keyLength, offsetDelta, oneByte, tinyBatch } from './hostile-records.ts';
import { plainRecords } from './record-samples.ts';

const gzip = 1;

/** The batch under gzip; `change` sees the compressed bytes. */
function gzipped(batch: Uint8Array, change: (deflated: Uint8Array) => void = () => undefined): Uint8Array {
  const deflated = gzipSync(batch.subarray(batchHeaderBytes));
  change(deflated);
  const made = new Uint8Array(Buffer.concat([batch.subarray(0, batchHeaderBytes), deflated]));
  return sealed(made, (bytes) => {
    writeInt32(bytes, batchLayout.batchLength, bytes.length - logOverheadBytes);
    writeInt16(bytes, batchLayout.attributes, gzip);
  });
}

export function compressedCases(nowMs: number): HostileCase[] {
  const whole = () => tinyBatch(nowMs);
  const put = (at: number, value: number) => sealed(whole(), (bytes) => (bytes[at] = oneByte(value)));
  const counted = (count: number) =>
    sealed(whole(), (bytes) => {
      writeInt32(bytes, batchLayout.recordCount, count);
      writeInt32(bytes, batchLayout.lastOffsetDelta, count - 1);
    });
  const headerCount = firstRecord + whole()[firstRecord] / 2;
  const keyless = batchOf(plainRecords(2, 10, nowMs).map((record) => ({ ...record, key: null })));
  const ahead = plainRecords(2, 10, nowMs).map((record) => ({ ...record, timestampMs: nowMs + 7_200_000 }));
  const maximum = sealed(whole(), (bytes) => writeInt64(bytes, batchLayout.maxTimestamp, 5));
  return [
    ...onTopic('plain', [
      ['gzip', gzipped(whole()), code.OK],
      ['gzip, many', gzipped(batchOf(plainRecords(300, 500, nowMs))), code.OK],
      ['gzip, broken bytes', gzipped(whole(), (bytes) => bytes.fill(0xff, 10)), code.UNKNOWN, code.INVALID],
      ['gzip, no gzip', gzipped(whole(), (bytes) => (bytes[0] = 0)), code.UNKNOWN, code.INVALID],
      ['gzip, wrong sum', gzipped(whole(), (bytes) => (bytes[bytes.length - 8] ^= 1)), code.UNKNOWN, code.INVALID],
      ['gzip, first offset delta 1', gzipped(put(offsetDelta, 1)), code.UNKNOWN, code.INVALID],
      // Inside of compressed batches Apache does not look at the length of a record.
      ['gzip, record length -1', gzipped(put(firstRecord, -1)), code.OK, code.INVALID],
      ['gzip, record length 60', gzipped(put(firstRecord, 60)), code.OK, code.INVALID],
      ['gzip, key length 60', gzipped(put(keyLength, 60)), code.INVALID],
      ['gzip, key length -2', gzipped(put(keyLength, -2)), code.INVALID],
      ['gzip, header count 1', gzipped(put(headerCount, 1)), code.INVALID],
      ['gzip, header count -1', gzipped(put(headerCount, -1)), code.INVALID],
      ['gzip, one record more than counted', gzipped(counted(1)), code.INVALID],
      ['gzip, one record fewer than counted', gzipped(counted(3)), code.INVALID],
      ['gzip, two hours ahead', gzipped(batchOf(ahead)), code.TIMESTAMP, code.TIMESTAMP, [0, 1]],
      ['gzip, max timestamp too small', gzipped(maximum), code.OK],
    ]),
    ...onTopic('compacted', [['gzip, null keys', gzipped(keyless), code.INVALID, code.INVALID, [0, 1]]]),
    ...onTopic('append-time', [['gzip', gzipped(whole()), code.OK]]),
    ...onTopic('gzipped', [
      ['gzip', gzipped(whole()), code.OK],
      ['not compressed', whole(), code.OK],
      ['not compressed, many', batchOf(plainRecords(300, 500, nowMs)), code.OK],
      ['not compressed, header count 1', put(headerCount, 1), code.INVALID],
    ]),
    ...onTopic('uncompressed', [
      ['gzip', gzipped(whole()), code.OK],
      // Recompressing, Apache counts anew.
      ['gzip, first offset delta 1', gzipped(put(offsetDelta, 1)), code.OK, code.INVALID],
    ]),
    ...onTopic('small', [['gzip, large inside', gzipped(batchOf(plainRecords(1, 5000, nowMs))), code.OK]]),
  ];
}
