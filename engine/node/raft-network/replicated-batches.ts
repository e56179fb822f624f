import type { Checksum } from '../../base/codec.ts';
import { batchCodec, isIntactBatch } from '../../protocol/records/batch-view.ts';
import { BatchWalk } from '../../protocol/records/split-batches.ts';
import type { ReplicatedBatch } from '../../raft/types.ts';
import { MetadataCorruptError, replicatedBatch } from '../quorum/raft-records.ts';

/**
 * The batches that a leader sent, up to one that is cut off. What is broken must not reach the log, nor what nobody
 * could replay (the metadata log is never compressed). Throws MetadataCorruptError or ProtocolError.
 */
export function replicatedBatches(records: Uint8Array, checksum: Checksum): ReplicatedBatch[] {
  const batches: ReplicatedBatch[] = [];
  const walk = new BatchWalk(records);
  while (walk.next()) {
    if (!isIntactBatch(records, walk.at, records.length, checksum) || batchCodec(records, walk.at) !== 0) {
      throw new MetadataCorruptError('a batch from the leader is corrupt');
    }
    batches.push(replicatedBatch(records.subarray(walk.at, walk.at + walk.sizeBytes)));
  }
  if (walk.stopped === 'corrupt') throw new MetadataCorruptError('what the leader sent is no batch');
  return batches;
}
