import { arenaClass } from '../../ring/arena.ts';
import type { Mesh } from '../mesh.ts';
import type { Metrics } from '../metrics.ts';
import type { GaugeName } from './cell-layout.ts';

type OwnHoldings = Pick<
  Record<GaugeName, number>,
  'openPartitions' | 'requestsUnderWay' | 'waiting' | 'fetchCalls' | 'fetchSessions' | 'heapBytes' | 'replicaMaxLag'
>;

/** Writes down what a shard holds now. Called with its signs of life, not with its work. */
export function tellHoldings(metrics: Metrics, mesh: Mesh, own: OwnHoldings): void {
  const { slabs, freeSlabs, liveChunks, usedBytesByClass } = mesh.arena.stats();
  metrics.set('ingressBytes', usedBytesByClass[arenaClass.ingress]!);
  metrics.set('fetchBytes', usedBytesByClass[arenaClass.fetch]!);
  metrics.set('replicationBytes', usedBytesByClass[arenaClass.replication]!);
  metrics.set('controlBytes', usedBytesByClass[arenaClass.control]!);
  metrics.set('chunks', liveChunks);
  metrics.set('slabs', slabs);
  metrics.set('freeSlabs', freeSlabs);
  let outstanding = 0;
  let fullest = 0;
  for (const { sender } of mesh.links) {
    outstanding += sender.credits.outstanding;
    fullest = Math.max(fullest, sender.fill());
  }
  metrics.set('creditsOutstanding', outstanding);
  metrics.set('fullestRing', fullest);
  for (const [name, value] of Object.entries(own)) metrics.set(name as GaugeName, value);
}
