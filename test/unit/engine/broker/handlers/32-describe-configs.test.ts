import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageLimits } from '#engine/base/limits.ts';
import { configResourceType } from '#engine/broker/config-resource-types.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import { encodeDescribeConfigsRequest } from '#engine/protocol/generated/describe-configs-request.js';
import type { DescribeConfigsResponse } from '#engine/protocol/generated/describe-configs-response.js';
import { Writer } from '#engine/protocol/writer.ts';
import { FakeBroker } from '../../../../support/fake-broker-services.ts';

interface Resource {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly configurationKeys: readonly string[] | null;
}

async function describe(broker: FakeBroker, version: number, resources: readonly Resource[], more: object = {}) {
  const answer = (await broker.call(apiKey.DescribeConfigs, version, {
    resources,
    ...more,
  })) as DescribeConfigsResponse;
  return answer.results;
}

function resource(resourceType: number, resourceName: string, ...configurationKeys: string[]): Resource {
  return { resourceType, resourceName, configurationKeys: configurationKeys.length === 0 ? null : configurationKeys };
}

const { topic, broker: brokerType, brokerLogger, clientMetrics, group } = configResourceType;

test('every version; types and documentation from version 3, synonyms when asked for', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a', { overrides: { 'retention.ms': '5' } });
  for (const version of [1, 2, 3, 4]) {
    const [plain] = await describe(broker, version, [resource(topic, 'a', 'retention.ms', 'nope')]);
    assert.equal(plain!.errorCode, 0);
    assert.deepEqual(
      plain!.configs.map(({ name, value, configSource, synonyms, documentation }) => [
        name,
        value,
        configSource,
        synonyms.length,
        documentation,
      ]),
      [['retention.ms', '5', 1, 0, version >= 3 ? null : '']],
    );
    assert.equal(plain!.configs[0]!.configType, version >= 3 ? 5 : 0);
    const more = { includeSynonyms: true, ...(version >= 3 ? { includeDocumentation: true } : {}) };
    const [rich] = await describe(broker, version, [resource(topic, 'a', 'retention.ms')], more);
    assert.deepEqual(
      rich!.configs[0]!.synonyms.map(({ name, value, source }) => [name, value, source]),
      [['retention.ms', '5', 1]],
    );
    if (version >= 3) assert.ok(rich!.configs[0]!.documentation!.length > 0);
  }
});

test('all keys of a topic without a choice, and with an empty one', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  const [all, empty] = await describe(broker, 4, [
    resource(topic, 'a'),
    { resourceType: topic, resourceName: 'a', configurationKeys: [] },
  ]);
  assert.ok(all!.configs.length > 30);
  assert.equal(all!.configs.length, empty!.configs.length);
});

test('topics that are not there', async () => {
  const broker = new FakeBroker();
  const results = await describe(
    broker,
    4,
    ['nope', 'bad name', '', '.'].map((name) => resource(topic, name)),
  );
  assert.deepEqual(
    results.map(({ errorCode: code }) => code),
    [
      errorCode.UNKNOWN_TOPIC_OR_PARTITION,
      errorCode.INVALID_TOPIC_EXCEPTION,
      errorCode.INVALID_TOPIC_EXCEPTION,
      errorCode.INVALID_TOPIC_EXCEPTION,
    ],
  );
});

test('this broker by its id, what holds for all by the empty name, no other', async () => {
  const broker = new FakeBroker();
  const names = ['1', '01', '+1', '', '2', 'x', '-1', ' 1', '99999999999'];
  const results = await describe(
    broker,
    4,
    names.map((name) => resource(brokerType, name, 'node.id')),
  );
  const refused = errorCode.INVALID_REQUEST;
  assert.deepEqual(
    results.map(({ errorCode: code, configs }) => [code, configs.length]),
    [
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 0],
      [refused, 0],
      [refused, 0],
      [refused, 0],
      [refused, 0],
      [refused, 0],
    ],
  );
  assert.deepEqual([results[0]!.configs[0]!.value, results[0]!.configs[0]!.readOnly], ['1', true]);
});

