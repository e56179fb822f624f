import assert from 'node:assert/strict';
import type { MoveBounds, ReplicationHost, ReplicationQuota } from '../../engine/replica/host.ts';

export const noQuota: ReplicationQuota = { isExceeded: () => false, record: () => {} };

/** Of a node that has no others around it. */
export const lonelyReplication: ReplicationHost = {
  nodeId: 1,
  brokers: { activeEpoch: () => undefined, isAlive: () => false, rackOf: () => 0 },
  leaderQuota: noQuota,
  followerQuota: noQuota,
  lagTimeMaxMs: () => 30_000,
  alterPartition: () => assert.fail('the only replica is always in sync'),
  countCopied: () => {},
  countIsrChange: () => {},
};

/** Moves of logs are not bounded, and no controller keeps account of directories. */
export const unboundedMoves: MoveBounds = {
  atOnce: () => 1,
  bytesPerSecond: () => Number.POSITIVE_INFINITY,
  setMoving: () => {},
  areDirectoriesAssigned: () => false,
};
