/** What AlterConfigs and IncrementalAlterConfigs (KIP-339) may set, and CreateTopics with its configs. */
import { parseBrokerConfig } from './broker-config.ts';
import { brokerKeys, clientMetricsKeys, dynamicOnlyBrokerKeys, groupKeys, nodeKeys, topicKeys } from './definitions.ts';
import { type ConfigProblem, validateClientMetricsConfigs, validateGroupConfigs } from './group-ranges.ts';
import { type DynamicBrokerConfigs, type EffectiveBrokerConfig, resolveBroker, valueError } from './resolve.ts';
import { brokerSynonyms, listenerOverride } from './synonyms.ts';
import { topicValues } from './topic-config.ts';
import { ConfigError, type ConfigKey, valueToString } from './types.ts';
import type { ConfigValues } from './values.ts';

export { type ConfigProblem, validateClientMetricsConfigs, validateGroupConfigs };

/** Numbers of the resource types in config requests and ConfigRecords. */
export const configResourceType = { topic: 2, broker: 4, brokerLogger: 8, clientMetrics: 16, group: 32 } as const;

/** Numbers of the operations of IncrementalAlterConfigs. */
export const configOperation = { set: 0, delete: 1, append: 2, subtract: 3 } as const;

/** What is wrong with a topic's own configuration (all of it, as it would be), or null. INVALID_CONFIG. */
export function validateTopicConfigs(overrides: ReadonlyMap<string, string>, broker: ConfigValues): string | null {
  for (const name of overrides.keys()) {
    if (!topicKeys.has(name)) return `Unknown topic config name: ${name}`;
  }
  for (const key of topicKeys.values()) {
    const text = overrides.get(key.name);
    const error = text === undefined ? null : valueError(key, text);
    if (error !== null) return error;
  }
  const values = topicValues(overrides, broker);
  const min = values.get('min.compaction.lag.ms') as bigint;
  const max = values.get('max.compaction.lag.ms') as bigint;
  if (min > max) {
    return `conflict topic config setting min.compaction.lag.ms (${min}) > max.compaction.lag.ms (${max})`;
  }
  if (values.boolean('remote.storage.enable') && !broker.boolean('remote.log.storage.system.enable')) {
    return 'Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage.';
  }
  return null;
}

/** Keys whose new value must be between half and double of the old one. */
const threadCounts = [
  'background.threads',
  'num.io.threads',
  'num.network.threads',
  'num.recovery.threads.per.data.dir',
  'num.replica.fetchers',
];

/** Secrets and key stores change under a listener's name only. */
const perListenerOnly = [
  'ssl.key.password',
  'ssl.keystore.certificate.chain',
  'ssl.keystore.key',
  'ssl.keystore.location',
  'ssl.keystore.password',
  'ssl.keystore.type',
  'ssl.truststore.certificates',
  'ssl.truststore.location',
  'ssl.truststore.password',
  'ssl.truststore.type',
];

/**
 * What is wrong with the dynamic configuration of a broker, or of all (`ofBroker` false), as it would be after a
 * change; or null. INVALID_REQUEST. `current` is what holds on the broker that is asked.
 */
export function validateBrokerConfigChange(
  current: EffectiveBrokerConfig,
  configs: ReadonlyMap<string, string>,
  ofBroker: boolean,
): string | null {
  return validateBrokerConfigForm(configs, ofBroker) ?? changeError(current, configs, ofBroker);
}

/** The part of it that can be told without knowing what else holds on the broker. */
export function validateBrokerConfigForm(configs: ReadonlyMap<string, string>, ofBroker: boolean): string | null {
  const names = [...configs.keys()].sort();
  const complain = (text: string, bad: readonly string[]) => (bad.length === 0 ? null : `${text}: [${bad.join(', ')}]`);
  const modeOf = (name: string) => (nodeKeys.get(name) ?? dynamicOnlyBrokerKeys.get(name))?.mode;
  return (
    complain(
      'Cannot update these configs dynamically',
      names.filter((name) => modeOf(name) === 'read-only'),
    ) ??
    complain(
      'These security configs can be dynamically updated only per-listener using the listener prefix',
      names.filter((name) => perListenerOnly.includes(name)),
    ) ??
    typeError(configs) ??
    complain(
      'Cannot update these configs at default cluster level, broker id must be specified',
      ofBroker ? [] : names.filter((name) => modeOf(name) === 'per-broker' || listenerOverride(name) !== null),
    )
  );
}

function typeError(configs: ReadonlyMap<string, string>): string | null {
  for (const [name, text] of configs) {
    const key = dynamicKey(name);
    const error = key === undefined ? null : valueError(key, text);
    if (error !== null) return error;
  }
  return null;
}

