/** A quorum of processes with real files: its leader is killed, others go on, and the one that was away catches up. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually, leaderOf, listTopics, startQuorum, tryCreateTopic } from '../support/quorum-processes.ts';

test('kill -9 of the active controller: another leads, topics can be made, and the killed one catches up', async (t) => {
  const nodes = await startQuorum(t, 3);
  const places = nodes.map(({ place }) => place);
  const first = await leaderOf(places);
  assert.deepEqual([...first.ends.keys()].sort(), [1, 2, 3]);
  await eventually('a first topic', () => tryCreateTopic(places[0]!.port, 'before'));

  const killed = nodes.find(({ place }) => place.id === first.leaderId)!;
  const others = nodes.filter((node) => node !== killed);
  await killed.running.kill();
  const atMs = performance.now();
  await eventually('a topic after the leader is gone', () => tryCreateTopic(others[0]!.place.port, 'after'));
  t.diagnostic(`a topic was made ${Math.round(performance.now() - atMs)} ms after the kill`);
  const second = await leaderOf(others.map(({ place }) => place));
  assert.notEqual(second.leaderId, first.leaderId);
  assert.ok(second.leaderEpoch > first.leaderEpoch);

  await killed.running.restart();
  await eventually('the killed one has all', async () => {
    const { ends, highWatermark } = await leaderOf(places);
    return ends.get(first.leaderId)! >= highWatermark ? true : null;
  });
  await eventually('a topic by the returned one', () => tryCreateTopic(killed.place.port, 'returned'));
});

test('a graceful stop hands leadership over', async (t) => {
  // Nobody stands for election but whoever is told to, and nobody gives up before all have answered.
  const nodes = await startQuorum(t, 3, {
    'controller.quorum.fetch.timeout.ms': '60000',
    'controller.quorum.election.timeout.ms': '5000',
  });
  const places = nodes.map(({ place }) => place);
  const first = await leaderOf(places);
  const stopped = nodes.find(({ place }) => place.id === first.leaderId)!;
  const others = nodes.filter((node) => node !== stopped);
  await stopped.running.stop();
  const second = await leaderOf(others.map(({ place }) => place));
  assert.equal(second.leaderEpoch, first.leaderEpoch + 1, 'one election, won at once');
  await eventually('a topic after the hand-over', () => tryCreateTopic(others[0]!.place.port, 'after'));
});

test('five nodes lose two, the leader among them, and go on', async (t) => {
  const nodes = await startQuorum(t, 5);
  const places = nodes.map(({ place }) => place);
  const { leaderId } = await leaderOf(places);
  const [another] = nodes.filter(({ place }) => place.id !== leaderId);
  const killed = nodes.filter((node) => node.place.id === leaderId || node === another);
  await Promise.all(killed.map(({ running }) => running.kill()));
  const alive = nodes.filter((node) => !killed.includes(node));
  for (const { place } of alive) {
    await eventually(`a topic by ${place.id}`, () => tryCreateTopic(place.port, `by-${place.id}`));
  }
  assert.notEqual((await leaderOf(alive.map(({ place }) => place))).leaderId, leaderId);
});

test('a node that was away while the log was cut off behind a snapshot loads that, and the log behind it', async (t) => {
  const nodes = await startQuorum(t, 3, {
    'internal.metadata.log.segment.bytes': '8192',
    'metadata.log.max.record.bytes.between.snapshots': '8192',
    'metadata.max.retention.bytes': '16384',
  });
  const places = nodes.map(({ place }) => place);
  const { leaderId } = await leaderOf(places);
  const away = nodes.find(({ place }) => place.id !== leaderId)!;
  const leader = nodes.find(({ place }) => place.id === leaderId)!;
  await away.running.kill();
  const first = join(leader.home, 'data', '__cluster_metadata-0', '00000000000000000000.log');
  for (let n = 0; existsSync(first); n++) {
    await eventually('a topic', () => tryCreateTopic(leader.place.port, `topic-${n}-${'x'.repeat(200)}`));
  }
  await away.running.restart();
  await eventually('it has all', async () => {
    const { ends, highWatermark } = await leaderOf(places);
    return ends.get(away.place.id)! >= highWatermark ? true : null;
  });
  const files = readdirSync(join(away.home, 'data', '__cluster_metadata-0'));
  assert.ok(!files.includes('00000000000000000000.log'), 'its old log is gone');
  assert.ok(files.some((name) => name.endsWith('.checkpoint')));
  const all = await listTopics(leader.place.port);
  await eventually('it knows the topics', async () =>
    (await listTopics(away.place.port)).length === all.length ? true : null,
  );
});
