import type { MetadataImage } from '../../../engine/metadata/image/metadata-image.ts';
import type { PartitionState } from '../../../engine/metadata/image/partition-state.ts';
import type { Coverage } from '../coverage.ts';
import { topicOf, uncleanTopic } from '../workload/records.ts';

/** Counts what becomes of the partitions of both topics, as whoever leads the quorum has it. */
export class PartitionWatch {
  readonly #last = new Map<number, PartitionState>();
  readonly #lastUnclean = new Map<number, PartitionState>();

  look(image: MetadataImage, coverage: Coverage): void {
    for (const [before, now] of changes(image, topicOf(image), this.#last)) {
      if (now.isr.length < before.isr.length) coverage.count('an ISR shrinks');
      if (now.isr.length > before.isr.length) coverage.count('an ISR grows');
      if (now.isr.length === 1) coverage.count('an ISR of one');
      if (now.elr.length > 0) coverage.count('an eligible leader outside of the ISR');
      if (now.leader !== before.leader) coverage.count(now.leader < 0 ? 'nobody leads' : 'another leader');
    }
    for (const [before, { leader }] of changes(image, topicOf(image, uncleanTopic), this.#lastUnclean)) {
      const isClean = leader < 0 || before.isr.includes(leader) || before.elr.includes(leader);
      if (!isClean) coverage.count('an unclean election');
    }
  }
}

/** Each partition that is not as it was, before and now. */
function* changes(
  image: MetadataImage,
  topic: string | undefined,
  last: Map<number, PartitionState>,
): Generator<readonly [PartitionState, PartitionState]> {
  const block = topic === undefined ? undefined : image.committed.partitions(topic);
  for (let index = 0; index < (block?.count ?? 0); index++) {
    const now = block!.get(index);
    const before = last.get(index);
    if (now === undefined) continue;
    last.set(index, now);
    if (before !== undefined && now.partitionEpoch > before.partitionEpoch) yield [before, now];
  }
}
