import type { ApiError } from './api-error.ts';

/** What the controller asks of the configuration's definitions. Refusals carry Kafka's codes and messages. */
export interface ConfigRules {
  /** What a key's text becomes by one operation of IncrementalAlterConfigs (KIP-339); null takes the key away. */
  apply(
    type: number,
    name: string,
    current: string | undefined,
    operation: number,
    operand: string | null,
  ): { readonly value: string | null } | ApiError;
  /** All values that a resource is to have: unknown keys, values that do not parse or are out of bounds. */
  validate(
    type: number,
    resourceName: string,
    values: ReadonlyMap<string, string>,
    layers: BrokerLayers,
  ): ApiError | null;
  /** A topic's configs with their sources, sorted by name. */
  describeTopic(topic: ReadonlyMap<string, string>, layers: BrokerLayers): readonly DescribedConfig[];
}

/** The dynamic configs of brokers as last written; the static ones are known to the rules. */
export interface BrokerLayers {
  readonly broker: ReadonlyMap<string, string>;
  readonly cluster: ReadonlyMap<string, string>;
}

export interface DescribedConfig {
  readonly name: string;
  readonly value: string | null;
  readonly readOnly: boolean;
  /** 1 topic, 2 this broker, 3 all brokers, 4 static broker, 5 default (KIP-226). */
  readonly configSource: number;
  readonly isSensitive: boolean;
}
