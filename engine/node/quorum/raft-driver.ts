import { assert } from '../../base/assert.ts';
import type { LeaderEpoch, NodeId, Offset } from '../../base/brands.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import type { Checksum } from '../../base/codec.ts';
import type { Disk } from '../../base/disk.ts';
import { metadataLogLimits } from '../../base/limits.ts';
import type { Logger } from '../../base/logger.ts';
import type { Random } from '../../base/random.ts';
import { splitBatches } from '../../protocol/records/split-batches.ts';
import { Raft } from '../../raft/raft.ts';
import type {
  ElectionState,
  KraftUpgradeRefusal,
  RaftEffect,
  RaftEvent,
  RaftOptions,
  RaftRequest,
  RaftResponse,
  ReplicaKey,
  Voter,
} from '../../raft/types.ts';
import {
  type MetadataListener,
  type MetadataLog,
  MetadataLogError,
  type MetadataRecord,
  type QuorumDescription,
  type SnapshotId,
} from './metadata-log.ts';
import type { MetadataRecordCodec } from './metadata-record-codec.ts';
import { describedQuorum } from './quorum-description.ts';
import { encodeQuorumState, quorumStateFileName } from './quorum-state-file.ts';
import { RaftDelivery } from './raft-delivery.ts';
import type { RaftLog } from './raft-log.ts';
import { controlBatch, MetadataBatchWriter, replicatedBatch } from './raft-records.ts';
import { type RaftStorage, startOfLog } from './raft-startup.ts';
import { SnapshotKeeper, type SnapshotSettings } from './snapshot-keeper.ts';

export interface RaftDriverOptions {
  readonly raft: RaftOptions;
  /** controller.quorum.voters; empty where voters are dynamic. */
  readonly staticVoters: readonly Voter[];
  readonly clock: Clock;
  readonly random: Random;
  readonly checksum: Checksum;
  readonly codec: MetadataRecordCodec;
  readonly logger: Logger;
  readonly snapshots: SnapshotSettings;
  /** How requests reach other nodes; `answered` or `unanswered` follows. Absent where there are none. */
  readonly send?: (correlation: number, to: NodeId, request: RaftRequest) => void;
  /** The voter set in force changed. */
  readonly votersChanged?: () => void;
  /** The metadata log can't go on: the node must end. Called once. */
  readonly onFailure: (error: unknown) => void;
}

interface Reply {
  readonly answer: (response: RaftResponse) => void;
  /** Of records or of a snapshot. */
  readonly maxBytes: number;
}

/**
 * Runs the Raft machine: carries its effects out on disk, network and listeners, and brings what comes of them back as
 * events. Events are taken one after the other; what a listener does within a call waits its turn.
 */
export class RaftDriver implements MetadataLog {
  readonly #options: RaftDriverOptions;
  readonly #storage: RaftStorage;
  readonly #log: RaftLog;
  readonly #raft: Raft;
  readonly #delivery: RaftDelivery;
  readonly #batches: MetadataBatchWriter;
  readonly #keeper: SnapshotKeeper;
  readonly #disk: Disk;
  /** Events to be taken, and effects of events that were taken out of turn. */
  #queue: (RaftEvent | readonly RaftEffect[])[] = [];
  #busy = false;
  #isDrainDue = false;
  #started = false;
  #closed = false;
  #timer: Timer | null = null;
  #persisting = 0;
  /** Messages that wait for a vote or a term to be durable. */
  #held: (() => void)[] = [];
  #flushing = false;
  #installing = false;
  #flushedTo: Offset;
  #truncatedTo = Number.POSITIVE_INFINITY;
  #replies = new Map<number, Reply>();
  #nextRequest = 1;
  #handedOver: (() => void) | null = null;

