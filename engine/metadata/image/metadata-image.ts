import type { LeaderEpoch, Offset, TimestampMs } from '../../base/brands.ts';
import { type MetadataRecord, recordKey } from '../metadata-record.ts';
import { compareImages } from './compare-images.ts';
import { ImageState } from './image-state.ts';
import { CommittedView, WrittenView } from './image-view.ts';
import { replayRecord } from './replay.ts';
import { snapshotRecords } from './snapshot-records.ts';
import type { ImageChanges } from './states.ts';

/**
 * The metadata image: what the metadata log says, read in two ways. Deciders see the last written state (`written`),
 * clients, shared tables and snapshots the last committed one (`committed`). Records are written by `replay`, become
 * committed by `commit` and are forgotten by `drop`.
 */
export class MetadataImage {
  #state = new ImageState();
  #previous: ImageState | null = null;
  #written: WrittenView;
  #committed: CommittedView;
  /** Offset at which an open transaction of the log began; what follows is not committed before it ends. */
  #transactionStart = -1;
  /** Offset below which all is committed. */
  #highWatermark = 0;

  constructor() {
    this.#written = new WrittenView(this.#state);
    this.#committed = new CommittedView(this.#state);
  }

  /** A new object after every snapshot: ask again rather than keep it. */
  get written(): WrittenView {
    return this.#written;
  }

  /** A new object after every snapshot: ask again rather than keep it. */
  get committed(): CommittedView {
    return this.#committed;
  }

  /** Whether the log ends within a transaction (KIP-868). */
  get inTransaction(): boolean {
    return this.#transactionStart !== -1;
  }

  /** Records written and not yet committed. */
  get hasPending(): boolean {
    return this.#state.log.pendingCount > 0;
  }

  replay(record: MetadataRecord, offset: Offset): void {
    const { log } = this.#state;
    log.beginRecord(offset);
    switch (record.apiKey) {
      case recordKey.beginTransaction:
        this.#transactionStart = offset;
        return;
      case recordKey.endTransaction:
        this.#transactionStart = -1;
        return;
      case recordKey.abortTransaction:
        log.dropFrom(this.#transactionStart);
        this.#transactionStart = -1;
        return;
      default:
        replayRecord(this.#state, record);
    }
  }

  /** Records below `highWatermark` are committed. Answers what that changed, null for nothing at all. */
  commit(highWatermark: Offset, lastEpoch: LeaderEpoch, lastTimestampMs: TimestampMs): ImageChanges | null {
    this.#highWatermark = highWatermark;
    const end = this.#transactionStart === -1 ? highWatermark : Math.min(highWatermark, this.#transactionStart);
    if (end - 1 <= this.#committed.offset) return null;
    this.#state.log.fold(end);
    this.#moveTo(end - 1, lastEpoch, lastTimestampMs);
    return this.#state.changes.take(end - 1, lastEpoch);
  }

  /** This node resigned: what was written beyond the high watermark comes again or never. */
  drop(): void {
    this.#state.log.dropFrom(this.#highWatermark);
    if (this.#transactionStart >= this.#highWatermark) this.#transactionStart = -1;
  }

  beginSnapshot(): void {
    this.#previous = this.#state;
    this.#state = new ImageState();
    this.#state.log.setDirect(true);
    this.#written = new WrittenView(this.#state);
    this.#transactionStart = -1;
  }

  /** What differs from the image before the snapshot. `offset` is the snapshot's: the first that it does not contain. */
  endSnapshot(offset: Offset, epoch: LeaderEpoch, lastTimestampMs: TimestampMs): ImageChanges {
    const previous = this.#previous ?? new ImageState();
    this.#previous = null;
    this.#state.log.setDirect(false);
    this.#state.changes.take(-1, -1);
    this.#committed = new CommittedView(this.#state);
    this.#highWatermark = offset;
    this.#moveTo(offset - 1, epoch, lastTimestampMs);
    compareImages(previous, this.#state);
    return this.#state.changes.take(offset - 1, epoch);
  }

  /** See snapshot-records.ts. While it is open, changes cost a copy of the topic that they are in. */
  snapshotRecords(): Iterator<MetadataRecord> {
    return snapshotRecords(this.#state);
  }

  #moveTo(offset: Offset, epoch: LeaderEpoch, timestampMs: TimestampMs): void {
    this.#committed.offset = offset;
    this.#committed.epoch = epoch;
    this.#committed.timestampMs = timestampMs;
  }
}
