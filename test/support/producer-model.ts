/** What a log's batches make of its producers, told plainly: to be compared with snapshots and with the engine's state. */
import assert from 'node:assert/strict';
import {
  batchBaseOffset,
  batchBaseSequence,
  batchHasProducerId,
  batchIsControl,
  batchIsTransactional,
  batchLastOffset,
  batchLastOffsetDelta,
  batchLastSequence,
  batchMaxTimestamp,
  batchProducerEpoch,
  batchProducerId,
} from '../../engine/protocol/records/batch-view.ts';
import { RecordCursor } from '../../engine/protocol/records/record-cursor.ts';
import { checksum } from '../../native-bindings/checksum.ts';

export interface ModelProducer {
  readonly epoch: number;
  readonly lastSequence: number;
  readonly lastOffset: number;
  readonly lastOffsetDelta: number;
  readonly lastTimestampMs: number;
  readonly coordinatorEpoch: number;
  /** -1 without an open transaction. */
  readonly firstOffset: number;
}

export interface Aborted {
  readonly producerId: bigint;
  readonly firstOffset: number;
  readonly lastOffset: number;
}

const nobody: ModelProducer = {
  epoch: -1,
  lastSequence: -1,
  lastOffset: -1,
  lastOffsetDelta: 0,
  lastTimestampMs: -1,
  coordinatorEpoch: -1,
  firstOffset: -1,
};

export class ProducerModel {
  readonly #producers = new Map<bigint, ModelProducer>();

  snapshot(): ReadonlyMap<bigint, ModelProducer> {
    return new Map(this.#producers);
  }

  /** Answers the transaction that the batch aborts. */
  apply(bytes: Uint8Array, at: number): Aborted | null {
    if (!batchHasProducerId(bytes, at)) return null;
    const producerId = batchProducerId(bytes, at);
    const before = this.#producers.get(producerId) ?? nobody;
    const epoch = batchProducerEpoch(bytes, at);
    const lastTimestampMs = batchMaxTimestamp(bytes, at);
    if (batchIsControl(bytes, at)) {
      const marker = markerOf(bytes, at);
      const kept = before.epoch === epoch ? before : nobody;
      const { coordinatorEpoch } = marker;
      this.#producers.set(producerId, { ...kept, epoch, lastTimestampMs, coordinatorEpoch, firstOffset: -1 });
      if (!marker.isAbort || before.firstOffset < 0) return null;
      return { producerId, firstOffset: before.firstOffset, lastOffset: batchLastOffset(bytes, at) };
    }
    assert.ok(batchBaseSequence(bytes, at) >= 0, 'an idempotent batch has a sequence');
    const isBeginning = batchIsTransactional(bytes, at) && before.firstOffset < 0;
    this.#producers.set(producerId, {
      epoch,
      lastSequence: batchLastSequence(bytes, at),
      lastOffset: batchLastOffset(bytes, at),
      lastOffsetDelta: batchLastOffsetDelta(bytes, at),
      lastTimestampMs,
      coordinatorEpoch: before.coordinatorEpoch,
      firstOffset: isBeginning ? batchBaseOffset(bytes, at) : before.firstOffset,
    });
    return null;
  }

  /** A `.snapshot` file. */
  static read(bytes: Uint8Array, name: string): ReadonlyMap<bigint, ModelProducer> {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    assert.equal(view.getInt16(0), 1, `${name} has version 1`);
    assert.equal(checksum.crc32c(bytes.subarray(6)), view.getUint32(2), `${name}: checksum`);
    const producers = new Map<bigint, ModelProducer>();
    for (let at = 10; at < bytes.length; at += 46) {
      producers.set(view.getBigInt64(at), {
        epoch: view.getInt16(at + 8),
        lastSequence: view.getInt32(at + 10),
        lastOffset: Number(view.getBigInt64(at + 14)),
        lastOffsetDelta: view.getInt32(at + 22),
        lastTimestampMs: Number(view.getBigInt64(at + 26)),
        coordinatorEpoch: view.getInt32(at + 34),
        firstOffset: Number(view.getBigInt64(at + 38)),
      });
    }
    assert.equal(producers.size, view.getInt32(6), `${name} holds as many producers as it says`);
    return producers;
  }
}

function markerOf(bytes: Uint8Array, at: number): { readonly isAbort: boolean; readonly coordinatorEpoch: number } {
  const cursor = new RecordCursor();
  cursor.openBatch(bytes, at);
  assert.ok(cursor.next(), 'a control batch holds a record');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return { isAbort: view.getInt16(cursor.keyAt + 2) === 0, coordinatorEpoch: view.getInt32(cursor.valueAt + 2) };
}
