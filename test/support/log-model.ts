import assert from 'node:assert/strict';
import type { OffsetAndTimestamp } from '../../engine/log/offset-lookup.ts';
import type { PartitionLog } from '../../engine/log/partition-log.ts';
import {
  batchBaseOffset,
  batchLastOffset,
  batchMaxTimestamp,
  batchPartitionLeaderEpoch,
  batchSizeBytes,
} from '../../engine/protocol/records/batch-view.ts';
import { RecordCursor } from '../../engine/protocol/records/record-cursor.ts';
import { answered, readFrom } from './log-fixture.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What a log should hold: its batches in a list, and all that were ever appended. */
export class LogModel {
  batches: Uint8Array[] = [];
  logStartOffset = 0;
  endOffset = 0;
  readonly history = new Map<number, Uint8Array[]>();

  append(batch: Uint8Array): void {
    this.batches.push(batch);
    this.endOffset = batchLastOffset(batch, 0) + 1;
    const base = batchBaseOffset(batch, 0);
    this.history.set(base, [...(this.history.get(base) ?? []), batch]);
  }

  truncateTo(offset: number): void {
    if (offset >= this.endOffset) return;
    const cut = this.batches.find((batch) => batchLastOffset(batch, 0) >= offset);
    this.batches = this.batches.filter((batch) => batchLastOffset(batch, 0) < offset);
    this.endOffset =
      cut === undefined ? offset : Math.max(this.logStartOffset, Math.min(offset, batchBaseOffset(cut, 0)));
    if (offset <= this.logStartOffset) {
      this.batches = [];
      this.endOffset = offset;
      this.logStartOffset = offset;
    }
  }

  truncateFully(offset: number): void {
    this.batches = [];
    this.logStartOffset = offset;
    this.endOffset = offset;
  }

  /** The log's start moved: batches wholly below are not looked at any more. */
  startAt(offset: number): void {
    this.logStartOffset = offset;
    this.batches = this.batches.filter((batch) => batchLastOffset(batch, 0) >= offset);
  }

  /** First record at or after a time, as ListOffsets has it. */
  firstAtOrAfter(timestampMs: number): { offset: number; timestampMs: number } {
    const cursor = new RecordCursor();
    for (const batch of this.batches) {
      if (batchMaxTimestamp(batch, 0) < timestampMs) continue;
      cursor.openBatch(batch, 0);
      while (cursor.next()) {
        if (cursor.timestampMs >= timestampMs && cursor.offset >= this.logStartOffset) {
          return { offset: cursor.offset, timestampMs: cursor.timestampMs };
        }
      }
    }
    return { offset: -1, timestampMs: -1 };
  }
}

/** Compares the whole log with the model, reading in pieces of random size. */
export async function assertLogIs(log: PartitionLog, model: LogModel, random: SeededRandom): Promise<void> {
  assert.equal(log.logEndOffset, model.endOffset, 'log end offset');
  assert.equal(log.logStartOffset, model.logStartOffset, 'log start offset');
  const read = await readAll(log, random);
  assert.equal(read.length, model.batches.length, 'number of batches');
  for (let i = 0; i < read.length; i++) {
    assert.deepEqual(read[i], model.batches[i], `batch ${i}`);
    const epoch = log.epochForOffset(Math.max(batchBaseOffset(read[i], 0), log.logStartOffset));
    assert.equal(epoch, batchPartitionLeaderEpoch(read[i], 0), 'leader epoch');
  }
  await assertRandomReads(log, model, random);
  await assertLookUps(log, model, random);
}

export async function readAll(log: PartitionLog, random: SeededRandom): Promise<Uint8Array[]> {
  const batches: Uint8Array[] = [];
  let offset = log.logStartOffset;
  while (offset < log.logEndOffset) {
    const answer = await readFrom(log, offset, 1 + random.below(2000));
    assert.ok(answer !== 'out-of-range', `offset ${offset} is out of range`);
    if (answer.bytes.length === 0) break;
    for (let at = 0; at < answer.bytes.length; ) {
      const size = batchSizeBytes(answer.bytes, at);
      batches.push(answer.bytes.slice(at, at + size));
      at += size;
    }
    assert.ok(answer.nextOffset > offset, 'a read goes on');
    offset = answer.nextOffset;
  }
  return batches;
}

async function assertRandomReads(log: PartitionLog, model: LogModel, random: SeededRandom): Promise<void> {
  for (let i = 0; i < 5 && model.batches.length > 0; i++) {
    const offset = log.logStartOffset + random.below(log.logEndOffset - log.logStartOffset);
    const bound = log.logStartOffset + random.below(log.logEndOffset - log.logStartOffset + 1);
    const answer = await readFrom(log, offset, 1 + random.below(500), bound);
    assert.ok(answer !== 'out-of-range');
    const wanted = model.batches.find((batch) => batchLastOffset(batch, 0) >= offset);
    const isReadable = wanted !== undefined && offset < bound && batchLastOffset(wanted, 0) < bound;
    if (!isReadable) assert.equal(answer.bytes.length, 0, `read at ${offset} below ${bound}`);
    else assert.deepEqual(answer.bytes.subarray(0, wanted.length), wanted, `read at ${offset} below ${bound}`);
  }
}

async function assertLookUps(log: PartitionLog, model: LogModel, random: SeededRandom): Promise<void> {
  for (let i = 0; i < 3; i++) {
    const timestampMs = 1_000_000 + random.below(3000);
    const found = await answered<OffsetAndTimestamp>((done) => log.lookUpOffset(timestampMs, done));
    const { offset, timestampMs: foundMs } = found;
    assert.deepEqual({ offset, timestampMs: foundMs }, model.firstAtOrAfter(timestampMs), `look-up at ${timestampMs}`);
  }
  const greatest = await answered<OffsetAndTimestamp>((done) => log.lookUpOffset(-3, done));
  const readable = model.batches.map((batch) => batchMaxTimestamp(batch, 0));
  if (readable.length > 0 && model.logStartOffset === batchBaseOffset(model.batches[0], 0)) {
    const max = Math.max(...readable);
    // Batches below the log start may still lie in its segment.
    assert.ok(greatest.timestampMs >= max, 'greatest timestamp');
    if (greatest.offset >= model.logStartOffset) assert.equal(greatest.offset, model.firstAtOrAfter(max).offset);
  }
}
