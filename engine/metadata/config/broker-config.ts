/** server.properties as the node uses it: parsed, checked, with the derived values that Kafka derives. */
import { checkBrokerConfig } from './broker-config-checks.ts';
import { brokerKeys, millraceKeys, nodeKeys } from './definitions.ts';
import { effectiveBrokerKeys } from './effect.ts';
import { type Endpoint, effectiveProtocolMap, listenerName, type ProtocolMap, parseEndpoints } from './listeners.ts';
import { type MetricsListener, parseMetricsListener } from './metrics-listener.ts';
import { listenerOverride } from './synonyms.ts';
import { ConfigError } from './types.ts';
import { type ConfigValues, parseValues } from './values.ts';
import { type HostPort, parseHostPort, parseVoters, type Voter } from './voters.ts';

export interface BrokerConfig {
  /** What was set, by key, with `node.id` and `broker.id` standing in for one another. */
  readonly originals: ReadonlyMap<string, string>;
  /** The value of every known key, defaults included. */
  readonly values: ConfigValues;
  readonly nodeId: number;
  readonly isBroker: boolean;
  readonly isController: boolean;
  /** All that the node listens on, the controller's listeners included. */
  readonly listeners: readonly Endpoint[];
  /** Listeners of the broker role, and of the controller role. */
  readonly brokerListeners: readonly Endpoint[];
  readonly controllerListeners: readonly Endpoint[];
  /** What clients and brokers are told to connect to; what other nodes are told of the controller. */
  readonly advertisedBrokerListeners: readonly Endpoint[];
  readonly advertisedControllerListeners: readonly Endpoint[];
  readonly controllerListenerNames: readonly string[];
  readonly interBrokerListenerName: string;
  readonly protocolMap: ProtocolMap;
  /** Empty where the voters are kept in the metadata log. */
  readonly voters: readonly Voter[];
  readonly bootstrapServers: readonly HostPort[];
  readonly logDirs: readonly string[];
  readonly metadataLogDir: string;
  /** null: one less than there are cores; set by num.io.threads. */
  readonly configuredShards: number | null;
  readonly maxConnectionsPerIpOverrides: ReadonlyMap<string, number>;
  /** Null: metrics are not served. */
  readonly metricsListener: MetricsListener | null;
  /** Keys that were set and that nobody knows. */
  readonly unknownKeys: readonly string[];
  /** Keys that were set and that have no effect here. */
  readonly inertKeys: readonly string[];
}

/** Parses and checks. Throws ConfigError with one sentence that names the key. */
export function parseBrokerConfig(properties: ReadonlyMap<string, string>): BrokerConfig {
  const originals = withNodeIdSynonym(properties);
  const values = parseValues(nodeKeys, originals);
  const controllerListenerNames = values.list('controller.listener.names').map((name) => name.toUpperCase());
  const isOfController = (endpoint: Endpoint) => controllerListenerNames.includes(endpoint.listener);
  const protocolMap = effectiveProtocolMap(
    values.text('listener.security.protocol.map'),
    !originals.has('listener.security.protocol.map'),
    controllerListenerNames,
    values.list('listeners').map(listenerName),
  );
  const listeners = parseEndpoints(values.list('listeners'), protocolMap, false);
  const isAdvertised = values.get('advertised.listeners') !== null;
  const advertised = isAdvertised ? parseEndpoints(values.list('advertised.listeners'), protocolMap, true) : listeners;
  const controllerListeners = listeners.filter(isOfController);
  const advertisedControllers = advertised.filter(isOfController);
  const roles = values.list('process.roles');
  const logDirs = values.get('log.dirs') === null ? values.list('log.dir') : values.list('log.dirs');
  const config: BrokerConfig = {
    originals,
    values,
    nodeId: values.number('node.id'),
    isBroker: roles.includes('broker'),
    isController: roles.includes('controller'),
    listeners,
    brokerListeners: listeners.filter((endpoint) => !isOfController(endpoint)),
    controllerListeners,
    advertisedBrokerListeners: advertised.filter((endpoint) => !isOfController(endpoint)),
    advertisedControllerListeners: advertisedControllers.length > 0 ? advertisedControllers : controllerListeners,
    controllerListenerNames,
    interBrokerListenerName: interBrokerListenerName(originals, values, protocolMap),
    protocolMap,
    voters: parseVoters(values.list('controller.quorum.voters')),
    bootstrapServers: values
      .list('controller.quorum.bootstrap.servers')
      .map(parseHostPort)
      .filter((address) => address !== null),
    logDirs,
    metadataLogDir: values.textOrNull('metadata.log.dir') ?? logDirs[0],
    configuredShards: originals.has('num.io.threads') ? values.number('num.io.threads') : null,
    maxConnectionsPerIpOverrides: parseConnectionOverrides(values.text('max.connections.per.ip.overrides')),
    metricsListener: parseMetricsListener(values.text('millrace.metrics.listener'), originals),
    unknownKeys: [...properties.keys()].filter(isUnknown).sort(),
    inertKeys: [...properties.keys()].filter(isInert).sort(),
  };
  checkBrokerConfig(config);
  return config;
}

