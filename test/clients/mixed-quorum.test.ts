/** Quorums of our nodes and Apache Kafka's: they elect each other, replicate from each other, and outlive each other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { apacheMember, type MixedMember, ourMember } from '../support/mixed-members.ts';
import {
  eventually,
  leaderOf,
  listTopics,
  type QuorumView,
  quorumPlaces,
  tryCreateTopic,
} from '../support/quorum-processes.ts';

async function sameTopics(members: readonly MixedMember[], names: readonly string[]): Promise<void> {
  for (const { place } of members) {
    await eventually(`node ${place.id} knows ${names.join()}`, async () => {
      const topics = await listTopics(place.port);
      return names.every((name) => topics.includes(name)) ? true : null;
    });
  }
}

async function caughtUp(members: readonly MixedMember[], id: number): Promise<void> {
  await eventually(`node ${id} has all`, async () => {
    const { ends, highWatermark } = await leaderOf(members.map(({ place }) => place));
    return ends.get(id)! >= highWatermark ? true : null;
  });
}

/** The leader is killed; the others go on; it comes back and takes what it missed. */
async function outlive(members: readonly MixedMember[], leader: QuorumView, topic: string): Promise<QuorumView> {
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
const patient = {
  'controller.quorum.election.timeout.ms': '15000',
  'controller.quorum.fetch.timeout.ms': '6000',
};

test('one of ours and two of Apache Kafka: ours leads, is killed, and follows', async (t) => {
  if (!requireApacheKafka(t)) return;
  const places = await quorumPlaces(3);
  const members = [
    ourMember(t, places[0]!, places, {}),
    apacheMember(t, places[1]!, places, patient),
    apacheMember(t, places[2]!, places, patient),
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
    ourMember(t, places[0]!, places, patient),
    ourMember(t, places[1]!, places, patient),
    apacheMember(t, places[2]!, places, {}),
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
