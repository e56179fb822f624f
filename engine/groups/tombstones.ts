import { groupLimits } from '../base/limits.ts';
import type { GroupRecord } from './group-records.ts';
import type { AppendOutcome, GroupContext } from './types.ts';

/** A tombstone for every offset of the group that satisfies `wanted`, those on their way to the log included. */
export function offsetTombstones(
  context: GroupContext,
  groupId: string,
  wanted: (topic: string) => boolean = () => true,
): GroupRecord[] {
  return context.offsets
    .written(groupId)
    .filter(([topic]) => wanted(topic))
    .map(([topic, partition]) => ({ kind: 'offset', groupId, topic, partition, value: null }));
}

/** Appends records of which each can be without the others. `failed` is called for the first batch that fails, at the end. */
export function appendInBatches(context: GroupContext, records: readonly GroupRecord[], outcome: AppendOutcome): void {
  let left = 1;
  let failure = 0;
  const one = (code: number): void => {
    failure ||= code;
    left -= 1;
    if (left > 0) return;
    if (failure === 0) outcome.committed();
    else outcome.failed(failure);
  };
  for (let from = 0; from < records.length; from += groupLimits.tombstonesPerBatch) {
    left += 1;
    const some = records.slice(from, from + groupLimits.tombstonesPerBatch);
    context.append(some, { committed: () => one(0), failed: one });
  }
  one(0);
}
