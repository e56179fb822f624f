/** DescribeConfigs: each key with its value, where the value comes from, and what stands behind it (KIP-226). */
import { brokerKeys, clientMetricsKeys, dynamicOnlyBrokerKeys, groupKeys, nodeKeys, topicKeys } from './definitions.ts';
import type { EffectiveBrokerConfig } from './resolve.ts';
import { brokerSynonyms, groupSynonym, topicSynonyms } from './synonyms.ts';
import { topicValues } from './topic-config.ts';
import { type ConfigKey, configTypeCode, isSensitive, valueToString } from './types.ts';
import { parseValue } from './values.ts';

/** Numbers of the sources in DescribeConfigs answers. */
export const configSource = {
  unknown: 0,
  dynamicTopicConfig: 1,
  dynamicBrokerConfig: 2,
  dynamicDefaultBrokerConfig: 3,
  staticBrokerConfig: 4,
  defaultConfig: 5,
  dynamicBrokerLoggerConfig: 6,
  clientMetricsConfig: 7,
  groupConfig: 8,
} as const;

export interface ConfigSynonym {
  readonly name: string;
  readonly value: string | null;
  readonly source: number;
}

export interface DescribedConfig {
  readonly name: string;
  /** null where there is none, and for everything that may be a secret. */
  readonly value: string | null;
  readonly source: number;
  readonly isSensitive: boolean;
  readonly readOnly: boolean;
  /** See `configTypeCode`. */
  readonly configType: number;
  readonly synonyms: readonly ConfigSynonym[];
  readonly documentation: string | null;
}

export interface DescribeOptions {
  /** null or empty: all keys. */
  readonly keys: readonly string[] | null;
  readonly includeSynonyms: boolean;
  readonly includeDocumentation: boolean;
}

/** A broker by its id: all keys of server.properties with the values that hold now, and whatever else was set. */
export function describeBroker(state: EffectiveBrokerConfig, options: DescribeOptions): DescribedConfig[] {
  const { originals } = state.fixed;
  const names = new Set([...originals.keys(), ...state.dynamic.clusterWide.keys(), ...state.dynamic.ofBroker.keys()]);
  for (const key of brokerKeys.values()) {
    if (!key.internal) names.add(key.name);
  }
  return select(names, options).map((name) => {
    const known = nodeKeys.get(name) ?? dynamicOnlyBrokerKeys.get(name);
    const { dynamic } = state;
    const raw = dynamic.ofBroker.get(name) ?? dynamic.clusterWide.get(name) ?? originals.get(name) ?? null;
    const value = known === undefined ? raw : valueToString(state.values.get(name), known.type);
    return brokerEntry(state, name, value, options, true);
  });
}

/** The resource with the empty name: only what is set for all brokers. */
export function describeBrokerDefault(state: EffectiveBrokerConfig, options: DescribeOptions): DescribedConfig[] {
  const { clusterWide } = state.dynamic;
  return select(new Set(clusterWide.keys()), options).map((name) =>
    brokerEntry(state, name, clusterWide.get(name) ?? null, options, false),
  );
}

function brokerEntry(
  state: EffectiveBrokerConfig,
  name: string,
  value: string | null,
  options: DescribeOptions,
  ofOneBroker: boolean,
): DescribedConfig {
  const key = findBrokerKey(name);
  const all = brokerSynonymEntries(state, name, isSensitive(key?.type));
  const synonyms = ofOneBroker ? all : all.filter((one) => one.source === configSource.dynamicDefaultBrokerConfig);
  const own = nodeKeys.get(name) ?? dynamicOnlyBrokerKeys.get(name);
  return entry(name, key, value, synonyms, options, own === undefined || own.mode === 'read-only');
}

/** The key of a name, or of a name without the listener in front. */
function findBrokerKey(name: string): ConfigKey | undefined {
  for (const one of brokerSynonyms(name)) {
    const key = nodeKeys.get(one) ?? dynamicOnlyBrokerKeys.get(one);
    if (key !== undefined) return nodeKeys.get(name) ?? dynamicOnlyBrokerKeys.get(name) ?? key;
  }
  return undefined;
}

