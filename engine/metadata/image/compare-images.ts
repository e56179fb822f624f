import type { ImageState } from './image-state.ts';
import type { PartitionBlock } from './partition-block.ts';
import { samePartition } from './partition-state.ts';

/** Tells `after`'s collector what differs from `before` in the committed state: a snapshot replaced the whole image. */
export function compareImages(before: ImageState, after: ImageState): void {
  const { changes } = after;
  for (const [id, topic] of before.topics.committed) {
    if (after.topics.committed.has(id)) continue;
    changes.partitionsRemoved(id, before.partitions.committed(id));
    changes.topicChanged(id, topic, undefined);
  }
  for (const [id, topic] of after.topics.committed) {
    if (!before.topics.committed.has(id)) changes.topicChanged(id, undefined, topic);
    const block = after.partitions.committed(id);
    if (block !== undefined)
      comparePartitions(before.partitions.committed(id), block, (i) => changes.partitionChanged(id, i));
  }
  for (const [key, configs] of before.configs.committed) {
    if (!after.configs.committed.has(key)) changes.configChanged(key, configs, undefined);
  }
  for (const [key, configs] of after.configs.committed) {
    const old = before.configs.committed.get(key);
    if (old === undefined || !sameEntries(old.values, configs.values)) changes.configChanged(key, old, configs);
  }
  // Small and rare: published whole, changed or not.
  changes.brokersChanged();
  changes.controllersChanged();
  changes.featuresChanged();
  changes.retainedChanged();
}

function comparePartitions(
  before: PartitionBlock | undefined,
  after: PartitionBlock,
  changed: (index: number) => void,
): void {
  for (let i = 0; i < after.count; i++) {
    const old = before?.get(i);
    const state = after.get(i);
    if (old === undefined || state === undefined || !samePartition(old, state)) changed(i);
  }
}

function sameEntries(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) if (b.get(key) !== value) return false;
  return true;
}
