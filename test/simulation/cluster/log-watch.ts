import type { LeaderEpoch, NodeId, Offset, TimestampMs } from '../../../engine/base/brands.ts';
import { type MetadataRecord, recordKey } from '../../../engine/metadata/metadata-record.ts';
import { promised } from '../../../engine/node/promised.ts';
import type { MetadataListener, SnapshotId } from '../../../engine/node/quorum/metadata-log.ts';
import { startOfLog } from '../../../engine/node/quorum/raft-startup.ts';
import type { OffsetAndEpoch } from '../../../engine/raft/types.ts';
import { InvariantViolated, nameOf, type Observed } from '../checkers/checker.ts';
import type { World } from '../world/world.ts';
import type { ShadowEntry } from './log-shadow.ts';
import type { LogObserver } from './observed-raft-log.ts';
import type { QuorumPart } from './quorum-part.ts';

const readBytes = 1 << 20;

/** Follows one life of a node's metadata log, and tells the checkers. */
export class LogWatch implements LogObserver, MetadataListener {
  readonly #world: World;
  readonly #node: Observed;
  readonly #quorum: QuorumPart;
  #highWatermark: Offset = -1;
  #lastReplayed: Offset = -1;
  #installed: Offset = -1;
  #flushed: Offset = -1;
  #snapshot: Offset;
  #start: Offset;
  #epoch: LeaderEpoch = 0;
  #role = '';

  constructor(world: World, node: Observed, quorum: QuorumPart) {
    this.#world = world;
    this.#node = node;
    this.#quorum = quorum;
    this.#snapshot = quorum.storage.snapshots.latest?.offset ?? 0;
    this.#start = quorum.storage.log.startOffset();
  }

  /** Looks through what the log holds after a start. */
  async open(): Promise<void> {
    const { storage, log, driver } = this.#quorum;
    const { shadow } = this.#node;
    const start = startOfLog(storage);
    this.#beginShadow(start);
    while (shadow.end.endOffset < log.end().offset) {
      const from = shadow.end.endOffset;
      const bytes = await promised<Uint8Array>((done) => log.read(from, log.end().offset, readBytes, done));
      shadow.append(bytes);
      if (shadow.end.endOffset === from) throw new InvariantViolated('a log can be read', `nothing at ${from}`);
    }
    log.observer = this;
    driver.register(this);
    this.#world.checkers.tell((checker) => checker.opened?.(this.#node, storage.election?.epoch ?? 0));
  }

