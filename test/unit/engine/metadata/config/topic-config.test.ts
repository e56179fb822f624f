import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultLogConfig, type LogConfig } from '../../../../../engine/log/config.ts';
import { parseBrokerConfig } from '../../../../../engine/metadata/config/broker-config.ts';
import { noDynamicConfigs, resolveBroker } from '../../../../../engine/metadata/config/resolve.ts';
import { type TopicConfig, topicConfig } from '../../../../../engine/metadata/config/topic-config.ts';

function broker(properties: Readonly<Record<string, string>>, dynamic: Readonly<Record<string, string>> = {}) {
  const fixed = parseBrokerConfig(
    new Map(
      Object.entries({
        'process.roles': 'broker,controller',
        'node.id': '1',
        listeners: 'PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2',
        'controller.listener.names': 'CONTROLLER',
        'controller.quorum.bootstrap.servers': '127.0.0.1:2',
        ...properties,
      }),
    ),
  );
  return resolveBroker(fixed, { ...noDynamicConfigs, clusterWide: new Map(Object.entries(dynamic)) });
}

const of = (properties: Readonly<Record<string, string>>, own: Readonly<Record<string, string>> = {}) =>
  topicConfig(new Map(Object.entries(own)), broker(properties).values);

test('a topic of a plain node has the log configuration that the log takes for its default', () => {
  const config: LogConfig & TopicConfig = of({});
  for (const [key, value] of Object.entries(defaultLogConfig)) assert.equal(config[key as keyof LogConfig], value, key);
});

test("milliseconds stand over minutes and hours, the topic's own value over all", () => {
  assert.equal(of({ 'log.retention.hours': '2' }).retentionMs, 7_200_000);
  assert.equal(of({ 'log.retention.hours': '2', 'log.retention.minutes': '3' }).retentionMs, 180_000);
  assert.equal(of({ 'log.retention.minutes': '3', 'log.retention.ms': '4' }).retentionMs, 4);
  assert.equal(of({ 'log.retention.ms': '4' }, { 'retention.ms': '5' }).retentionMs, 5);
  assert.equal(of({ 'log.roll.hours': '1', 'log.roll.jitter.hours': '2' }).segmentMs, 3_600_000);
  assert.equal(of({ 'log.roll.jitter.hours': '2' }).segmentJitterMs, 7_200_000);
  assert.equal(of({ 'log.flush.scheduler.interval.ms': '9' }).flushMs, 9);
  assert.equal(of({ 'log.flush.scheduler.interval.ms': '9', 'log.flush.interval.ms': '8' }).flushMs, 8);
});

test('a dynamic value in milliseconds stands over the hours of the file', () => {
  const state = broker({ 'log.retention.hours': '2' }, { 'log.retention.ms': '77' });
  assert.equal(topicConfig(new Map(), state.values).retentionMs, 77);
});

test('never, and for ever', () => {
  assert.equal(of({ 'log.retention.hours': '-1' }).retentionMs, -1);
  assert.equal(of({ 'log.retention.ms': '-7' }).retentionMs, -1);
  assert.equal(of({}, { 'retention.ms': '9223372036854775807' }).retentionMs, -1);
  assert.equal(of({}).flushMessages, Number.POSITIVE_INFINITY);
  assert.equal(of({}).messageTimestampBeforeMaxMs, Number.POSITIVE_INFINITY);
  assert.equal(of({ 'log.retention.hours': '2147483647' }).retentionMs, 2147483647 * 3_600_000);
});

test('both, either and neither cleanup policy', () => {
  const policy = (own: string) => {
    const config = of({}, { 'cleanup.policy': own });
    return [config.cleanupDelete, config.cleanupCompact];
  };
  assert.deepEqual(policy('compact, delete'), [true, true]);
  assert.deepEqual(policy('compact'), [false, true]);
  assert.deepEqual(policy(''), [false, false]);
});

test('a value that is not acceptable is passed over', () => {
  assert.equal(of({}, { 'retention.ms': 'x' }).retentionMs, 604_800_000);
  const state = broker({}, { 'log.retention.ms': 'x', 'node.id': '5', listeners: 'PLAINTEXT://:1', 'foo.bar': '1' });
  assert.deepEqual(
    state.rejected.map((one) => one.key),
    ['log.retention.ms', 'node.id', 'listeners'],
  );
  assert.equal(state.values.number('node.id'), 1);
});

test('internal.segment.bytes stands over segment.bytes, without a lower bound', () => {
  assert.equal(of({}, { 'internal.segment.bytes': '100' }).segmentBytes, 100);
});
