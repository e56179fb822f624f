import type { NodeId } from '../../base/brands.ts';
import { messageLimits } from '../../base/limits.ts';
import {
  type DescribedConfig,
  type DescribeOptions,
  describeBroker,
  describeBrokerDefault,
  describeClientMetrics,
  describeGroup,
  describeTopic,
} from '../../metadata/config/describe.ts';
import type { EffectiveBrokerConfig } from '../../metadata/config/resolve.ts';
import { topicNameProblem } from '../../metadata/topic-names.ts';
import { errorCode } from '../../protocol/errors.ts';
import type {
  DescribeConfigsRequest,
  DescribeConfigsResource,
} from '../../protocol/generated/describe-configs-request.js';
import type {
  DescribeConfigsResourceResult,
  DescribeConfigsResponse,
  DescribeConfigsResult,
} from '../../protocol/generated/describe-configs-response.js';
import type { Init } from '../../protocol/types.ts';
import { configResourceType } from '../config-resource-types.ts';
import type { Request } from '../request.ts';

/**
 * DescribeConfigs, versions 1 to 4: topics, this broker (by its id; by the empty name what is set for all brokers),
 * groups and client metrics subscriptions, whole or the keys that were asked for; with synonyms when asked for, with
 * types and documentation from version 3. Keys that don't exist are left out of the answer.
 *
 * A request for more than one answer holds (`messageLimits`) gets INVALID_REQUEST for the resources beyond.
 *
 * Left out: log levels of loggers by name. Resources of that type answer with no loggers.
 */
const documentationSince = 3;

/** Where configs are kept: shared columns and deltas on a shard, the committed image on the coordinator. */
export interface ConfigSources {
  readonly nodeId: NodeId;
  config(): EffectiveBrokerConfig;
  /** Undefined: there is no such topic. */
  topicOverrides(name: string): ReadonlyMap<string, string> | undefined;
  /** Of a group or a client metrics subscription; empty where it has none. */
  resourceConfig(type: number, name: string): ReadonlyMap<string, string>;
}

interface Refusal {
  readonly code: number;
  readonly message: string;
}

const tooMuch = invalid('The request asks for more configs than one answer holds. Ask for fewer resources at a time.');

export function handleDescribeConfigs(
  request: DescribeConfigsRequest,
  context: Request,
  services: ConfigSources,
): Init<DescribeConfigsResponse> {
  let count = 0;
  const results = request.resources.map((resource): Init<DescribeConfigsResult> => {
    const { resourceType, resourceName } = resource;
    const options = {
      keys: resource.configurationKeys,
      includeSynonyms: request.includeSynonyms,
      includeDocumentation: request.includeDocumentation,
    };
    const described = count < messageLimits.describedConfigs ? describe(resource, services, options) : tooMuch;
    if ('code' in described) {
      return { errorCode: described.code, errorMessage: described.message, resourceType, resourceName };
    }
    count += described.length;
    const configs = described.map((config) => entryOf(config, context.version));
    return { errorCode: errorCode.NONE, errorMessage: '', resourceType, resourceName, configs };
  });
  return { results };
}

function describe(
  resource: DescribeConfigsResource,
  services: ConfigSources,
  options: DescribeOptions,
): readonly DescribedConfig[] | Refusal {
  const name = resource.resourceName;
  switch (resource.resourceType) {
    case configResourceType.topic:
      return describeTopicNamed(name, services, options);
    case configResourceType.broker: {
      if (name === '') return describeBrokerDefault(services.config(), options);
      return brokerProblem(name, services) ?? describeBroker(services.config(), options);
    }
    case configResourceType.brokerLogger:
      return (name === '' ? invalid('Broker id must not be empty') : brokerProblem(name, services)) ?? [];
    case configResourceType.group: {
      if (name === '') return invalid('Group name must not be empty');
      const overrides = services.resourceConfig(configResourceType.group, name);
      return describeGroup(services.config(), overrides, options);
    }
    case configResourceType.clientMetrics: {
      if (name === '') return invalid('Client metrics subscription name must not be empty');
      const overrides = services.resourceConfig(configResourceType.clientMetrics, name);
      return describeClientMetrics(overrides, options);
    }
    default:
      return invalid(`There are no configs of resource type ${resource.resourceType}`);
  }
}

function describeTopicNamed(
  name: string,
  services: ConfigSources,
  options: DescribeOptions,
): readonly DescribedConfig[] | Refusal {
  const overrides = services.topicOverrides(name);
  if (overrides !== undefined) return describeTopic(services.config(), overrides, options);
  const problem = topicNameProblem(name);
  if (problem === null) return { code: errorCode.UNKNOWN_TOPIC_OR_PARTITION, message: '' };
  return { code: errorCode.INVALID_TOPIC_EXCEPTION, message: `Topic name is invalid: ${problem}` };
}

/** A broker speaks for itself only; ids are read as Java reads integers. */
function brokerProblem(name: string, services: ConfigSources): Refusal | null {
  const id = /^[+-]?[0-9]{1,64}$/.test(name) ? Number(name) : Number.NaN;
  if (Number.isNaN(id) || id > 0x7fffffff || id < -0x80000000) {
    return invalid(`Broker id must be an integer, but it is: ${name}`);
  }
  return id === services.nodeId ? null : invalid(`Expected broker id ${services.nodeId}, but it is: ${id}`);
}

function invalid(message: string): Refusal {
  return { code: errorCode.INVALID_REQUEST, message };
}

function entryOf(config: DescribedConfig, version: number): Init<DescribeConfigsResourceResult> {
  const { name, value, source, isSensitive, readOnly, synonyms } = config;
  const entry = { name, value, readOnly, configSource: source, isSensitive, synonyms };
  if (version < documentationSince) return entry;
  return { ...entry, configType: config.configType, documentation: config.documentation };
}
