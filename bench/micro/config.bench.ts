import type { Bench } from 'tinybench';
import { builtInProperties, parseBrokerConfig } from '../../engine/metadata/config/broker-config.ts';
import { noDynamicConfigs, resolveBroker } from '../../engine/metadata/config/resolve.ts';
import { topicConfig } from '../../engine/metadata/config/topic-config.ts';

/** What a start pays for its configuration, and what a topic does. */
export function register(bench: Bench): void {
  const properties = builtInProperties();
  const { values } = resolveBroker(parseBrokerConfig(properties), noDynamicConfigs);
  const overrides = new Map([['retention.ms', '1000']]);
  bench.add('parse and check server.properties', () => {
    parseBrokerConfig(properties);
  });
  bench.add('resolve a topic', () => {
    topicConfig(overrides, values);
  });
}
