/** Record batches at validation, inflating, recompressing and walking, under what topics may ask. */
import { compressionCodec } from '#engine/base/codec.ts';
import { completeBatch } from '#engine/log/validation/complete-batch.ts';
import { validateBatch } from '#engine/log/validation/validate-batch.ts';
import { type ValidationConfig, ValidationResult } from '#engine/log/validation/validation-types.ts';
import { batchHeaderBytes } from '#engine/protocol/batch-layout.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { BatchBuilder, type RecordHeader } from '#engine/protocol/records/batch-builder.ts';
import {
  batchBaseTimestamp,
  batchCodec,
  batchRecordCount,
  batchSizeBytes,
} from '#engine/protocol/records/batch-view.ts';
import { RecordCursor } from '#engine/protocol/records/record-cursor.ts';
import { BatchWalk } from '#engine/protocol/records/split-batches.ts';
import { checksum } from '#native/checksum.ts';
import { compression } from '#native/compression.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';
import { BatchMaker, type MadeBatch } from '../support/batch-maker.ts';
import { type CaseOutcome, FuzzFailure, type FuzzTarget, hex, pick } from '../support/target.ts';

const nowMs = 1_700_000_000_000;
const plain: ValidationConfig = {
  topicPartition: 't-0',
  maxMessageBytes: 1_048_588,
  segmentBytes: 1 << 30,
  isCompacted: false,
  isLogAppendTime: false,
  timestampBeforeMaxMs: Number.POSITIVE_INFINITY,
  timestampAfterMaxMs: 3_600_000,
  targetCodec: null,
  targetLevel: undefined,
};
const configs: readonly ValidationConfig[] = [
  plain,
  plain,
  plain,
  { ...plain, isLogAppendTime: true },
  { ...plain, isCompacted: true },
  { ...plain, targetCodec: compressionCodec.none },
  { ...plain, targetCodec: compressionCodec.gzip },
  { ...plain, targetCodec: compressionCodec.lz4 },
  { ...plain, targetCodec: compressionCodec.snappy },
  { ...plain, maxMessageBytes: 300, segmentBytes: 300 },
];
const codes = new Set<number>(Object.values(errorCode));
const out = new ValidationResult();

let maker: Promise<BatchMaker> | undefined;

export const batchesTarget: FuzzTarget = {
  name: 'batches',
  weight: 25,
  casesPerRound: 5000,
  begin: async () => {
    maker ??= BatchMaker.create(nowMs);
    const batches = await maker;
    return {
      run: (random) => runBatch(batches.make(random), random),
    };
  },
};

async function runBatch(made: MadeBatch, random: SeededRandom): Promise<CaseOutcome> {
  const { bytes } = made;
  try {
    walkAll(bytes);
    const config = pick(random, configs);
    const status = validateBatch(bytes, 0, bytes.length, config, checksum, nowMs, out);
    if (status === 'rejected') return refused(out);
    if (status === 'ok') return accepted(bytes.subarray(0, out.batchBytes), out.recordCount, made);
    const completed = await completeBatch(bytes, config, nowMs, checksum, compression);
    if (completed.status === 'rejected') return refused(completed);
    const stored = completed.replacement ?? bytes.subarray(0, completed.batchBytes);
    if (stored.length !== completed.batchBytes) throw new FuzzFailure('another size than was said');
    return accepted(stored, completed.recordCount, made);
  } catch (error) {
    throw new FuzzFailure(`batch ${hex(bytes.subarray(0, 20_000))}`, { cause: error });
  }
}

function refused({ errorCode: code, reason }: { errorCode: number; reason: string }): CaseOutcome {
  if (code === 0 || !codes.has(code)) throw new FuzzFailure(`refused with ${code}`);
  if (code === errorCode.UNKNOWN_SERVER_ERROR || reason === '') throw new FuzzFailure(`no cause is named: ${reason}`);
  return { decoded: false };
}

/** Readers of what was never validated go no further than the bytes. */
function walkAll(bytes: Uint8Array): void {
  const walk = new BatchWalk(bytes);
  let previous = -1;
  while (walk.next()) {
    if (walk.at <= previous) throw new FuzzFailure('a walk that stands still');
    previous = walk.at;
    if (batchCodec(bytes, walk.at) === compressionCodec.none) readAll(bytes, walk.at);
  }
}

function readAll(bytes: Uint8Array, at: number): number {
  const cursor = new RecordCursor();
  cursor.openBatch(bytes, at);
  let count = 0;
  while (cursor.next()) {
    count += 1;
    while (cursor.nextHeader());
    if (cursor.recordEnd > bytes.length) throw new FuzzFailure('a record beyond the bytes');
  }
  return cursor.fault === null ? count : -1;
}

/** What was accepted holds as many records as it says; of a whole batch the same bytes are made again. */
function accepted(stored: Uint8Array, recordCount: number, { isSound }: MadeBatch): CaseOutcome {
  if (batchSizeBytes(stored, 0) !== stored.length || batchRecordCount(stored, 0) !== recordCount) {
    throw new FuzzFailure('accepted with another size or count');
  }
  const codec = batchCodec(stored, 0);
  if (codec === compressionCodec.none) {
    if (readAll(stored, 0) !== recordCount) throw new FuzzFailure('accepted, and its records cannot be read');
    if (isSound) checkRebuilt(stored);
  } else {
    const limit = 256 * 1024 * 1024;
    compression.decompress(codec as 1, stored.subarray(batchHeaderBytes), limit);
  }
  return { decoded: true };
}

function checkRebuilt(batch: Uint8Array): void {
  const builder = new BatchBuilder({});
  const cursor = new RecordCursor();
  cursor.openBatch(batch, 0);
  const piece = (at: number, length: number): Uint8Array | null =>
    length < 0 ? null : batch.subarray(at, at + length);
  while (cursor.next()) {
    const headers: RecordHeader[] = [];
    const { timestampDelta, keyAt, keyLength, valueAt, valueLength } = cursor;
    while (cursor.nextHeader()) {
      const key = piece(cursor.headerKeyAt, cursor.headerKeyLength)!;
      headers.push({ key, value: piece(cursor.headerValueAt, cursor.headerValueLength) });
    }
    const timestampMs = batchBaseTimestamp(batch, 0) + timestampDelta;
    builder.append(timestampMs, piece(keyAt, keyLength), piece(valueAt, valueLength), headers);
  }
  const again = builder.build(checksum).subarray(batchHeaderBytes);
  if (Buffer.compare(again, batch.subarray(batchHeaderBytes)) !== 0)
    throw new FuzzFailure('other bytes when built again');
}
