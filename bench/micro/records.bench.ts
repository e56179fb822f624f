import type { Bench } from 'tinybench';
import { assignOffsets } from '../../engine/log/validation/assign-offsets.ts';
import { validateBatch } from '../../engine/log/validation/validate-batch.ts';
import { type ValidationConfig, ValidationResult } from '../../engine/log/validation/validation-types.ts';
import { plainRecordWalk } from '../../engine/log/validation/walk-records.ts';
import { BatchBuilder } from '../../engine/protocol/records/batch-builder.ts';
import { setBatchBaseOffset } from '../../engine/protocol/records/batch-view.ts';
import { RecordCursor } from '../../engine/protocol/records/record-cursor.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { recordWalk } from '../../native-bindings/record-walk.ts';

const nowMs = 1_700_000_000_000;
const batchHeaderBytes = 61;

const config: ValidationConfig = {
  topicPartition: 'bench-0',
  maxMessageBytes: 1_048_588,
  segmentBytes: 1_073_741_824,
  isCompacted: false,
  isLogAppendTime: false,
  timestampBeforeMaxMs: 2 ** 63,
  timestampAfterMaxMs: 3_600_000,
  targetCodec: null,
  targetLevel: undefined,
};

function batchOf(records: number): Uint8Array {
  const builder = new BatchBuilder();
  const key = new TextEncoder().encode('key-12345');
  const value = new Uint8Array(100).fill(120);
  for (let index = 0; index < records; index++) builder.append(nowMs + index, key, value);
  const batch = builder.build(checksum);
  const shared = new Uint8Array(new SharedArrayBuffer(batch.length));
  shared.set(batch);
  return shared;
}

/** What a shard does to a produced batch before it is written: one record of 100 bytes, and 600 of them (70 KB). */
export function register(bench: Bench): void {
  const out = new ValidationResult();
  const cursor = new RecordCursor();
  for (const records of [1, 600]) {
    const batch = batchOf(records);
    bench.add(`validate and assign offsets, ${records} records`, () => {
      setBatchBaseOffset(batch, 0, 0);
      if (validateBatch(batch, 0, batch.length, config, checksum, nowMs, out, recordWalk) !== 'ok')
        throw new Error(out.reason);
      assignOffsets(batch, 0, 12_345, 1, out, config, checksum);
    });
    for (const [kind, walk] of [['plain', plainRecordWalk] as const, ['records.c', recordWalk] as const]) {
      if (walk === undefined) continue;
      bench.add(`walk, ${records} records, ${kind}`, () => {
        if (walk.walk(batch, batchHeaderBytes, batch.length, records) !== null) throw new Error('broken');
      });
    }
    bench.add(`cursor, ${records} records`, () => {
      cursor.openBatch(batch, 0);
      while (cursor.next());
    });
    bench.add(`build, ${records} records`, () => {
      batchOf(records);
    });
  }
}
