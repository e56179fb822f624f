import type { TopicState } from '../../metadata/image/states.ts';
import type { ListPartitionReassignmentsRequest } from '../../protocol/generated/list-partition-reassignments-request.js';
import type {
  ListPartitionReassignmentsResponse,
  OngoingPartitionReassignment,
  OngoingTopicReassignment,
} from '../../protocol/generated/list-partition-reassignments-response.js';
import type { Init } from '../../protocol/types.ts';
import { answer, type Decision, type DecisionContext } from '../decision.ts';
import { isReassigning } from '../reassignment.ts';

type Response = Init<ListPartitionReassignmentsResponse>;

/** ListPartitionReassignments (KIP-455): what is under way of the topics that are named, or of all. */
export function listPartitionReassignments(
  context: DecisionContext,
  { topics }: ListPartitionReassignmentsRequest,
): Decision<Response> {
  const ongoing: Init<OngoingTopicReassignment>[] = [];
  const add = (topic: TopicState, indexes: Iterable<number>): void => {
    const partitions = reassignmentsOf(context, topic, indexes);
    if (partitions.length > 0) ongoing.push({ name: topic.name, partitions });
  };
  if (topics === null) {
    for (const [id, topic] of context.image.topics()) add(topic, Array(context.image.partitionCount(id)).keys());
  }
  for (const { name, partitionIndexes } of topics ?? []) {
    const topic = context.image.topicByName(name);
    if (topic !== undefined) add(topic, partitionIndexes);
  }
  return answer({ throttleTimeMs: 0, errorCode: 0, errorMessage: null, topics: ongoing });
}

function reassignmentsOf(
  { image }: DecisionContext,
  { id }: TopicState,
  indexes: Iterable<number>,
): Init<OngoingPartitionReassignment>[] {
  const found: Init<OngoingPartitionReassignment>[] = [];
  for (const partitionIndex of indexes) {
    const partition = image.partition(id, partitionIndex);
    if (partition === undefined || !isReassigning(partition)) continue;
    const { replicas, addingReplicas, removingReplicas } = partition;
    found.push({ partitionIndex, replicas, addingReplicas, removingReplicas });
  }
  return found;
}
