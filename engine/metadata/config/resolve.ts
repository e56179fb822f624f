/** What holds on a broker now: server.properties, over it the cluster-wide dynamic values, over them the broker's own. */
import type { BrokerConfig } from './broker-config.ts';
import { dynamicOnlyBrokerKeys, nodeKeys } from './definitions.ts';
import { brokerSynonyms } from './synonyms.ts';
import { ConfigError, type ConfigKey, type ConfigValue } from './types.ts';
import { ConfigValues, parseValue } from './values.ts';

/** The texts of ConfigRecords of resource type BROKER, by key. */
export interface DynamicBrokerConfigs {
  /** Of the resource with the empty name: for all brokers. */
  readonly clusterWide: ReadonlyMap<string, string>;
  /** Of the resource with this broker's id as its name. */
  readonly ofBroker: ReadonlyMap<string, string>;
}

export interface EffectiveBrokerConfig {
  readonly fixed: BrokerConfig;
  readonly dynamic: DynamicBrokerConfigs;
  /** The value of every key of brokers, and of those that are only set dynamically. */
  readonly values: ConfigValues;
  /** Dynamic values that were passed over: key and reason. */
  readonly rejected: readonly { readonly key: string; readonly message: string }[];
}

export const noDynamicConfigs: DynamicBrokerConfigs = { clusterWide: new Map(), ofBroker: new Map() };

/** Never fails: a dynamic value that is not acceptable is passed over and listed in `rejected`. */
export function resolveBroker(fixed: BrokerConfig, dynamic: DynamicBrokerConfigs): EffectiveBrokerConfig {
  const rejected: { key: string; message: string }[] = [];
  const texts = layerTexts(fixed.originals, dynamic, rejected);
  const values = new Map<string, ConfigValue>();
  for (const key of [...nodeKeys.values(), ...dynamicOnlyBrokerKeys.values()]) {
    values.set(key.name, parseValue(key, texts.get(key.name)));
  }
  return { fixed, dynamic, values: new ConfigValues(values), rejected };
}

function layerTexts(
  originals: ReadonlyMap<string, string>,
  dynamic: DynamicBrokerConfigs,
  rejected: { key: string; message: string }[],
): Map<string, string> {
  // What is only set dynamically means nothing in the file.
  const texts = new Map([...originals].filter(([name]) => !dynamicOnlyBrokerKeys.has(name)));
  const layers = [
    { configs: dynamic.clusterWide, perBroker: false },
    { configs: dynamic.ofBroker, perBroker: true },
  ];
  for (const { configs, perBroker } of layers) {
    for (const [name, text] of configs) {
      const key = nodeKeys.get(name) ?? dynamicOnlyBrokerKeys.get(name);
      if (key === undefined) continue;
      const message = refusal(key, text, perBroker);
      if (message !== null) {
        rejected.push({ key: name, message });
        continue;
      }
      // log.retention.ms given dynamically also stands over log.retention.hours of the file.
      for (const synonym of brokerSynonyms(name)) texts.delete(synonym);
      texts.set(name, text);
    }
  }
  return texts;
}

function refusal(key: ConfigKey, text: string, perBroker: boolean): string | null {
  if (key.mode === 'read-only') return `${key.name} cannot be updated dynamically`;
  if (key.mode === 'per-broker' && !perBroker) return `${key.name} cannot be set for all brokers`;
  return valueError(key, text);
}

/** What is wrong with a text as the value of a key, or null. */
export function valueError(key: ConfigKey, text: string): string | null {
  try {
    parseValue(key, text);
    return null;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}
