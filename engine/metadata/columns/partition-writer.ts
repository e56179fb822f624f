import type { DirectoryId, LeaderEpoch, NodeId, PartitionRow, TopicRow } from '../../base/brands.ts';
import { uuidToBytes } from '../../protocol/uuid.ts';
import { DeferredReuse } from '../../ring/deferred-reuse.ts';
import type { SharedBytesWriter } from '../../ring/shared-bytes.ts';
import type { TableDescription } from '../../ring/shared-columns.ts';
import { InternedLists } from './interned-lists.ts';
import { headWord, partitionColumn, rowWords } from './layout.ts';
import { forEachRow, PartitionRowAllocator, type PartitionRuns } from './partition-rows.ts';
import { PartitionTable } from './partition-table.ts';

/** State of a partition as PartitionRecord and PartitionChangeRecord give it. */
export interface PartitionState {
  readonly leader: NodeId;
  readonly leaderEpoch: LeaderEpoch;
  readonly partitionEpoch: number;
  readonly leaderRecoveryState: number;
  readonly replicas: readonly NodeId[];
  readonly isr: readonly NodeId[];
  readonly elr: readonly NodeId[];
  readonly lastKnownElr: readonly NodeId[];
  readonly removingReplicas: readonly NodeId[];
  readonly addingReplicas: readonly NodeId[];
  readonly directories: readonly DirectoryId[];
}

const listColumns = [
  partitionColumn.replicas,
  partitionColumn.isr,
  partitionColumn.elr,
  partitionColumn.lastKnownElr,
  partitionColumn.removingReplicas,
  partitionColumn.addingReplicas,
  partitionColumn.directories,
] as const;

/** The one writer of partition state: the coordinator. Offsets are those of the image that makes a change. */
export class PartitionTableWriter extends PartitionTable {
  private readonly lists: InternedLists;
  private readonly allocator = new PartitionRowAllocator();
  private readonly deferred = new DeferredReuse();
  private readonly onSegment: (index: number, buffer: SharedArrayBuffer) => void;
  private readonly words = new Int32Array(rowWords);
  private readonly before = new Int32Array(rowWords);

  constructor(
    table: TableDescription,
    heads: SharedArrayBuffer,
    bytes: SharedBytesWriter,
    onSegment: (index: number, buffer: SharedArrayBuffer) => void,
  ) {
    super(table, heads, bytes);
    this.lists = new InternedLists(bytes);
    this.onSegment = onSegment;
  }

  /** Rows ever handed out. */
  get rows(): number {
    return this.allocator.rows;
  }

  /** Makes memory for `count` more partitions. Answers how many rows there must be in all. */
  reserve(count: number): number {
    const rows = this.allocator.rows + this.allocator.fresh(count);
    while (rows > this.table.capacity) {
      const { index, buffer } = this.table.grow();
      this.onSegment(index, buffer);
    }
    return rows;
  }

  /** Rows for partitions `firstPartition` … of a topic; each must be written before the topic row names it. */
  allocate(firstPartition: number, count: number): number[] {
    this.reserve(count);
    const runs = this.allocator.take(firstPartition, count);
    Atomics.store(this.heads, headWord.partitionRows, this.allocator.rows);
    return runs;
  }

  /** A new tenant of the row. */
  create(
    row: PartitionRow,
    topicRow: TopicRow,
    topicGeneration: number,
    partition: number,
    state: PartitionState,
  ): void {
    this.fill(state);
    const words = this.words;
    words[partitionColumn.live] = 1;
    words[partitionColumn.topicRow] = topicRow;
    words[partitionColumn.topicGeneration] = topicGeneration;
    words[partitionColumn.partition] = partition;
    this.store(row, 1);
  }

  /** Another state of the same partition. */
  update(row: PartitionRow, state: PartitionState, offset: number): void {
    this.copy(row);
    this.fill(state);
    this.store(row, partitionColumn.leader);
    this.dropLists(offset);
  }

  /** The topic is gone. Rows are readable until `reclaim`. */
  remove(runs: PartitionRuns, count: number, offset: number): void {
    forEachRow(runs, count, (_partition, row) => {
      this.copy(row);
      this.table.begin(row);
      this.table.setInt32(row, partitionColumn.live, 0);
      this.table.end(row);
      this.dropLists(offset);
      this.deferred.add(row, offset);
    });
  }

  reclaim(acknowledged: number): void {
    this.deferred.reclaim(acknowledged, (row) => this.allocator.give(row, 1));
  }

  /** Distinct lists in shared bytes. */
  get listCount(): number {
    return this.lists.size;
  }

  describe(): TableDescription {
    return this.table.describe();
  }

  private fill(state: PartitionState): void {
    const words = this.words;
    words[partitionColumn.leader] = state.leader;
    words[partitionColumn.leaderEpoch] = state.leaderEpoch;
    words[partitionColumn.partitionEpoch] = state.partitionEpoch;
    words[partitionColumn.leaderRecoveryState] = state.leaderRecoveryState;
    words[partitionColumn.replicas] = this.lists.take(state.replicas);
    words[partitionColumn.isr] = this.lists.take(state.isr);
    words[partitionColumn.elr] = this.lists.take(state.elr);
    words[partitionColumn.lastKnownElr] = this.lists.take(state.lastKnownElr);
    words[partitionColumn.removingReplicas] = this.lists.take(state.removingReplicas);
    words[partitionColumn.addingReplicas] = this.lists.take(state.addingReplicas);
    words[partitionColumn.directories] = this.lists.take(directoryWords(state.directories));
  }

  private store(row: PartitionRow, from: number): void {
    this.table.begin(row);
    for (let i = from; i < rowWords; i++) this.table.setInt32(row, i, this.words[i]);
    this.table.end(row);
  }

  /** What the row names before a change. Its lists go only after it names others. */
  private copy(row: PartitionRow): void {
    for (let i = 1; i < rowWords; i++) this.before[i] = this.table.readInt32(row, i);
  }

  private dropLists(offset: number): void {
    for (const column of listColumns) this.lists.give(this.before[column], offset);
  }
}

/** 16 bytes a directory, as int32 in this machine's order, so that they lie as bytes in shared memory. */
function directoryWords(directories: readonly DirectoryId[]): Int32Array {
  const bytes = new Uint8Array(16 * directories.length);
  for (let i = 0; i < directories.length; i++) uuidToBytes(directories[i], bytes, 16 * i);
  return new Int32Array(bytes.buffer);
}
