import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConnectionCounts } from '#engine/net/connection-counts.ts';

const perIpOverrides = new Map([['10.0.0.9', 1]]);

function setUp(maxConnections: number, maxConnectionsPerIp: number, ceiling = 1000) {
  const buffer = ConnectionCounts.allocate(2);
  const limits = () => ({ maxConnections, maxConnectionsPerIp, perIpOverrides, ceiling });
  // Two shards over the same counts.
  return [new ConnectionCounts(buffer, 0, limits), new ConnectionCounts(buffer, 1, limits), buffer] as const;
}

test('all shards count together, and a connection that is refused is not counted', () => {
  const [one, two] = setUp(3, 10);
  assert.equal(one.enter('10.0.0.1'), undefined);
  assert.equal(two.enter('10.0.0.2'), undefined);
  assert.equal(one.enter('10.0.0.3'), undefined);
  assert.equal(two.enter('10.0.0.4'), 'max.connections');
  assert.equal(two.total, 3);
  one.leave('10.0.0.1');
  assert.equal(two.enter('10.0.0.4'), undefined);
});

test('there are never more than there are descriptors for', () => {
  const [one, two] = setUp(2 ** 31 - 1, 2 ** 31 - 1, 2);
  assert.equal(one.enter('10.0.0.1'), undefined);
  assert.equal(two.enter('10.0.0.1'), undefined);
  assert.equal(one.enter('10.0.0.2'), 'open files');
  one.leave('10.0.0.1');
  assert.equal(two.enter('10.0.0.2'), undefined);
});

test('each address has its own limit, and some another', () => {
  const [one, two] = setUp(100, 2);
  assert.equal(one.enter('10.0.0.1'), undefined);
  assert.equal(two.enter('10.0.0.1'), undefined);
  assert.equal(one.enter('10.0.0.1'), 'max.connections.per.ip');
  assert.equal(one.enter('10.0.0.9'), undefined);
  assert.equal(two.enter('10.0.0.9'), 'max.connections.per.ip');
  assert.equal(one.total, 3);
  two.leave('10.0.0.1');
  assert.equal(one.enter('10.0.0.1'), undefined);
});

test('the connections of a shard that died are taken off; an address has one count however it is written', () => {
  const [one, two, buffer] = setUp(100, 2);
  assert.equal(one.enter('10.0.0.1'), undefined);
  assert.equal(two.enter('::ffff:10.0.0.1'), undefined);
  assert.equal(two.enter('10.0.0.1'), 'max.connections.per.ip');
  ConnectionCounts.forget(buffer, 0);
  assert.equal(two.total, 1);
  assert.equal(two.enter('10.0.0.1'), undefined);
  two.leave('10.0.0.1');
  two.leave('10.0.0.1');
  assert.equal(two.total, 0);
});

test('a shard that has more than another is over its share; what it hands over counts for that one', () => {
  const [one, two, buffer] = setUp(10, 10);
  assert.ok(!one.isOverShare(2));
  assert.equal(one.enter('10.0.0.1'), undefined);
  assert.ok(one.isOverShare(2) && !two.isOverShare(2));
  assert.equal(one.enter('10.0.0.2'), undefined);
  ConnectionCounts.move(buffer, 0, 1, '10.0.0.2');
  assert.deepEqual([ConnectionCounts.of(buffer, 0), ConnectionCounts.of(buffer, 1), one.total], [1, 1, 2]);
  assert.ok(!one.isOverShare(2) && !two.isOverShare(2));
  two.leave('10.0.0.2');
  ConnectionCounts.forget(buffer, 0);
  assert.equal(one.total, 0);
});
