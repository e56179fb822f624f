import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partitionOfGroup } from '#engine/broker/ask-groups.ts';
import { builtInProperties } from '#engine/metadata/config/broker-config.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { FindCoordinatorResponse } from '#engine/protocol/generated/find-coordinator-response.js';
import { brokerView, FakeBroker } from '../../../../support/fake-broker-services.ts';

async function find(broker: FakeBroker, version: number, message: object): Promise<FindCoordinatorResponse> {
  return (await broker.call(apiKey.FindCoordinator, version, message)) as FindCoordinatorResponse;
}

const nobody = { nodeId: -1, host: '', port: -1 };

test('the offsets topic is made as configured when a group is first looked for, and the answer waits for that', async () => {
  const properties = {
    'offsets.topic.num.partitions': '7',
    'offsets.topic.replication.factor': '2',
    'offsets.topic.segment.bytes': '5000000',
  };
  const broker = new FakeBroker({ properties });
  broker.onCreateInternal = ({ name, numPartitions }) => {
    broker.addTopic(name, { partitions: numPartitions, isInternal: true });
    return 0;
  };
  const { coordinators } = await find(broker, 4, { coordinatorKeys: ['g', 'h'] });
  assert.deepEqual(
    coordinators.map(({ key, nodeId, host, port, errorCode: code }) => [key, nodeId, host, port, code]),
    [
      ['g', 1, 'host1', 9001, 0],
      ['h', 1, 'host1', 9001, 0],
    ],
  );
  await find(broker, 4, { coordinatorKeys: ['g'] });
  assert.deepEqual(broker.internalTopics, [
    {
      name: '__consumer_offsets',
      numPartitions: 7,
      replicationFactor: 2,
      configs: [
        { name: 'cleanup.policy', value: 'compact' },
        { name: 'segment.bytes', value: '5000000' },
        { name: 'compression.type', value: 'producer' },
      ],
    },
  ]);
});

test('a topic that cannot be made is said in the log, and nobody coordinates', async () => {
  const broker = new FakeBroker();
  broker.onCreateInternal = () => errorCode.INVALID_REPLICATION_FACTOR;
  for (let version = 0; version <= 3; version++) {
    const { errorCode: code, nodeId, host, port } = await find(broker, version, { key: 'g' });
    assert.deepEqual([code, { nodeId, host, port }], [errorCode.COORDINATOR_NOT_AVAILABLE, nobody]);
  }
  const { coordinators } = await find(broker, 6, { coordinatorKeys: ['g'] });
  assert.equal(coordinators[0]!.errorCode, errorCode.COORDINATOR_NOT_AVAILABLE);
  assert.ok(broker.logger.lines.some(({ level, message }) => level === 'warn' && /topic of the groups/.test(message)));
});

test('a node without a properties file has replicas enough for its offsets topic', () => {
  assert.equal(builtInProperties().get('offsets.topic.replication.factor'), '1');
});

test('the coordinator is the leader of the partition, if it can be reached', async () => {
  const fenced = brokerView(2, { fenced: true });
  const elsewhere = { listener: 'OTHER', host: 'h', port: 1, securityProtocol: 0 };
  const brokers = [brokerView(1), fenced, brokerView(3, { endpoints: [elsewhere] })];
  for (const leader of [-1, 2, 3, 4]) {
    const broker = new FakeBroker({ brokers });
    broker.addTopic('__consumer_offsets', { partitions: 5, state: { leader } });
    const { coordinators } = await find(broker, 4, { coordinatorKeys: ['g'] });
    const { nodeId, host, port, errorCode: code } = coordinators[0]!;
    assert.deepEqual([code, { nodeId, host, port }], [errorCode.COORDINATOR_NOT_AVAILABLE, nobody], `leader ${leader}`);
  }
});

test('transactions and share groups have no coordinator, and make no topic', async () => {
  const broker = new FakeBroker();
  for (const [keyType, code] of [
    [1, errorCode.COORDINATOR_NOT_AVAILABLE],
    [2, errorCode.INVALID_REQUEST],
    [9, errorCode.INVALID_REQUEST],
  ] as const) {
    const { coordinators } = await find(broker, 6, { keyType, coordinatorKeys: ['x'] });
    assert.equal(coordinators[0]!.errorCode, code);
    assert.equal((await find(broker, 3, { keyType, key: 'x' })).errorCode, code);
  }
  assert.deepEqual(broker.internalTopics, []);
});

test('a group is asked at the owner of its partition', async () => {
  const owners = new Map<number, number>();
  const broker = new FakeBroker({
    shards: 3,
    groups: (owner, { row }) => {
      owners.set(row, owner);
      return { errorCode: 0, reply: { errorCode: 0 } };
    },
  });
  broker.addTopic('__consumer_offsets', { partitions: 10 });
  for (const groupId of ['a', 'b', 'c', 'd']) {
    owners.clear();
    await broker.call(apiKey.Heartbeat, 4, { groupId, generationId: 1, memberId: 'm' });
    const partition = partitionOfGroup(groupId, 10);
    const row = broker.rowOf('__consumer_offsets', partition);
    const nameHash = broker.metadata.topics.nameHashOf(broker.metadata.topics.findByNameString('__consumer_offsets'));
    assert.deepEqual([...owners], [[row, ((nameHash >>> 0) + partition) % 3]]);
  }
});
