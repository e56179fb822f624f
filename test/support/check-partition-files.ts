/**
 * Checks the files of one partition against each other: batches whole and dense, every index and snapshot what the
 * batches make of it. Of the engine it uses the layout of a batch's header, and nothing that reads or recovers logs.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  batchBaseOffset,
  batchLastOffset,
  batchMaxTimestamp,
  batchPartitionLeaderEpoch,
  batchSizeBytes,
  isIntactBatch,
} from '../../engine/protocol/records/batch-view.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { type Aborted, type ModelProducer, ProducerModel } from './producer-model.ts';

/** Contents by name. */
export type PartitionFiles = ReadonlyMap<string, Uint8Array>;

export interface FileCheck {
  /** The log was closed well: all that is in memory while it is open must be in its files. */
  readonly isClosed: boolean;
  /** `index.interval.bytes`; null where the entries' distance is another's choice. */
  readonly indexIntervalBytes: number | null;
  /** What lies below is deleted, and may be forgotten; 0 unless given. */
  readonly logStartOffset?: number;
}

export interface CheckedFiles {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly segments: number;
  readonly batches: number;
}

interface Batch {
  readonly positionBytes: number;
  readonly sizeBytes: number;
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly maxTimestampMs: number;
  readonly epoch: number;
}

interface Segment {
  readonly baseOffset: number;
  readonly batches: readonly Batch[];
  readonly aborted: readonly Aborted[];
}

const digits = (offset: number): string => String(offset).padStart(20, '0');

export function readPartitionFiles(directory: string): Map<string, Uint8Array> {
  return new Map(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name))]));
}

/** Throws an AssertionError that names the file. */
export function checkPartitionFiles(files: PartitionFiles, check: FileCheck): CheckedFiles {
  const bases = [...files.keys()].filter((name) => /^\d{20}\.log$/.test(name)).map((name) => Number.parseInt(name, 10));
  bases.sort((a, b) => a - b);
  const producers = new ProducerModel();
  const snapshots = new Map<number, ReadonlyMap<bigint, ModelProducer>>();
  const segments: Segment[] = [];
  let endOffset = bases[0] ?? 0;
  for (const baseOffset of bases) {
    assert.equal(baseOffset, endOffset, `${digits(baseOffset)}.log begins where the one before ends`);
    snapshots.set(baseOffset, producers.snapshot());
    const segment = checkLog(files, baseOffset, producers);
    segments.push(segment);
    endOffset = segment.batches.at(-1)?.lastOffset ?? baseOffset - 1;
    endOffset += 1;
  }
  snapshots.set(endOffset, producers.snapshot());
  for (const segment of segments) checkIndexes(files, segment, check, segment !== segments.at(-1) || check.isClosed);
  checkSnapshots(files, snapshots, check, Math.max(check.logStartOffset ?? 0, bases[0] ?? 0));
  checkEpochs(files, segments, check.isClosed);
  if (check.isClosed) checkNames(files, bases);
  const batches = segments.reduce((sum, segment) => sum + segment.batches.length, 0);
  return { startOffset: bases[0] ?? 0, endOffset, segments: segments.length, batches };
}

function checkLog(files: PartitionFiles, baseOffset: number, producers: ProducerModel): Segment {
  const name = `${digits(baseOffset)}.log`;
  const bytes = files.get(name)!;
  const batches: Batch[] = [];
  const aborted: Aborted[] = [];
  let next = baseOffset;
  for (let at = 0; at < bytes.length; at += batchSizeBytes(bytes, at)) {
    assert.ok(isIntactBatch(bytes, at, bytes.length, checksum), `${name}: the batch at byte ${at} is whole`);
    assert.equal(batchBaseOffset(bytes, at), next, `${name}: offsets at byte ${at} are dense`);
    const epoch = batchPartitionLeaderEpoch(bytes, at);
    assert.ok(epoch >= (batches.at(-1)?.epoch ?? -1), `${name}: leader epochs never go back`);
    const lastOffset = batchLastOffset(bytes, at);
    const sizeBytes = batchSizeBytes(bytes, at);
    batches.push({
      positionBytes: at,
      sizeBytes,
      baseOffset: next,
      lastOffset,
      maxTimestampMs: batchMaxTimestamp(bytes, at),
      epoch,
    });
    const abort = producers.apply(bytes, at);
    if (abort !== null) aborted.push(abort);
    next = lastOffset + 1;
  }
  return { baseOffset, batches, aborted };
}

function checkIndexes(files: PartitionFiles, segment: Segment, check: FileCheck, isComplete: boolean): void {
  const name = digits(segment.baseOffset);
  const offsets = files.get(`${name}.index`);
  const times = files.get(`${name}.timeindex`);
  if (isComplete && segment.batches.length > 0) {
    assert.ok(offsets !== undefined && times !== undefined, `${name}.log has both its indexes`);
  }
  if (offsets !== undefined) checkOffsetIndex(`${name}.index`, offsets, segment, check, isComplete);
  if (times !== undefined) checkTimeIndex(`${name}.timeindex`, times, segment, isComplete);
  const transactions = files.get(`${name}.txnindex`);
  const found = transactions === undefined ? [] : abortedIn(transactions);
  if (isComplete) assert.deepEqual(found, segment.aborted, `${name}.txnindex`);
  else assert.deepEqual(found, segment.aborted.slice(0, found.length), `${name}.txnindex`);
}

