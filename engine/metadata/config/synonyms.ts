/** Keys that stand for one another: a topic's key and the broker's, milliseconds and minutes and hours, a listener's own and the general. */

/** A broker key that gives a topic key its default. `factor` turns its unit into milliseconds. */
export interface TopicSynonym {
  readonly name: string;
  readonly factor: number;
}

const hourMs = 3_600_000;
const minuteMs = 60_000;

const table: Readonly<Record<string, readonly (string | readonly [string, number])[]>> = {
  'cleanup.policy': ['log.cleanup.policy'],
  'compression.gzip.level': ['compression.gzip.level'],
  'compression.lz4.level': ['compression.lz4.level'],
  'compression.type': ['compression.type'],
  'compression.zstd.level': ['compression.zstd.level'],
  'delete.retention.ms': ['log.cleaner.delete.retention.ms'],
  'file.delete.delay.ms': ['log.segment.delete.delay.ms'],
  'flush.messages': ['log.flush.interval.messages'],
  'flush.ms': ['log.flush.interval.ms', 'log.flush.scheduler.interval.ms'],
  'index.interval.bytes': ['log.index.interval.bytes'],
  'local.retention.bytes': ['log.local.retention.bytes'],
  'local.retention.ms': ['log.local.retention.ms'],
  'max.compaction.lag.ms': ['log.cleaner.max.compaction.lag.ms'],
  'max.message.bytes': ['message.max.bytes'],
  'message.timestamp.after.max.ms': ['log.message.timestamp.after.max.ms'],
  'message.timestamp.before.max.ms': ['log.message.timestamp.before.max.ms'],
  'message.timestamp.type': ['log.message.timestamp.type'],
  'min.cleanable.dirty.ratio': ['log.cleaner.min.cleanable.ratio'],
  'min.compaction.lag.ms': ['log.cleaner.min.compaction.lag.ms'],
  'min.insync.replicas': ['min.insync.replicas'],
  preallocate: ['log.preallocate'],
  'retention.bytes': ['log.retention.bytes'],
  'retention.ms': ['log.retention.ms', ['log.retention.minutes', minuteMs], ['log.retention.hours', hourMs]],
  'segment.bytes': ['log.segment.bytes'],
  'segment.index.bytes': ['log.index.size.max.bytes'],
  'segment.jitter.ms': ['log.roll.jitter.ms', ['log.roll.jitter.hours', hourMs]],
  'segment.ms': ['log.roll.ms', ['log.roll.hours', hourMs]],
  'unclean.leader.election.enable': ['unclean.leader.election.enable'],
};

/** The broker keys behind each topic key, strongest first. Topic keys that are not in it have no broker key. */
export const topicSynonyms: ReadonlyMap<string, readonly TopicSynonym[]> = new Map(
  Object.entries(table).map(([name, list]) => [
    name,
    list.map((one) => (typeof one === 'string' ? { name: one, factor: 1 } : { name: one[0], factor: one[1] })),
  ]),
);

const retention = ['log.retention.ms', 'log.retention.minutes', 'log.retention.hours'];
const roll = ['log.roll.ms', 'log.roll.hours'];
const jitter = ['log.roll.jitter.ms', 'log.roll.jitter.hours'];

const brokerChains: Readonly<Record<string, readonly string[]>> = {
  'log.retention.ms': retention,
  'log.retention.minutes': retention,
  'log.retention.hours': retention,
  'log.roll.ms': roll,
  'log.roll.hours': roll,
  'log.roll.jitter.ms': jitter,
  'log.roll.jitter.hours': jitter,
  'log.flush.interval.ms': ['log.flush.interval.ms', 'log.flush.scheduler.interval.ms'],
};

/** Keys that may carry both a listener's name and a SASL mechanism in front. */
const mechanismKeys = [
  'sasl.jaas.config',
  'sasl.login.callback.handler.class',
  'sasl.login.class',
  'sasl.server.callback.handler.class',
  'connections.max.reauth.ms',
];

/** The names under which a broker key's value is looked for, as DescribeConfigs lists them. */
export function brokerSynonyms(name: string): readonly string[] {
  const chain = Object.hasOwn(brokerChains, name) ? brokerChains[name] : undefined;
  if (chain !== undefined) return chain;
  const listener = listenerOverride(name);
  return listener === null ? [name] : [name, listener.key];
}

/** Takes `listener.name.NAME.` (and a mechanism) off a key. Listener names in keys are in lower case. */
export function listenerOverride(name: string): { readonly listener: string; readonly key: string } | null {
  const match = /^listener\.name\.([^.]*)\.(.*)$/.exec(name);
  if (match === null) return null;
  const key = mechanismKeys.find((one) => match[2].endsWith(one)) ?? match[2];
  return { listener: match[1], key };
}

/** The broker key that gives a group key its default. */
export function groupSynonym(name: string): string | null {
  if (['share.auto.offset.reset', 'share.isolation.level', 'share.renew.acknowledge.enable'].includes(name))
    return null;
  return `group.${name}`;
}
