/** What must hold between keys. The sentences are Kafka's, so that what people look up when they read them is found. */
import type { BrokerConfig } from './broker-config.ts';
import { groupRangeError } from './group-ranges.ts';
import { ConfigError } from './types.ts';
import type { ConfigValues } from './values.ts';

/** Throws ConfigError. */
export function checkBrokerConfig(config: BrokerConfig): void {
  if (config.values.get('node.id') !== config.values.get('broker.id')) {
    throw new ConfigError('You must set `node.id` to the same value as `broker.id`.');
  }
  checkLogValues(config.values);
  checkRoles(config);
  if (config.isBroker) checkBrokerListeners(config);
  const advertised = [...config.advertisedBrokerListeners, ...config.advertisedControllerListeners];
  must(
    !advertisedAsGiven(config, advertised).some((endpoint) => endpoint.host === '0.0.0.0'),
    'advertised.listeners cannot use the nonroutable meta-address 0.0.0.0. Use a routable IP address.',
  );
  checkEarlyListeners(config);
  checkDirectories(config);
  checkLimits(config);
  const error = groupRangeError(config.values);
  if (error !== null) throw new ConfigError(error);
}

/** Checks of single values and pairs that also hold for dynamic changes. Throws ConfigError. */
function checkLogValues(values: ConfigValues): void {
  const rollMs = values.numberOrNull('log.roll.ms') ?? values.number('log.roll.hours') * 3_600_000;
  must(rollMs >= 1, 'log.roll.ms must be greater than or equal to 1');
  const jitterMs = values.numberOrNull('log.roll.jitter.ms') ?? values.number('log.roll.jitter.hours') * 3_600_000;
  must(jitterMs >= 0, 'log.roll.jitter.ms must be greater than or equal to 0');
  must(logRetentionMs(values) !== 0, 'log.retention.ms must be unlimited (-1) or, greater than or equal to 1');
  must(
    Math.floor(values.number('log.cleaner.dedupe.buffer.size') / Math.max(values.number('log.cleaner.threads'), 1)) >
      1024 * 1024,
    'log.cleaner.dedupe.buffer.size must be at least 1MB per cleaner thread.',
  );
  const waitMs = values.number('replica.fetch.wait.max.ms');
  must(
    waitMs <= values.number('replica.socket.timeout.ms'),
    'replica.socket.timeout.ms should always be at least replica.fetch.wait.max.ms to prevent unnecessary socket timeouts',
  );
  must(
    waitMs <= values.number('replica.lag.time.max.ms'),
    'replica.fetch.wait.max.ms should always be less than or equal to replica.lag.time.max.ms to prevent frequent changes in ISR',
  );
}

/** -1 for ever. */
function logRetentionMs(values: ConfigValues): number {
  const minutes = values.numberOrNull('log.retention.minutes');
  const ms =
    values.numberOrNull('log.retention.ms') ??
    (minutes === null ? values.number('log.retention.hours') * 3_600_000 : minutes * 60_000);
  return ms < 0 ? -1 : ms;
}

function checkRoles(config: BrokerConfig): void {
  if (config.voters.length === 0 && config.bootstrapServers.length === 0) {
    throw new ConfigError(
      'If using process.roles, either controller.quorum.bootstrap.servers must contain the set of bootstrap controllers or controller.quorum.voters must contain a parseable set of controllers.',
    );
  }
  if (!config.isController) {
    checkBrokerOnly(config);
    return;
  }
  if (!config.isBroker) {
    must(
      config.brokerListeners.length === 0,
      'The listeners config must only contain KRaft controller listeners from controller.listener.names when process.roles=controller',
    );
  }
  const voterIds = config.voters.map((voter) => voter.nodeId);
  must(
    voterIds.length === 0 || voterIds.includes(config.nodeId),
    `If process.roles contains the 'controller' role, the node id ${config.nodeId} must be included in the set of voters controller.quorum.voters=${voterSet(config)}`,
  );
  must(
    config.advertisedControllerListeners.length > 0,
    "controller.listener.names must contain at least one value appearing in the 'listeners' configuration when running the KRaft controller role",
  );
  const names = config.listeners.map((endpoint) => endpoint.listener);
  must(
    config.controllerListenerNames.every((name) => names.includes(name)),
    "controller.listener.names must only contain values appearing in the 'listeners' configuration when running the KRaft controller role",
  );
}

