import type { DirectoryId, LeaderEpoch, NodeId, Offset } from '../base/brands.ts';

/** A replica: node ids come back with an empty disk, directory ids do not. The zero uuid stands for "not known". */
export interface ReplicaKey {
  readonly id: NodeId;
  readonly directoryId: DirectoryId;
}

export interface OffsetAndEpoch {
  readonly offset: Offset;
  readonly epoch: LeaderEpoch;
}

export interface Endpoint {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

export interface Voter extends ReplicaKey {
  readonly endpoints: readonly Endpoint[];
  readonly minKraftVersion: number;
  readonly maxKraftVersion: number;
}

/**
 * What of the log the machine looks at. It sees what the driver had done before the event; what this step's own effects
 * change the machine knows by itself.
 */
export interface RaftLogView {
  /** The first offset still held and the epoch of the record before it (0, 0 for a log from the beginning). */
  start(): OffsetAndEpoch;
  /** The next offset to be written and the epoch of the last record. Read at the start and after a snapshot only. */
  end(): OffsetAndEpoch;
  /** The end of the largest epoch not above `epoch`; the log's start where there is none. */
  endOfEpoch(epoch: LeaderEpoch): OffsetAndEpoch;
  latestSnapshot(): OffsetAndEpoch | null;
}

/** What must survive a crash before any answer is sent: file `quorum-state`. */
export interface ElectionState {
  readonly epoch: LeaderEpoch;
  /** -1 for none known. */
  readonly leaderId: NodeId;
  readonly voted: ReplicaKey | null;
}

export type ControlRecord =
  | {
      readonly kind: 'leader-change';
      readonly leaderId: NodeId;
      readonly voters: readonly ReplicaKey[];
      readonly granting: readonly ReplicaKey[];
    }
  | { readonly kind: 'kraft-version'; readonly version: number }
  | { readonly kind: 'voters'; readonly voters: readonly Voter[] }
  /** One of another leader's that this release does not know; it only takes its offset. */
  | { readonly kind: 'other' };

/** A batch of the leader's, as it came. `bytes` are the driver's; the machine only passes them on. */
export interface ReplicatedBatch {
  readonly baseOffset: Offset;
  readonly lastOffset: Offset;
  readonly epoch: LeaderEpoch;
  readonly control: readonly ControlRecord[] | null;
  readonly bytes: Uint8Array;
}

/** Why kraft.version cannot be given a level. */
export type KraftUpgradeRefusal = 'not-leader' | 'downgrade' | 'not-supported-by-all';

/** Answers between replicas; one edge maps them to wire codes. */
export type RaftError =
  | 'none'
  /** FENCED_LEADER_EPOCH: the sender is behind. */
  | 'fenced-epoch'
  /** UNKNOWN_LEADER_EPOCH: the receiver is behind. */
  | 'unknown-epoch'
  /** NOT_LEADER_OR_FOLLOWER. */
  | 'not-leader'
  /** INVALID_VOTER_KEY: meant for another directory. */
  | 'invalid-voter-key'
  /** INVALID_REQUEST. */
  | 'invalid-request'
  /** SNAPSHOT_NOT_FOUND. */
  | 'snapshot-not-found'
  /** POSITION_OUT_OF_RANGE. */
  | 'position-out-of-range'
  /** VOTER_NOT_FOUND. */
  | 'voter-not-found'
  /** DUPLICATE_VOTER: the id is a voter's already. */
  | 'duplicate-voter'
  /** REQUEST_TIMED_OUT: a replica that is to vote does not have the log yet. */
  | 'lagging'
  /** UNSUPPORTED_VERSION: kraft.version forbids it. */
  | 'unsupported-version'
  /** REQUEST_TIMED_OUT: not now; an earlier change is not yet committed. */
  | 'busy';

export interface VoteRequest {
  readonly kind: 'vote';
  readonly candidate: ReplicaKey;
  /** Of a pre-vote: the epoch that the candidate is in; of a vote: the epoch that it stands for. */
  readonly epoch: LeaderEpoch;
  /** Whom the sender believes to be asking. */
  readonly voter: ReplicaKey;
  readonly lastOffset: Offset;
  readonly lastEpoch: LeaderEpoch;
  readonly preVote: boolean;
}

export interface BeginEpochRequest {
  readonly kind: 'begin-epoch';
  readonly leaderId: NodeId;
  readonly epoch: LeaderEpoch;
  readonly voter: ReplicaKey;
  readonly endpoints: readonly Endpoint[];
}

export interface EndEpochRequest {
  readonly kind: 'end-epoch';
  readonly leaderId: NodeId;
  readonly epoch: LeaderEpoch;
  /** Best successor first. */
  readonly preferred: readonly ReplicaKey[];
}

export interface FetchRequest {
  readonly kind: 'fetch';
  readonly replica: ReplicaKey;
  readonly epoch: LeaderEpoch;
  readonly offset: Offset;
  readonly lastEpoch: LeaderEpoch;
  /** The high watermark that the sender knows, -1 for none: a newer one is answered without delay (KIP-1166). */
  readonly highWatermark: Offset;
  readonly maxWaitMs: number;
}

export interface FetchSnapshotRequest {
  readonly kind: 'fetch-snapshot';
  readonly replica: ReplicaKey;
  readonly epoch: LeaderEpoch;
  readonly snapshot: OffsetAndEpoch;
  readonly positionBytes: number;
}

export interface UpdateVoterRequest {
  readonly kind: 'update-voter';
  readonly epoch: LeaderEpoch;
  readonly voter: Voter;
}

/** A replica that fetches is to be a voter. */
export interface AddVoterRequest {
  readonly kind: 'add-voter';
  readonly voter: Voter;
  /** False: answered when the change is written. */
  readonly ackWhenCommitted: boolean;
  readonly timeoutMs: number;
}

export interface RemoveVoterRequest {
  readonly kind: 'remove-voter';
  readonly voter: ReplicaKey;
  readonly timeoutMs: number;
}

export type ChangeVotersRequest = UpdateVoterRequest | AddVoterRequest | RemoveVoterRequest;

export type RaftRequest =
  | VoteRequest
  | BeginEpochRequest
  | EndEpochRequest
  | FetchRequest
  | FetchSnapshotRequest
  | ChangeVotersRequest;

interface Answer {
  readonly error: RaftError;
  /** What the answering node knows of the quorum: every answer spreads it. -1 for no leader. */
  readonly leaderId: NodeId;
  readonly epoch: LeaderEpoch;
}

export interface VoteResponse extends Answer {
  readonly kind: 'vote';
  readonly granted: boolean;
}
export interface BeginEpochResponse extends Answer {
  readonly kind: 'begin-epoch';
}
export interface EndEpochResponse extends Answer {
  readonly kind: 'end-epoch';
}
export interface FetchResponse extends Answer {
  readonly kind: 'fetch';
  readonly highWatermark: Offset;
  /** Set: the follower's log parts from the leader's at or before this end. */
  readonly diverging: OffsetAndEpoch | null;
  /** Set: the follower must load this snapshot first. */
  readonly snapshot: OffsetAndEpoch | null;
  readonly batches: readonly ReplicatedBatch[];
}
export interface FetchSnapshotResponse extends Answer {
  readonly kind: 'fetch-snapshot';
  readonly snapshot: OffsetAndEpoch;
  readonly sizeBytes: number;
  readonly positionBytes: number;
  readonly bytes: Uint8Array;
}
export interface ChangeVotersResponse extends Answer {
  readonly kind: 'change-voters';
}

export type RaftResponse =
  | VoteResponse
  | BeginEpochResponse
  | EndEpochResponse
  | FetchResponse
  | FetchSnapshotResponse
  | ChangeVotersResponse;

export type RaftEvent =
  /** Once, first. */
  | { readonly type: 'start' }
  /** Time has passed: at or after `nextDeadlineMs`, or at any other moment. */
  | { readonly type: 'tick' }
  /** `id` names the request in the `respond` effect that follows, at once or later. */
  | { readonly type: 'request'; readonly id: number; readonly request: RaftRequest }
  | { readonly type: 'response'; readonly correlation: number; readonly response: RaftResponse }
  /** The request will not be answered: the connection dropped, or was refused. */
  | { readonly type: 'unanswered'; readonly correlation: number }
  /** This node, leading, has written records of its own in the current epoch; they end at `endOffset`. */
  | { readonly type: 'appended'; readonly endOffset: Offset }
  /** Records below `offset` survive a crash. */
  | { readonly type: 'flushed'; readonly offset: Offset }
  /** The snapshot of a `snapshot-complete` effect is in place and the log starts behind it. */
  | { readonly type: 'snapshot-installed'; readonly voters: readonly Voter[] | null; readonly kraftVersion: number }
  /** The snapshot of a `snapshot-complete` effect came damaged and was thrown away. */
  | { readonly type: 'snapshot-damaged' }
  /** This node leads, and nothing stands against it (`Raft.kraftUpgradeRefusal`): kraft.version gets this level. */
  | { readonly type: 'upgrade-kraft-version'; readonly version: number }
  /** Leave leadership of `epoch`, naming successors. */
  | { readonly type: 'resign'; readonly epoch: LeaderEpoch };

/**
 * In order. Effects on the log and notifications are carried out at once; `send` and `respond`, and what the log writes
 * to its disk, wait until every `persist` before them is durable.
 */
export type RaftEffect =
  | { readonly type: 'persist'; readonly state: ElectionState }
  /** Write one control batch in `epoch`; the log's end moves at once. */
  | { readonly type: 'append-control'; readonly epoch: LeaderEpoch; readonly records: readonly ControlRecord[] }
  /** Write the leader's batches as they are; the log's end moves at once. */
  | { readonly type: 'append-batches'; readonly batches: readonly ReplicatedBatch[] }
  /** Remove records at and above `offset`; the log's end moves at once. */
  | { readonly type: 'truncate'; readonly offset: Offset }
  /** `to` below -1: bootstrap server number -2 - to. */
  | { readonly type: 'send'; readonly correlation: number; readonly to: NodeId; readonly request: RaftRequest }
  /** For 'fetch' with `readFrom` ≥ 0 the driver adds records from there; for 'fetch-snapshot' the file's bytes and size. */
  | { readonly type: 'respond'; readonly id: number; readonly response: RaftResponse; readonly readFrom: Offset }
  | { readonly type: 'high-watermark'; readonly offset: Offset }
  | { readonly type: 'leader'; readonly leaderId: NodeId; readonly epoch: LeaderEpoch }
  /** This node leads and everything up to and with its own epoch's first batch is committed. */
  | { readonly type: 'became-leader'; readonly epoch: LeaderEpoch; readonly epochStart: Offset }
  | { readonly type: 'resigned'; readonly epoch: LeaderEpoch }
  /** A part of the leader's snapshot, in order; at position 0 whatever came before is to be forgotten. */
  | {
      readonly type: 'snapshot-bytes';
      readonly id: OffsetAndEpoch;
      readonly positionBytes: number;
      readonly bytes: Uint8Array;
    }
  /** Put the snapshot in place, let the log start behind it, and answer with `snapshot-installed` or `snapshot-damaged`. */
  | { readonly type: 'snapshot-complete'; readonly id: OffsetAndEpoch }
  /** The voter set in force changed (also by truncation). */
  | { readonly type: 'voters'; readonly voters: readonly Voter[] };

export interface RaftOptions {
  readonly local: ReplicaKey;
  /** Where this node is reached; part of BeginQuorumEpoch and of its own entry in the voter set. */
  readonly endpoints: readonly Endpoint[];
  /** False on a node that is only a broker: it never stands for election, whatever the voter set says. */
  readonly canBeVoter: boolean;
  /** controller.quorum.auto.join.enable: asks to be a voter where it is none. */
  readonly autoJoin?: boolean;
  /** How many bootstrap servers there are, to be asked while no leader is known. */
  readonly bootstrapServers: number;
  /** controller.quorum.election.timeout.ms */
  readonly electionTimeoutMs: number;
  /** controller.quorum.election.backoff.max.ms */
  readonly electionBackoffMaxMs: number;
  /** controller.quorum.fetch.timeout.ms */
  readonly fetchTimeoutMs: number;
  /** controller.quorum.request.timeout.ms */
  readonly requestTimeoutMs: number;
  /** controller.quorum.retry.backoff.ms */
  readonly retryBackoffMs: number;
}

export const defaultRaftTimings = {
  electionTimeoutMs: 1000,
  electionBackoffMaxMs: 1000,
  fetchTimeoutMs: 2000,
  requestTimeoutMs: 2000,
  retryBackoffMs: 20,
} as const;