/** What is set under a broker key's names, strongest first, from the first line that bears the name itself. */
function brokerSynonymEntries(state: EffectiveBrokerConfig, name: string, sensitive: boolean): ConfigSynonym[] {
  const names = brokerSynonyms(name);
  const found: ConfigSynonym[] = [];
  const layers = [
    [state.dynamic.ofBroker, configSource.dynamicBrokerConfig],
    [state.dynamic.clusterWide, configSource.dynamicDefaultBrokerConfig],
    [state.fixed.originals, configSource.staticBrokerConfig],
  ] as const;
  for (const [texts, source] of layers) {
    for (const one of names) {
      const text = texts.get(one);
      if (text !== undefined) found.push({ name: one, value: sensitive ? null : text, source });
    }
  }
  for (const one of names) {
    const key = nodeKeys.get(one);
    const text = key?.defaultValue === undefined ? null : valueToString(key.defaultValue, key.type);
    if (text !== null) found.push({ name: one, value: sensitive ? null : text, source: configSource.defaultConfig });
  }
  const first = found.findIndex((one) => one.name === name);
  return first < 0 ? [] : found.slice(first);
}

/** A topic: all its keys, from its own values or the broker's. */
export function describeTopic(
  state: EffectiveBrokerConfig,
  overrides: ReadonlyMap<string, string>,
  options: DescribeOptions,
): DescribedConfig[] {
  const values = topicValues(overrides, state.values);
  const names = [...topicKeys.values()].filter((key) => !key.internal || overrides.has(key.name));
  return select(new Set(names.map((key) => key.name)), options).map((name) => {
    const key = topicKeys.get(name) as ConfigKey;
    const value = valueToString(values.get(name), key.type);
    const broker = topicSynonyms.get(name)?.[0].name;
    const synonyms = broker === undefined ? [] : brokerSynonymEntries(state, broker, false);
    if (overrides.has(name)) synonyms.unshift({ name, value, source: configSource.dynamicTopicConfig });
    return entry(name, key, value, synonyms, options, false);
  });
}

/** A group: all keys of groups, from its own values or the broker's. */
export function describeGroup(
  state: EffectiveBrokerConfig,
  overrides: ReadonlyMap<string, string>,
  options: DescribeOptions,
): DescribedConfig[] {
  return select(new Set(groupKeys.keys()), options).map((name) => {
    const key = groupKeys.get(name) as ConfigKey;
    const broker = groupSynonym(name);
    const own = overrides.get(name);
    const inherited = broker === null ? (key.defaultValue ?? null) : state.values.get(broker);
    const value = valueToString(own === undefined ? inherited : parseValue(key, own), key.type);
    const fallback = valueToString(key.defaultValue ?? null, key.type);
    const synonyms =
      broker === null
        ? [{ name, value: fallback, source: configSource.defaultConfig as number }]
        : brokerSynonymEntries(state, broker, false);
    if (own !== undefined) synonyms.unshift({ name, value, source: configSource.groupConfig });
    return entry(name, key, value, synonyms, options, false);
  });
}

/** A client metrics subscription. */
export function describeClientMetrics(
  overrides: ReadonlyMap<string, string>,
  options: DescribeOptions,
): DescribedConfig[] {
  return select(new Set(clientMetricsKeys.keys()), options).map((name) => {
    const key = clientMetricsKeys.get(name) as ConfigKey;
    const value = valueToString(parseValue(key, overrides.get(name)), key.type);
    const synonyms = overrides.has(name) ? [{ name, value, source: configSource.clientMetricsConfig }] : [];
    return entry(name, key, value, synonyms, options, false);
  });
}

function entry(
  name: string,
  key: ConfigKey | undefined,
  value: string | null,
  synonyms: readonly ConfigSynonym[],
  options: DescribeOptions,
  readOnly: boolean,
): DescribedConfig {
  const sensitive = isSensitive(key?.type);
  return {
    name,
    value: sensitive ? null : value,
    source: synonyms.length === 0 ? configSource.defaultConfig : synonyms[0].source,
    isSensitive: sensitive,
    readOnly,
    configType: configTypeCode[key?.type ?? 'UNKNOWN'],
    synonyms: options.includeSynonyms ? synonyms : [],
    documentation: options.includeDocumentation ? (key?.documentation ?? null) : null,
  };
}

function select(names: ReadonlySet<string>, options: DescribeOptions): string[] {
  const wanted = options.keys === null || options.keys.length === 0 ? null : new Set(options.keys);
  return [...names].filter((name) => wanted === null || wanted.has(name)).sort();
}
