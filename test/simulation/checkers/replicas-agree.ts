import {
  batchBaseOffset,
  batchLastOffset,
  batchPartitionLeaderEpoch,
} from '../../../engine/protocol/records/batch-view.ts';
import { BatchWalk } from '../../../engine/protocol/records/split-batches.ts';
import { checksum } from '../../../native-bindings/checksum.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { dataTopic, type Records } from '../workload/records.ts';
import { InvariantViolated } from './checker.ts';

interface Batch {
  readonly endOffset: number;
  readonly epoch: number;
  readonly sum: number;
}

/** When all is quiet: every replica has every acknowledged record, and its log is the others' byte for byte. */
export function checkReplicas(cluster: Cluster, records: Records): void {
  for (const [index, end] of records.ends.entries()) {
    const logs = cluster.nodes.map(({ id, disk }) => ({ id, batches: batchesOf(disk.contents(), index) }));
    const replicas = logs.filter(({ batches }) => batches.size > 0);
    const [first, ...others] = replicas;
    if (first === undefined) continue;
    for (const { id, batches } of replicas) {
      const last = [...batches.values()].at(-1)!;
      if (last.endOffset < end) {
        const detail = `${index} on node ${id} ends at ${last.endOffset}, and ${end} was acknowledged`;
        throw new InvariantViolated('replicas have what is acknowledged', detail);
      }
    }
    for (const other of others) compare(index, first, other);
  }
}

type ReplicaLog = { readonly id: number; readonly batches: ReadonlyMap<number, Batch> };

function compare(index: number, a: ReplicaLog, b: ReplicaLog): void {
  for (const [offset, batch] of a.batches) {
    const other = b.batches.get(offset);
    if (other === undefined || other.sum === batch.sum) continue;
    const detail = `${index} at ${offset}: node ${a.id} has one of epoch ${batch.epoch}, node ${b.id} of ${other.epoch}`;
    throw new InvariantViolated('replicas agree', detail);
  }
}

function batchesOf(files: Readonly<Record<string, Uint8Array>>, index: number): Map<number, Batch> {
  const batches = new Map<number, Batch>();
  const directory = `${dataTopic}-${index}/`;
  const names = Object.keys(files).filter((name) => name.startsWith(directory) && name.endsWith('.log'));
  for (const name of names.sort()) {
    const bytes = files[name]!;
    const walk = new BatchWalk(bytes);
    while (walk.next()) {
      batches.set(batchBaseOffset(bytes, walk.at), {
        endOffset: batchLastOffset(bytes, walk.at) + 1,
        epoch: batchPartitionLeaderEpoch(bytes, walk.at),
        sum: checksum.crc32c(bytes.subarray(walk.at, walk.at + walk.sizeBytes)),
      });
    }
  }
  return batches;
}