test('secrets are never shown', async () => {
  const broker = new FakeBroker({ properties: { 'ssl.keystore.password': 'hush' } });
  const [found] = await describe(broker, 4, [resource(brokerType, '1', 'ssl.keystore.password')], {
    includeSynonyms: true,
  });
  const [config] = found!.configs;
  assert.deepEqual([config!.value, config!.isSensitive], [null, true]);
  assert.ok(!JSON.stringify(found).includes('hush'));
});

test('groups and client metrics subscriptions, set or not; loggers without names', async () => {
  const broker = new FakeBroker();
  broker.resourceConfigs.set(group, new Map([['g', new Map([['consumer.session.timeout.ms', '50000']])]]));
  broker.resourceConfigs.set(clientMetrics, new Map([['m', new Map([['interval.ms', '1000']])]]));
  const asked: [number, string, ...string[]][] = [
    [group, 'g', 'consumer.session.timeout.ms'],
    [group, 'other', 'consumer.session.timeout.ms'],
    [clientMetrics, 'm', 'interval.ms'],
    [clientMetrics, 'other', 'interval.ms'],
    [brokerLogger, '1'],
  ];
  const results = await describe(
    broker,
    4,
    asked.map((one) => resource(...one)),
  );
  assert.deepEqual(
    results.map(({ errorCode: code, configs }) => [code, ...configs.flatMap((c) => [c.value, c.configSource])]),
    [[0, '50000', 8], [0, '45000', 5], [0, '1000', 7], [0, '300000', 5], [0]],
  );
});

test('empty names and types that do not exist are invalid, one by one', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  const results = await describe(broker, 4, [
    resource(group, ''),
    resource(clientMetrics, ''),
    resource(brokerLogger, ''),
    resource(brokerLogger, '2'),
    resource(0, 'a'),
    resource(64, 'a'),
    resource(topic, 'a'),
  ]);
  const codes = results.map(({ errorCode: code }) => code);
  assert.deepEqual(codes.slice(0, 6), new Array(6).fill(errorCode.INVALID_REQUEST));
  assert.equal(codes[6], 0);
});

test('what one answer does not hold is INVALID_REQUEST, however often and of whatever it is asked', async () => {
  const broker = new FakeBroker();
  for (const [type, name] of [
    [brokerType, '1'],
    [group, 'any'],
  ] as const) {
    const [one] = await describe(broker, 4, [resource(type, name)]);
    const each = one!.configs.length;
    const most = Math.ceil(messageLimits.describedConfigs / each);
    const results = await describe(broker, 4, new Array<Resource>(most + 50).fill(resource(type, name)));
    assert.deepEqual(
      results.slice(most - 1, most + 1).map(({ errorCode: code, configs }) => [code, configs.length]),
      [
        [0, each],
        [errorCode.INVALID_REQUEST, 0],
      ],
    );
    assert.equal(results.filter(({ errorCode: code }) => code !== 0).length, 50);
  }
});

test('a message that quotes a name as long as can be is shortened; a name that cannot be told back costs the connection', async () => {
  const broker = new FakeBroker();
  const longest = 'x'.repeat(32_767);
  const [refused] = await describe(broker, 4, [resource(topic, longest)]);
  assert.equal(refused!.resourceName, longest);
  assert.equal(refused!.errorCode, errorCode.INVALID_TOPIC_EXCEPTION);
  const writer = new Writer();
  const request = { resources: [resource(topic, longest)], includeSynonyms: false, includeDocumentation: false };
  encodeDescribeConfigsRequest(writer, request, 4);
  const body = writer.toBytes().slice();
  // No UTF-8: read as U+FFFD, which is three bytes.
  body[100] = 0xff;
  const exchange = await broker.sendRaw(apiKey.DescribeConfigs, 4, body);
  await exchange.finished;
  assert.match(String(exchange.abortReason), /no answer can be written/);
  assert.deepEqual(broker.logger.lines, []);
});
