/** kafkajs: its producer and its admin client. Its consumer wants groups. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import kafkajs from 'kafkajs';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { fetchAll } from '../support/read-partition.ts';
import { patienceMs } from '../support/until.ts';

const { CompressionTypes, ConfigResourceTypes, Kafka, logLevel } = kafkajs;

async function client(t: TestContext): Promise<{ node: Millrace; kafka: kafkajs.Kafka }> {
  const node = await startMillrace({}, t);
  const kafka = new Kafka({
    brokers: [node.bootstrap],
    clientId: 'test',
    connectionTimeout: patienceMs,
    logLevel: logLevel.NOTHING,
  });
  return { node, kafka };
}

test('kafkajs produces: acks, gzip, keys, headers and several topics at once', async (t) => {
  const { node, kafka } = await client(t);
  const producer = kafka.producer({ allowAutoTopicCreation: true });
  await producer.connect();
  t.after(() => producer.disconnect());
  for (const acks of [0, 1, -1]) {
    for (const compression of [CompressionTypes.None, CompressionTypes.GZIP]) {
      const messages = Array.from({ length: 50 }, (_, n) => ({ key: `k${n}`, value: `${acks} ${n}`, partition: 0 }));
      await producer.send({ topic: 'plain', acks, compression, messages });
    }
  }
  const records = await fetchAll(node.port, 'plain', 0);
  assert.deepEqual(
    records.map(({ value }) => value),
    [0, 1, -1].flatMap((acks) => [0, 0].flatMap(() => Array.from({ length: 50 }, (_, n) => `${acks} ${n}`))),
  );
  const answers = await producer.sendBatch({
    topicMessages: ['a', 'b'].map((topic) => ({ topic, messages: [{ value: topic, headers: { h: 'x' } }] })),
  });
  assert.deepEqual(answers.map(({ topicName, errorCode, baseOffset }) => [topicName, errorCode, baseOffset]).sort(), [
    ['a', 0, '0'],
    ['b', 0, '0'],
  ]);
});

test('kafkajs produces idempotently', async (t) => {
  const { node, kafka } = await client(t);
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  t.after(() => producer.disconnect());
  for (let n = 0; n < 100; n++) await producer.send({ topic: 'once', messages: [{ value: String(n), partition: 0 }] });
  const records = await fetchAll(node.port, 'once', 0);
  assert.deepEqual(
    records.map(({ value }) => value),
    Array.from({ length: 100 }, (_, n) => String(n)),
  );
});

test('kafkajs administrates topics, partitions, configs and records', async (t) => {
  const { node, kafka } = await client(t);
  const admin = kafka.admin();
  await admin.connect();
  t.after(() => admin.disconnect());
  const made = {
    topic: 'made',
    numPartitions: 2,
    replicationFactor: 1,
    configEntries: [{ name: 'retention.ms', value: '5000000' }],
  };
  assert.equal(await admin.createTopics({ topics: [made], waitForLeaders: true }), true);
  assert.equal(await admin.createTopics({ topics: [made] }), false);
  await assert.rejects(admin.createTopics({ topics: [{ topic: 'two', replicationFactor: 2 }] }));
  assert.deepEqual(await admin.listTopics(), ['made']);
  await admin.createPartitions({ topicPartitions: [{ topic: 'made', count: 4 }] });
  const { topics } = await admin.fetchTopicMetadata({ topics: ['made'] });
  assert.deepEqual(topics[0].partitions.map(({ partitionId, leader }) => [partitionId, leader]).sort(), [
    [0, 1],
    [1, 1],
    [2, 1],
    [3, 1],
  ]);
  const cluster = await admin.describeCluster();
  assert.deepEqual([cluster.controller, cluster.brokers.length, cluster.brokers[0].port], [1, 1, node.port]);

  const resource = { type: ConfigResourceTypes.TOPIC, name: 'made' };
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ ...resource, configEntries: [{ name: 'max.message.bytes', value: '2000' }] }],
  });
  const described = await admin.describeConfigs({ includeSynonyms: true, resources: [resource] });
  const entries = new Map(described.resources[0].configEntries.map((entry) => [entry.configName, entry.configValue]));
  // AlterConfigs sets all: what it does not name goes back to its default.
  assert.deepEqual([entries.get('max.message.bytes'), entries.get('retention.ms')], ['2000', '604800000']);

  const producer = kafka.producer();
  await producer.connect();
  t.after(() => producer.disconnect());
  const messages = Array.from({ length: 10 }, (_, n) => ({ value: String(n), partition: 1 }));
  await producer.send({ topic: 'made', messages });
  await assert.rejects(
    producer.send({ topic: 'made', messages: [{ value: 'x'.repeat(3000) }] }),
    /larger than the max/,
  );
  await admin.deleteTopicRecords({ topic: 'made', partitions: [{ partition: 1, offset: '4' }] });
  const offsets = await admin.fetchTopicOffsets('made');
  assert.deepEqual(
    offsets.filter(({ partition }) => partition === 1).map(({ low, high }) => [low, high]),
    [['4', '10']],
  );
  assert.equal(
    (await admin.fetchTopicOffsetsByTimestamp('made', 1)).find(({ partition }) => partition === 1)?.offset,
    '4',
  );
  await admin.deleteTopics({ topics: ['made'] });
  assert.deepEqual(await admin.listTopics(), []);
});
