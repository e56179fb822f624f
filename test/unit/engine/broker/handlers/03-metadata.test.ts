import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { MetadataResponse } from '#engine/protocol/generated/metadata-response.js';
import { Aborted, brokerView, FakeBroker } from '../../../../support/fake-broker-services.ts';

const zeroId = 'AAAAAAAAAAAAAAAAAAAAAA';
const unknownId = 'AAAAAAAAAAAAAAAAAAAAAQ';

interface Asked {
  readonly name: string | null;
  readonly topicId?: string;
}

async function metadata(broker: FakeBroker, version: number, topics: readonly Asked[] | null, more: object = {}) {
  const options = version >= 4 ? { allowAutoTopicCreation: false, ...more } : more;
  return (await broker.call(apiKey.Metadata, version, { topics, ...options })) as MetadataResponse;
}

const named = (...names: string[]): Asked[] => names.map((name) => ({ name }));
const codes = ({ topics }: MetadataResponse) => topics.map(({ name, errorCode: code }) => [name, code]);

test('every version describes brokers and topics, with ids from version 10', async () => {
  const broker = new FakeBroker({ brokers: [brokerView(1, { rack: 'r' }), brokerView(2, { fenced: true })] });
  const id = broker.addTopic('a', { partitions: 2, isInternal: true });
  for (let version = 0; version <= 13; version++) {
    const answer = await metadata(broker, version, named('a'));
    assert.deepEqual(
      answer.brokers.map(({ nodeId, host, port, rack }) => [nodeId, host, port, rack]),
      [[1, 'host1', 9001, version >= 1 ? 'r' : null]],
    );
    assert.equal(answer.controllerId, version >= 1 ? 1 : -1);
    const [topic] = answer.topics;
    assert.equal(topic!.topicId, version >= 10 ? id : zeroId);
    assert.equal(topic!.isInternal, version >= 1);
    assert.deepEqual(
      topic!.partitions.map(({ partitionIndex, leaderId, errorCode: code }) => [partitionIndex, leaderId, code]),
      [
        [0, 1, 0],
        [1, 1, 0],
      ],
    );
  }
});

test('all topics: null, and in version 0 an empty list', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  broker.addTopic('b');
  assert.equal((await metadata(broker, 0, [])).topics.length, 2);
  assert.equal((await metadata(broker, 1, null)).topics.length, 2);
  assert.equal((await metadata(broker, 1, [])).topics.length, 0);
});

test('a null list in version 0 closes the connection', async () => {
  const broker = new FakeBroker();
  await assert.rejects(broker.sendRaw(apiKey.Metadata, 0, Buffer.from([0xff, 0xff, 0xff, 0xff])), /null|negative/);
});

test('topics that are missing or have impossible names; each is answered once', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  const answer = await metadata(broker, 12, named('a', 'nope', 'bad name', '', '.', 'a', '__transaction_state'));
  assert.deepEqual(codes(answer), [
    ['a', 0],
    ['nope', errorCode.UNKNOWN_TOPIC_OR_PARTITION],
    ['bad name', errorCode.INVALID_TOPIC_EXCEPTION],
    ['', errorCode.INVALID_TOPIC_EXCEPTION],
    ['.', errorCode.INVALID_TOPIC_EXCEPTION],
    ['__transaction_state', errorCode.UNKNOWN_TOPIC_OR_PARTITION],
  ]);
  assert.deepEqual(
    answer.topics.map(({ isInternal }) => isInternal),
    [false, false, false, false, false, true],
  );
});

test('topics by id: from version 12, and then by id alone', async () => {
  const broker = new FakeBroker();
  const topicId = broker.addTopic('a');
  broker.addTopic('b');
  for (const version of [12, 13]) {
    const answer = await metadata(broker, version, [
      { name: null, topicId },
      { name: 'b' },
      { name: null, topicId: unknownId },
      { name: 'a', topicId: unknownId },
    ]);
    assert.deepEqual(codes(answer), [
      ['a', 0],
      [null, errorCode.UNKNOWN_TOPIC_ID],
    ]);
  }
  for (const version of [10, 11]) {
    const answer = await metadata(broker, version, [{ name: 'a', topicId }, { name: 'b' }]);
    assert.deepEqual(codes(answer), [
      ['a', errorCode.INVALID_REQUEST],
      ['b', errorCode.INVALID_REQUEST],
    ]);
    assert.equal(answer.brokers.length, 0);
  }
  assert.deepEqual(codes(await metadata(broker, 12, [{ name: null }])), [['', errorCode.INVALID_REQUEST]]);
});

