import type { DirectoryId, TopicId } from '../../base/brands.ts';
import type { BrokerState } from '../../metadata/image/states.ts';
import { hasDirectoryAssignment, metadataVersionFeature } from '../../metadata/record-versions.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { AssignReplicasToDirsRequest } from '../../protocol/generated/assign-replicas-to-dirs-request.js';
import type { AssignReplicasToDirsResponse } from '../../protocol/generated/assign-replicas-to-dirs-response.js';
import type { Init } from '../../protocol/types.ts';
import { answer, currentBroker, type Decision, type DecisionContext } from '../decision.ts';
import { replicaLeaves } from '../leadership.ts';
import { directoryOf } from '../partition-change.ts';
import { PartitionChanger } from '../partition-changer.ts';
import { hasOnlineDirectory } from '../placement.ts';

type Response = Init<AssignReplicasToDirsResponse>;

/** AssignReplicasToDirs (KIP-858): a broker says in which of its directories replicas lie. */
export function assignReplicasToDirs(
  context: DecisionContext,
  request: AssignReplicasToDirsRequest,
): Decision<Response> {
  const refuse = (code: number) => answer({ throttleTimeMs: 0, errorCode: code, directories: [] });
  if (!hasDirectoryAssignment(context.image.featureLevel(metadataVersionFeature))) {
    return refuse(errorCode.UNSUPPORTED_VERSION);
  }
  const broker = currentBroker(context, request);
  if (broker === undefined) return refuse(errorCode.STALE_BROKER_EPOCH);
  const changer = new PartitionChanger(context);
  const directories = request.directories.map(({ id, topics }) => ({
    id,
    topics: topics.map(({ topicId, partitions }) => ({
      topicId,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: assign(changer, broker, topicId, partitionIndex, id),
      })),
    })),
  }));
  for (const { topics } of directories) leaveOffline(changer, broker, topics);
  const response = { throttleTimeMs: 0, errorCode: 0, directories };
  return { records: changer.records, atomic: false, response };
}

function assign(
  changer: PartitionChanger,
  broker: BrokerState,
  topicId: TopicId,
  index: number,
  directory: DirectoryId,
): number {
  if (changer.context.image.topicById(topicId) === undefined) return errorCode.UNKNOWN_TOPIC_ID;
  const partition = changer.partition(topicId, index);
  if (partition === undefined) return errorCode.UNKNOWN_TOPIC_OR_PARTITION;
  if (!partition.replicas.includes(broker.id)) return errorCode.NOT_LEADER_OR_FOLLOWER;
  changer.change(topicId, index, { directory: { broker: broker.id, id: directory } });
  return 0;
}

interface AssignedTopic {
  readonly topicId: TopicId;
  readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[];
}

/** Replicas that turned out to lie in a directory that is offline. */
function leaveOffline(changer: PartitionChanger, broker: BrokerState, topics: readonly AssignedTopic[]): void {
  for (const { topicId, partitions } of topics) {
    for (const { partitionIndex, errorCode } of partitions) {
      const partition = errorCode === 0 ? changer.partition(topicId, partitionIndex) : undefined;
      if (partition === undefined || hasOnlineDirectory(broker, directoryOf(partition, broker.id))) continue;
      replicaLeaves(changer, broker.id, topicId, partitionIndex);
    }
  }
}
