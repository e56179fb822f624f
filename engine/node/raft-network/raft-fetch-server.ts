/** Fetch of the metadata log and of its snapshots: the asked side. */
import { joinedBytes } from '../../base/joined-bytes.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { FetchRequest } from '../../protocol/generated/fetch-request.js';
import type { FetchResponse } from '../../protocol/generated/fetch-response.js';
import type { FetchSnapshotRequest } from '../../protocol/generated/fetch-snapshot-request.js';
import type { FetchSnapshotResponse } from '../../protocol/generated/fetch-snapshot-response.js';
import { emptyBytes } from '../../protocol/types.ts';
import { metadataTopicId } from '../../protocol/uuid.ts';
import type { FetchResponse as RaftFetchResponse, RaftResponse } from '../../raft/types.ts';
import { metadataTopicName } from '../quorum/partition-raft-log.ts';
import { onlyPartition } from './metadata-partition.ts';
import { raftErrorCode } from './raft-errors.ts';
import { type AskedBy, isOtherCluster, nodesSince, type RaftServices, type Responds } from './raft-server.ts';

/** Topics have names before this version, and ids from it on. */
const topicIdsSince = 13;
/** Replicas stand in a field of their own from this version on. */
const replicaStateSince = 15;

export function serveFetch(
  services: RaftServices,
  request: FetchRequest,
  by: AskedBy,
  respond: Responds<FetchResponse>,
) {
  const { topics, maxWaitMs, maxBytes } = request;
  const isMetadata = (at: number): boolean =>
    by.version >= topicIdsSince ? topics[at]!.topicId === metadataTopicId : topics[at]!.topic === metadataTopicName;
  const asked = onlyPartition(topics, isMetadata, ({ partition }) => partition);
  if (isOtherCluster(services, request.clusterId)) return respond({ errorCode: errorCode.INCONSISTENT_CLUSTER_ID });
  if (asked === undefined) return respond({ errorCode: errorCode.INVALID_REQUEST });
  const answer = (response: RaftFetchResponse): void => respond(fetchAnswer(services, response, by));
  const { currentLeaderEpoch, fetchOffset, lastFetchedEpoch } = asked;
  if (maxWaitMs < 0 || fetchOffset < 0n || lastFetchedEpoch < 0 || currentLeaderEpoch < 0) {
    return answer(invalidFetch(services));
  }
  const replicaId = by.version >= replicaStateSince ? request.replicaState.replicaId : request.replicaId;
  const fetch = {
    kind: 'fetch',
    replica: { id: replicaId, directoryId: asked.replicaDirectoryId },
    epoch: currentLeaderEpoch,
    offset: Number(fetchOffset),
    lastEpoch: lastFetchedEpoch,
    highWatermark: Number(asked.highWatermark),
    maxWaitMs,
  } as const;
  const received = (response: RaftResponse): void => answer(response as RaftFetchResponse);
  services.raft.receive(fetch, received, Math.max(0, maxBytes));
}

function invalidFetch({ raft }: RaftServices): RaftFetchResponse {
  return {
    kind: 'fetch',
    error: 'invalid-request',
    leaderId: raft.leaderId(),
    epoch: raft.epoch(),
    highWatermark: -1,
    diverging: null,
    snapshot: null,
    batches: [],
  };
}

function fetchAnswer(
  services: RaftServices,
  response: RaftFetchResponse,
  by: AskedBy,
): Parameters<Responds<FetchResponse>>[0] {
  const { diverging, snapshot, leaderId, epoch } = response;
  const partition = {
    partitionIndex: 0,
    errorCode: raftErrorCode(response.error),
    highWatermark: BigInt(response.highWatermark),
    records: joinedBytes(response.batches.map(({ bytes }) => bytes)),
    ...(by.version < 12
      ? {}
      : {
          currentLeader: { leaderId, leaderEpoch: epoch },
          ...(diverging === null
            ? {}
            : { divergingEpoch: { endOffset: BigInt(diverging.offset), epoch: diverging.epoch } }),
          ...(snapshot === null ? {} : { snapshotId: { endOffset: BigInt(snapshot.offset), epoch: snapshot.epoch } }),
        }),
  };
  const topic = by.version >= topicIdsSince ? { topicId: metadataTopicId } : { topic: metadataTopicName };
  const { nodeEndpoints = [] } = nodesSince(17, services, leaderId, by);
  return {
    responses: [{ ...topic, partitions: [partition] }],
    ...(nodeEndpoints.length > 0 ? { nodeEndpoints } : {}),
  };
}

export function serveFetchSnapshot(
  services: RaftServices,
  request: FetchSnapshotRequest,
  by: AskedBy,
  respond: Responds<FetchSnapshotResponse>,
) {
  if (isOtherCluster(services, request.clusterId)) return respond({ errorCode: errorCode.INCONSISTENT_CLUSTER_ID });
  const { topics } = request;
  const [topic] = topics;
  const [first] = topic?.partitions ?? [];
  if (topics.length !== 1 || topic?.partitions.length !== 1 || first === undefined) {
    return respond({ errorCode: errorCode.INVALID_REQUEST });
  }
  if (topic.name !== metadataTopicName || first.partition !== 0) {
    const code = errorCode.UNKNOWN_TOPIC_OR_PARTITION;
    const unknown = { index: first.partition, errorCode: code, unalignedRecords: emptyBytes };
    return respond({ topics: [{ name: topic.name, partitions: [unknown] }] });
  }
  const fetch = {
    kind: 'fetch-snapshot',
    replica: { id: request.replicaId, directoryId: first.replicaDirectoryId },
    epoch: first.currentLeaderEpoch,
    snapshot: { offset: Number(first.snapshotId.endOffset), epoch: first.snapshotId.epoch },
    positionBytes: Number(first.position),
  } as const;
  const answered = (response: RaftResponse): void => {
    if (response.kind !== 'fetch-snapshot') return;
    const { leaderId, epoch, snapshot } = response;
    const partition = {
      index: 0,
      errorCode: raftErrorCode(response.error),
      snapshotId: { endOffset: BigInt(snapshot.offset), epoch: snapshot.epoch },
      currentLeader: { leaderId, leaderEpoch: epoch },
      size: BigInt(Math.max(0, response.sizeBytes)),
      position: BigInt(response.positionBytes),
      unalignedRecords: response.bytes,
    };
    respond({
      topics: [{ name: metadataTopicName, partitions: [partition] }],
      ...nodesSince(1, services, leaderId, by),
    });
  };
  services.raft.receive(fetch, answered, Math.max(0, request.maxBytes));
}
