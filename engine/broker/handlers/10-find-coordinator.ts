import { errorCode, errorMessage } from '../../protocol/errors.ts';
import type { FindCoordinatorRequest } from '../../protocol/generated/find-coordinator-request.js';
import type { Coordinator, FindCoordinatorResponse } from '../../protocol/generated/find-coordinator-response.js';
import type { Init } from '../../protocol/types.ts';
import { groupPartitionCount, partitionOfGroup } from '../ask-groups.ts';
import { offsetsTopic } from '../group-questions.ts';
import type { Request } from '../request.ts';
import type { BrokerServices, InternalTopic } from '../services.ts';
import { endpointOf } from '../topic-descriptions.ts';

/**
 * FindCoordinator, versions 0 to 6: of one key, and from version 4 of several. The offsets topic is made when a group's
 * coordinator is first looked for, and the answer waits for that.
 *
 * Left out: transactions and share groups. No broker coordinates any yet, so a transactional id gets
 * COORDINATOR_NOT_AVAILABLE, and the key of a share group INVALID_REQUEST.
 */
const keyType = { group: 0, transaction: 1, share: 2 } as const;
const severalSince = 4;
const nobody = { nodeId: -1, host: '', port: -1 } as const;

export function handleFindCoordinator(
  request: FindCoordinatorRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<FindCoordinatorResponse>) => void,
): void {
  const answer = (): void => respond(answerOf(request, context, services));
  const isThere = request.keyType !== keyType.group || groupPartitionCount(services) > 0;
  const asks = context.version < severalSince || request.coordinatorKeys.length > 0;
  if (isThere || !asks) {
    answer();
    return;
  }
  services.createInternalTopic(offsetsTopicOf(services), context, (code) => {
    if (code !== 0) {
      const fields = { topic: offsetsTopic, error: errorMessage(code) };
      services.logger.warn(fields, 'the topic of the groups could not be made');
    }
    try {
      answer();
    } catch (error) {
      services.fail(context, error);
    }
  });
}

function offsetsTopicOf(services: BrokerServices): InternalTopic {
  const { values } = services.config();
  return {
    name: offsetsTopic,
    numPartitions: values.number('offsets.topic.num.partitions'),
    replicationFactor: values.number('offsets.topic.replication.factor'),
    configs: [
      { name: 'cleanup.policy', value: 'compact' },
      { name: 'segment.bytes', value: String(values.number('offsets.topic.segment.bytes')) },
      { name: 'compression.type', value: 'producer' },
    ],
  };
}

function answerOf(
  request: FindCoordinatorRequest,
  context: Request,
  services: BrokerServices,
): Init<FindCoordinatorResponse> {
  if (context.version >= severalSince) {
    return {
      coordinators: request.coordinatorKeys.map((key) => coordinatorOf(key, request.keyType, context, services)),
    };
  }
  const found = coordinatorOf(request.key, request.keyType, context, services);
  const { nodeId, host, port, errorCode: code = 0 } = found;
  return { nodeId, host, port, errorCode: code, errorMessage: code === 0 ? 'NONE' : errorMessage(code) };
}

function coordinatorOf(key: string, type: number, context: Request, services: BrokerServices): Init<Coordinator> {
  if (type === keyType.transaction) return { key, ...nobody, errorCode: errorCode.COORDINATOR_NOT_AVAILABLE };
  if (type !== keyType.group) {
    const code = errorCode.INVALID_REQUEST;
    return { key, ...nobody, errorCode: code, errorMessage: type === keyType.share ? '' : errorMessage(code) };
  }
  const { topics, partitions } = services;
  const count = groupPartitionCount(services);
  const topicRow = topics.findByNameString(offsetsTopic);
  const row = count === 0 ? -1 : topics.partitionRow(topicRow, partitionOfGroup(key, count));
  const leader = row < 0 ? -1 : partitions.leader(row);
  const broker = services.cluster().brokers.find(({ id, fenced }) => id === leader && !fenced);
  const endpoint = broker === undefined ? undefined : endpointOf(broker, context.peer.listenerName);
  if (endpoint === undefined) return { key, ...nobody, errorCode: errorCode.COORDINATOR_NOT_AVAILABLE };
  return { key, nodeId: leader, host: endpoint.host, port: endpoint.port };
}
