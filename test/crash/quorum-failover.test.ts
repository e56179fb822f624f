/** A quorum of processes with real files: its leader is killed, others go on, and the one that was away catches up. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, leaderOf, startQuorum, tryCreateTopic } from '../support/quorum-processes.ts';

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
  const nodes = await startQuorum(t, 3);
  const places = nodes.map(({ place }) => place);
  const first = await leaderOf(places);
  const stopped = nodes.find(({ place }) => place.id === first.leaderId)!;
  const others = nodes.filter((node) => node !== stopped);
  await stopped.running.stop();
  const second = await leaderOf(others.map(({ place }) => place));
  assert.equal(second.leaderEpoch, first.leaderEpoch + 1, 'one election, won at once');
  await eventually('a topic after the hand-over', () => tryCreateTopic(others[0]!.place.port, 'after'));
});
