/** Quorums of our nodes and Apache Kafka's: they elect each other, replicate from each other, and outlive each other. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type ApacheKafka, startApacheKafka } from '../support/apache-broker.ts';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import {
  eventually,
  leaderOf,
  listTopics,
  QuorumNode,
  type QuorumPlace,
  type QuorumView,
  quorumClusterId,
  quorumPlaces,
  quorumProperties,
  tryCreateTopic,
} from '../support/quorum-processes.ts';
import { makeTempDir, removeTempDir } from '../support/temp-dir.ts';

/** A node of either kind, which can be killed and started again. */
interface Member {
  readonly place: QuorumPlace;
  start(isFirst: boolean): Promise<void>;
  kill(): Promise<void>;
  /** As an operator would. */
  stop(): Promise<void>;
}

type Properties = Readonly<Record<string, string>>;

function ofOurs(t: TestContext, place: QuorumPlace, places: readonly QuorumPlace[], properties: Properties): Member {
  const node = new QuorumNode(place, places, properties);
  t.after(() => node.end());
  return {
    place,
    start: async (isFirst) => {
      if (isFirst) await node.format();
      if (isFirst) await node.start().running.serving();
      else await node.running.restart();
    },
    kill: () => node.running.kill(),
    stop: () => node.running.stop(),
  };
}

function ofApache(t: TestContext, place: QuorumPlace, places: readonly QuorumPlace[], properties: Properties): Member {
  const home = makeTempDir('millrace-mixed-');
  let running: ApacheKafka | undefined;
  t.after(async () => {
    await running?.kill();
    removeTempDir(home);
  });
  const logDirectory = join(home, 'data');
  return {
    place,
    start: async (isFirst) => {
      running = await startApacheKafka({
        ports: [place.port, place.controllerPort],
        logDirectory,
        properties: { ...quorumProperties(place, places, logDirectory), ...properties },
        without: ['controller.quorum.bootstrap.servers'],
        format: isFirst,
        formatFlags: [],
        clusterId: quorumClusterId,
        heapMb: 256,
      });
    },
    kill: async () => running?.kill(),
    stop: async () => running?.stop(),
  };
}

async function sameTopics(members: readonly Member[], names: readonly string[]): Promise<void> {
  for (const { place } of members) {
    await eventually(`node ${place.id} knows ${names.join()}`, async () => {
      const topics = await listTopics(place.port);
      return names.every((name) => topics.includes(name)) ? true : null;
    });
  }
}

async function caughtUp(members: readonly Member[], id: number): Promise<void> {
  await eventually(`node ${id} has all`, async () => {
    const { ends, highWatermark } = await leaderOf(members.map(({ place }) => place));
    return ends.get(id)! >= highWatermark ? true : null;
  });
}

/** The leader is killed; the others go on; it comes back and takes what it missed. */
async function outlive(members: readonly Member[], leader: QuorumView, topic: string): Promise<QuorumView> {
  const killed = members.find(({ place }) => place.id === leader.leaderId)!;
  const others = members.filter((member) => member !== killed);
  await killed.kill();
  for (const { place } of others) {
    await eventually(`a topic by ${place.id}`, () => tryCreateTopic(place.port, `${topic}-${place.id}`));
  }
  const next = await leaderOf(others.map(({ place }) => place));
  assert.notEqual(next.leaderId, leader.leaderId);
  await killed.start(false);
  await caughtUp(members, leader.leaderId);
  await sameTopics(
    members,
    others.map(({ place }) => `${topic}-${place.id}`),
  );
  return next;
}

/** Who waits so long before it stands for election leaves that to others. */
const patient = { 'controller.quorum.election.timeout.ms': '15000' };

test('one of ours and two of Apache Kafka: ours leads, is killed, and follows', async (t) => {
  if (!requireApacheKafka(t)) return;
  const places = await quorumPlaces(3);
  const members = [
    ofOurs(t, places[0]!, places, {}),
    ofApache(t, places[1]!, places, patient),
    ofApache(t, places[2]!, places, patient),
  ];
  await Promise.all(members.map((member) => member.start(true)));
  const first = await leaderOf(places);
  assert.equal(first.leaderId, 1);
  for (const { place } of members) {
    await eventually('a topic', () => tryCreateTopic(place.port, `first-${place.id}`));
  }
  await sameTopics(members, ['first-1', 'first-2', 'first-3']);
  const second = await outlive(members, first, 'second');
  const stopped = members.find(({ place }) => place.id === second.leaderId)!;
  await stopped.stop();
  const others = members.filter((member) => member !== stopped);
  await eventually('a topic after a stop', () => tryCreateTopic(others[0]!.place.port, 'third'));
  await sameTopics(others, ['third']);
});

test("two of ours and one of Apache Kafka: Apache Kafka's leads, is killed, and follows", async (t) => {
  if (!requireApacheKafka(t)) return;
  const places = await quorumPlaces(3);
  const members = [
    ofOurs(t, places[0]!, places, patient),
    ofOurs(t, places[1]!, places, patient),
    ofApache(t, places[2]!, places, {}),
  ];
  await Promise.all(members.map((member) => member.start(true)));
  const first = await leaderOf(places);
  assert.equal(first.leaderId, 3);
  for (const { place } of members) {
    await eventually('a topic', () => tryCreateTopic(place.port, `first-${place.id}`));
  }
  await sameTopics(members, ['first-1', 'first-2', 'first-3']);
  const second = await outlive(members, first, 'second');
  await outlive(members, second, 'third');
});
