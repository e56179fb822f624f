import { assert } from '../../base/assert.ts';
import type { LeaderEpoch, NodeId, Offset, TimestampMs } from '../../base/brands.ts';
import type { Checksum } from '../../base/codec.ts';
import { metadataLogLimits } from '../../base/limits.ts';
import {
  batchBaseOffset,
  batchIsControl,
  batchLastOffset,
  batchMaxTimestamp,
  batchPartitionLeaderEpoch,
  isIntactBatch,
} from '../../protocol/records/batch-view.ts';
import { BatchWalk } from '../../protocol/records/split-batches.ts';
import type { MetadataListener, MetadataRecord, SnapshotId } from './metadata-log.ts';
import type { MetadataRecordCodec } from './metadata-record-codec.ts';
import type { RaftLog } from './raft-log.ts';
import { MetadataCorruptError, readControlBatch, replayMetadataBatch } from './raft-records.ts';
import type { SnapshotStore } from './raft-snapshots.ts';

interface Mark {
  readonly endOffset: Offset;
  readonly epoch: LeaderEpoch;
  readonly timestampMs: TimestampMs;
  readonly bytes: number;
}

export interface DeliveryOptions {
  readonly log: RaftLog;
  readonly codec: MetadataRecordCodec;
  readonly checksum: Checksum;
  readonly snapshots: SnapshotStore;
  readonly failed: (error: unknown) => void;
}

/**
 * Hands the log to the listeners in order: what is committed, and on the leader what it writes as it writes it.
 * `replayed` is where they are; `committed` is what they were told of.
 */
