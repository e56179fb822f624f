import type { DirectoryId, LeaderEpoch, NodeId, PartitionRow, TopicRow } from '../../base/brands.ts';
import { uuidFromBytes } from '../../protocol/uuid.ts';
import type { SharedBytes } from '../../ring/shared-bytes.ts';
import { SharedTable, type TableDescription } from '../../ring/shared-columns.ts';
import { headWord, partitionColumn } from './layout.ts';

/**
 * Partition state as the last committed image has it, as every thread reads it. Single columns can't be torn; what must
 * agree (leader and its epoch, the lists) is read with `read`. Whatever outlives the turn carries topic generation or
 * id, and leader epoch.
 */
export class PartitionTable {
  protected readonly table: SharedTable;
  protected readonly heads: Int32Array;
  protected readonly bytes: SharedBytes;

  constructor(table: TableDescription, heads: SharedArrayBuffer, bytes: SharedBytes) {
    this.table = new SharedTable(table);
    this.heads = new Int32Array(heads);
    this.bytes = bytes;
  }

  /** Handed over by the writer, before a row in it is named. */
  addSegment(index: number, buffer: SharedArrayBuffer): void {
    this.table.addSegment(index, buffer);
  }

  isLive(row: PartitionRow): boolean {
    return this.table.has(row) && this.table.readInt32(row, partitionColumn.live) === 1;
  }

  topicRow(row: PartitionRow): TopicRow {
    return this.table.readInt32(row, partitionColumn.topicRow);
  }

  /** The partition's index within its topic. */
  partition(row: PartitionRow): number {
    return this.table.readInt32(row, partitionColumn.partition);
  }

  topicGeneration(row: PartitionRow): number {
    return this.table.readInt32(row, partitionColumn.topicGeneration);
  }

  /** -1: no leader. */
  leader(row: PartitionRow): NodeId {
    return this.table.readInt32(row, partitionColumn.leader);
  }

  leaderEpoch(row: PartitionRow): LeaderEpoch {
    return this.table.readInt32(row, partitionColumn.leaderEpoch);
  }

  partitionEpoch(row: PartitionRow): number {
    return this.table.readInt32(row, partitionColumn.partitionEpoch);
  }

  /** 0 = recovered, 1 = recovering (KIP-704). */
  leaderRecoveryState(row: PartitionRow): number {
    return this.table.readInt32(row, partitionColumn.leaderRecoveryState);
  }

  /**
   * Copies the row's words (see layout.ts) as they were at one moment; lists are refs for `listAt`. False: ask the
   * coordinator by message.
   */
  read(row: PartitionRow, into: Int32Array): boolean {
    return this.table.read(row, into);
  }

  /** Changes with every write of the row. */
  sequenceOf(row: PartitionRow): number {
    return this.table.sequenceOf(row);
  }

  replicaCount(row: PartitionRow): number {
    return this.bytes.int32Count(this.table.readInt32(row, partitionColumn.replicas));
  }

  replicas(row: PartitionRow): NodeId[] {
    return this.listAt(this.table.readInt32(row, partitionColumn.replicas));
  }

  isrCount(row: PartitionRow): number {
    return this.bytes.int32Count(this.table.readInt32(row, partitionColumn.isr));
  }

  isr(row: PartitionRow): NodeId[] {
    return this.listAt(this.table.readInt32(row, partitionColumn.isr));
  }

  /** Eligible leader replicas (KIP-966). */
  elr(row: PartitionRow): NodeId[] {
    return this.listAt(this.table.readInt32(row, partitionColumn.elr));
  }

  lastKnownElr(row: PartitionRow): NodeId[] {
    return this.listAt(this.table.readInt32(row, partitionColumn.lastKnownElr));
  }

  removingReplicas(row: PartitionRow): NodeId[] {
    return this.listAt(this.table.readInt32(row, partitionColumn.removingReplicas));
  }

  addingReplicas(row: PartitionRow): NodeId[] {
    return this.listAt(this.table.readInt32(row, partitionColumn.addingReplicas));
  }

  /** What the replica and the directory list are called; the same as long as they are, within a turn. */
  replicasRef(row: PartitionRow): number {
    return this.table.readInt32(row, partitionColumn.replicas);
  }

  directoriesRef(row: PartitionRow): number {
    return this.table.readInt32(row, partitionColumn.directories);
  }

  /** Log directories of the replicas, in their order (KIP-858). */
  directories(row: PartitionRow): DirectoryId[] {
    const bytes = this.bytes.view(this.table.readInt32(row, partitionColumn.directories));
    return Array.from({ length: bytes.length / 16 }, (_, i) => uuidFromBytes(bytes, 16 * i));
  }

  /** Whether `node` is among the replicas of the list at `ref`, without copying it. */
  listContains(ref: number, node: NodeId): boolean {
    const count = this.bytes.int32Count(ref);
    for (let i = 0; i < count; i++) if (this.bytes.int32At(ref, i) === node) return true;
    return false;
  }

  listAt(ref: number): NodeId[] {
    return Array.from({ length: this.bytes.int32Count(ref) }, (_, i) => this.bytes.int32At(ref, i));
  }

  /** Rows at or beyond are not in use. */
  get rowCount(): number {
    return Math.min(Atomics.load(this.heads, headWord.partitionRows), this.table.capacity);
  }

  /** Visits the rows in use, in no particular order. */
  forEachRow(visit: (row: PartitionRow) => void): void {
    const rows = this.rowCount;
    for (let row = 0; row < rows; row++) if (this.isLive(row)) visit(row);
  }
}