/** The key of a name that may change while the broker runs, listener's name taken off; undefined for all others. */
function dynamicKey(name: string): ConfigKey | undefined {
  for (const one of brokerSynonyms(name).includes(name) ? [name, listenerOverride(name)?.key ?? name] : [name]) {
    const key = nodeKeys.get(one) ?? dynamicOnlyBrokerKeys.get(one);
    if (key !== undefined && key.mode !== 'read-only') return key;
  }
  return undefined;
}

/** What the broker would say if it ran with the change. */
function changeError(
  current: EffectiveBrokerConfig,
  configs: ReadonlyMap<string, string>,
  ofBroker: boolean,
): string | null {
  const { clusterWide, ofBroker: own } = current.dynamic;
  const dynamic: DynamicBrokerConfigs = ofBroker
    ? { clusterWide, ofBroker: configs }
    : { clusterWide: configs, ofBroker: own };
  const next = resolveBroker(current.fixed, dynamic);
  for (const name of threadCounts) {
    const from = current.values.number(name);
    const to = next.values.number(name);
    if (to === from) continue;
    const start = `Dynamic thread count update validation failed for ${name}=${to}, value should`;
    if (to < from / 2) return `${start} be at least half the current value ${from}`;
    if (to > from * 2) return `${start} not be greater than double the current value ${from}`;
  }
  try {
    parseBrokerConfig(effectiveTexts(next));
    return null;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

/** The texts of a server.properties that would give the same values. */
function effectiveTexts(state: EffectiveBrokerConfig): Map<string, string> {
  const texts = new Map(state.fixed.originals);
  for (const layer of [state.dynamic.clusterWide, state.dynamic.ofBroker]) {
    for (const name of layer.keys()) {
      const key = brokerKeys.get(name);
      if (key === undefined || key.type === 'PASSWORD') continue;
      for (const synonym of brokerSynonyms(name)) texts.delete(synonym);
      const text = valueToString(state.values.get(name), key.type);
      if (text !== null) texts.set(name, text);
    }
  }
  return texts;
}

/** The type of a key of a resource; undefined where there is no such key. */
function keyOf(resourceType: number, name: string): ConfigKey | undefined {
  switch (resourceType) {
    case configResourceType.topic:
      return topicKeys.get(name);
    case configResourceType.broker:
      return brokerKeys.get(name);
    case configResourceType.group:
      return groupKeys.get(name);
    case configResourceType.clientMetrics:
      return clientMetricsKeys.get(name);
    default:
      return undefined;
  }
}

export type AppliedOperation = { readonly value: string | null } | { readonly problem: ConfigProblem };

/** What a key's text becomes by one operation of IncrementalAlterConfigs; null takes the key away. */
export function applyConfigOperation(
  resourceType: number,
  name: string,
  current: string | undefined,
  operation: number,
  operand: string | null,
): AppliedOperation {
  if (operation === configOperation.delete) return { value: null };
  if (operand === null) {
    return { problem: { code: 'INVALID_REQUEST', message: `Null value not supported for : ${name}` } };
  }
  if (operation === configOperation.set) return { value: operand };
  const isAppend = operation === configOperation.append;
  if (!isAppend && operation !== configOperation.subtract) {
    return { problem: { code: 'INVALID_REQUEST', message: `Unknown operation type ${operation}` } };
  }
  const key = keyOf(resourceType, name);
  const isListType = key?.type === 'LIST' && resourceType !== configResourceType.clientMetrics;
  if (!isListType) {
    return { problem: { code: 'INVALID_CONFIG', message: notAList(resourceType, name, key, isAppend) } };
  }
  const parts = (current ?? valueToString(key?.defaultValue ?? null, 'LIST') ?? '').split(',');
  const list = parts.filter((part) => part !== '');
  const changes = operand.split(',');
  const next = isAppend
    ? [...list, ...changes.filter((part, index) => !list.includes(part) && changes.indexOf(part) === index)]
    : list.filter((part) => !changes.includes(part));
  return { value: next.join(',') };
}

function notAList(resourceType: number, name: string, key: ConfigKey | undefined, isAppend: boolean): string {
  if (resourceType !== configResourceType.broker) {
    return `Can't ${isAppend ? 'APPEND' : 'SUBTRACT'} to key ${name} because its type is not LIST.`;
  }
  if (key === undefined) return `Unknown config name: ${name}`;
  return `Config value ${isAppend ? 'append' : 'subtract'} is not allowed for config key: ${name}`;
}
