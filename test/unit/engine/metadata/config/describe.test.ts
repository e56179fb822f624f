import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBrokerConfig } from '../../../../../engine/metadata/config/broker-config.ts';
import {
  configSource,
  type DescribedConfig,
  type DescribeOptions,
  describeBroker,
  describeBrokerDefault,
  describeClientMetrics,
  describeGroup,
  describeTopic,
} from '../../../../../engine/metadata/config/describe.ts';
import { type DynamicBrokerConfigs, resolveBroker } from '../../../../../engine/metadata/config/resolve.ts';
import { configTypeCode } from '../../../../../engine/metadata/config/types.ts';
import { goldenFiles, liveProperties, nodeSpecificKeys, readGolden } from '../../../../golden/config/apache-config.ts';

interface Line {
  readonly case: string;
  readonly name: string;
  readonly value: string | null;
  readonly source: string;
  readonly sensitive: boolean;
  readonly readOnly: boolean;
  readonly type: string;
  readonly synonyms: readonly (readonly [string, string | null, string])[];
}

const golden = readGolden(goldenFiles.live).filter((line) => !Array.isArray(line)) as Line[];
const all: DescribeOptions = { keys: null, includeSynonyms: true, includeDocumentation: false };

/** The file that test/support/apache-broker.ts gives a node, as far as it is the same each time. */
const nodeProperties: Readonly<Record<string, string>> = {
  'process.roles': 'broker,controller',
  'node.id': '1',
  listeners: 'PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2',
  'advertised.listeners': 'PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2',
  'controller.listener.names': 'CONTROLLER',
  'controller.quorum.bootstrap.servers': '127.0.0.1:2',
  'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
  'log.dirs': '/x',
  'num.network.threads': '1',
  'num.io.threads': '2',
  'offsets.topic.num.partitions': '1',
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.num.partitions': '1',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'share.coordinator.state.topic.num.partitions': '1',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
  'group.initial.rebalance.delay.ms': '0',
  'log.cleaner.dedupe.buffer.size': '2097152',
  ...liveProperties,
};

const fixed = parseBrokerConfig(new Map(Object.entries(nodeProperties)));
// A node that formats itself with eligible leader replicas sets this for the whole cluster.
const fresh: DynamicBrokerConfigs = { clusterWide: new Map([['min.insync.replicas', '1']]), ofBroker: new Map() };
const altered: DynamicBrokerConfigs = {
  clusterWide: new Map([
    ...fresh.clusterWide,
    ['log.retention.ms', '7777'],
    ['message.max.bytes', '2000000'],
    ['max.connections', '1000'],
  ]),
  ofBroker: new Map([
    ['log.retention.ms', '8888'],
    ['log.cleaner.backoff.ms', '2'],
    ['listener.name.plaintext.ssl.keystore.password', 'hush-hush'],
    ['log.cleanup.policy', 'compact,delete'],
    ['my.custom.key', '17'],
    ['listener.name.plaintext.ssl.keystore.type', 'PKCS12'],
    ['leader.replication.throttled.rate', '500'],
  ]),
};

const sourceName: Readonly<Record<number, string>> = {
  [configSource.dynamicTopicConfig]: 'DYNAMIC_TOPIC_CONFIG',
  [configSource.dynamicBrokerConfig]: 'DYNAMIC_BROKER_CONFIG',
  [configSource.dynamicDefaultBrokerConfig]: 'DYNAMIC_DEFAULT_BROKER_CONFIG',
  [configSource.staticBrokerConfig]: 'STATIC_BROKER_CONFIG',
  [configSource.defaultConfig]: 'DEFAULT_CONFIG',
  [configSource.clientMetricsConfig]: 'DYNAMIC_CLIENT_METRICS_CONFIG',
  [configSource.groupConfig]: 'DYNAMIC_GROUP_CONFIG',
};

function compare(label: string, entries: readonly DescribedConfig[]): void {
  const comparable = (line: Line) => !nodeSpecificKeys.includes(line.name);
  const theirs = golden.filter((line) => line.case === label);
  assert.ok(theirs.length > 0, label);
  const ours = entries.map((one) => ({
    case: label,
    name: one.name,
    value: one.value,
    source: sourceName[one.source],
    sensitive: one.isSensitive,
    readOnly: one.readOnly,
    type: Object.entries(configTypeCode).find(([, code]) => code === one.configType)?.[0] ?? '',
    synonyms: one.synonyms.map((synonym) => [synonym.name, synonym.value, sourceName[synonym.source]] as const),
  }));
  const expected = new Map(theirs.filter(comparable).map((line) => [line.name, line]));
  for (const line of ours.filter(comparable)) assert.deepEqual(line, expected.get(line.name), line.name);
  assert.deepEqual(
    ours.filter(comparable).map((line) => line.name),
    [...expected.keys()],
  );
}

const topicO = new Map([
  ['retention.ms', ' 1000 '],
  ['cleanup.policy', 'compact'],
  ['internal.segment.bytes', '5000'],
]);

for (const [label, dynamic] of [
  ['fresh', fresh],
  ['altered', altered],
] as const) {
  const state = resolveBroker(fixed, dynamic);
  const isAltered = dynamic === altered;
  test(`${label} broker: equal to Apache Kafka's answer`, () => {
    compare(`${label}-broker`, describeBroker(state, all));
  });
  test(`${label} values of all brokers: equal to Apache Kafka's answer`, () => {
    compare(`${label}-broker-default`, describeBrokerDefault(state, all));
  });
  test(`${label} topic: equal to Apache Kafka's answer`, () => {
    const own = new Map<string, string>(
      isAltered
        ? [
            ['retention.ms', '5555'],
            ['leader.replication.throttled.replicas', '*'],
          ]
        : [],
    );
    compare(`${label}-topic`, describeTopic(state, own, all));
    compare(`${label}-topic-o`, describeTopic(state, topicO, all));
  });
  test(`${label} group and client metrics: equal to Apache Kafka's answer`, () => {
    const group = new Map<string, string>(isAltered ? [['consumer.session.timeout.ms', '50000']] : []);
    compare(`${label}-group`, describeGroup(state, group, all));
    const metrics = new Map<string, string>(
      isAltered
        ? [
            ['metrics', 'a.b,c.d'],
            ['interval.ms', '60000'],
          ]
        : [],
    );
    compare(`${label}-client-metrics`, describeClientMetrics(metrics, all));
  });
}

test('no answer holds a secret, under whatever key it was set', () => {
  const answer = JSON.stringify(describeBroker(resolveBroker(fixed, altered), all));
  assert.ok(!answer.includes('hush-hush') && !answer.includes('not-shown'));
});

test('keys, synonyms and documentation come as asked for', () => {
  const state = resolveBroker(fixed, fresh);
  const [one, ...rest] = describeTopic(state, new Map(), {
    keys: ['segment.bytes', 'no.such.key'],
    includeSynonyms: false,
    includeDocumentation: true,
  });
  assert.equal(rest.length, 0);
  assert.equal(one.name, 'segment.bytes');
  assert.deepEqual(one.synonyms, []);
  assert.match(one.documentation ?? '', /segment/);
  assert.equal(describeTopic(state, new Map(), { ...all, keys: [] }).length, 34 - 1);
});
