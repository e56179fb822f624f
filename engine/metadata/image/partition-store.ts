import type { NodeId, TopicId } from '../../base/brands.ts';
import { PartitionBlock } from './partition-block.ts';
import { noLeader, type PartitionState, ShapePool } from './partition-state.ts';
import type { OverlayStore, PendingWrite, WriteLog } from './write-log.ts';

interface OverlayEntry {
  readonly state: PartitionState;
  readonly offset: number;
}

interface TopicOverlay {
  readonly partitions: Map<number, OverlayEntry>;
  count: number;
}

export interface PartitionChanges {
  partitionChanged(topicId: TopicId, index: number): void;
  /** The topic with all its partitions is gone. */
  partitionsRemoved(topicId: TopicId, block: PartitionBlock | undefined): void;
}

/**
 * Partitions by topic id, committed in blocks and uncommitted in an overlay. While a snapshot is drawn, a block is
 * copied before its first change, so the snapshot keeps what it saw.
 */
export class PartitionStore implements OverlayStore {
  readonly #log: WriteLog;
  readonly #changes: PartitionChanges;
  readonly #pool = new ShapePool();
  readonly #blocks = new Map<TopicId, PartitionBlock>();
  readonly #overlay = new Map<TopicId, TopicOverlay>();
  #generation = 0;
  #openSnapshots = 0;

  constructor(log: WriteLog, changes: PartitionChanges) {
    this.#log = log;
    this.#changes = changes;
    log.addStore(this);
  }

  /** The committed partitions of a topic. Valid until the next change of the committed state, or see `freeze`. */
  committed(topicId: TopicId): PartitionBlock | undefined {
    return this.#blocks.get(topicId);
  }

  /** The last written state. */
  get(topicId: TopicId, index: number): PartitionState | undefined {
    const entry = this.#overlay.get(topicId)?.partitions.get(index);
    return entry === undefined ? this.#blocks.get(topicId)?.get(index) : entry.state;
  }

  /** The last written leader, -1 for none. */
  leader(topicId: TopicId, index: number): NodeId {
    const entry = this.#overlay.get(topicId)?.partitions.get(index);
    return entry === undefined ? (this.#blocks.get(topicId)?.leader(index) ?? noLeader) : entry.state.leader;
  }

  /** Partitions of the topic as last written. */
  count(topicId: TopicId): number {
    return Math.max(this.#blocks.get(topicId)?.count ?? 0, this.#overlay.get(topicId)?.count ?? 0);
  }

  set(topicId: TopicId, index: number, state: PartitionState): void {
    if (this.#log.direct) {
      this.setCommitted(topicId, index, state);
      return;
    }
    const write = new PartitionWrite(this, topicId, index, state, this.#log.offset);
    write.restore();
    this.#log.push(write);
  }

  removeTopic(topicId: TopicId): void {
    if (this.#log.direct) {
      this.removeCommitted(topicId);
      return;
    }
    const write = new RemoveWrite(this, topicId, this.#log.offset);
    this.#log.push(write);
  }

  /** Blocks that are read from now until `thaw` keep their content. */
  freeze(): void {
    this.#generation++;
    this.#openSnapshots++;
  }

  thaw(): void {
    this.#openSnapshots--;
  }

  setCommitted(topicId: TopicId, index: number, state: PartitionState): void {
    let block = this.#blocks.get(topicId);
    if (block === undefined || (this.#openSnapshots > 0 && block.generation !== this.#generation)) {
      block = new PartitionBlock(this.#pool, this.#generation, block);
      this.#blocks.set(topicId, block);
    }
    block.set(index, state);
    this.#changes.partitionChanged(topicId, index);
  }

  removeCommitted(topicId: TopicId): void {
    const block = this.#blocks.get(topicId);
    this.#blocks.delete(topicId);
    this.#overlay.delete(topicId);
    this.#changes.partitionsRemoved(topicId, block);
  }

  putOverlay(topicId: TopicId, index: number, state: PartitionState, offset: number): void {
    let overlay = this.#overlay.get(topicId);
    if (overlay === undefined) {
      overlay = { partitions: new Map(), count: 0 };
      this.#overlay.set(topicId, overlay);
    }
    overlay.partitions.set(index, { state, offset });
    if (index >= overlay.count) overlay.count = index + 1;
  }

  foldOverlay(topicId: TopicId, index: number, state: PartitionState): void {
    this.setCommitted(topicId, index, state);
    const overlay = this.#overlay.get(topicId);
    if (overlay?.partitions.get(index)?.state !== state) return;
    overlay.partitions.delete(index);
    if (overlay.partitions.size === 0) this.#overlay.delete(topicId);
  }

  clearOverlay(): void {
    this.#overlay.clear();
  }

  clearAll(): void {
    this.#overlay.clear();
    this.#blocks.clear();
  }
}

class PartitionWrite implements PendingWrite {
  readonly offset: number;
  readonly #store: PartitionStore;
  readonly #topicId: TopicId;
  readonly #index: number;
  readonly #state: PartitionState;

  constructor(store: PartitionStore, topicId: TopicId, index: number, state: PartitionState, offset: number) {
    this.#store = store;
    this.#topicId = topicId;
    this.#index = index;
    this.#state = state;
    this.offset = offset;
  }

  fold(): void {
    this.#store.foldOverlay(this.#topicId, this.#index, this.#state);
  }

  restore(): void {
    this.#store.putOverlay(this.#topicId, this.#index, this.#state, this.offset);
  }
}

class RemoveWrite implements PendingWrite {
  readonly offset: number;
  readonly #store: PartitionStore;
  readonly #topicId: TopicId;

  constructor(store: PartitionStore, topicId: TopicId, offset: number) {
    this.#store = store;
    this.#topicId = topicId;
    this.offset = offset;
  }

  fold(): void {
    this.#store.removeCommitted(this.#topicId);
  }

  restore(): void {
    // The topic itself is gone from the written state: nobody asks for its partitions.
  }
}