function checkBrokerOnly(config: BrokerConfig): void {
  must(
    !config.voters.some((voter) => voter.nodeId === config.nodeId),
    `If process.roles contains just the 'broker' role, the node id ${config.nodeId} must not be included in the set of voters controller.quorum.voters=${voterSet(config)}`,
  );
  must(
    config.controllerListeners.length === 0,
    "controller.listener.names must not contain a value appearing in the 'listeners' configuration when running KRaft with just the broker role",
  );
  const unmapped = config.controllerListenerNames.find((name) => !config.protocolMap.has(name));
  must(
    unmapped === undefined,
    `Controller listener with name ${unmapped} defined in controller.listener.names not found in listener.security.protocol.map  (an explicit security mapping for each controller listener is required if listener.security.protocol.map is non-empty, or if there are security protocols other than PLAINTEXT in use)`,
  );
}

function checkBrokerListeners(config: BrokerConfig): void {
  const advertised = config.advertisedBrokerListeners.map((endpoint) => endpoint.listener);
  const names = config.listeners.map((endpoint) => endpoint.listener);
  must(
    advertised.length > 0,
    'There must be at least one broker advertised listener. Perhaps all listeners appear in controller.listener.names?',
  );
  must(
    advertised.includes(config.interBrokerListenerName),
    `inter.broker.listener.name must be a listener name defined in advertised.listeners. The valid options based on currently configured listeners are ${advertised.join(',')}`,
  );
  must(
    advertised.every((name) => names.includes(name)),
    `advertised.listeners listener names must be equal to or a subset of the ones defined in listeners. Found ${advertised.join(',')}. The valid options based on the current configuration are ${names.join(',')}`,
  );
}

function checkEarlyListeners(config: BrokerConfig): void {
  const known = [...config.listeners.map((endpoint) => endpoint.listener), ...config.controllerListenerNames];
  for (const name of config.values.list('early.start.listeners')) {
    if (known.includes(name.toUpperCase())) continue;
    throw new ConfigError(
      `early.start.listeners contains listener ${name.toUpperCase()}, but this is not contained in listeners or controller.listener.names`,
    );
  }
}

function checkDirectories(config: BrokerConfig): void {
  const cordoned = config.values.list('cordoned.log.dirs');
  const missing = cordoned.filter((directory) => directory !== '*' && !config.logDirs.includes(directory));
  must(
    missing.length === 0,
    `All entries in cordoned.log.dirs must be present in log.dirs or log.dir. Missing entries : ${missing.join(', ')}`,
  );
}

function checkLimits(config: BrokerConfig): void {
  const { values } = config;
  const queuedBytes = values.number('queued.max.request.bytes');
  must(
    queuedBytes <= 0 || queuedBytes >= values.number('socket.request.max.bytes'),
    'queued.max.request.bytes must be larger or equal to socket.request.max.bytes',
  );
  must(
    values.number('max.connections.per.ip') !== 0 || config.maxConnectionsPerIpOverrides.size > 0,
    'max.connections.per.ip can be set to zero only if max.connections.per.ip.overrides property is set.',
  );
  const idleMs = values.number('connections.max.idle.ms');
  const delayMs = values.number('connection.failed.authentication.delay.ms');
  must(
    idleMs < 0 || delayMs < idleMs,
    `connection.failed.authentication.delay.ms=${delayMs} should always be less than connections.max.idle.ms=${idleMs} to prevent failed authentication responses from timing out`,
  );
  for (const name of ['offsets.topic.compression.codec', 'share.coordinator.state.topic.compression.codec']) {
    const codec = values.number(name);
    must(codec >= 0 && codec <= 4, `Unknown compression type id: ${codec}`);
  }
}

/** Controller listeners that are advertised only because they are listened on may stand on all interfaces. */
function advertisedAsGiven(config: BrokerConfig, advertised: BrokerConfig['listeners']): BrokerConfig['listeners'] {
  return advertised.filter((endpoint) => !config.controllerListeners.includes(endpoint));
}

function voterSet(config: BrokerConfig): string {
  return `Set(${config.voters.map((voter) => voter.nodeId).join(', ')})`;
}

function must(condition: boolean, message: string): void {
  if (!condition) throw new ConfigError(message);
}
