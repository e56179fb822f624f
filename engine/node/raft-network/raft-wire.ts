/** Raft's requests as messages, and their answers back: the asking side. */
import type { Uuid } from '../../base/brands.ts';
import type { Checksum } from '../../base/codec.ts';
import { apiKey } from '../../protocol/api-table.ts';
import { encodeAddRaftVoterRequest } from '../../protocol/generated/add-raft-voter-request.js';
import { decodeAddRaftVoterResponse } from '../../protocol/generated/add-raft-voter-response.js';
import { encodeBeginQuorumEpochRequest } from '../../protocol/generated/begin-quorum-epoch-request.js';
import { decodeBeginQuorumEpochResponse } from '../../protocol/generated/begin-quorum-epoch-response.js';
import { encodeEndQuorumEpochRequest } from '../../protocol/generated/end-quorum-epoch-request.js';
import { decodeEndQuorumEpochResponse } from '../../protocol/generated/end-quorum-epoch-response.js';
import { encodeFetchRequest } from '../../protocol/generated/fetch-request.js';
import { decodeFetchResponse } from '../../protocol/generated/fetch-response.js';
import { encodeFetchSnapshotRequest } from '../../protocol/generated/fetch-snapshot-request.js';
import { decodeFetchSnapshotResponse } from '../../protocol/generated/fetch-snapshot-response.js';
import { encodeRemoveRaftVoterRequest } from '../../protocol/generated/remove-raft-voter-request.js';
import { decodeRemoveRaftVoterResponse } from '../../protocol/generated/remove-raft-voter-response.js';
import { encodeUpdateRaftVoterRequest } from '../../protocol/generated/update-raft-voter-request.js';
import { decodeUpdateRaftVoterResponse } from '../../protocol/generated/update-raft-voter-response.js';
import { encodeVoteRequest } from '../../protocol/generated/vote-request.js';
import { decodeVoteResponse } from '../../protocol/generated/vote-response.js';
import { Reader } from '../../protocol/reader.ts';
import { emptyBytes } from '../../protocol/types.ts';
import { metadataTopicId } from '../../protocol/uuid.ts';
import { Writer } from '../../protocol/writer.ts';
import type {
  AddVoterRequest,
  BeginEpochRequest,
  EndEpochRequest,
  Endpoint,
  FetchRequest,
  FetchSnapshotRequest,
  OffsetAndEpoch,
  RaftRequest,
  RaftResponse,
  RemoveVoterRequest,
  UpdateVoterRequest,
  VoteRequest,
} from '../../raft/types.ts';
import { metadataTopicName } from '../quorum/partition-raft-log.ts';
import { onlyNamedPartition, onlyPartition } from './metadata-partition.ts';
import { raftErrorOf } from './raft-errors.ts';
import { replicatedBatches } from './replicated-batches.ts';

/** What every request of this node says besides. */
export interface RaftWireSettings {
  readonly clusterId: Uuid;
  readonly checksum: Checksum;
  /** controller.quorum.fetch.max.bytes */
  readonly fetchMaxBytes: number;
  /** controller.quorum.fetch.snapshot.max.bytes */
  readonly fetchSnapshotMaxBytes: number;
  /** Where a leader that resigns is reached; EndQuorumEpoch tells. */
  readonly endpoints: readonly Endpoint[];
}

export interface RaftAnswer {
  readonly response: RaftResponse;
  /** Where the leader is reached by the listener that was asked; null where the answer does not say. */
  readonly leaderEndpoint: { readonly host: string; readonly port: number } | null;
}

export interface RaftRpc {
  readonly apiKey: number;
  /** Older versions do not say what a quorum with directory ids needs. */
  readonly lowestVersion: number;
  readonly highestVersion: number;
}

