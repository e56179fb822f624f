import assert from 'node:assert/strict';
import type { ReplicationHost, ReplicationQuota } from '../../engine/replica/host.ts';

export const noQuota: ReplicationQuota = { isExceeded: () => false, record: () => {} };

/** Of a node that has no others around it. */
export const lonelyReplication: ReplicationHost = {
  nodeId: 1,
  brokers: { activeEpoch: () => undefined, rackOf: () => 0 },
  leaderQuota: noQuota,
  followerQuota: noQuota,
  lagTimeMaxMs: () => 30_000,
  alterPartition: () => assert.fail('the only replica is always in sync'),
  countCopied: () => {},
  countIsrChange: () => {},
};
