import { type TopicRow, zeroUuid } from '../../base/brands.ts';
import { internalTopics } from '../../metadata/image/states.ts';
import { topicNameProblem } from '../../metadata/topic-names.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { MetadataRequest } from '../../protocol/generated/metadata-request.js';
import type { MetadataResponse, MetadataResponseTopic } from '../../protocol/generated/metadata-response.js';
import type { Init } from '../../protocol/types.ts';
import { operationBits } from '../authorized-operations.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';
import { anyBroker, describePartitions, endpointOf, Reachability } from '../topic-descriptions.ts';

/**
 * Metadata, versions 0 to 13. Topic ids in answers from 10, in requests from 12 (before, an id or a topic without a name
 * fails the request). A request that names any id is answered for its ids alone. Topics that are named twice are
 * answered once. Missing topics are created when both the client and `auto.create.topics.enable` allow it, and the
 * answer waits for that; internal ones are not created this way.
 */
const noneAsksForAll = 0;
const listenerErrorsSince = 6;
const idsSince = 12;
const idsInAnswersSince = 10;

export function handleMetadata(
  request: MetadataRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<MetadataResponse>) => void,
): void {
  if (!isWellFormed(request, context.version)) {
    respond({ topics: (request.topics ?? []).map((topic) => refused(topic.name, topic.topicId, context.version)) });
    return;
  }
  const missing = missingNames(request, context, services);
  const mayCreate = request.allowAutoTopicCreation && services.config().values.boolean('auto.create.topics.enable');
  if (missing.length === 0 || !mayCreate) {
    respond(describe(request, context, services, new Map()));
    return;
  }
  services.createTopics(missing, context, (errors) => {
    try {
      respond(describe(request, context, services, errors));
    } catch (error) {
      services.fail(context, error);
    }
  });
}

function isWellFormed(request: MetadataRequest, version: number): boolean {
  for (const { name, topicId } of request.topics ?? []) {
    if (topicId === zeroUuid ? name === null : version < idsSince) return false;
  }
  return true;
}

function refused(name: string | null, topicId: string, version: number): Init<MetadataResponseTopic> {
  const topic = { errorCode: errorCode.INVALID_REQUEST, name: name ?? '' };
  return version >= idsInAnswersSince ? { ...topic, topicId } : topic;
}

function asksForAll(request: MetadataRequest, version: number): boolean {
  return request.topics === null || (version === noneAsksForAll && request.topics.length === 0);
}

/** The names asked for, each once; none where ids are. */
function namesIn(request: MetadataRequest): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name, topicId } of request.topics ?? []) {
    if (topicId !== zeroUuid) return new Set();
    names.add(name!);
  }
  return names;
}

function missingNames(request: MetadataRequest, context: Request, services: BrokerServices): string[] {
  if (asksForAll(request, context.version)) return [];
  return [...namesIn(request)].filter(
    (name) =>
      services.topics.findByNameString(name) < 0 && topicNameProblem(name) === null && !internalTopics.has(name),
  );
}

function describe(
  request: MetadataRequest,
  context: Request,
  services: BrokerServices,
  errors: ReadonlyMap<string, number>,
): Init<MetadataResponse> {
  const cluster = services.cluster();
  const brokers = [];
  for (const broker of cluster.brokers) {
    const endpoint = broker.fenced ? undefined : endpointOf(broker, context.peer.listenerName);
    if (endpoint !== undefined) {
      brokers.push({ nodeId: broker.id, host: endpoint.host, port: endpoint.port, rack: broker.rack });
    }
  }
  const response: Init<MetadataResponse> = {
    brokers,
    clusterId: cluster.clusterId,
    controllerId: anyBroker(
      brokers.map(({ nodeId }) => nodeId),
      services.random,
    ),
    topics: describeTopics(request, context, services, errors),
  };
  if (!request.includeClusterAuthorizedOperations) return response;
  return { ...response, clusterAuthorizedOperations: operationBits('cluster') };
}

function describeTopics(
  request: MetadataRequest,
  context: Request,
  services: BrokerServices,
  errors: ReadonlyMap<string, number>,
): Init<MetadataResponseTopic>[] {
  const { topics } = services;
  const { version } = context;
  const described: Init<MetadataResponseTopic>[] = [];
  const unreachable = version >= listenerErrorsSince ? errorCode.LISTENER_NOT_FOUND : errorCode.LEADER_NOT_AVAILABLE;
  const reachability = new Reachability(services.cluster(), context.peer.listenerName, unreachable);
  const add = (row: TopicRow): void => {
    described.push(describeTopic(row, reachability, services, request.includeTopicAuthorizedOperations));
  };
  if (asksForAll(request, version)) {
    topics.forEachTopic(add);
    return described;
  }
  for (const id of new Set(request.topics?.map(({ topicId }) => topicId))) {
    if (id === zeroUuid) continue;
    const row = topics.findByIdUuid(id);
    if (row >= 0) add(row);
    else described.push({ errorCode: errorCode.UNKNOWN_TOPIC_ID, name: null, topicId: id });
  }
  for (const name of namesIn(request)) {
    const row = topics.findByNameString(name);
    if (row >= 0) add(row);
    else {
      const code = errors.get(name) ?? missingCode(name);
      described.push({ errorCode: code, name, isInternal: internalTopics.has(name) });
    }
  }
  return described;
}

function missingCode(name: string): number {
  return topicNameProblem(name) === null ? errorCode.UNKNOWN_TOPIC_OR_PARTITION : errorCode.INVALID_TOPIC_EXCEPTION;
}

function describeTopic(
  row: TopicRow,
  reachability: Reachability,
  services: BrokerServices,
  withOperations: boolean,
): Init<MetadataResponseTopic> {
  const { topics } = services;
  const topic: Init<MetadataResponseTopic> = {
    errorCode: errorCode.NONE,
    name: topics.nameOf(row),
    topicId: topics.idOf(row),
    isInternal: topics.isInternal(row),
    partitions: describePartitions(row, reachability, services),
  };
  return withOperations ? { ...topic, topicAuthorizedOperations: operationBits('topic') } : topic;
}