const rpcs: Readonly<Record<RaftRequest['kind'], RaftRpc>> = {
  vote: { apiKey: apiKey.Vote, lowestVersion: 1, highestVersion: 2 },
  'begin-epoch': { apiKey: apiKey.BeginQuorumEpoch, lowestVersion: 1, highestVersion: 1 },
  'end-epoch': { apiKey: apiKey.EndQuorumEpoch, lowestVersion: 1, highestVersion: 1 },
  fetch: { apiKey: apiKey.Fetch, lowestVersion: 17, highestVersion: 18 },
  'fetch-snapshot': { apiKey: apiKey.FetchSnapshot, lowestVersion: 1, highestVersion: 1 },
  'update-voter': { apiKey: apiKey.UpdateRaftVoter, lowestVersion: 0, highestVersion: 0 },
  'add-voter': { apiKey: apiKey.AddRaftVoter, lowestVersion: 1, highestVersion: 1 },
  'remove-voter': { apiKey: apiKey.RemoveRaftVoter, lowestVersion: 0, highestVersion: 0 },
};

export function rpcOf(request: RaftRequest): RaftRpc {
  if (request.kind === 'vote' && request.preVote) return { ...rpcs.vote, lowestVersion: 2 };
  return rpcs[request.kind];
}

export function encodeRaftRequest(request: RaftRequest, version: number, settings: RaftWireSettings): Uint8Array {
  const writer = new Writer();
  switch (request.kind) {
    case 'vote':
      encodeVoteRequest(writer, vote(request, version, settings), version);
      break;
    case 'begin-epoch':
      encodeBeginQuorumEpochRequest(writer, beginEpoch(request, settings), version);
      break;
    case 'end-epoch':
      encodeEndQuorumEpochRequest(writer, endEpoch(request, settings), version);
      break;
    case 'fetch':
      encodeFetchRequest(writer, fetch(request, version, settings), version);
      break;
    case 'fetch-snapshot':
      encodeFetchSnapshotRequest(writer, fetchSnapshot(request, settings), version);
      break;
    case 'update-voter':
      encodeUpdateRaftVoterRequest(writer, updateVoter(request, settings), version);
      break;
    case 'add-voter':
      encodeAddRaftVoterRequest(writer, addVoter(request, settings), version);
      break;
    case 'remove-voter':
      encodeRemoveRaftVoterRequest(writer, removeVoter(request, settings), version);
      break;
  }
  return writer.toBytes();
}

const ofMetadata = <P>(partition: P) => [{ topicName: metadataTopicName, partitions: [partition] }];

function vote(request: VoteRequest, version: number, { clusterId }: RaftWireSettings) {
  const partition = {
    partitionIndex: 0,
    replicaEpoch: request.epoch,
    replicaId: request.candidate.id,
    replicaDirectoryId: request.candidate.directoryId,
    voterDirectoryId: request.voter.directoryId,
    lastOffsetEpoch: request.lastEpoch,
    lastOffset: BigInt(request.lastOffset),
    ...(version >= 2 ? { preVote: request.preVote } : {}),
  };
  return { clusterId, voterId: request.voter.id, topics: ofMetadata(partition) };
}

function beginEpoch({ leaderId, epoch, voter, endpoints }: BeginEpochRequest, { clusterId }: RaftWireSettings) {
  const partition = { partitionIndex: 0, voterDirectoryId: voter.directoryId, leaderId, leaderEpoch: epoch };
  return { clusterId, voterId: voter.id, topics: ofMetadata(partition), leaderEndpoints: endpoints.map(wireEndpoint) };
}

function endEpoch({ leaderId, epoch, preferred }: EndEpochRequest, { clusterId, endpoints }: RaftWireSettings) {
  const preferredCandidates = preferred.map(({ id, directoryId }) => ({
    candidateId: id,
    candidateDirectoryId: directoryId,
  }));
  const partition = { partitionIndex: 0, leaderId, leaderEpoch: epoch, preferredCandidates };
  return { clusterId, topics: ofMetadata(partition), leaderEndpoints: endpoints.map(wireEndpoint) };
}

