import { errorCode } from '../../protocol/errors.ts';
import type { ListConfigResourcesRequest } from '../../protocol/generated/list-config-resources-request.js';
import type {
  ConfigResource,
  ListConfigResourcesResponse,
} from '../../protocol/generated/list-config-resources-response.js';
import type { Init } from '../../protocol/types.ts';
import { configResourceType } from '../config-resource-types.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';
import { endpointOf } from '../topic-descriptions.ts';

/**
 * ListConfigResources, versions 0 and 1 (KIP-714, KIP-1142): names of what has, or may have, a configuration. Version 0
 * lists client metrics subscriptions; 1 what types were asked for, none being all of them, and UNSUPPORTED_VERSION if
 * one of the types is unknown. Topics and brokers are all listed, groups and subscriptions when something is set.
 */
const listed: readonly number[] = [
  configResourceType.topic,
  configResourceType.broker,
  configResourceType.brokerLogger,
  configResourceType.clientMetrics,
  configResourceType.group,
];

export function handleListConfigResources(
  request: ListConfigResourcesRequest,
  context: Request,
  services: BrokerServices,
): Init<ListConfigResourcesResponse> {
  const types = typesAsked(request, context.version);
  for (const type of types) if (!listed.includes(type)) return { errorCode: errorCode.UNSUPPORTED_VERSION };
  const configResources: Init<ConfigResource>[] = [];
  for (const type of types) {
    for (const resourceName of namesOf(type, context, services)) {
      configResources.push(context.version === 0 ? { resourceName } : { resourceName, resourceType: type });
    }
  }
  return { configResources };
}

function typesAsked(request: ListConfigResourcesRequest, version: number): Iterable<number> {
  if (version === 0) return [configResourceType.clientMetrics];
  return request.resourceTypes.length === 0 ? listed : new Set(request.resourceTypes);
}

function namesOf(type: number, context: Request, services: BrokerServices): Iterable<string> {
  const { topics } = services;
  switch (type) {
    case configResourceType.topic: {
      const names: string[] = [];
      topics.forEachTopic((row) => names.push(topics.nameOf(row)));
      return names;
    }
    case configResourceType.broker:
    case configResourceType.brokerLogger:
      return services
        .cluster()
        .brokers.filter((broker) => endpointOf(broker, context.peer.listenerName) !== undefined)
        .map(({ id }) => String(id));
    default:
      return services.resourceConfigs(type).keys();
  }
}
