import assert from 'node:assert/strict';
import type { ReplicationHost } from '../../engine/replica/host.ts';

/** Of a node that has no others around it. */
export const lonelyReplication: ReplicationHost = {
  nodeId: 1,
  brokers: { activeEpoch: () => undefined, rackOf: () => 0 },
  lagTimeMaxMs: () => 30_000,
  alterPartition: () => assert.fail('the only replica is always in sync'),
  countCopied: () => {},
  countIsrChange: () => {},
};
