import type { Offset } from '../../base/brands.ts';
import type { Clock } from '../../base/clock.ts';
import type { Checksum } from '../../base/codec.ts';
import type { Logger } from '../../base/logger.ts';
import type { FetchSnapshotResponse, Voter } from '../../raft/types.ts';
import { completed } from '../promised.ts';
import type { SnapshotId } from './metadata-log.ts';
import type { MetadataRecordCodec } from './metadata-record-codec.ts';
import type { RaftDelivery } from './raft-delivery.ts';
import { type SnapshotWriter, sameSnapshot } from './raft-snapshots.ts';
import { type RaftStorage, readSnapshotVoters } from './raft-startup.ts';
import { SnapshotMaker } from './snapshot-maker.ts';

/** Which voters and kraft.version the log puts in force below an offset. */
interface QuorumHistory {
  votersAt(endOffset: Offset): { readonly kraftVersion: number; readonly voters: readonly Voter[] };
}

export interface SnapshotSettings {
  /** metadata.log.max.record.bytes.between.snapshots */
  readonly maxBytesBetween: number;
  /** metadata.log.max.snapshot.interval.ms; 0 for none. */
  readonly maxIntervalMs: number;
  /** metadata.max.retention.bytes; -1 for no limit. */
  readonly retentionBytes: number;
  /** metadata.max.retention.ms; -1 for no limit. */
  readonly retentionMs: number;
}

export const defaultSnapshotSettings: SnapshotSettings = {
  maxBytesBetween: 20 * 1024 * 1024,
  maxIntervalMs: 3_600_000,
  retentionBytes: 100 * 1024 * 1024,
  retentionMs: 604_800_000,
};

export interface SnapshotKeeperOptions {
  readonly clock: Clock;
  readonly checksum: Checksum;
  readonly codec: MetadataRecordCodec;
  readonly logger: Logger;
  readonly snapshots: SnapshotSettings;
}

/** Decides when a snapshot is written, hands snapshots to other replicas, and takes those of a leader. */
export class SnapshotKeeper {
  readonly #storage: RaftStorage;
  readonly #options: SnapshotKeeperOptions;
  readonly #delivery: RaftDelivery;
  readonly #maker: SnapshotMaker;
  readonly #fail: (error: unknown) => void;
  #making: Promise<void> | null = null;
  #isWanted = false;
  #isStopped = false;
  #lastMs: number;
  /** A leader's snapshot is on its way into the place of the log: the log is not to be closed meanwhile. */
  #installing: Promise<void> | null = null;
  /** What comes from a leader, one thing after the other. */
  #incoming: { readonly id: SnapshotId; readonly writer: SnapshotWriter; done: Promise<void> } | null = null;

  constructor(
    storage: RaftStorage,
    options: SnapshotKeeperOptions,
    delivery: RaftDelivery,
    fail: (error: unknown) => void,
  ) {
    this.#storage = storage;
    this.#options = options;
    this.#delivery = delivery;
    this.#fail = fail;
    this.#maker = new SnapshotMaker(storage.snapshots, options.clock, options.checksum, options.codec);
    this.#lastMs = options.clock.monotonicMs();
  }

  stop(): void {
    this.#isStopped = true;
  }

  async settled(): Promise<void> {
    await this.#making;
    await this.#incoming?.done;
    await this.#installing;
  }

  request(quorum: QuorumHistory): void {
    this.#isWanted = true;
    this.maybeMake(quorum);
  }

