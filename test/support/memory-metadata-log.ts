import type { ControllerLog } from '../../engine/controller/metadata-log.ts';
import type { MetadataRecord } from '../../engine/metadata/metadata-record.ts';

/** What a log tells its one follower. */
export interface LogFollower {
  replay(record: MetadataRecord, offset: number, epoch: number): void;
  committed(highWatermark: number, lastEpoch: number, lastTimestampMs: number): void;
  becameLeader(epoch: number): void;
  resigned(epoch: number): void;
}

/** A metadata log in memory: replays at append, commits when told to. */
export class MemoryMetadataLog implements ControllerLog {
  readonly records: MetadataRecord[] = [];
  /** Sizes of the batches, in order. */
  readonly batches: number[] = [];
  follower: LogFollower | null = null;
  /** Commits every append at once. */
  autoCommit = true;
  refuse: 'not-leader' | 'too-large' | 'backlogged' | null = null;
  #leading = false;
  #epoch = 0;
  #highWatermark = 0;

  isLeader(): boolean {
    return this.#leading;
  }

  leaderId(): number {
    return this.#leading ? 1 : -1;
  }

  endOffset(): number {
    return this.records.length;
  }

  highWatermark(): number {
    return this.#highWatermark;
  }

  append(epoch: number, records: readonly MetadataRecord[]): number {
    if (this.refuse !== null || epoch !== this.#epoch || !this.#leading) {
      const error = new Error('refused') as Error & { reason: string };
      error.name = 'MetadataLogError';
      error.reason = this.refuse ?? 'not-leader';
      throw error;
    }
    for (const record of records) {
      this.records.push(record);
      this.follower?.replay(record, this.records.length - 1, epoch);
    }
    this.batches.push(records.length);
    if (this.autoCommit) this.commit();
    return this.records.length - 1;
  }

  commit(to: number = this.records.length): void {
    this.#highWatermark = to;
    this.follower?.committed(to, this.#epoch, 0);
  }

  lead(): void {
    this.#leading = true;
    this.#epoch++;
    this.follower?.becameLeader(this.#epoch);
  }

  /** Loses what is not committed. */
  resign(): void {
    this.#leading = false;
    this.records.length = this.#highWatermark;
    this.follower?.resigned(this.#epoch);
  }
}
