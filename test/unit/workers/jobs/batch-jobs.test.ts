import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { Piscina } from 'piscina';
import { compressionCodec } from '../../../../engine/base/codec.ts';
import { type CompletedBatch, takeCompleted } from '../../../../engine/log/validation/complete-batch.ts';
import { ValidationResult } from '../../../../engine/log/validation/validation-types.ts';
import { errorCode } from '../../../../engine/protocol/errors.ts';
import * as view from '../../../../engine/protocol/records/batch-view.ts';
import { RecordCursor } from '../../../../engine/protocol/records/record-cursor.ts';
import { checksum } from '../../../../native-bindings/checksum.ts';
import { compression } from '../../../../native-bindings/compression.ts';
import type { ValidateDeepTask } from '../../../../workers/jobs/validate-deep.ts';
import { builderWith, plainRecords } from '../../../support/record-samples.ts';
import { validationConfig } from '../../../support/validation-config.ts';

const jobs = join(import.meta.dirname, '../../../../workers/jobs');
const pool = new Piscina<ValidateDeepTask, unknown>({ minThreads: 1, maxThreads: 1 });
after(() => pool.destroy());

const nowMs = 1_700_000_100_000;
const out = new ValidationResult();
const codecs = [0, 1, 2, 3, 4] as const;

async function deep(task: ValidateDeepTask): Promise<CompletedBatch> {
  const answer = await pool.run(task, { filename: join(jobs, 'validate-deep.ts') });
  return answer as CompletedBatch;
}

function shared(batch: Uint8Array): Uint8Array {
  const place = new Uint8Array(new SharedArrayBuffer(batch.length));
  place.set(batch);
  return place;
}

function values(batch: Uint8Array): string[] {
  const cursor = new RecordCursor();
  const codec = view.batchCodec(batch, 0) as (typeof codecs)[number];
  cursor.openInflated(batch, 0, compression.decompress(codec, batch.subarray(61), 10_000_000));
  const found: string[] = [];
  while (cursor.next()) found.push(`${cursor.offset} ${Buffer.from(cursor.copyValue() ?? []).toString()}`);
  assert.equal(cursor.fault, null);
  return found;
}

test('a large compressed batch is checked, and left as it is', async () => {
  const config = validationConfig();
  for (const codec of codecs.slice(1)) {
    const batch = await builderWith(plainRecords(2000)).buildCompressed(checksum, compression, codec);
    const completed = await deep({ batch: shared(batch), config, nowMs });
    assert.equal(completed.status, 'ok', completed.reason);
    assert.equal(completed.replacement, null);
    takeCompleted(completed, out);
    assert.equal(out.recordCount, 2000);
    assert.equal(out.maxTimestampMs, 1_700_000_001_999);
    assert.equal(out.batchBytes, batch.length);
  }
});

test('a large compressed batch with a bad record is rejected, with the errors of records', async () => {
  const records = plainRecords(2000).map((record, index) => (index === 1234 ? { ...record, key: null } : record));
  const batch = await builderWith(records).buildCompressed(checksum, compression, compressionCodec.zstd);
  const completed = await deep({ batch, config: validationConfig({ isCompacted: true }), nowMs });
  assert.equal(completed.errorCode, errorCode.INVALID_RECORD);
  assert.deepEqual(
    completed.recordErrors.map((error) => error.batchIndex),
    [1234],
  );
});

test('every codec to every other', async () => {
  const records = plainRecords(300);
  const expected = values(builderWith(records).build(checksum));
  for (const source of codecs) {
    const batch = await builderWith(records).buildCompressed(checksum, compression, source);
    for (const target of codecs) {
      const config = validationConfig({ targetCodec: target });
      const { status, replacement } = await deep({ batch, config, nowMs });
      assert.equal(status, 'ok');
      if (source === target) {
        assert.equal(replacement, null);
        continue;
      }
      assert(replacement !== null && view.isIntactBatch(replacement, 0, replacement.length, checksum));
      assert.equal(view.batchCodec(replacement, 0), target);
      assert.deepEqual(values(replacement), expected);
    }
  }
});

test('a recompressed batch must still fit', async () => {
  const batch = await builderWith(plainRecords(300)).buildCompressed(checksum, compression, compressionCodec.gzip);
  const tight = validationConfig({ targetCodec: compressionCodec.none, maxMessageBytes: 20_000 });
  assert.equal((await deep({ batch, config: tight, nowMs })).errorCode, errorCode.MESSAGE_TOO_LARGE);
  const short = validationConfig({ targetCodec: compressionCodec.none, segmentBytes: 20_000 });
  assert.equal((await deep({ batch, config: short, nowMs })).errorCode, errorCode.RECORD_LIST_TOO_LARGE);
});

test('more than may be inflated at all is too large', async () => {
  const part = new Uint8Array(16 * 1024 * 1024);
  for (const [codec, deflated] of [
    [compressionCodec.gzip, gzipSync(part)],
    [compressionCodec.zstd, zstdCompressSync(part)],
  ] as const) {
    const parts = Array.from({ length: 9 }, () => deflated);
    const header = builderWith(plainRecords(1)).build(checksum).subarray(0, 61);
    const batch = Buffer.concat([header, ...parts]);
    batch.writeInt32BE(batch.length - 12, 8);
    view.setBatchAttributes(batch, 0, codec);
    view.sealBatch(batch, 0, checksum);
    const { errorCode: answer, reason } = await deep({ batch, config: validationConfig(), nowMs });
    assert.equal(answer, errorCode.MESSAGE_TOO_LARGE, reason);
  }
});