  /** When the next snapshot is due by its age; Infinity where nothing changed since the last. */
  get deadlineMs(): number {
    const { maxIntervalMs } = this.#options.snapshots;
    if (maxIntervalMs <= 0 || this.#delivery.bytesSinceSnapshot === 0) return Number.POSITIVE_INFINITY;
    return this.#lastMs + maxIntervalMs;
  }

  maybeMake(quorum: QuorumHistory): void {
    const { snapshots, clock } = this.#options;
    const { bytesSinceSnapshot, committed } = this.#delivery;
    if (this.#isStopped || this.#making !== null || bytesSinceSnapshot === 0 || committed <= 0) return;
    const isLarge = bytesSinceSnapshot >= snapshots.maxBytesBetween;
    if (!isLarge && !this.#isWanted && clock.monotonicMs() < this.deadlineMs) return;
    this.#isWanted = false;
    this.#making = this.#make(quorum)
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#making = null;
      });
  }

  async #make(quorum: QuorumHistory): Promise<void> {
    const { clock, logger, checksum, snapshots } = this.#options;
    const delivery = this.#delivery;
    const id = { offset: delivery.committed, epoch: delivery.committedEpoch };
    // What is not committed yet may be taken back.
    const { kraftVersion, voters } = quorum.votersAt(id.offset);
    this.#lastMs = clock.monotonicMs();
    delivery.bytesSinceSnapshot = 0;
    const records = delivery.listeners.map((listener) => listener.snapshotRecords()).filter((each) => each !== null);
    const lastTimestampMs = delivery.committedTimestampMs;
    const content = { id, lastTimestampMs, kraftVersion, voters, records };
    if (!(await this.#maker.write(content, () => this.#isStopped))) return;
    logger.info({ offset: id.offset, epoch: id.epoch }, 'wrote a snapshot of the metadata log');
    await this.#storage.clean(snapshots, checksum, clock.wallMs());
  }

  /** Adds a part of the file to an answer, or says that there is no such file. */
  serve(response: FetchSnapshotResponse, maxBytes: number, reply: (response: FetchSnapshotResponse) => void): void {
    const { snapshots } = this.#storage;
    const { snapshot, positionBytes } = response;
    const sizeBytes = snapshots.sizeBytes(snapshot);
    if (response.error !== 'none') reply(response);
    else if (sizeBytes < 0) reply({ ...response, error: 'snapshot-not-found' });
    else if (positionBytes >= sizeBytes) reply({ ...response, error: 'position-out-of-range' });
    else {
      snapshots.readPart(snapshot, positionBytes, maxBytes).then(
        (bytes) => reply({ ...response, sizeBytes, bytes }),
        (error: unknown) => this.#fail(error),
      );
    }
  }

  receive(id: SnapshotId, positionBytes: number, bytes: Uint8Array): void {
    if (positionBytes === 0 || this.#incoming === null || !sameSnapshot(this.#incoming.id, id)) {
      const before = this.#incoming;
      const done = before === null ? Promise.resolve() : before.done.then(() => before.writer.abandon());
      this.#incoming = { id, writer: this.#storage.snapshots.writer(id), done };
    }
    const incoming = this.#incoming;
    incoming.done = incoming.done.then(() => incoming.writer.append(bytes));
    incoming.done.catch((error: unknown) => this.#fail(error));
  }

  /** Puts the snapshot in place, empties the log behind it, and loads it into the listeners. Null: it came damaged. */
  install(
    id: SnapshotId,
    installed: (content: { readonly voters: readonly Voter[] | null; readonly kraftVersion: number } | null) => void,
  ): void {
    this.#installing = this.#install(id).then(installed, (error: unknown) => this.#fail(error));
  }

  async #install(id: SnapshotId) {
    const incoming = this.#incoming;
    this.#incoming = null;
    await incoming?.done;
    const { checksum, logger } = this.#options;
    if (incoming !== null && !(await incoming.writer.isIntact(checksum))) {
      logger.warn(
        { offset: id.offset, epoch: id.epoch },
        'a snapshot of the metadata log came damaged; it is fetched again',
      );
      await incoming.writer.abandon();
      return null;
    }
    await incoming?.writer.finish();
    const { log, snapshots } = this.#storage;
    await completed((done) => log.resetTo(id, done));
    await this.#delivery.loadSnapshot(id);
    return readSnapshotVoters(snapshots, id, checksum);
  }
}
