import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ToController } from '#engine/node/controller-channel/to-controller.ts';
import type { ForwardMessage } from '#engine/node/messages.ts';
import { apiRow } from '#engine/protocol/api-table.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import type { BrokerHeartbeatResponse } from '#engine/protocol/generated/broker-heartbeat-response.js';
import type { BrokerRegistrationResponse } from '#engine/protocol/generated/broker-registration-response.js';
import type { CreateTopicsResponse } from '#engine/protocol/generated/create-topics-response.js';
import type { DescribeQuorumResponse } from '#engine/protocol/generated/describe-quorum-response.js';
import { Reader } from '#engine/protocol/reader.ts';
import { Writer } from '#engine/protocol/writer.ts';
import { ChannelCluster } from '../../../../support/channel-cluster.ts';
import { directory1, settings, supportedFeatures } from '../../../../support/controller-fixture.ts';

let nextId = 1;

/** A client's request, as its shard passes it on. */
async function message(key: number, version: number, request: object): Promise<ForwardMessage> {
  const writer = new Writer();
  (await apiRow(key)!.loadRequest()).encode(writer, request, version);
  const who = { clientId: 'admin', principal: 'User:alice', host: '10.1.2.3', listener: 'PLAINTEXT' };
  return { type: 'forward', id: nextId++, apiKey: key, version, ...who, isOfBroker: false, body: writer.toBytes() };
}

class Forwarded<Res> {
  readonly version: number;
  answers: (Uint8Array | null)[] = [];
  readonly #key: number;

  constructor(ways: ToController, sent: ForwardMessage) {
    this.version = sent.version;
    this.#key = sent.apiKey;
    ways.forward(sent, (body) => this.answers.push(body));
  }

  get isAnswered(): boolean {
    return this.answers.length > 0;
  }

