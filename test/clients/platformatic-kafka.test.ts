/** @platformatic/kafka: its producer and its admin client. Its consumer wants groups. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  Admin,
  type CompressionAlgorithmValue,
  ConfigResourceTypes,
  IncrementalAlterConfigOperationTypes,
  Producer,
  stringSerializers,
} from '@platformatic/kafka';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { fetchAll } from '../support/read-partition.ts';
import { patienceMs } from '../support/until.ts';

const patient = { connectTimeout: patienceMs, timeout: patienceMs };

function producerOf(t: TestContext, node: Millrace, options: { idempotent?: boolean } = {}) {
  const producer = new Producer({
    clientId: 'test',
    bootstrapBrokers: [node.bootstrap],
    serializers: stringSerializers,
    autocreateTopics: true,
    ...patient,
    ...options,
  });
  t.after(() => producer.close());
  return producer;
}

const numbered = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, n) => `${prefix}${n}`);

test('@platformatic/kafka produces with every acknowledgement and compression', async (t) => {
  const node = await startMillrace({}, t);
  const producer = producerOf(t, node);
  const algorithms: CompressionAlgorithmValue[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
  const sent: string[] = [];
  for (const acks of [1, -1]) {
    for (const compression of algorithms) {
      const values = numbered(40, `${acks}-${compression}-`);
      sent.push(...values);
      const messages = values.map((value) => ({ topic: 'all', key: 'k', value, partition: 0, headers: { h: '1' } }));
      const { offsets } = await producer.send({ messages, acks, compression });
      assert.deepEqual(
        offsets?.map(({ offset }) => offset),
        [BigInt(sent.length - values.length)],
      );
    }
  }
  await producer.send({ messages: [{ topic: 'all', value: 'unanswered', partition: 0 }], acks: 0 });
  await producer.send({ messages: [{ topic: 'all', value: 'last', partition: 0 }], acks: -1 });
  const records = await fetchAll(node.port, 'all', 0);
  assert.deepEqual(
    records.map(({ value }) => value),
    [...sent, 'unanswered', 'last'],
  );
});

test('@platformatic/kafka produces idempotently', async (t) => {
  const node = await startMillrace({}, t);
  const producer = producerOf(t, node, { idempotent: true });
  const sent = numbered(100, 'm');
  for (const value of sent) await producer.send({ messages: [{ topic: 'once', value, partition: 0 }], acks: -1 });
  assert.deepEqual(
    (await fetchAll(node.port, 'once', 0)).map(({ value }) => value),
    sent,
  );
});

test('@platformatic/kafka administrates topics, partitions, configs and records', async (t) => {
  const node = await startMillrace({}, t);
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: [node.bootstrap], retries: 1, ...patient });
  t.after(() => admin.close());
  const configs = [{ name: 'retention.ms', value: '5000000' }];
  const [made] = await admin.createTopics({ topics: ['made'], partitions: 2, replicas: 1, configs });
  assert.deepEqual([made.name, made.partitions, made.replicas], ['made', 2, 1]);
  await assert.rejects(admin.createTopics({ topics: ['made'], partitions: 2, replicas: 1 }));
  await assert.rejects(admin.createTopics({ topics: ['two'], partitions: 1, replicas: 2 }));
  assert.deepEqual(await admin.listTopics(), ['made']);
  await admin.createPartitions({ topics: [{ name: 'made', count: 3 }] });
  const metadata = await admin.metadata({ topics: ['made'] });
  assert.equal(metadata.topics.get('made')?.partitionsCount, 3);

  const resource = { resourceType: ConfigResourceTypes.TOPIC, resourceName: 'made' };
  const set = { name: 'max.message.bytes', configOperation: IncrementalAlterConfigOperationTypes.SET, value: '2000' };
  await admin.incrementalAlterConfigs({ resources: [{ ...resource, configs: [set] }] });
  const configValue = async (name: string): Promise<string | null | undefined> => {
    const [{ configs: described }] = await admin.describeConfigs({ resources: [resource], includeDocumentation: true });
    return described.find((config) => config.name === name)?.value;
  };
  assert.deepEqual([await configValue('max.message.bytes'), await configValue('retention.ms')], ['2000', '5000000']);
  await admin.alterConfigs({ resources: [{ ...resource, configs: [{ name: 'segment.ms', value: '9000' }] }] });
  assert.deepEqual([await configValue('segment.ms'), await configValue('max.message.bytes')], ['9000', '1048588']);

  const producer = producerOf(t, node);
  await producer.send({
    messages: numbered(10, '').map((value) => ({ topic: 'made', value, partition: 1 })),
    acks: -1,
  });
  const deleted = await admin.deleteRecords({
    topics: [{ name: 'made', partitions: [{ partition: 1, offset: 4n }] }],
  });
  assert.deepEqual(deleted, [{ name: 'made', partitions: [{ partition: 1, lowWatermark: 4n }] }]);
  const offsetAt = async (timestamp: bigint): Promise<bigint> => {
    const topics = [{ name: 'made', partitions: [{ partitionIndex: 1, timestamp }] }];
    return (await admin.listOffsets({ topics }))[0].partitions[0].offset;
  };
  assert.deepEqual([await offsetAt(-2n), await offsetAt(-1n), await offsetAt(1n)], [4n, 10n, 4n]);
  const [{ results }] = await admin.describeLogDirs({ topics: [{ name: 'made', partitions: [1] }] });
  assert.equal(results[0].logDir, node.directory);
  await admin.deleteTopics({ topics: ['made'] });
  assert.deepEqual(await admin.listTopics(), []);
});
