import { zeroUuid } from '../../base/brands.ts';
import { internalTopics } from '../../metadata/image/states.ts';
import { topicNameProblem } from '../../metadata/topic-names.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { DescribeTopicPartitionsRequest } from '../../protocol/generated/describe-topic-partitions-request.js';
import type {
  Cursor,
  DescribeTopicPartitionsResponse,
  DescribeTopicPartitionsResponseTopic,
} from '../../protocol/generated/describe-topic-partitions-response.js';
import type { Init } from '../../protocol/types.ts';
import { operationBits } from '../authorized-operations.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';
import { SmallestNames } from '../smallest-names.ts';
import { describePartition, Reachability } from '../topic-descriptions.ts';

/**
 * DescribeTopicPartitions, version 0 (KIP-966): topics in the order of their names with eligible leader replicas, as
 * many partitions as fit the limit (the request's, at most `max.request.partition.size.limit`), then a cursor to go on
 * from. Without names: all topics, and those that are gone are passed over.
 */
type Response = Init<DescribeTopicPartitionsResponse>;
type Topic = Init<DescribeTopicPartitionsResponseTopic>;

export function handleDescribeTopicPartitions(
  request: DescribeTopicPartitionsRequest,
  context: Request,
  services: BrokerServices,
): Response {
  const { cursor } = request;
  if (cursor !== null && cursor.partitionIndex < 0) return refuse(request, errorCode.INVALID_REQUEST);
  const most = services.config().values.number('max.request.partition.size.limit');
  const limit = Math.max(Math.min(most, request.responsePartitionLimit), 1);
  const first = cursor?.topicName ?? '';
  if (request.topics.length === 0) {
    // Each topic has a partition at least (but the one that the cursor is in, which may have none left).
    const names = new SmallestNames(limit + 2);
    services.topics.forEachTopic((row) => {
      const name = services.topics.nameOf(row);
      if (name >= first) names.add(name);
    });
    return describe(names.sorted(), cursor, limit, false, context, services);
  }
  const asked = new Set(request.topics.map(({ name }) => name));
  if (asked.has('')) return refuse(request, errorCode.UNKNOWN_SERVER_ERROR);
  const names = [...asked].filter((name) => name >= first).sort();
  // A cursor that is not in the list of names is of another request.
  if (cursor !== null && names[0] !== cursor.topicName) return refuse(request, errorCode.INVALID_REQUEST);
  return describe(names, cursor, limit, true, context, services);
}

function refuse(request: DescribeTopicPartitionsRequest, code: number): Response {
  return { topics: request.topics.map(({ name }) => ({ errorCode: code, name })) };
}

function describe(
  names: readonly string[],
  cursor: Init<Cursor> | null,
  limit: number,
  nameMissing: boolean,
  context: Request,
  services: BrokerServices,
): Response {
  const reachability = new Reachability(services.cluster(), context.peer.listenerName);
  const topics: Topic[] = [];
  let left = limit;
  for (const name of names) {
    if (left === 0) return { topics, nextCursor: { topicName: name, partitionIndex: 0 } };
    const row = services.topics.findByNameString(name);
    if (row < 0) {
      if (nameMissing) topics.push(missing(name));
      continue;
    }
    const count = services.topics.partitionCountOf(row);
    const from = name === cursor?.topicName ? Math.min(cursor.partitionIndex ?? 0, count) : 0;
    const to = Math.min(count, from + left);
    const partitions = [];
    for (let partition = from; partition < to; partition++) {
      const at = services.topics.partitionRow(row, partition);
      partitions.push({
        ...describePartition(at, partition, reachability, services.partitions),
        eligibleLeaderReplicas: services.partitions.elr(at),
        lastKnownElr: services.partitions.lastKnownElr(at),
      });
    }
    topics.push({
      errorCode: errorCode.NONE,
      name,
      topicId: services.topics.idOf(row),
      isInternal: services.topics.isInternal(row),
      partitions,
      topicAuthorizedOperations: operationBits('topic'),
    });
    if (to < count) return { topics, nextCursor: { topicName: name, partitionIndex: to } };
    left -= to - from;
  }
  return { topics, nextCursor: null };
}

function missing(name: string): Topic {
  const legal = topicNameProblem(name) === null;
  return {
    errorCode: legal ? errorCode.UNKNOWN_TOPIC_OR_PARTITION : errorCode.INVALID_TOPIC_EXCEPTION,
    name,
    topicId: zeroUuid,
    isInternal: internalTopics.has(name),
    topicAuthorizedOperations: operationBits('topic'),
  };
}
