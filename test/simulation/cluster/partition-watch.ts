import type { MetadataImage } from '../../../engine/metadata/image/metadata-image.ts';
import type { PartitionState } from '../../../engine/metadata/image/partition-state.ts';
import type { Coverage } from '../coverage.ts';
import { topicOf } from '../workload/records.ts';

/** Counts what becomes of the partitions that are produced to, as whoever leads the quorum has it. */
export class PartitionWatch {
  readonly #last = new Map<number, PartitionState>();

  look(image: MetadataImage, coverage: Coverage): void {
    const topic = topicOf(image);
    const block = topic === undefined ? undefined : image.committed.partitions(topic);
    for (let index = 0; index < (block?.count ?? 0); index++) {
      const now = block!.get(index);
      const before = this.#last.get(index);
      if (now === undefined) continue;
      this.#last.set(index, now);
      if (before === undefined || now.partitionEpoch <= before.partitionEpoch) continue;
      if (now.isr.length < before.isr.length) coverage.count('an ISR shrinks');
      if (now.isr.length > before.isr.length) coverage.count('an ISR grows');
      if (now.isr.length === 1) coverage.count('an ISR of one');
      if (now.elr.length > 0) coverage.count('an eligible leader outside of the ISR');
      if (now.leader !== before.leader) coverage.count(now.leader < 0 ? 'nobody leads' : 'another leader');
    }
  }
}