export class RaftDelivery {
  readonly #options: DeliveryOptions;
  readonly #listeners: MetadataListener[] = [];
  replayed: Offset = 0;
  committed: Offset = 0;
  committedEpoch: LeaderEpoch = 0;
  committedTimestampMs: TimestampMs = 0;
  /** Bytes committed since the newest snapshot. */
  bytesSinceSnapshot = 0;
  /** Bytes replayed beyond `committed`. */
  uncommittedBytes = 0;
  /** Batches replayed beyond `committed`. */
  #marks: Mark[] = [];
  #target: Offset = -1;
  #reading = false;
  #loading = false;
  /** Leadership won, and not yet told; `start` is the offset of the epoch's first batch. */
  #won: { readonly epoch: LeaderEpoch; readonly end: Offset } | null = null;
  #leads: LeaderEpoch | null = null;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  register(listener: MetadataListener): void {
    this.#listeners.push(listener);
  }

  get listeners(): readonly MetadataListener[] {
    return this.#listeners;
  }

  /** The epoch in which the listeners believe this node to lead; null where it does not. */
  get leads(): LeaderEpoch | null {
    return this.#leads;
  }

  /** Loads a snapshot into the listeners; whatever they knew before is void. */
  async loadSnapshot(id: SnapshotId): Promise<void> {
    const { snapshots, checksum, codec } = this.#options;
    assert(!this.#loading, 'two snapshots at once');
    this.#loading = true;
    for (const listener of this.#listeners) listener.beginSnapshot(id);
    let timestampMs = 0;
    let isWhole = false;
    await snapshots.read(id, checksum, (bytes, at) => {
      if (batchIsControl(bytes, at)) {
        for (const record of readControlBatch(bytes, at)) {
          if (record?.kind === 'snapshot-header') timestampMs = record.lastContainedLogTimestampMs;
          if (record?.kind === 'snapshot-footer') isWhole = true;
        }
      } else replayMetadataBatch(codec, bytes, at, (record) => this.#replay(record, id.offset - 1, id.epoch));
      return true;
    });
    if (!isWhole) throw new MetadataCorruptError(`snapshot ${id.offset}-${id.epoch} has no footer`);
    this.replayed = id.offset;
    this.committed = id.offset;
    this.committedEpoch = id.epoch;
    this.committedTimestampMs = timestampMs;
    this.#marks = [];
    this.uncommittedBytes = 0;
    this.bytesSinceSnapshot = 0;
    this.#loading = false;
    for (const listener of this.#listeners) listener.endSnapshot(id, timestampMs);
    this.#pump();
  }

  /** The leader has written a batch: the listeners see it before anyone else. */
  written(bytes: Uint8Array, records: readonly MetadataRecord[]): void {
    const baseOffset = batchBaseOffset(bytes, 0);
    assert(baseOffset === this.replayed, 'the leader writes where its listeners are');
    const epoch = batchPartitionLeaderEpoch(bytes, 0);
    this.#mark(bytes, 0, bytes.length);
    records.forEach((record, index) => {
      this.#replay(record, baseOffset + index, epoch);
    });
  }

  /** A control batch that the leader has written: nothing to replay, but the listeners' place moves with it. */
  writtenControl(bytes: Uint8Array): void {
    if (this.#leads !== null && batchBaseOffset(bytes, 0) === this.replayed) this.#mark(bytes, 0, bytes.length);
  }

  highWatermark(offset: Offset): void {
    this.#target = Math.max(this.#target, offset);
    this.#pump();
  }

  leaderChanged(leaderId: NodeId, epoch: LeaderEpoch): void {
    for (const listener of this.#listeners) listener.leaderChanged(leaderId, epoch);
  }

  /** @param end the log's end: the leader writes nothing before its listeners have all. */
  becameLeader(epoch: LeaderEpoch, end: Offset): void {
    this.#won = { epoch, end };
    this.#pump();
  }

  resigned(): void {
    this.#won = null;
    const epoch = this.#leads;
    if (epoch === null) return;
    this.#leads = null;
    this.replayed = this.committed;
    this.#marks = [];
    this.uncommittedBytes = 0;
    for (const listener of this.#listeners) listener.resigned(epoch);
  }

  #pump(): void {
    if (this.#loading || this.#reading) return;
    if (this.#target > this.replayed) {
      this.#read();
      return;
    }
    this.#commit(this.#target);
    const won = this.#won;
    if (won !== null && this.committed >= won.end) {
      this.#won = null;
      this.#leads = won.epoch;
      for (const listener of this.#listeners) listener.becameLeader(won.epoch);
    }
  }

  #read(): void {
    this.#reading = true;
    const from = this.replayed;
    this.#options.log.read(from, this.#target, metadataLogLimits.readBytes, (error, bytes) => {
      this.#reading = false;
      // Loaded a snapshot, or no longer where the read began: look again.
      if (this.replayed !== from || this.#loading) return this.#pump();
      if (error !== null) return this.#options.failed(error);
      try {
        this.#replayBatches(bytes);
      } catch (thrown) {
        return this.#options.failed(thrown);
      }
      if (this.replayed === from) {
        return this.#options.failed(
          new MetadataCorruptError(`the metadata log ends at ${from}, before what is committed`),
        );
      }
      this.#commit(Math.min(this.#target, this.replayed));
      this.#pump();
    });
  }

  #replayBatches(bytes: Uint8Array): void {
    const { codec, checksum } = this.#options;
    const walk = new BatchWalk(bytes);
    while (walk.next()) {
      const lastOffset = batchLastOffset(bytes, walk.at);
      if (lastOffset < this.replayed) continue;
      const baseOffset = batchBaseOffset(bytes, walk.at);
      if (!isIntactBatch(bytes, walk.at, bytes.length, checksum) || baseOffset !== this.replayed) {
        throw new MetadataCorruptError(`the metadata log is corrupt at offset ${this.replayed}`);
      }
      const epoch = batchPartitionLeaderEpoch(bytes, walk.at);
      this.#mark(bytes, walk.at, walk.sizeBytes);
      if (!batchIsControl(bytes, walk.at)) {
        replayMetadataBatch(codec, bytes, walk.at, (record, delta) => this.#replay(record, baseOffset + delta, epoch));
      }
    }
  }

  #mark(bytes: Uint8Array, at: number, sizeBytes: number): void {
    const endOffset = batchLastOffset(bytes, at) + 1;
    const epoch = batchPartitionLeaderEpoch(bytes, at);
    this.#marks.push({ endOffset, epoch, timestampMs: batchMaxTimestamp(bytes, at), bytes: sizeBytes });
    this.uncommittedBytes += sizeBytes;
    this.replayed = endOffset;
  }

  #replay(record: MetadataRecord, offset: Offset, epoch: LeaderEpoch): void {
    for (const listener of this.#listeners) listener.replay(record, offset, epoch);
  }

  #commit(offset: Offset): void {
    if (offset <= this.committed) return;
    let passed = 0;
    for (const mark of this.#marks) {
      if (mark.endOffset > offset) break;
      passed++;
      this.committedEpoch = mark.epoch;
      this.committedTimestampMs = mark.timestampMs;
      this.bytesSinceSnapshot += mark.bytes;
      this.uncommittedBytes -= mark.bytes;
    }
    this.#marks.splice(0, passed);
    this.committed = offset;
    for (const listener of this.#listeners) {
      listener.committed(offset, this.committedEpoch, this.committedTimestampMs);
    }
  }
}