test('missing topics are made when client and broker allow it', async () => {
  const broker = new FakeBroker();
  broker.onCreate = (names) => {
    for (const name of names) if (name !== 'refused') broker.addTopic(name);
    return new Map([['refused', errorCode.INVALID_REPLICATION_FACTOR]]);
  };
  const wanted = named('new', 'refused', 'bad name', '__consumer_offsets');
  const answer = await metadata(broker, 12, wanted, { allowAutoTopicCreation: true });
  assert.deepEqual(broker.created, ['new', 'refused']);
  assert.deepEqual(codes(answer), [
    ['new', 0],
    ['refused', errorCode.INVALID_REPLICATION_FACTOR],
    ['bad name', errorCode.INVALID_TOPIC_EXCEPTION],
    ['__consumer_offsets', errorCode.UNKNOWN_TOPIC_OR_PARTITION],
  ]);
  await metadata(broker, 12, named('other'));
  await metadata(broker, 12, [{ name: null, topicId: unknownId }], { allowAutoTopicCreation: true });
  assert.equal(broker.created.length, 2);
  const strict = new FakeBroker({ properties: { 'auto.create.topics.enable': 'false' } });
  await metadata(strict, 12, named('new'), { allowAutoTopicCreation: true });
  assert.deepEqual(strict.created, []);
});

test('leaders that are down, or not on this listener', async () => {
  const elsewhere = { listener: 'INTERNAL', host: 'h', port: 1, securityProtocol: 0 };
  const broker = new FakeBroker({ brokers: [brokerView(1), brokerView(3, { endpoints: [elsewhere] })] });
  broker.addTopic('gone', { state: { leader: 2, replicas: [2], isr: [2] } });
  broker.addTopic('hidden', { state: { leader: 3, replicas: [3], isr: [3] } });
  const found = async (version: number) =>
    (await metadata(broker, version, named('gone', 'hidden'))).topics.map(({ partitions: [one] }) => [
      one!.errorCode,
      one!.leaderId,
      one!.offlineReplicas,
    ]);
  assert.deepEqual(await found(12), [
    [errorCode.LEADER_NOT_AVAILABLE, -1, [2]],
    [errorCode.LISTENER_NOT_FOUND, -1, [3]],
  ]);
  assert.deepEqual(await found(5), [
    [errorCode.LEADER_NOT_AVAILABLE, -1, [2]],
    [errorCode.LEADER_NOT_AVAILABLE, -1, [3]],
  ]);
});

test('what may be done is told when asked for', async () => {
  const broker = new FakeBroker();
  broker.addTopic('a');
  const asked = { includeClusterAuthorizedOperations: true, includeTopicAuthorizedOperations: true };
  const answer = await metadata(broker, 8, named('a'), asked);
  assert.deepEqual([answer.clusterAuthorizedOperations, answer.topics[0]!.topicAuthorizedOperations], [8096, 3576]);
});

test('what fails while a topic is made fails its request alone', async () => {
  const broker = new FakeBroker();
  broker.onCreate = () => {
    broker.cluster = null as never;
    return new Map();
  };
  await assert.rejects(metadata(broker, 12, named('new'), { allowAutoTopicCreation: true }), Aborted);
});

test('the controller of an answer is any broker that is up and listens where the client came by', async () => {
  const elsewhere = { endpoints: [{ listener: 'OTHER', host: 'h', port: 1, securityProtocol: 0 }] };
  const brokers = [brokerView(1), brokerView(2), brokerView(3, { fenced: true }), brokerView(4, elsewhere)];
  const broker = new FakeBroker({ brokers });
  const named = new Set<number>();
  for (let asked = 0; asked < 50; asked++) named.add((await metadata(broker, 12, [])).controllerId);
  assert.deepEqual([...named].sort(), [1, 2]);
  const alone = new FakeBroker({ brokers: [brokerView(3, { fenced: true })] });
  assert.equal((await metadata(alone, 12, [])).controllerId, -1);
});

test('a replica is offline on a broker that is fenced, gone, or out of reach, or in a directory that has failed', async () => {
  const [good, failed] = ['moKf96qFXlheT5A2kpuclQ', '7QcLxkTZSFyaXNMz7lZTKg'];
  const unassigned = 'AAAAAAAAAAAAAAAAAAAAAQ';
  const lost = 'AAAAAAAAAAAAAAAAAAAAAg';
  const elsewhere = { endpoints: [{ listener: 'OTHER', host: 'h', port: 1, securityProtocol: 0 }] };
  const brokers = [
    brokerView(1, { logDirs: [good] }),
    brokerView(2, { logDirs: [good] }),
    brokerView(3, { fenced: true }),
    brokerView(4, elsewhere),
  ];
  const broker = new FakeBroker({ brokers });
  const offline = async (name: string, replicas: number[], directories: string[]): Promise<readonly number[]> => {
    broker.addTopic(name, { partitions: 2, state: { leader: 1, replicas, isr: [1], directories } });
    const [topic] = (await metadata(broker, 12, [{ name }])).topics;
    const [first, second] = topic!.partitions;
    assert.deepEqual(first!.offlineReplicas, second!.offlineReplicas);
    return first!.offlineReplicas;
  };
  assert.deepEqual(await offline('up', [1, 2], [good, good]), []);
  assert.deepEqual(await offline('failed', [1, 2], [good, failed]), [2]);
  assert.deepEqual(await offline('new', [1, 2], [unassigned, unassigned]), []);
  assert.deepEqual(await offline('lost', [2, 1], [lost, good]), [2]);
  assert.deepEqual(await offline('others', [5, 4, 3, 1], [good, good, good, good]), [5, 4, 3]);
});
