/** Raft's messages of other nodes as the machine's requests, and its answers as messages: the asked side. */
import { type LeaderEpoch, type NodeId, type Uuid, zeroUuid } from '../../base/brands.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { BeginQuorumEpochRequest } from '../../protocol/generated/begin-quorum-epoch-request.js';
import type { BeginQuorumEpochResponse } from '../../protocol/generated/begin-quorum-epoch-response.js';
import type { EndQuorumEpochRequest } from '../../protocol/generated/end-quorum-epoch-request.js';
import type { EndQuorumEpochResponse } from '../../protocol/generated/end-quorum-epoch-response.js';
import type { UpdateRaftVoterRequest } from '../../protocol/generated/update-raft-voter-request.js';
import type { UpdateRaftVoterResponse } from '../../protocol/generated/update-raft-voter-response.js';
import type { VoteRequest } from '../../protocol/generated/vote-request.js';
import type { VoteResponse } from '../../protocol/generated/vote-response.js';
import type { Init } from '../../protocol/types.ts';
import type { Endpoint, RaftRequest, RaftResponse, ReplicaKey } from '../../raft/types.ts';
import { metadataTopicName } from '../quorum/partition-raft-log.ts';
import { onlyNamedPartition } from './metadata-partition.ts';
import { raftErrorCode } from './raft-errors.ts';

/** This node's replica of the metadata log, as its listener asks it. */
export interface RaftReplica {
  readonly local: ReplicaKey;
  leaderId(): NodeId;
  epoch(): LeaderEpoch;
  receive(request: RaftRequest, answer: (response: RaftResponse) => void, maxBytes?: number): void;
}

export interface RaftServices {
  readonly clusterId: Uuid;
  readonly raft: RaftReplica;
  /** Where a controller is reached, as far as this node knows. */
  endpointsOf(id: NodeId): readonly Endpoint[];
  /** A leader told where it is reached. */
  learn(leaderId: NodeId, endpoints: readonly Endpoint[]): void;
}

/** How a request came. */
export interface AskedBy {
  readonly version: number;
  readonly listenerName: string;
}

export type Responds<T> = (response: Init<T>) => void;

export function isOtherCluster(services: RaftServices, clusterId: string | null): boolean {
  return clusterId !== null && clusterId !== services.clusterId;
}

/** Where the leader is reached by the listener that was asked: with it a replica that has heard of nobody finds it. */
function leaderNodes(
  services: RaftServices,
  leaderId: NodeId,
  { listenerName }: AskedBy,
): { nodeId: number; host: string; port: number }[] {
  if (leaderId < 0) return [];
  const endpoint = services.endpointsOf(leaderId).find(({ name }) => name === listenerName);
  return endpoint === undefined ? [] : [{ nodeId: leaderId, host: endpoint.host, port: endpoint.port }];
}

const ofMetadata = <P>(partition: P) => [{ topicName: metadataTopicName, partitions: [partition] }];

function refusal(services: RaftServices, request: { readonly clusterId: string | null }): number {
  return isOtherCluster(services, request.clusterId) ? errorCode.INCONSISTENT_CLUSTER_ID : errorCode.INVALID_REQUEST;
}

/** A message of an older version, or from a voter that knows no directory, names the voter that it asks or nobody. */
function voterKey({ raft }: RaftServices, id: NodeId, directoryId: Uuid): ReplicaKey {
  return id < 0 ? raft.local : { id, directoryId };
}

export function serveVote(services: RaftServices, request: VoteRequest, by: AskedBy, respond: Responds<VoteResponse>) {
  const partition = onlyNamedPartition(request.topics);
  if (isOtherCluster(services, request.clusterId) || partition === undefined) {
    return respond({ errorCode: refusal(services, request) });
  }
  const { replicaId, replicaDirectoryId, replicaEpoch, lastOffsetEpoch, lastOffset, preVote } = partition;
  const vote = {
    kind: 'vote',
    candidate: { id: replicaId, directoryId: replicaDirectoryId },
    epoch: replicaEpoch,
    voter: voterKey(services, request.voterId, partition.voterDirectoryId),
    lastOffset: Number(lastOffset),
    lastEpoch: lastOffsetEpoch,
    preVote,
  } as const;
  services.raft.receive(vote, (response) => {
    const { error, leaderId, epoch } = response;
    const voteGranted = response.kind === 'vote' && response.granted;
    const answer = { partitionIndex: 0, errorCode: raftErrorCode(error), leaderId, leaderEpoch: epoch, voteGranted };
    respond({ topics: ofMetadata(answer), ...nodesSince(1, services, leaderId, by) });
  });
}

