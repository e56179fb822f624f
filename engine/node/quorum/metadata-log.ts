import type { DirectoryId, LeaderEpoch, NodeId, Offset, TimestampMs } from '../../base/brands.ts';
import type { KraftUpgradeRefusal } from '../../raft/types.ts';

/**
 * A record of the metadata log: the schema's api key, the version that its value is written in, and the generated
 * message object. On disk the value is framed by engine/protocol/record-frame.ts.
 */
export interface MetadataRecord {
  readonly apiKey: number;
  readonly version: number;
  readonly message: object;
}

/** Everything below `offset` is contained; `epoch` is the epoch of the record at `offset - 1`. */
export interface SnapshotId {
  readonly offset: Offset;
  readonly epoch: LeaderEpoch;
}

export type MetadataLogErrorReason =
  /** This node does not lead, or no longer in the epoch that the caller decided in. */
  | 'not-leader'
  /** The records do not fit one batch: nothing was appended. */
  | 'too-large'
  /** Too much is written and not yet committed: nothing was appended. Try again after the next `committed`. */
  | 'backlogged';

/** An append that did not happen. No record of it was replayed. */
export class MetadataLogError extends Error {
  override readonly name = 'MetadataLogError';
  readonly reason: MetadataLogErrorReason;

  constructor(reason: MetadataLogErrorReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** `__cluster_metadata-0` as its writers see it: the replicated log of one Raft quorum. */
export interface MetadataLog {
  readonly nodeId: NodeId;
  /** True between `becameLeader` and `resigned`: the only time in which `append` takes records. */
  isLeader(): boolean;
  /** The node that leads as far as this one knows, -1 for none. */
  leaderId(): NodeId;
  /** The quorum's current epoch, whoever leads it. */
  epoch(): LeaderEpoch;
  /** The offset that the next appended record will have. */
  endOffset(): Offset;
  /** Records below are committed and durable; -1 before the first leader of this run has been heard of. */
  highWatermark(): Offset;
  /**
   * Appends `records` as one batch, which becomes visible wholly or not at all. They are replayed to every listener
   * before the call returns; they count (answers, shared tables, snapshots) once `committed` passes the returned offset.
   *
   * @param epoch the epoch that the caller decided in, as `becameLeader` gave it.
   * @returns the offset of the last record.
   * @throws MetadataLogError
   */
  append(epoch: LeaderEpoch, records: readonly MetadataRecord[]): Offset;
  /** Gives leadership up if it is still of `epoch`; `resigned` follows, in this or a later turn. */
  resign(epoch: LeaderEpoch): void;
  /** Asks for a snapshot at the next committed offset, also when the configured limits do not yet want one. */
  requestSnapshot(): void;
  /** The newest complete snapshot, if any. */
  latestSnapshot(): SnapshotId | null;
  /** Finalized level of the feature kraft.version, which the log itself keeps. */
  readonly kraftVersion: number;
  /** Why kraft.version cannot have this level (KIP-853); null: it can, or it has it. */
  kraftUpgradeRefusal(level: number): KraftUpgradeRefusal | null;
  /**
   * Gives kraft.version the level, and moves the voters from the configuration into the log, as one batch.
   *
   * @throws MetadataLogError
   */
  upgradeKraftVersion(epoch: LeaderEpoch, level: number): void;
  /** What DescribeQuorum answers; null where this node does not lead. */
  describeQuorum(): QuorumDescription | null;
  /** Listeners are told all from the newest snapshot on, in the order of registration. Register before the start. */
  register(listener: MetadataListener): void;
}

/**
 * One that follows the metadata log. Calls are on one thread and never nested, but for `replay` within `append`.
 *
 * Order: [beginSnapshot replay* endSnapshot] (replay* committed)* and so on. On a follower records are replayed when
 * they are committed. On the leader they are replayed as they are written, and `committed` follows. So all that was
 * replayed beyond the last `committed` is an overlay: deciders see it, clients do not, and `resigned` drops it.
 */
export interface MetadataListener {
  /** One record. Within a snapshot `offset` is the last offset that the snapshot contains. */
  replay(record: MetadataRecord, offset: Offset, epoch: LeaderEpoch): void;
  /** Records below `highWatermark` are committed. `lastEpoch`, `lastTimestampMs`: those of the last batch below it. */
  committed(highWatermark: Offset, lastEpoch: LeaderEpoch, lastTimestampMs: TimestampMs): void;
  /** Forget all state: what follows until `endSnapshot` is the whole of it. May span turns. */
  beginSnapshot(id: SnapshotId): void;
  endSnapshot(id: SnapshotId, lastTimestampMs: TimestampMs): void;
  /** Someone else leads now, or nobody (-1). */
  leaderChanged(leaderId: NodeId, epoch: LeaderEpoch): void;
  /** This node leads, and all records of earlier epochs have been replayed and committed. */
  becameLeader(epoch: LeaderEpoch): void;
  /** This node no longer leads: drop what was replayed beyond the last `committed`; those offsets come again or never. */
  resigned(epoch: LeaderEpoch): void;
  /**
   * The state at the last `committed`, as records in the order in which they are to be replayed; null from listeners
   * that keep none. Drawn from over many turns, while replay goes on: the source must keep to the state of the call.
   * `return()` is called when the drawing ends early.
   */
  snapshotRecords(): Iterator<MetadataRecord> | null;
}

export interface QuorumDescription {
  readonly leaderId: NodeId;
  readonly leaderEpoch: LeaderEpoch;
  readonly highWatermark: Offset;
  readonly voters: readonly QuorumReplica[];
  readonly observers: readonly QuorumReplica[];
  /** Where voters are reached, as far as the voter set tells (empty for static voters with unknown listeners). */
  readonly nodes: readonly QuorumNode[];
}

export interface QuorumReplica {
  readonly id: NodeId;
  /** The zero uuid where none is known. */
  readonly directoryId: DirectoryId;
  readonly logEndOffset: Offset;
  /** Wall clock, -1 where unknown. */
  readonly lastFetchTimestampMs: TimestampMs;
  readonly lastCaughtUpTimestampMs: TimestampMs;
}

export interface QuorumNode {
  readonly id: NodeId;
  readonly listeners: readonly QuorumListener[];
}

export interface QuorumListener {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}