  async response(): Promise<Res> {
    assert.equal(this.answers.length, 1);
    const codec = await apiRow(this.#key)!.loadResponse();
    return codec.decode(new Reader(this.answers[0]!), this.version) as Res;
  }
}

const registration = (brokerId: number, incarnationId: string): object => ({
  brokerId,
  clusterId: settings.clusterId,
  incarnationId,
  listeners: [{ name: 'PLAINTEXT', host: '127.0.0.1', port: 9092, securityProtocol: 0 }],
  features: supportedFeatures,
  rack: null,
  logDirs: [directory1],
  previousBrokerEpoch: -1n,
});

const incarnations = ['OLW_-dMFRtW3H0fKVauU7w', 'AAAAAAAAAAAAAAAAAAAAAg'] as const;

async function ask<Res>(cluster: ChannelCluster, ways: ToController, key: number, request: object): Promise<Res> {
  let answer: { response: object | null } | undefined;
  ways.ask(key, request, (response) => {
    answer = { response };
  });
  await cluster.until(() => answer !== undefined);
  assert.notEqual(answer!.response, null);
  return answer!.response as Res;
}

/** Registers a broker and has it unfenced. */
async function serve(cluster: ChannelCluster, ways: ToController, brokerId: number): Promise<bigint> {
  const request = registration(brokerId, incarnations[0]);
  const { brokerEpoch } = await ask<BrokerRegistrationResponse>(cluster, ways, apiKey.BrokerRegistration, request);
  const heartbeat = { brokerId, brokerEpoch, currentMetadataOffset: brokerEpoch, wantFence: false };
  const answer = await ask<BrokerHeartbeatResponse>(cluster, ways, apiKey.BrokerHeartbeat, heartbeat);
  assert.equal(answer.isFenced, false);
  return brokerEpoch;
}

const topic = (name: string): object => ({
  topics: [{ name, numPartitions: 1, replicationFactor: 1 }],
  timeoutMs: 30_000,
});

describe('the ways of a broker to the active controller', () => {
  it('a client request reaches the controller of another node, and its answer waits until this broker has seen it', async () => {
    const cluster = new ChannelCluster([1, 2]);
    const ways = cluster.broker(9);
    cluster.elect(2);
    await serve(cluster, ways, 9);
    const sent = new Forwarded<CreateTopicsResponse>(ways, await message(apiKey.CreateTopics, 7, topic('t')));
    await cluster.until(() => cluster.member(2).image.committed.topicByName('t') !== undefined);
    await cluster.settle();
    assert.equal(sent.isAnswered, false);
    const highWatermark = cluster.member(2).log.highWatermark();
    ways.published(highWatermark - 2);
    await cluster.settle();
    assert.equal(sent.isAnswered, false);
    ways.published(highWatermark - 1);
    const [created] = (await sent.response()).topics;
    assert.deepEqual([created?.name, created?.errorCode], ['t', 0]);
  });

  it('is answered all the same when this broker does not catch up', async () => {
    const cluster = new ChannelCluster([1]);
    const ways = cluster.broker(9);
    cluster.elect(1);
    await serve(cluster, ways, 9);
    const sent = new Forwarded<CreateTopicsResponse>(ways, await message(apiKey.CreateTopics, 7, topic('t')));
    await cluster.until(() => sent.isAnswered, 50);
    assert.equal((await sent.response()).topics[0]?.errorCode, 0);
  });

  it('the controller resigns in the middle: the next one is asked, and decides what was not committed', async () => {
    const cluster = new ChannelCluster([1, 2, 3]);
    const ways = cluster.broker(9);
    cluster.elect(1);
    await serve(cluster, ways, 9);
    const [old, next] = [cluster.member(1), cluster.member(2)];
    old.log.autoCommit = false;
    const sent = new Forwarded<CreateTopicsResponse>(ways, await message(apiKey.CreateTopics, 7, topic('t')));
    await cluster.until(() => old.image.written.topicByName('t') !== undefined);
    cluster.elect(2, false);
    assert.equal(next.image.committed.topicByName('t'), undefined);
    await cluster.until(() => cluster.clock.monotonicMs() > 500);
    assert.equal(sent.isAnswered, false, 'nobody has told the broker who leads');
    cluster.tell(2);
    await cluster.until(() => sent.isAnswered, 50);
    assert.equal((await sent.response()).topics[0]?.errorCode, 0);
    assert.notEqual(next.image.committed.topicByName('t'), undefined);
  });

  it('connections to the controller break with the answer under way: the topic is there, as Apache Kafka would say', async () => {
    const cluster = new ChannelCluster([1, 2]);
    const ways = cluster.broker(9);
    cluster.elect(1);
    await serve(cluster, ways, 9);
    const old = cluster.member(1);
    old.publishes = false;
    const sent = new Forwarded<CreateTopicsResponse>(ways, await message(apiKey.CreateTopics, 7, topic('t')));
    await cluster.until(() => old.image.committed.topicByName('t') !== undefined);
    old.unplug();
    cluster.elect(2);
    await cluster.until(() => sent.isAnswered, 50);
    assert.equal((await sent.response()).topics[0]?.errorCode, errorCode.TOPIC_ALREADY_EXISTS);
  });

  it('the leader is this node: its own controller is asked, by no connection', async () => {
    const cluster = new ChannelCluster([1, 2]);
    const ways = cluster.broker(1);
    cluster.elect(1);
    await serve(cluster, ways, 1);
    const sent = new Forwarded<CreateTopicsResponse>(ways, await message(apiKey.CreateTopics, 7, topic('t')));
    await cluster.until(() => sent.isAnswered);
    assert.equal((await sent.response()).topics[0]?.errorCode, 0);
    assert.equal(
      cluster.members.every(({ connections }) => connections.size === 0),
      true,
    );
    cluster.elect(2);
    const other = new Forwarded<CreateTopicsResponse>(ways, await message(apiKey.CreateTopics, 7, topic('u')));
    await cluster.until(() => other.isAnswered, 50);
    assert.equal((await other.response()).topics[0]?.errorCode, 0);
    assert.ok(cluster.member(2).connections.size > 0);
  });

  it('nobody leads: REQUEST_TIMED_OUT when the time is over', async () => {
    const cluster = new ChannelCluster([1]);
    const ways = cluster.broker(9);
    const sent = new Forwarded<CreateTopicsResponse>(ways, await message(apiKey.CreateTopics, 7, topic('t')));
    await cluster.until(() => cluster.clock.monotonicMs() > 59_000, 500);
    assert.equal(sent.isAnswered, false);
    await cluster.until(() => sent.isAnswered, 500);
    assert.equal((await sent.response()).topics[0]?.errorCode, errorCode.REQUEST_TIMED_OUT);
  });

  it('DescribeQuorum is answered by the leader, and waits for no image', async () => {
    const cluster = new ChannelCluster([1, 2]);
    const ways = cluster.broker(9);
    cluster.elect(2);
    const request = { topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }] };
    const sent = new Forwarded<DescribeQuorumResponse>(ways, await message(apiKey.DescribeQuorum, 2, request));
    await cluster.until(() => sent.isAnswered, 0);
    assert.equal((await sent.response()).topics[0]?.partitions[0]?.leaderId, 2);
  });

