import assert from 'node:assert/strict';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { test } from 'node:test';
import { ConnectionRelay } from '../../../../engine/coordinator/connection-relay.ts';
import { ConnectionCounts } from '../../../../engine/net/connection-counts.ts';

const address = '10.0.0.1';

function setUp(shards: number) {
  const connectionCounts = ConnectionCounts.allocate(shards);
  const limits = { maxConnections: 100, maxConnectionsPerIp: 100, perIpOverrides: new Map(), ceiling: 100 };
  const counts = Array.from(
    { length: shards },
    (_, shard) => new ConnectionCounts(connectionCounts, shard, () => limits),
  );
  const dead = new Set<number>();
  const sentTo: number[] = [];
  const options = {
    shards,
    connectionCounts,
    isAlive: (shard: number) => !dead.has(shard),
    send: (shard: number) => void sentTo.push(shard),
  };
  const relay = new ConnectionRelay(options);
  const give = (from: number, to?: number) => {
    const fd = openSync('/dev/null', 'r');
    relay.take(from, { kind: 'handOver', fd, address, listener: 'A', ...(to === undefined ? {} : { to }) });
    return fd;
  };
  return { counts, connectionCounts, dead, sentTo, relay, give };
}

test('connections that came to one shard at once are spread over all', () => {
  const { counts, connectionCounts, sentTo, give } = setUp(3);
  for (let n = 0; n < 9; n++) counts[1]!.enter(address);
  for (let n = 0; n < 8; n++) give(1);
  assert.deepEqual(
    [0, 1, 2].map((shard) => ConnectionCounts.of(connectionCounts, shard)),
    [3, 3, 3],
  );
  assert.equal(sentTo.filter((shard) => shard === 1).length, 2);
  assert.equal(counts[0]!.total, 9);
});

test('a dead shard is given nothing, and what a dead one had is closed', () => {
  const { counts, sentTo, dead, relay, give } = setUp(2);
  counts[0]!.enter(address);
  counts[0]!.enter(address);
  dead.add(1);
  const kept = give(0);
  assert.deepEqual(sentTo, [0]);
  fstatSync(kept);
  relay.adopted(kept);
  assert.throws(() => fstatSync(kept), { code: 'EBADF' });
  dead.add(0);
  const lost = give(0);
  assert.deepEqual(sentTo, [0]);
  assert.throws(() => fstatSync(lost), { code: 'EBADF' });
});

test('what a shard did not take before it died is closed once, and its number is not touched again', () => {
  const { counts, relay, give } = setUp(2);
  for (let n = 0; n < 4; n++) counts[0]!.enter(address);
  const taken = give(0);
  relay.adopted(taken);
  const left = give(0);
  relay.died(1);
  assert.throws(() => fstatSync(left), { code: 'EBADF' });
  const others = [openSync('/dev/null', 'r'), openSync('/dev/null', 'r')];
  relay.died(1);
  relay.adopted(left);
  relay.adopted(taken);
  for (const fd of others) {
    fstatSync(fd);
    closeSync(fd);
  }
});

test('a connection goes where it wants to, but where there are more already, or nobody, it goes back', () => {
  const { counts, connectionCounts, dead, sentTo, give } = setUp(3);
  for (const shard of [0, 0, 0, 1, 1, 2]) counts[shard]!.enter(address);
  const numbers = () => [0, 1, 2].map((shard) => ConnectionCounts.of(connectionCounts, shard));
  give(0, 1);
  assert.deepEqual(numbers(), [2, 3, 1]);
  give(0, 1);
  assert.deepEqual(numbers(), [2, 3, 1]);
  give(1, 0);
  assert.deepEqual(numbers(), [3, 2, 1]);
  dead.add(2);
  give(0, 2);
  assert.deepEqual(numbers(), [3, 2, 1]);
  assert.deepEqual(sentTo, [1, 0, 0, 0]);
});