function checkOffsetIndex(name: string, bytes: Uint8Array, segment: Segment, check: FileCheck, isComplete: boolean) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  assert.equal(bytes.length % 8, 0, `${name} holds whole entries`);
  const entries: [offset: number, positionBytes: number][] = [];
  for (let at = 0; at < bytes.length; at += 8) {
    entries.push([segment.baseOffset + view.getInt32(at), view.getInt32(at + 4)]);
  }
  if (check.indexIntervalBytes === null) {
    const starts = new Map(segment.batches.map((batch) => [batch.positionBytes, batch]));
    for (const [offset, position] of entries) {
      const batch = starts.get(position);
      assert.ok(batch !== undefined && batch.baseOffset <= offset, `${name}: ${offset} at byte ${position}`);
    }
    return;
  }
  const expected: typeof entries = [];
  let sinceEntry = 0;
  for (const { positionBytes, lastOffset, sizeBytes } of segment.batches) {
    if (sinceEntry > check.indexIntervalBytes) {
      expected.push([lastOffset, positionBytes]);
      sinceEntry = 0;
    }
    sinceEntry += sizeBytes;
  }
  assert.deepEqual(entries, isComplete ? expected : expected.slice(0, entries.length), name);
}

function checkTimeIndex(name: string, bytes: Uint8Array, segment: Segment, isComplete: boolean): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  assert.equal(bytes.length % 12, 0, `${name} holds whole entries`);
  const greatest = new Map<number, number>();
  let maxTimestampMs = -1;
  for (const batch of segment.batches) {
    if (batch.maxTimestampMs > maxTimestampMs) {
      maxTimestampMs = batch.maxTimestampMs;
      greatest.set(batch.lastOffset, maxTimestampMs);
    }
  }
  let last = -1;
  for (let at = 0; at < bytes.length; at += 12) {
    const timestampMs = Number(view.getBigInt64(at));
    const offset = segment.baseOffset + view.getInt32(at + 8);
    assert.ok(timestampMs > last, `${name}: times go up`);
    assert.equal(greatest.get(offset), timestampMs, `${name}: the greatest time up to ${offset}`);
    last = timestampMs;
  }
  if (isComplete && maxTimestampMs >= 0) assert.equal(last, maxTimestampMs, `${name} ends with the greatest time`);
}

function abortedIn(bytes: Uint8Array): Aborted[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: Aborted[] = [];
  for (let at = 0; at < bytes.length; at += 34) {
    const [producerId, firstOffset, lastOffset] = [2, 10, 18].map((field) => view.getBigInt64(at + field));
    entries.push({ producerId: producerId!, firstOffset: Number(firstOffset), lastOffset: Number(lastOffset) });
  }
  return entries;
}

function checkSnapshots(
  files: PartitionFiles,
  expected: ReadonlyMap<number, ReadonlyMap<bigint, ModelProducer>>,
  check: FileCheck,
  startOffset: number,
): void {
  const ends = [...expected.keys()];
  const endOffset = ends.at(-1)!;
  const names = [...files.keys()].filter((name) => /^\d{20}\.snapshot$/.test(name));
  for (const name of names) {
    const offset = Number.parseInt(name, 10);
    assert.ok(offset <= endOffset, `${name} lies beyond the log's end ${endOffset}`);
    const wanted = expected.get(offset);
    if (wanted === undefined) continue;
    const found = ProducerModel.read(files.get(name)!, name);
    // Producers of what was deleted before the log's start may be known still, or not.
    const kept = (all: ReadonlyMap<bigint, ModelProducer>) =>
      new Map([...all].filter(([, { lastOffset }]) => startOffset === 0 || lastOffset >= startOffset));
    assert.deepEqual(kept(found), kept(wanted), name);
  }
  if (check.isClosed && endOffset > 0 && expected.get(endOffset)!.size > 0) {
    assert.ok(names.includes(`${digits(endOffset)}.snapshot`), `a snapshot of the producers at ${endOffset}`);
  }
}

function checkEpochs(files: PartitionFiles, segments: readonly Segment[], isClosed: boolean): void {
  const bytes = files.get('leader-epoch-checkpoint');
  const batches = segments.flatMap((segment) => segment.batches);
  if (bytes === undefined) {
    assert.ok(!isClosed || batches.length === 0, 'leader-epoch-checkpoint is there');
    return;
  }
  const lines = Buffer.from(bytes).toString().trimEnd().split('\n');
  assert.equal(lines[0], '0', 'leader-epoch-checkpoint has version 0');
  assert.equal(Number(lines[1]), lines.length - 2, 'leader-epoch-checkpoint has as many lines as it says');
  const entries = lines.slice(2).map((line) => line.split(' ').map(Number) as [epoch: number, start: number]);
  const latest = entries.at(-1)?.[0] ?? -1;
  for (const { baseOffset, epoch } of batches) {
    // While the log is open the newest epochs are in memory.
    if (!isClosed && epoch > latest) continue;
    const found = entries.findLast(([, start]) => start <= baseOffset)?.[0];
    const isBefore = baseOffset < (entries[0]?.[1] ?? 0);
    if (!isBefore) assert.equal(found, epoch, `leader-epoch-checkpoint: the epoch of ${baseOffset}`);
  }
}

/** Nothing half made, and no index without its log. */
function checkNames(files: PartitionFiles, bases: readonly number[]): void {
  for (const name of files.keys()) {
    assert.ok(!/\.(tmp|cleaned|swap)$/.test(name), `${name} is left over`);
    const index = /^(\d{20})\.(index|timeindex|txnindex)$/.exec(name);
    if (index !== null) assert.ok(bases.includes(Number(index[1])), `${name} has no log`);
  }
}