  it('what cannot be read costs the client its connection, and no other request its place', async () => {
    const cluster = new ChannelCluster([1]);
    const ways = cluster.broker(9);
    cluster.elect(1);
    await serve(cluster, ways, 9);
    const good = await message(apiKey.CreateTopics, 7, topic('t'));
    const bad = { ...good, id: 0, body: good.body.subarray(0, 5) };
    const sent = [new Forwarded<CreateTopicsResponse>(ways, bad), new Forwarded<CreateTopicsResponse>(ways, good)];
    await cluster.until(() => sent.every(({ isAnswered }) => isAnswered), 50);
    assert.deepEqual(sent[0]!.answers, [null]);
    assert.equal((await sent[1]!.response()).topics[0]?.errorCode, 0);
    assert.equal(cluster.member(1).connections.size, 2, 'one for heartbeats, one for what is passed on');
  });

  it('a heartbeat does not wait behind the slow requests of clients', async () => {
    const cluster = new ChannelCluster([1]);
    const ways = cluster.broker(9);
    cluster.elect(1);
    const brokerEpoch = await serve(cluster, ways, 9);
    cluster.member(1).publishes = false;
    const slow = new Forwarded<CreateTopicsResponse>(ways, await message(apiKey.CreateTopics, 7, topic('t')));
    await cluster.until(() => cluster.member(1).image.committed.topicByName('t') !== undefined);
    const heartbeat = { brokerId: 9, brokerEpoch, currentMetadataOffset: brokerEpoch, wantFence: false };
    let answered = false;
    ways.ask(apiKey.BrokerHeartbeat, heartbeat, () => {
      answered = true;
    });
    await cluster.settle();
    // It rests on records that are not published, as all answers of that controller do; and then it is there first.
    cluster.member(1).controller.published(cluster.member(1).log.endOffset());
    await cluster.until(() => answered, 0);
    assert.equal(slow.isAnswered, false);
  });

  it('registers over the network; another incarnation of a broker that is alive is refused', async () => {
    const cluster = new ChannelCluster([1, 2]);
    const [ways, other] = [cluster.broker(9), cluster.broker(9)];
    cluster.elect(2);
    const epoch = await serve(cluster, ways, 9);
    const duplicate = registration(9, incarnations[1]);
    const refused = await ask<BrokerRegistrationResponse>(cluster, other, apiKey.BrokerRegistration, duplicate);
    assert.equal(refused.errorCode, errorCode.DUPLICATE_BROKER_REGISTRATION);
    const same = registration(9, incarnations[0]);
    const again = await ask<BrokerRegistrationResponse>(cluster, ways, apiKey.BrokerRegistration, same);
    assert.deepEqual([again.errorCode, again.brokerEpoch], [0, epoch]);
  });

  it("a request of the broker's own goes as it is, in the version that it was made in, or not at all", async () => {
    const cluster = new ChannelCluster([1]);
    const ways = cluster.broker(9);
    cluster.elect(1);
    const brokerEpoch = await serve(cluster, ways, 9);
    const request = await message(apiKey.AllocateProducerIds, 0, { brokerId: 9, brokerEpoch });
    const sent = new Forwarded<{ errorCode: number; producerIdLen: number }>(ways, { ...request, isOfBroker: true });
    await cluster.until(() => sent.isAnswered);
    const { errorCode: code, producerIdLen } = await sent.response();
    assert.deepEqual([code, producerIdLen], [0, 1000]);
    const newer = new Forwarded(ways, { ...request, version: 1, isOfBroker: true });
    await cluster.until(() => newer.isAnswered);
    assert.deepEqual(newer.answers, [null]);
  });

  it('closing refuses what waits', async () => {
    const cluster = new ChannelCluster([1]);
    const ways = cluster.broker(9);
    const sent = new Forwarded<CreateTopicsResponse>(ways, await message(apiKey.CreateTopics, 7, topic('t')));
    await cluster.settle();
    ways.close();
    await cluster.until(() => sent.isAnswered);
    assert.equal((await sent.response()).topics[0]?.errorCode, errorCode.REQUEST_TIMED_OUT);
  });
});
