import { type ApiRow, apiRow } from '../../protocol/api-table.ts';
import { apiKey } from '../../protocol/generated/api-rows.js';
import { type ApiHandler, decodedRow, forwardedRow, type Handler } from '../dispatch.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';
import { produceHandler } from './00-produce.ts';
import { fetchHandler } from './01-fetch.ts';
import { handleListOffsets } from './02-list-offsets.ts';
import { handleMetadata } from './03-metadata.ts';
import { answerUnsupportedApiVersions, handleApiVersions } from './18-api-versions.ts';
import { handleDeleteRecords } from './21-delete-records.ts';
import { handleInitProducerId } from './22-init-producer-id.ts';
import { handleOffsetForLeaderEpoch } from './23-offset-for-leader-epoch.ts';
import { type ConfigSources, handleDescribeConfigs } from './32-describe-configs.ts';
import { alterConfigsHandler } from './44-incremental-alter-configs.ts';
import { handleDescribeCluster } from './60-describe-cluster.ts';
import { handleDescribeProducers } from './61-describe-producers.ts';
import { handleListConfigResources } from './74-list-config-resources.ts';
import { handleDescribeTopicPartitions } from './75-describe-topic-partitions.ts';
import { groupRows } from './group-rows.ts';
import { logDirectoryRows } from './log-directory-rows.ts';

export interface HandlerTable {
  readonly rows: readonly ApiHandler[];
  answerUnsupportedApiVersions(request: Request): void;
}

/** APIs that the controller decides: passed on as they came. */
const forwarded = [
  apiKey.CreateTopics,
  apiKey.DeleteTopics,
  apiKey.CreatePartitions,
  apiKey.UpdateFeatures,
  apiKey.UnregisterBroker,
  apiKey.ElectLeaders,
  apiKey.AlterPartitionReassignments,
  apiKey.ListPartitionReassignments,
  apiKey.DescribeQuorum,
  apiKey.AddRaftVoter,
  apiKey.RemoveRaftVoter,
] as const;

const alteringConfigs = [apiKey.AlterConfigs, apiKey.IncrementalAlterConfigs] as const;

/** Every API of the broker's listeners. What is not here is not served and not named by ApiVersions. */
export function handlerTable(services: BrokerServices): HandlerTable {
  const row = (key: number): ApiRow => {
    const found = apiRow(key);
    if (found === undefined) throw new Error(`there is no api with key ${key}`);
    return found;
  };
  const decoded = <Req, Res>(key: number, handle: Handler<Req, Res>, overlaps = false): ApiHandler =>
    decodedRow<Req, Res>(
      row(key),
      (request, context, respond) =>
        handle(request, context, (response) => {
          services.metrics.countErrorsIn(key, response as object);
          respond(response);
        }),
      (context, error) => services.fail(context, error),
      overlaps,
    );
  const rows: ApiHandler[] = [
    produceHandler(row(apiKey.Produce), services),
    fetchHandler(row(apiKey.Fetch), services),
    decoded(apiKey.ListOffsets, (request: Parameters<typeof handleListOffsets>[0], context, respond) =>
      handleListOffsets(request, context, services, respond),
    ),
    decoded(apiKey.Metadata, (request: Parameters<typeof handleMetadata>[0], context, respond) =>
      handleMetadata(request, context, services, respond),
    ),
    decoded(apiKey.DeleteRecords, (request: Parameters<typeof handleDeleteRecords>[0], context, respond) =>
      handleDeleteRecords(request, context, services, respond),
    ),
    decoded(apiKey.InitProducerId, (request: Parameters<typeof handleInitProducerId>[0], _context, respond) =>
      handleInitProducerId(request, services, respond),
    ),
    decoded(
      apiKey.OffsetForLeaderEpoch,
      (request: Parameters<typeof handleOffsetForLeaderEpoch>[0], context, respond) =>
        handleOffsetForLeaderEpoch(request, context, services, respond),
    ),
    decoded(apiKey.DescribeConfigs, (request: Parameters<typeof handleDescribeConfigs>[0], context, respond) =>
      respond(handleDescribeConfigs(request, context, configSources(services))),
    ),
    ...logDirectoryRows(services, decoded),
    decoded(apiKey.DescribeCluster, (request: Parameters<typeof handleDescribeCluster>[0], context, respond) =>
      respond(handleDescribeCluster(request, context, services)),
    ),
    decoded(apiKey.DescribeProducers, (request: Parameters<typeof handleDescribeProducers>[0], context, respond) =>
      handleDescribeProducers(request, context, services, respond),
    ),
    decoded(apiKey.ListConfigResources, (request: Parameters<typeof handleListConfigResources>[0], context, respond) =>
      respond(handleListConfigResources(request, context, services)),
    ),
    decoded(
      apiKey.DescribeTopicPartitions,
      (request: Parameters<typeof handleDescribeTopicPartitions>[0], context, respond) =>
        respond(handleDescribeTopicPartitions(request, context, services)),
    ),
    ...groupRows(services, decoded),
    ...passedOn(services, row),
  ];
  const apis: ApiRow[] = [...rows.map(({ api }) => api), row(apiKey.ApiVersions)];
  apis.sort((a, b) => a.key - b.key);
  rows.push(
    decoded(apiKey.ApiVersions, (request: Parameters<typeof handleApiVersions>[0], context, respond) =>
      respond(handleApiVersions(request, context, services, apis)),
    ),
  );
  return {
    rows,
    answerUnsupportedApiVersions: (request) => answerUnsupportedApiVersions(request, services, row(apiKey.ApiVersions)),
  };
}

/** What the controller decides. */
function passedOn(services: BrokerServices, row: (key: number) => ApiRow): ApiHandler[] {
  return [
    ...alteringConfigs.map((key) => alterConfigsHandler(row(key), services)),
    ...forwarded.map((key) => forwardedRow(row(key), (request, answered) => services.forward(request, answered))),
  ];
}

function configSources(services: BrokerServices): ConfigSources {
  const { nodeId, topics } = services;
  return {
    nodeId,
    config: () => services.config(),
    topicOverrides: (name) => {
      const topic = topics.findByNameString(name);
      return topic < 0 ? undefined : services.topicOverrides(topic);
    },
    resourceConfig: (type, name) => services.resourceConfigs(type).get(name) ?? noConfigs,
  };
}

const noConfigs: ReadonlyMap<string, string> = new Map();
