import type { NodeId, Offset } from '../../base/brands.ts';
import type { ClusterView } from '../delta.ts';

/** The epoch of a broker's registration; -1 where there is none. */
export function brokerEpochOf({ brokers }: ClusterView, id: NodeId): Offset {
  return brokers.find((broker) => broker.id === id)?.epoch ?? -1;
}