function fetch(request: FetchRequest, version: number, { clusterId, fetchMaxBytes }: RaftWireSettings) {
  const partition = {
    partition: 0,
    currentLeaderEpoch: request.epoch,
    fetchOffset: BigInt(request.offset),
    lastFetchedEpoch: request.lastEpoch,
    replicaDirectoryId: request.replica.directoryId,
    ...(version >= 18 ? { highWatermark: BigInt(request.highWatermark) } : {}),
  };
  return {
    clusterId,
    replicaState: { replicaId: request.replica.id },
    maxWaitMs: request.maxWaitMs,
    maxBytes: fetchMaxBytes,
    topics: [{ topicId: metadataTopicId, partitions: [partition] }],
  };
}

function fetchSnapshot(request: FetchSnapshotRequest, { clusterId, fetchSnapshotMaxBytes }: RaftWireSettings) {
  const partition = {
    partition: 0,
    currentLeaderEpoch: request.epoch,
    snapshotId: { endOffset: BigInt(request.snapshot.offset), epoch: request.snapshot.epoch },
    position: BigInt(request.positionBytes),
    replicaDirectoryId: request.replica.directoryId,
  };
  const topics = [{ name: metadataTopicName, partitions: [partition] }];
  return { clusterId, replicaId: request.replica.id, maxBytes: fetchSnapshotMaxBytes, topics };
}

function updateVoter({ epoch, voter }: UpdateVoterRequest, { clusterId }: RaftWireSettings) {
  return {
    clusterId,
    currentLeaderEpoch: epoch,
    voterId: voter.id,
    voterDirectoryId: voter.directoryId,
    listeners: voter.endpoints.map(wireEndpoint),
    kRaftVersionFeature: { minSupportedVersion: voter.minKraftVersion, maxSupportedVersion: voter.maxKraftVersion },
  };
}

function addVoter({ voter, ackWhenCommitted, timeoutMs }: AddVoterRequest, { clusterId }: RaftWireSettings) {
  return {
    clusterId,
    timeoutMs,
    voterId: voter.id,
    voterDirectoryId: voter.directoryId,
    listeners: voter.endpoints.map(wireEndpoint),
    ackWhenCommitted,
  };
}

function removeVoter({ voter }: RemoveVoterRequest, { clusterId }: RaftWireSettings) {
  return { clusterId, voterId: voter.id, voterDirectoryId: voter.directoryId };
}

function wireEndpoint({ name, host, port }: Endpoint) {
  return { name, host, port };
}

/**
 * Null: the answer is to no request about the metadata log, or an error of the node as a whole; as good as none.
 * Throws ProtocolError or MetadataCorruptError where it is broken.
 */
export function decodeRaftResponse(
  request: RaftRequest,
  body: Uint8Array,
  version: number,
  checksum: Checksum,
): RaftAnswer | null {
  const reader = new Reader(body);
  switch (request.kind) {
    case 'vote': {
      const message = decodeVoteResponse(reader, version);
      const partition = message.errorCode === 0 ? onlyNamedPartition(message.topics) : undefined;
      if (partition === undefined) return null;
      return answered(message.nodeEndpoints, { kind: 'vote', ...quorumOf(partition), granted: partition.voteGranted });
    }
    case 'begin-epoch': {
      const message = decodeBeginQuorumEpochResponse(reader, version);
      const partition = message.errorCode === 0 ? onlyNamedPartition(message.topics) : undefined;
      if (partition === undefined) return null;
      return answered(message.nodeEndpoints, { kind: 'begin-epoch', ...quorumOf(partition) });
    }
    case 'end-epoch': {
      const message = decodeEndQuorumEpochResponse(reader, version);
      const partition = message.errorCode === 0 ? onlyNamedPartition(message.topics) : undefined;
      if (partition === undefined) return null;
      return answered(message.nodeEndpoints, { kind: 'end-epoch', ...quorumOf(partition) });
    }
    case 'fetch':
      return fetched(reader, version, checksum);
    case 'fetch-snapshot':
      return snapshotFetched(reader, version);
    case 'update-voter': {
      const { errorCode, currentLeader } = decodeUpdateRaftVoterResponse(reader, version);
      const { leaderId, leaderEpoch, host, port } = currentLeader;
      const response = { kind: 'change-voters', error: raftErrorOf(errorCode), leaderId, epoch: leaderEpoch } as const;
      return { response, leaderEndpoint: leaderId >= 0 && host !== '' ? { host, port } : null };
    }
    case 'add-voter':
      return changed(decodeAddRaftVoterResponse(reader, version).errorCode);
    case 'remove-voter':
      return changed(decodeRemoveRaftVoterResponse(reader, version).errorCode);
  }
}

