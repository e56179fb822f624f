/** The ranges that group keys must keep to, as broker keys among themselves and as a group's own keys within the broker's. */
import { clientMetricsKeys, groupKeys } from './definitions.ts';
import { groupSynonym } from './synonyms.ts';
import { ConfigError } from './types.ts';
import { type ConfigValues, parseValue } from './values.ts';

interface Range {
  /** The broker key that is the default of groups. */
  readonly key: string;
  readonly min: string | null;
  readonly max: string;
}

function range(group: string, key: string, hasMin = true): Range {
  const min = hasMin ? `group.${group}.min.${key}` : null;
  return { key: `group.${group}.${key}`, min, max: `group.${group}.max.${key}` };
}

const timedRanges: readonly Range[] = ['consumer', 'share', 'streams'].flatMap((group) => [
  range(group, 'heartbeat.interval.ms'),
  range(group, 'session.timeout.ms'),
  range(group, 'assignment.interval.ms'),
]);

/** These tell of a value above its maximum from the maximum's side. */
const shareRanges: readonly Range[] = [
  range('share', 'delivery.count.limit'),
  range('share', 'record.lock.duration.ms'),
  range('share', 'partition.max.record.locks'),
];

const standbyRange: Range = {
  key: 'group.streams.num.standby.replicas',
  min: null,
  max: 'group.streams.max.standby.replicas',
};

const builtInAssignors: Readonly<Record<string, readonly string[]>> = {
  'group.consumer.assignors': [
    'uniform',
    'range',
    'org.apache.kafka.coordinator.group.assignor.UniformAssignor',
    'org.apache.kafka.coordinator.group.assignor.RangeAssignor',
  ],
  'group.share.assignors': ['simple', 'org.apache.kafka.coordinator.group.assignor.SimpleAssignor'],
};

/** What is wrong among the broker's group keys, or null. */
export function groupRangeError(values: ConfigValues): string | null {
  for (const one of timedRanges) {
    const error = timedRangeError(values, one);
    if (error !== null) return error;
  }
  for (const one of shareRanges) {
    const error = shareRangeError(values, one);
    if (error !== null) return error;
  }
  const standby = atMost(values, standbyRange.key, standbyRange.max);
  if (standby !== null) return standby;
  if (values.number('group.share.max.share.sessions') < values.number('group.share.max.size')) {
    return 'group.share.max.share.sessions must be greater than or equal to group.share.max.size';
  }
  if (!values.list('group.coordinator.rebalance.protocols').includes('classic')) {
    return "Disabling the 'classic' protocol is not supported.";
  }
  for (const [key, known] of Object.entries(builtInAssignors)) {
    const unknown = values.list(key).find((name) => !known.includes(name));
    if (unknown !== undefined) return `Class ${unknown} cannot be found`;
  }
  return null;
}

function timedRangeError(values: ConfigValues, one: Range): string | null {
  const min = one.min as string;
  const error = atLeast(values, one.max, min) ?? atLeast(values, one.key, min) ?? atMost(values, one.key, one.max);
  if (error !== null || !one.key.endsWith('session.timeout.ms')) return error;
  const heartbeat = one.key.replace('session.timeout.ms', 'heartbeat.interval.ms');
  const isLess = values.number(heartbeat) < values.number(one.key);
  return isLess ? null : `${heartbeat} must be less than ${one.key}`;
}

function shareRangeError(values: ConfigValues, one: Range): string | null {
  return atLeast(values, one.key, one.min as string) ?? atLeast(values, one.max, one.key);
}

function atLeast(values: ConfigValues, key: string, bound: string): string | null {
  return values.number(key) >= values.number(bound) ? null : `${key} must be greater than or equal to ${bound}`;
}

function atMost(values: ConfigValues, key: string, bound: string): string | null {
  return values.number(key) <= values.number(bound) ? null : `${key} must be less than or equal to ${bound}`;
}

/** What is wrong with a group's own keys, or null. `broker`: the values that hold on the broker. */
export function validateGroupConfigs(configs: ReadonlyMap<string, string>, broker: ConfigValues): string | null {
  for (const name of configs.keys()) {
    if (!groupKeys.has(name)) return `Unknown group config name: ${name}`;
  }
  const number = new Map<string, number>();
  for (const key of groupKeys.values()) {
    const text = configs.get(key.name);
    const synonym = groupSynonym(key.name);
    try {
      const value = text === undefined && synonym !== null ? broker.get(synonym) : parseValue(key, text);
      if (typeof value === 'number') number.set(key.name, value);
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
      throw error;
    }
  }
  for (const one of [...timedRanges, ...shareRanges, standbyRange]) {
    const key = one.key.slice('group.'.length);
    const value = number.get(key);
    if (value === undefined || !configs.has(key)) continue;
    if (one.min !== null && value < broker.number(one.min)) {
      return `${key} must be greater than or equal to ${one.min}`;
    }
    if (value > broker.number(one.max)) return `${key} must be less than or equal to ${one.max}`;
  }
  for (const group of ['consumer', 'share', 'streams']) {
    const heartbeatMs = number.get(`${group}.heartbeat.interval.ms`);
    const sessionMs = number.get(`${group}.session.timeout.ms`);
    if (heartbeatMs !== undefined && sessionMs !== undefined && heartbeatMs >= sessionMs) {
      return `${group}.session.timeout.ms must be greater than ${group}.heartbeat.interval.ms`;
    }
  }
  return null;
}

const matchable = [
  'client_instance_id',
  'client_id',
  'client_software_name',
  'client_software_version',
  'client_source_address',
  'client_source_port',
];

/** What is wrong with a client metrics subscription, or null. */
export function validateClientMetricsConfigs(configs: ReadonlyMap<string, string>): ConfigProblem | null {
  for (const name of configs.keys()) {
    if (!clientMetricsKeys.has(name)) {
      return { code: 'INVALID_REQUEST', message: `Unknown client metrics configuration: ${name}` };
    }
  }
  try {
    for (const key of clientMetricsKeys.values()) {
      const value = parseValue(key, configs.get(key.name));
      if (key.name === 'interval.ms' && (Number(value) < 100 || Number(value) > 3_600_000)) {
        const message = `Invalid value ${value} for interval.ms, interval must be between 100 and 3600000 (1 hour)`;
        return { code: 'INVALID_REQUEST', message };
      }
      const bad = key.name === 'match' ? (value as readonly string[]).find((one) => !isMatch(one)) : undefined;
      if (bad !== undefined) return { code: 'INVALID_CONFIG', message: `Illegal client matching pattern: ${bad}` };
    }
  } catch (error) {
    if (error instanceof ConfigError) return { code: 'INVALID_CONFIG', message: error.message };
    throw error;
  }
  return null;
}

/** Why a change is refused: the error's name and what the client reads. */
export interface ConfigProblem {
  readonly code: 'INVALID_CONFIG' | 'INVALID_REQUEST';
  readonly message: string;
}

/** key=pattern with a key that exists and brackets that close; a pattern is only matched by a linear-time engine. */
function isMatch(text: string): boolean {
  const parts = text.split('=');
  if (parts.length !== 2 || !matchable.includes(parts[0].trim())) return false;
  try {
    return new RegExp(parts[1].trim()) instanceof RegExp;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
