import type { FetchSessionCache } from '../broker/fetch-sessions.ts';
import type { GroupAnswer } from '../broker/group-questions.ts';
import { ProducerIds } from '../broker/producer-ids.ts';
import type { Request } from '../broker/request.ts';
import type { BrokerServices } from '../broker/services.ts';
import type { SharedMetadata } from '../metadata/columns/shared-metadata.ts';
import type { ClusterView } from '../metadata/delta.ts';
import { errorCode } from '../protocol/errors.ts';
import { lostDirectory } from '../replica/log-directory.ts';
import type { Forwarder } from './controller-channel/forwarder.ts';
import { allocateProducerIds } from './controller-channel/producer-id-blocks.ts';
import { createInternalTopic, createTopicsFor } from './controller-channel/topic-creation.ts';
import type { FetchRouter } from './fetch/fetch-router.ts';
import type { Metrics } from './metrics.ts';
import { viewLogDirectories } from './partitions/log-directory-views.ts';
import type { Questions } from './partitions/questions.ts';
import type { ProduceRouter } from './produce/produce-router.ts';
import type { ResourceConfigs } from './resource-configs.ts';
import type { ShardConfig } from './shard-config.ts';
import type { ShardEnvironment, ShardStart } from './shard-start.ts';

/** What of a shard its handlers are served from. */
export interface ServiceParts {
  readonly shard: number;
  readonly start: ShardStart;
  readonly environment: ShardEnvironment;
  readonly metadata: SharedMetadata;
  readonly config: ShardConfig;
  readonly produce: ProduceRouter;
  readonly fetch: FetchRouter;
  readonly fetchSessions: FetchSessionCache;
  readonly metrics: Metrics;
  readonly questions: Questions;
  readonly forwarder: Forwarder;
  readonly resourceConfigs: ResourceConfigs;
  cluster(): ClusterView;
}

/** The handlers' world, made of a shard's parts. */
export function shardServices(parts: ServiceParts): BrokerServices {
  const { environment, metadata, config, forwarder, questions } = parts;
  const { directories, volumeSpace, logger } = environment;
  const { nodeId, shards } = parts.start;
  const fail = (request: Request, error: unknown): void => {
    logger.error({ err: error, api: request.api.name }, 'a request failed unexpectedly');
    request.exchange.abort('a request failed unexpectedly');
  };
  return {
    nodeId,
    shard: parts.shard,
    shards,
    clock: environment.clock,
    random: environment.random,
    logger,
    topics: metadata.topics,
    partitions: metadata.partitions,
    runtime: metadata.runtime,
    produce: parts.produce,
    fetch: parts.fetch,
    fetchSessions: parts.fetchSessions,
    metrics: parts.metrics,
    cluster: () => parts.cluster(),
    config: () => config.effective,
    topicOverrides: (row) => environment.decodeOverrides(metadata.topics.configOf(row)),
    forward: (request, answered, body) => forwarder.forward(request, answered, body),
    createTopics: (names, request, created) => {
      createTopicsFor(names, request, forwarder).then(created, (error: unknown) => fail(request, error));
    },
    logDirectories: (answered) => viewLogDirectories(directories, volumeSpace, answered),
    isOffline: (row) => {
      const index = metadata.runtime.logDirectory(row);
      return index === lostDirectory || directories[index]?.disk.isOnline() === false;
    },
    resourceConfigs: (type) => parts.resourceConfigs.ofType(type),
    producerIds: createProducerIds(parts),
    fail,
    createInternalTopic: (topic, request, created) => {
      createInternalTopic(topic, request, forwarder).then(created, (error: unknown) => fail(request, error));
    },
    askPartition: (owner, question, answered) => {
      questions.ask(owner, question, answered);
    },
    askGroups: (owner, question, answered) =>
      questions.ask(owner, question, (answer) => answered(answer as GroupAnswer | undefined)),
  };
}

function createProducerIds({ start, environment, forwarder, cluster }: ServiceParts): ProducerIds {
  const { clock, logger } = environment;
  return new ProducerIds((answered) => {
    allocateProducerIds(start.nodeId, cluster(), forwarder).then(answered, (error: unknown) => {
      logger.error({ err: error }, 'a block of producer ids could not be had');
      answered({ errorCode: errorCode.UNKNOWN_SERVER_ERROR, firstId: 0n, count: 0 });
    });
  }, clock);
}