/** These answers say nothing of who leads. */
function changed(code: number): RaftAnswer {
  return {
    response: { kind: 'change-voters', error: raftErrorOf(code), leaderId: -1, epoch: -1 },
    leaderEndpoint: null,
  };
}

function fetched(reader: Reader, version: number, checksum: Checksum): RaftAnswer | null {
  const { errorCode, responses, nodeEndpoints } = decodeFetchResponse(reader, version);
  const isMetadata = (at: number): boolean => responses[at]!.topicId === metadataTopicId;
  const partition =
    errorCode === 0 ? onlyPartition(responses, isMetadata, ({ partitionIndex }) => partitionIndex) : undefined;
  if (partition === undefined) return null;
  const { divergingEpoch, snapshotId, records } = partition;
  return answered(nodeEndpoints, {
    kind: 'fetch',
    error: raftErrorOf(partition.errorCode),
    leaderId: partition.currentLeader.leaderId,
    epoch: partition.currentLeader.leaderEpoch,
    highWatermark: Number(partition.highWatermark),
    diverging: named(divergingEpoch),
    snapshot: named(snapshotId),
    batches: replicatedBatches(records ?? emptyBytes, checksum),
  });
}

/** Fields that are not there read as -1. */
function named({ endOffset, epoch }: { readonly endOffset: bigint; readonly epoch: number }): OffsetAndEpoch | null {
  return endOffset < 0n && epoch < 0 ? null : { offset: Number(endOffset), epoch };
}

function snapshotFetched(reader: Reader, version: number): RaftAnswer | null {
  const { errorCode, topics, nodeEndpoints } = decodeFetchSnapshotResponse(reader, version);
  const isMetadata = (at: number): boolean => topics[at]!.name === metadataTopicName;
  const partition = errorCode === 0 ? onlyPartition(topics, isMetadata, ({ index }) => index) : undefined;
  if (partition === undefined) return null;
  return answered(nodeEndpoints, {
    kind: 'fetch-snapshot',
    error: raftErrorOf(partition.errorCode),
    leaderId: partition.currentLeader.leaderId,
    epoch: partition.currentLeader.leaderEpoch,
    snapshot: { offset: Number(partition.snapshotId.endOffset), epoch: partition.snapshotId.epoch },
    sizeBytes: Number(partition.size),
    positionBytes: Number(partition.position),
    bytes: partition.unalignedRecords ?? emptyBytes,
  });
}

function quorumOf(partition: { readonly errorCode: number; readonly leaderId: number; readonly leaderEpoch: number }) {
  return { error: raftErrorOf(partition.errorCode), leaderId: partition.leaderId, epoch: partition.leaderEpoch };
}

function answered(
  nodes: readonly { readonly nodeId: number; readonly host: string; readonly port: number }[],
  response: RaftResponse,
): RaftAnswer {
  const leader = nodes.find(({ nodeId }) => nodeId >= 0 && nodeId === response.leaderId);
  return { response, leaderEndpoint: leader === undefined ? null : { host: leader.host, port: leader.port } };
}
