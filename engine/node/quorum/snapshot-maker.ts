import type { TimestampMs } from '../../base/brands.ts';
import type { Clock } from '../../base/clock.ts';
import type { Checksum } from '../../base/codec.ts';
import { metadataLogLimits } from '../../base/limits.ts';
import type { Voter } from '../../raft/types.ts';
import type { MetadataRecord, SnapshotId } from './metadata-log.ts';
import type { MetadataRecordCodec } from './metadata-record-codec.ts';
import { controlBatch, MetadataBatchWriter } from './raft-records.ts';
import type { SnapshotStore } from './raft-snapshots.ts';

export interface SnapshotContent {
  readonly id: SnapshotId;
  readonly lastTimestampMs: TimestampMs;
  readonly kraftVersion: number;
  readonly voters: readonly Voter[];
  readonly records: readonly Iterator<MetadataRecord>[];
}

/** Writes snapshots in slices: no turn takes longer than a few milliseconds, however many records there are. */
export class SnapshotMaker {
  readonly #store: SnapshotStore;
  readonly #clock: Clock;
  readonly #checksum: Checksum;
  readonly #batches: MetadataBatchWriter;
  readonly #codec: MetadataRecordCodec;

  constructor(store: SnapshotStore, clock: Clock, checksum: Checksum, codec: MetadataRecordCodec) {
    this.#store = store;
    this.#clock = clock;
    this.#checksum = checksum;
    this.#codec = codec;
    this.#batches = new MetadataBatchWriter(checksum, this.#codec);
  }

  /** @param cancelled asked between slices. @returns false where it was cancelled. Throws DiskError. */
  async write(content: SnapshotContent, cancelled: () => boolean): Promise<boolean> {
    const { id } = content;
    const writer = this.#store.writer(id);
    let offset = 0;
    const place = () => ({ baseOffset: offset, epoch: id.epoch, timestampMs: this.#clock.wallMs() });
    try {
      const head = headRecords(content);
      await writer.append(controlBatch(this.#checksum, place(), head));
      offset += head.length;
      for (const records of content.records) {
        for (;;) {
          if (cancelled()) {
            await writer.abandon();
            return false;
          }
          const batch = this.#batches.open(place());
          const isLast = this.#fill(batch, records);
          if (batch.count > 0) {
            offset += batch.count;
            await writer.append(batch.build());
          }
          if (isLast) break;
          await this.#nextTurn();
        }
      }
      await writer.append(controlBatch(this.#checksum, place(), [{ kind: 'snapshot-footer' }]));
      await writer.finish();
      return true;
    } finally {
      for (const records of content.records) records.return?.();
    }
  }

  /** @returns whether there are no more records. */
  #fill(batch: { append(record: MetadataRecord): void; readonly sizeBytes: number }, from: Iterator<MetadataRecord>) {
    const endMs = this.#clock.monotonicMs() + metadataLogLimits.snapshotSliceMs;
    while (batch.sizeBytes < metadataLogLimits.snapshotBatchBytes && this.#clock.monotonicMs() <= endMs) {
      const { value, done } = from.next();
      if (done === true) return true;
      batch.append(value);
    }
    return false;
  }

  #nextTurn(): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.schedule(0, resolve);
    });
  }
}

function headRecords({ lastTimestampMs, kraftVersion, voters }: SnapshotContent) {
  const header = { kind: 'snapshot-header', lastContainedLogTimestampMs: lastTimestampMs } as const;
  if (kraftVersion === 0) return [header];
  return [header, { kind: 'kraft-version', version: kraftVersion } as const, { kind: 'voters', voters } as const];
}