export function serveBeginEpoch(
  services: RaftServices,
  request: BeginQuorumEpochRequest,
  by: AskedBy,
  respond: Responds<BeginQuorumEpochResponse>,
) {
  const partition = onlyNamedPartition(request.topics);
  if (isOtherCluster(services, request.clusterId) || partition === undefined) {
    return respond({ errorCode: refusal(services, request) });
  }
  const { leaderId, leaderEpoch, voterDirectoryId } = partition;
  const endpoints = request.leaderEndpoints.map(({ name, host, port }) => ({ name, host, port }));
  const voter = voterKey(services, request.voterId, voterDirectoryId);
  services.raft.receive({ kind: 'begin-epoch', leaderId, epoch: leaderEpoch, voter, endpoints }, (response) => {
    if (response.error === 'none') services.learn(leaderId, endpoints);
    const answer = { partitionIndex: 0, ...quorumFields(response) };
    respond({ topics: ofMetadata(answer), ...nodesSince(1, services, response.leaderId, by) });
  });
}

export function serveEndEpoch(
  services: RaftServices,
  request: EndQuorumEpochRequest,
  by: AskedBy,
  respond: Responds<EndQuorumEpochResponse>,
) {
  const partition = onlyNamedPartition(request.topics);
  if (isOtherCluster(services, request.clusterId) || partition === undefined) {
    return respond({ errorCode: refusal(services, request) });
  }
  const { leaderId, leaderEpoch, preferredSuccessors, preferredCandidates } = partition;
  const preferred =
    by.version >= 1
      ? preferredCandidates.map(({ candidateId, candidateDirectoryId }) => ({
          id: candidateId,
          directoryId: candidateDirectoryId,
        }))
      : preferredSuccessors.map((id) => ({ id, directoryId: zeroUuid }));
  services.raft.receive({ kind: 'end-epoch', leaderId, epoch: leaderEpoch, preferred }, (response) => {
    const answer = { partitionIndex: 0, ...quorumFields(response) };
    respond({ topics: ofMetadata(answer), ...nodesSince(1, services, response.leaderId, by) });
  });
}

export function serveUpdateVoter(
  services: RaftServices,
  request: UpdateRaftVoterRequest,
  by: AskedBy,
  respond: Responds<UpdateRaftVoterResponse>,
) {
  const answer = (code: number, leaderId: NodeId, epoch: LeaderEpoch): void => {
    const [node] = leaderNodes(services, leaderId, by);
    const currentLeader = { leaderId, leaderEpoch: epoch, host: node?.host ?? '', port: node?.port ?? 0 };
    respond({ errorCode: code, currentLeader });
  };
  const { raft } = services;
  if (isOtherCluster(services, request.clusterId)) {
    return answer(errorCode.INCONSISTENT_CLUSTER_ID, raft.leaderId(), raft.epoch());
  }
  const { minSupportedVersion, maxSupportedVersion } = request.kRaftVersionFeature;
  const voter = {
    id: request.voterId,
    directoryId: request.voterDirectoryId,
    endpoints: request.listeners.map(({ name, host, port }) => ({ name, host, port })),
    minKraftVersion: minSupportedVersion,
    maxKraftVersion: maxSupportedVersion,
  };
  raft.receive({ kind: 'update-voter', epoch: request.currentLeaderEpoch, voter }, ({ error, leaderId, epoch }) =>
    answer(raftErrorCode(error), leaderId, epoch),
  );
}

function quorumFields({ error, leaderId, epoch }: RaftResponse) {
  return { errorCode: raftErrorCode(error), leaderId, leaderEpoch: epoch };
}

export function nodesSince(version: number, services: RaftServices, leaderId: NodeId, by: AskedBy) {
  return by.version >= version ? { nodeEndpoints: leaderNodes(services, leaderId, by) } : {};
}