  #beginShadow({ offset, epoch }: OffsetAndEpoch): void {
    const chain = this.#world.checkers.logs.chainAt(offset, offset === 0 ? 0 : epoch);
    if (chain === undefined) {
      throw new InvariantViolated(
        'logs match',
        `${nameOf(this.#node)} begins at ${offset}@${epoch}, which nobody wrote`,
      );
    }
    this.#node.shadow.begin(offset, epoch, chain);
  }

  // What is done to the log

  appended(bytes: Uint8Array): void {
    const entries = this.#node.shadow.append(bytes);
    // What a leader writes may be forgotten, and its epoch with it, until it is durable.
    if (this.#quorum.driver.role !== 'leader') this.#tellAppended(entries);
  }

  flushed(endOffset: Offset): void {
    this.#tellAppended(this.#node.shadow.between(this.#flushed, endOffset));
    this.#flushed = endOffset;
  }

  #tellAppended(entries: readonly ShadowEntry[]): void {
    this.#guard(() => this.#world.checkers.tell((checker) => checker.appended?.(this.#node, entries)));
  }

  truncated(offset: Offset): void {
    const entries = this.#node.shadow.truncate(offset);
    if (entries.length > 0) this.#world.coverage.count('truncation');
    this.#flushed = Math.min(this.#flushed, offset);
    this.#world.trace.note(`${this.#node.nodeId}: truncates to ${offset}`);
    this.#guard(() => this.#world.checkers.tell((checker) => checker.truncated?.(this.#node, entries)));
  }

  reset(end: OffsetAndEpoch): void {
    const lost = this.#node.shadow.entries.filter((entry) => entry.endOffset > end.offset);
    this.#start = end.offset;
    this.#installed = end.offset;
    this.#flushed = end.offset;
    this.#world.coverage.count('snapshot installed');
    this.#guard(() => {
      this.#world.checkers.tell((checker) => checker.truncated?.(this.#node, lost));
      this.#beginShadow(end);
    });
  }

  /** What a checker throws is not the node's to catch. */
  #guard(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.#world.fail(error);
    }
  }

  // What the log tells its listeners

  replay(record: MetadataRecord, offset: Offset): void {
    this.#lastReplayed = offset;
    if (!this.#quorum.driver.isLeader()) return;
    if (record.apiKey === recordKey.registerBroker) this.#world.coverage.count('broker registered again');
    const isFenced = 'fenced' in record.message && record.message.fenced === 1;
    if (record.apiKey === recordKey.brokerRegistrationChange && isFenced) this.#world.coverage.count('broker fenced');
  }

  committed(highWatermark: Offset): void {
    this.#moved(highWatermark);
    const { image, driver } = this.#quorum;
    if (driver.isLeader()) this.#world.partitions.look(image, this.#world.coverage);
    this.#guard(() => this.#world.checkers.tell((checker) => checker.image?.(this.#node, image)));
  }

  #moved(highWatermark: Offset): void {
    const before = this.#highWatermark;
    this.#highWatermark = highWatermark;
    const epoch = this.#quorum.driver.epoch();
    this.#guard(() =>
      this.#world.checkers.tell((checker) => checker.highWatermark?.(this.#node, before, highWatermark, epoch)),
    );
  }

  beginSnapshot(id: SnapshotId): void {
    this.#world.trace.note(`${this.#node.nodeId}: loads snapshot ${id.offset}-${id.epoch}`);
  }

  endSnapshot(id: SnapshotId, _lastTimestampMs: TimestampMs): void {
    this.#moved(Math.max(this.#highWatermark, id.offset));
  }

  leaderChanged(_leaderId: NodeId, _epoch: LeaderEpoch): void {
    // Seen by `look`.
  }

  becameLeader(epoch: LeaderEpoch): void {
    this.#world.trace.note(
      `${this.#node.nodeId}: may write in epoch ${epoch} from ${this.#quorum.driver.endOffset()} on`,
    );
    this.#guard(() => this.#world.checkers.tell((checker) => checker.leads?.(this.#node, epoch)));
  }

  resigned(): void {
    if (this.#lastReplayed >= this.#highWatermark) this.#world.coverage.count('deposed with uncommitted records');
  }

  snapshotRecords(): null {
    return null;
  }

  /** After each event: what the node shows of itself. */
  look(): void {
    const { driver, storage } = this.#quorum;
    const { coverage, checkers } = this.#world;
    const epoch = driver.epoch();
    const { role } = driver;
    if (epoch !== this.#epoch || role !== this.#role) {
      this.#world.trace.note(`${this.#node.nodeId}: ${role} in epoch ${epoch}`);
      checkers.tell((checker) => checker.epoch?.(this.#node, epoch));
      if (role === 'leader') coverage.count('election');
      if (this.#role === 'candidate' && role !== 'leader') coverage.count('candidate without a majority');
      if (this.#role === 'leader' && role === 'resigned') coverage.count('leader without a majority resigns');
      this.#epoch = epoch;
      this.#role = role;
    }
    const snapshot = storage.snapshots.latest?.offset ?? 0;
    if (snapshot !== this.#snapshot) {
      if (snapshot !== this.#installed) coverage.count('snapshot written');
      this.#snapshot = snapshot;
    }
    const start = storage.log.startOffset();
    if (start > this.#start) coverage.count('old log removed');
    this.#start = start;
  }
}
