/** Nodes that are only controllers, and nodes that are only brokers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runRefusedMillrace } from '../support/millrace.ts';
import {
  brokerOnly,
  controllerOnly,
  eventually,
  leaderOf,
  QuorumNode,
  quorumPlaces,
  startAll,
  tryCreateTopic,
} from '../support/quorum-processes.ts';

test('three controllers and two brokers apart from them: brokers observe, and survive the active controller', async (t) => {
  const controllers = await quorumPlaces(3);
  const brokers = await quorumPlaces(2, 11);
  const nodes = [
    ...controllers.map((place) => new QuorumNode(place, controllers, controllerOnly(place))),
    ...brokers.map((place) => new QuorumNode(place, controllers, brokerOnly(place))),
  ];
  await startAll(t, nodes);
  await eventually('a topic', () => tryCreateTopic(brokers[0]!.port, 'before'));
  const first = await leaderOf(controllers);
  await eventually('both brokers observe', async () => {
    const { observers } = await leaderOf(controllers);
    return [...observers].sort().join() === '11,12' ? true : null;
  });
  const killed = nodes.find(({ place }) => place.id === first.leaderId)!;
  await killed.running.kill();
  await eventually('a topic after the leader is gone', () => tryCreateTopic(brokers[1]!.port, 'after'));
  const second = await leaderOf(controllers.filter(({ id }) => id !== first.leaderId));
  assert.notEqual(second.leaderId, first.leaderId);
  await killed.running.restart();
  for (const { running } of nodes.reverse()) await running.stop();
});

test('a node of several voters that was not formatted is refused as Apache Kafka refuses it', async (t) => {
  const places = await quorumPlaces(3);
  const node = new QuorumNode(places[0]!, places);
  t.after(() => node.end());
  const { code, stderr } = await runRefusedMillrace(node.startArguments());
  assert.equal(code, 1);
  assert.match(stderr, /No readable meta\.properties files found\./);
});