  constructor(storage: RaftStorage, options: RaftDriverOptions) {
    this.#options = options;
    this.#storage = storage;
    this.#disk = storage.disk;
    this.#log = storage.log;
    const { codec, checksum } = options;
    const { snapshots } = storage;
    this.#delivery = new RaftDelivery({
      log: this.#log,
      codec,
      checksum,
      snapshots,
      failed: (error) => this.#fail(error),
    });
    this.#batches = new MetadataBatchWriter(checksum, codec);
    this.#keeper = new SnapshotKeeper(storage, options, this.#delivery, (error) => this.#fail(error));
    this.#flushedTo = this.#log.end().offset;
    this.#raft = new Raft({
      options: options.raft,
      log: {
        start: () => startOfLog(storage),
        end: () => this.#log.end(),
        endOfEpoch: (epoch) => this.#log.endOfEpoch(epoch) ?? startOfLog(storage),
        latestSnapshot: () => snapshots.latest,
      },
      random: options.random,
      state: storage.election,
      staticVoters: options.staticVoters,
      votersInLog: storage.votersInLog,
      kraftVersionsInLog: storage.kraftVersionsInLog,
    });
  }

  get nodeId(): NodeId {
    return this.#options.raft.local.id;
  }

  /** This node as a replica. */
  get local(): ReplicaKey {
    return this.#options.raft.local;
  }

  /** The voters in force. */
  get voters(): readonly Voter[] {
    return this.#raft.voters;
  }

  /** Finalized level of the feature kraft.version. */
  get kraftVersion(): number {
    return this.#raft.kraftVersion;
  }

  register(listener: MetadataListener): void {
    assert(!this.#started, 'listeners register before the start');
    this.#delivery.register(listener);
  }

  /** Loads the newest snapshot into the listeners and takes part in the quorum from then on. Throws as start-up does. */
  async start(): Promise<void> {
    assert(!this.#started, 'started once');
    this.#started = true;
    const { latest } = this.#storage.snapshots;
    if (latest !== null && latest.offset > 0) await this.#delivery.loadSnapshot(latest);
    this.#post({ type: 'start' });
  }

  // What its writers ask

  isLeader(): boolean {
    return !this.#closed && this.#delivery.leads !== null;
  }

  leaderId(): NodeId {
    return this.#raft.leaderId;
  }

  epoch(): LeaderEpoch {
    return this.#raft.epoch;
  }

  /** unattached, prospective, candidate, leader, follower or resigned: the metric `current-state`. */
  get role(): string {
    return this.#raft.roleName;
  }

  endOffset(): Offset {
    return this.#log.end().offset;
  }

  highWatermark(): Offset {
    return this.#raft.highWatermark < 0 ? -1 : this.#delivery.committed;
  }

  latestSnapshot(): SnapshotId | null {
    return this.#storage.snapshots.latest;
  }

  append(epoch: LeaderEpoch, records: readonly MetadataRecord[]): Offset {
    assert(records.length > 0, 'an append without records');
    this.#mustLead(epoch);
    if (this.#delivery.uncommittedBytes > metadataLogLimits.uncommittedBytes) {
      throw new MetadataLogError('backlogged', 'too many metadata records are not yet committed');
    }
    const baseOffset = this.#log.end().offset;
    const place = { baseOffset, epoch, timestampMs: this.#options.clock.wallMs() };
    const bytes = this.#batches.batch(place, records, metadataLogLimits.batchBytes);
    if (bytes === null) {
      throw new MetadataLogError('too-large', `${records.length} metadata records do not fit one batch`);
    }
    this.#write(() => {
      this.#log.append(bytes);
      const endOffset = this.#log.end().offset;
      this.#queue.push(this.#raft.step({ type: 'appended', endOffset }, this.#options.clock.monotonicMs()));
      this.#delivery.written(bytes, records);
    });
    return baseOffset + records.length - 1;
  }

  kraftUpgradeRefusal(level: number): KraftUpgradeRefusal | null {
    return this.#raft.kraftUpgradeRefusal(level);
  }

  upgradeKraftVersion(epoch: LeaderEpoch, level: number): void {
    this.#mustLead(epoch);
    this.#write(() => {
      const event = { type: 'upgrade-kraft-version', version: level } as const;
      const effects = this.#raft.step(event, this.#options.clock.monotonicMs());
      // What the caller appends next comes behind the records of this.
      for (const effect of effects) if (effect.type === 'append-control') this.#perform(effect);
      this.#queue.push(effects.filter(({ type }) => type !== 'append-control'));
    });
  }

  #mustLead(epoch: LeaderEpoch): void {
    if (!this.isLeader() || this.#delivery.leads !== epoch || !this.#raft.canAppend || this.#raft.epoch !== epoch) {
      throw new MetadataLogError('not-leader', `this node does not lead epoch ${epoch} of the metadata quorum`);
    }
  }

  /** Completions that come at once must not overtake the caller: they wait until it has its offset. */
  #write(write: () => void): void {
    const outermost = !this.#busy;
    this.#busy = true;
    try {
      write();
      this.#flush();
    } catch (error) {
      this.#fail(error);
      throw new MetadataLogError('not-leader', `the metadata log failed: ${String(error)}`);
    } finally {
      if (outermost) {
        this.#busy = false;
        this.#drainSoon();
      }
    }
  }

  #drainSoon(): void {
    if (this.#isDrainDue) return;
    this.#isDrainDue = true;
    this.#options.clock.schedule(0, () => {
      this.#isDrainDue = false;
      this.#drain();
    });
  }

  resign(epoch: LeaderEpoch): void {
    this.#post({ type: 'resign', epoch });
  }

  requestSnapshot(): void {
    this.#keeper.request(this.#raft);
  }

  /** Done when no snapshot is being written. */
  snapshotsSettled(): Promise<void> {
    return this.#keeper.settled();
  }

  describeQuorum(): QuorumDescription | null {
    const { clock } = this.#options;
    const nowMs = clock.monotonicMs();
    const view = this.#raft.describe(nowMs);
    if (view === null) return null;
    return describedQuorum(
      view,
      this.#raft.voters,
      { nodeId: this.nodeId, endOffset: this.endOffset() },
      nowMs,
      clock.wallMs(),
    );
  }

  // What the network brings

  /**
   * A request of another replica; `answer` is called once, unless the driver is closed first. It gets no more than
   * `maxBytes` of records, but always a whole batch, or of a snapshot.
   */
  receive(
    request: RaftRequest,
    answer: (response: RaftResponse) => void,
    maxBytes = metadataLogLimits.readBytes,
  ): void {
    const id = this.#nextRequest++;
    this.#replies.set(id, { answer, maxBytes: Math.min(maxBytes, metadataLogLimits.readBytes) });
    this.#post({ type: 'request', id, request });
  }

  answered(correlation: number, response: RaftResponse): void {
    this.#post({ type: 'response', correlation, response });
  }

  unanswered(correlation: number): void {
    this.#post({ type: 'unanswered', correlation });
  }

  /**
   * Leaves leadership, if this node has it, to those who hold most of the log (KIP-595). Done when another leads, or
   * after `timeoutMs`.
   */
  handOver(timeoutMs: number): Promise<void> {
    const others = this.#raft.voters.some(({ id }) => id !== this.nodeId);
    if (this.#closed || this.#raft.roleName !== 'leader' || !others) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = this.#options.clock.schedule(timeoutMs, resolve);
      this.#handedOver = () => {
        timer.cancel();
        resolve();
      };
      this.#post({ type: 'resign', epoch: this.#raft.epoch });
    });
  }

  /** Flushes, and ends. What was not committed is left to the next start. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#delivery.resigned();
    this.#closed = true;
    this.#timer?.cancel();
    this.#keeper.stop();
    await this.#keeper.settled();
    await new Promise<void>((resolve, reject) => {
      this.#log.close((error) => (error === null ? resolve() : reject(error)));
    });
  }

  // The turn

  #post(event: RaftEvent): void {
    this.#queue.push(event);
    if (!this.#busy) this.#drain();
  }

  #drain(): void {
    if (this.#busy || this.#closed) return;
    this.#busy = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined && !this.#closed; next = this.#queue.shift()) {
        const effects = 'type' in next ? this.#raft.step(next, this.#options.clock.monotonicMs()) : next;
        for (const effect of effects) this.#perform(effect);
        this.#flush();
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#busy = false;
    }
    this.#schedule();
    this.#keeper.maybeMake(this.#raft);
  }

  #schedule(): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#closed) return;
    const { clock } = this.#options;
    const nowMs = clock.monotonicMs();
    const atMs = Math.min(this.#raft.nextDeadlineMs, Math.max(this.#keeper.deadlineMs, nowMs + 1));
    if (atMs === Number.POSITIVE_INFINITY) return;
    this.#timer = clock.schedule(Math.max(0, Math.ceil(atMs - nowMs)), () => this.#post({ type: 'tick' }));
  }

  #perform(effect: RaftEffect) {
    switch (effect.type) {
      case 'persist':
        return this.#persist(effect.state);
      case 'append-control': {
        const { offset } = this.#log.end();
        const place = { baseOffset: offset, epoch: effect.epoch, timestampMs: this.#options.clock.wallMs() };
        const bytes = controlBatch(this.#options.checksum, place, effect.records);
        this.#log.append(bytes);
        return this.#delivery.writtenControl(bytes);
      }
      case 'append-batches':
        for (const batch of effect.batches) this.#log.append(batch.bytes);
        return;
      case 'truncate':
        this.#truncatedTo = Math.min(this.#truncatedTo, effect.offset);
        this.#flushedTo = Math.min(this.#flushedTo, effect.offset);
        return this.#log.truncate(effect.offset, (error) => {
          if (error !== null) this.#fail(error);
        });
      case 'send': {
        const { correlation, to, request } = effect;
        return this.#hold(() => {
          assert(this.#options.send !== undefined, 'a quorum of several voters without a network');
          this.#options.send(correlation, to, request);
        });
      }
      case 'respond': {
        const { id, response, readFrom } = effect;
        return this.#hold(() => this.#respond(id, response, readFrom));
      }
      case 'high-watermark':
        return this.#delivery.highWatermark(effect.offset);
      case 'leader':
        if (effect.leaderId >= 0 && effect.leaderId !== this.nodeId) this.#handedOver?.();
        return this.#delivery.leaderChanged(effect.leaderId, effect.epoch);
      case 'became-leader':
        return this.#delivery.becameLeader(effect.epoch, this.#log.end().offset);
      case 'resigned':
        return this.#delivery.resigned();
      case 'voters':
        return this.#options.votersChanged?.();
      case 'snapshot-bytes':
        return this.#keeper.receive(effect.id, effect.positionBytes, effect.bytes);
      case 'snapshot-complete':
        // Meanwhile the log's end is the snapshot's, which Raft does not know yet.
        this.#installing = true;
        return this.#keeper.install(effect.id, (content) => {
          this.#installing = false;
          this.#flushedTo = this.#log.end().offset;
          this.#post(content === null ? { type: 'snapshot-damaged' } : { type: 'snapshot-installed', ...content });
        });
    }
  }

  #persist(state: ElectionState) {
    this.#persisting++;
    const bytes = encodeQuorumState(state, this.#raft.kraftVersion, this.#raft.voters);
    this.#disk.replaceFile(`${this.#storage.directory}/${quorumStateFileName}`, bytes, (error) => {
      if (error !== null) return this.#fail(error);
      this.#persisting--;
      if (this.#persisting > 0) return;
      const held = this.#held;
      this.#held = [];
      for (const act of held) act();
      this.#flush();
    });
  }

  #hold(act: () => void): void {
    if (this.#persisting > 0) this.#held.push(act);
    else act();
  }

  /** One flush at a time; what comes meanwhile shares the next. Nothing of a term counts before the term is durable. */
  #flush(): void {
    const target = this.#log.end().offset;
    if (this.#flushing || this.#installing || this.#persisting > 0 || this.#closed) return;
    if (target <= this.#flushedTo) return;
    this.#flushing = true;
    this.#truncatedTo = Number.POSITIVE_INFINITY;
    this.#log.flush((error) => {
      this.#flushing = false;
      if (error !== null) return this.#fail(error);
      const offset = Math.min(target, this.#truncatedTo);
      if (offset > this.#flushedTo) {
        this.#flushedTo = offset;
        this.#post({ type: 'flushed', offset });
      }
      this.#flush();
    });
  }

  #respond(id: number, response: RaftResponse, readFrom: Offset) {
    const reply = this.#replies.get(id);
    this.#replies.delete(id);
    assert(reply !== undefined, `request ${id} is answered twice`);
    const { answer, maxBytes } = reply;
    if (response.kind === 'fetch-snapshot') return this.#keeper.serve(response, maxBytes, answer);
    if (response.kind !== 'fetch' || readFrom < 0) return answer(response);
    this.#log.read(readFrom, this.#log.end().offset, maxBytes, (error, bytes) => {
      if (error !== null) return this.#fail(error);
      answer({ ...response, batches: splitBatches(bytes).map(replicatedBatch) });
    });
  }

  #fail(error: unknown): void {
    if (this.#closed) return;
    this.#delivery.resigned();
    this.#closed = true;
    this.#keeper.stop();
    this.#timer?.cancel();
    this.#options.onFailure(error);
  }
}