/** What is not right, but no reason to stop: one sentence each, for the log at start. */
export function brokerConfigWarnings(config: BrokerConfig): string[] {
  const warnings: string[] = [];
  if (config.unknownKeys.length > 0) {
    warnings.push(`These configuration keys are not known and were left alone: ${config.unknownKeys.join(', ')}`);
  }
  if (config.inertKeys.length > 0) {
    warnings.push(`These configuration keys are accepted and have no effect: ${config.inertKeys.join(', ')}`);
  }
  const heartbeatMs = config.values.number('broker.heartbeat.interval.ms');
  const sessionMs = config.values.number('broker.session.timeout.ms');
  if (heartbeatMs > sessionMs / 2) {
    warnings.push(
      `broker.heartbeat.interval.ms (${heartbeatMs}) is more than half of broker.session.timeout.ms (${sessionMs}): a single late heartbeat fences this broker`,
    );
  }
  if (config.originals.has('broker.id') && !config.originals.has('node.id')) {
    warnings.push('broker.id is deprecated: use node.id');
  }
  return warnings;
}

/**
 * The number of shards: num.io.threads where it is set. Else one core is left to all else that runs: the kernel's network,
 * the coordinator, background threads, clients on the same machine. Shards that share cores with these wait for each
 * other at every batch that comes by one and is another's.
 */
export function shardCount(config: BrokerConfig, cores: number): number {
  return config.configuredShards ?? Math.max(cores - 1, 1);
}

/** What `npm start` runs on without a file: one node that is broker and controller, on this machine only. */
export function builtInProperties(): Map<string, string> {
  return new Map([
    ['process.roles', 'broker,controller'],
    ['node.id', '1'],
    ['listeners', 'PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093'],
    ['advertised.listeners', 'PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093'],
    ['controller.listener.names', 'CONTROLLER'],
    ['listener.security.protocol.map', 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT'],
    ['controller.quorum.bootstrap.servers', '127.0.0.1:9093'],
    ['log.dirs', './data'],
    ['offsets.topic.replication.factor', '1'],
    ['transaction.state.log.replication.factor', '1'],
    ['transaction.state.log.min.isr', '1'],
    ['share.coordinator.state.topic.replication.factor', '1'],
    ['share.coordinator.state.topic.min.isr', '1'],
  ]);
}

function withNodeIdSynonym(properties: ReadonlyMap<string, string>): Map<string, string> {
  const originals = new Map(properties);
  const nodeId = originals.get('node.id');
  const brokerId = originals.get('broker.id');
  if (nodeId !== undefined && brokerId === undefined) originals.set('broker.id', nodeId);
  if (brokerId !== undefined && nodeId === undefined) originals.set('node.id', brokerId);
  return originals;
}

function interBrokerListenerName(
  originals: ReadonlyMap<string, string>,
  values: ConfigValues,
  protocolMap: ProtocolMap,
): string {
  const name = values.textOrNull('inter.broker.listener.name');
  if (name === null) return values.text('security.inter.broker.protocol');
  if (originals.has('security.inter.broker.protocol')) {
    throw new ConfigError('Only one of inter.broker.listener.name and security.inter.broker.protocol should be set.');
  }
  const listener = name.toUpperCase();
  if (!protocolMap.has(listener)) {
    throw new ConfigError(
      `Listener with name ${listener} defined in inter.broker.listener.name not found in listener.security.protocol.map.`,
    );
  }
  return listener;
}

/** Reads host:count pairs. Throws ConfigError. */
export function parseConnectionOverrides(text: string): Map<string, number> {
  const overrides = new Map<string, number>();
  if (text === '') return overrides;
  for (const pair of text.split(/\s*,\s*/)) {
    const at = pair.lastIndexOf(':');
    const count = pair.slice(at + 1).trim();
    if (at < 0 || !/^[+-]?[0-9]{1,10}$/.test(count)) {
      const why = `${pair} is not a pair host:count`;
      throw new ConfigError(`Error parsing configuration property 'max.connections.per.ip.overrides': ${why}`);
    }
    overrides.set(pair.slice(0, at).trim(), Number(count));
  }
  const invalid = [...overrides.keys()].filter((host) => !/^[0-9a-zA-Z\-%._:]*$/.test(host));
  if (invalid.length > 0) {
    throw new ConfigError(`max.connections.per.ip.overrides contains invalid addresses : ${invalid.join(',')}`);
  }
  return overrides;
}

/** Keys with these beginnings belong to plug-ins and providers, which alone know them. */
const foreignPrefixes = ['config.providers.', 'rsm.config.', 'rlmm.config.'];

const isForeign = (name: string) => foreignPrefixes.some((prefix) => name.startsWith(prefix));

function isUnknown(name: string): boolean {
  if (nodeKeys.has(name) || isForeign(name)) return false;
  const override = listenerOverride(name);
  return override === null || !brokerKeys.has(override.key);
}

function isInert(name: string): boolean {
  if (isUnknown(name) || isForeign(name) || millraceKeys.has(name)) return false;
  const key = listenerOverride(name)?.key ?? name;
  return !effectiveBrokerKeys.has(key);
}
