import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthOf } from '#engine/node/metrics/health.ts';
import { brokerState } from '#engine/node/metrics/node-cells.ts';
import { metricsSource } from '../../../../support/metrics-source.ts';

const moment = { sharedMs: 5000, wallMs: 0 };

test('all is well: the node runs, is unfenced, its shards live and the quorum has a leader', () => {
  const { source } = metricsSource({ sharedMs: 4900 });
  const { status, reasons, shards, logDirectories } = healthOf(source, moment);
  assert.deepEqual([status, reasons], ['ok', []]);
  assert.deepEqual(shards, [
    { shard: 0, isAlive: true, lateMs: 0 },
    { shard: 1, isAlive: true, lateMs: 0 },
  ]);
  assert.deepEqual(logDirectories, [
    { path: '/a', isOnline: true },
    { path: '/b', isOnline: true },
  ]);
});

test('each reason is named, and one is enough', () => {
  const cases: readonly (readonly [(fixture: ReturnType<typeof metricsSource>) => void, RegExp])[] = [
    [({ node }) => node.set('writtenAtMs', 3000), /^the coordinator has given no sign of life for 2000 ms$/],
    [({ node }) => node.set('brokerState', brokerState.starting), /^the node is starting$/],
    [({ node }) => node.set('brokerState', brokerState.leaving), /^the node is shutting down$/],
    [({ node }) => node.set('isFenced', true), /^the controller has fenced this broker$/],
    [({ node }) => node.set('raftLeader', -1), /^the metadata quorum has no leader$/],
    [({ node }) => node.setOfShard(1, 'isAlive', false), /^shard 1 died/],
    [({ node }) => node.setOfShard(0, 'lateMs', 1500), /^shard 0 has given no sign of life for 1500 ms$/],
    [({ offline }) => ['/a', '/b'].forEach((path) => void offline.add(path)), /^every log directory is offline$/],
  ];
  for (const [spoil, expected] of cases) {
    const fixture = metricsSource({ sharedMs: 4900 });
    spoil(fixture);
    const { status, reasons } = healthOf(fixture.source, moment);
    assert.equal(status, 'unavailable');
    assert.equal(reasons.length, 1);
    assert.match(reasons[0]!, expected);
  }
});

test('a log directory that is offline is told of, and no reason to send clients away', () => {
  const { source, offline } = metricsSource({ sharedMs: 4900 });
  offline.add('/b');
  const { status, logDirectories } = healthOf(source, moment);
  assert.equal(status, 'ok');
  assert.deepEqual(logDirectories[1], { path: '/b', isOnline: false });
});
